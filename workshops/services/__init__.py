"""What the secretariat does with workshop records. Each action is one ``change()``."""

from workshops.services.agenda import add_session, move_session
from workshops.services.delegates import forget_delegates, names_kept_until, record_delegates
from workshops.services.naming import record_naming
from workshops.services.outputs import capture_outputs, move_output
from workshops.services.workshop import (
    begin_workshop,
    correct,
    curate,
    publish_due_workshops,
    publish_workshop,
    remove,
    restore_workshop,
    schedule_workshop,
    set_disclosure,
    withdraw_workshop,
)

__all__ = [
    "add_session",
    "begin_workshop",
    "capture_outputs",
    "correct",
    "curate",
    "forget_delegates",
    "move_output",
    "move_session",
    "names_kept_until",
    "publish_due_workshops",
    "publish_workshop",
    "record_delegates",
    "record_naming",
    "remove",
    "restore_workshop",
    "schedule_workshop",
    "set_disclosure",
    "withdraw_workshop",
]
