"""What would be, if it were done: asked of the database, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from net4u.base.change import change

if TYPE_CHECKING:
    from people.models import User

T = TypeVar("T")


class _Found(Exception):
    def __init__(self, found: Any) -> None:
        self.found = found


def tried(look: Callable[[], T], *, by: User, what: str) -> T:
    """What ``look`` finds after what it does; then everything it did is undone, and nobody else saw it.

    Locks are held for as long as it takes: look at one record, not at a thousand.
    """
    try:
        with change(by=by, what=what):
            raise _Found(look())
    except _Found as carried:
        found: T = carried.found
        return found
