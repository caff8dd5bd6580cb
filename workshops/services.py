"""What the secretariat does with workshop records. Each action is one ``change()``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from net4u.base.change import change
from net4u.base.models import Record
from net4u.base.states import Editorial, move, publish, require, restore
from workshops.enums import STRICTNESS, Disclosure
from workshops.models import Workshop

if TYPE_CHECKING:
    from people.models import User

R = TypeVar("R", bound=Record)


def curate(*, record: R, by: User | None, links: dict[str, Iterable[Any]] | None = None) -> R:
    """Save a workshop, or a part of one (session, role, figure, group, output, resource …), checked as a whole.

    ``links`` sets many-to-many relations by name, such as ``{"pillars": [p1, p2]}``.
    """
    require(by, "workshops.curate_workshop")
    verb = "recorded" if record._state.adding else "edited"
    with change(by=by, what=f"{record._meta.model_name}.{verb}"):
        record.full_clean()
        record.save()
        for name, linked in (links or {}).items():
            getattr(record, name).set(linked)
    return record


def remove(*, record: Record, by: User | None, why: str = "") -> None:
    """Delete a part of a workshop record; partners get its tombstone."""
    require(by, "workshops.curate_workshop")
    with change(by=by, what=f"{record._meta.model_name}.removed", why=why):
        record.delete()


def publish_workshop(*, workshop: Workshop, by: User | None) -> None:
    require(by, "workshops.publish_workshop", workshop)
    with change(by=by, what="workshop.published"):
        publish(workshop)


def withdraw_workshop(*, workshop: Workshop, why: str, by: User | None) -> None:
    """Take it down everywhere at once, with its sessions, groups, outputs and recommendations."""
    require(by, "workshops.withdraw_workshop", workshop)
    with change(by=by, what="workshop.withdrawn", why=why):
        move(workshop, Editorial.WITHDRAWN)


def restore_workshop(*, workshop: Workshop, why: str, by: User | None) -> None:
    require(by, "workshops.restore_workshop", workshop)
    with change(by=by, what="workshop.restored", why=why):
        restore(workshop, why=why)


def set_disclosure(*, workshop: Workshop, disclosure: Disclosure, by: User | None) -> None:
    """Change what may be told; sessions that would be more open than their workshop follow it."""
    require(by, "workshops.curate_workshop", workshop)
    with change(by=by, what="workshop.disclosure_set"):
        workshop.disclosure = disclosure
        workshop.save()
        more_open = [each for each, rank in STRICTNESS.items() if rank < STRICTNESS[disclosure]]
        workshop.sessions.filter(disclosure__in=more_open).update(disclosure=disclosure)
