"""What is kept for a time only. Each package says what it forgets; the regular sweep calls all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Forgets = Callable[[datetime], object]

FORGET: list[Forgets] = []


def forgets(forget: Forgets) -> Forgets:
    """Decorator: this deletes what was kept long enough, as of the moment it is given."""
    FORGET.append(forget)
    return forget


def forget_all(now: datetime) -> None:
    for forget in FORGET:
        forget(now)
