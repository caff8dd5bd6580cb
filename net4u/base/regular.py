"""What is done by itself when its time has come. Each package says what; the regular sweep calls all of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)

Does = Callable[[datetime], object]

DO: list[Does] = []


def regularly(do: Does) -> Does:
    """Decorator: this does whatever is due as of the moment it is given, and nothing twice."""
    DO.append(do)
    return do


def do_all(now: datetime) -> None:
    for do in DO:
        try:
            do(now)
        except Exception:  # one fault must not keep mails and reminders waiting; it is tried again with the next sweep
            log.exception("%s failed.", do.__qualname__)
