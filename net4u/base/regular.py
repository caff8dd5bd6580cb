"""What is done by itself when its time has come. Each package says what; the regular sweep calls all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Does = Callable[[datetime], object]

DO: list[Does] = []


def regularly(do: Does) -> Does:
    """Decorator: this does whatever is due as of the moment it is given, and nothing twice."""
    DO.append(do)
    return do


def do_all(now: datetime) -> None:
    for do in DO:
        do(now)
