"""A look at a workshop as if it were published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from net4u.base.change import change
from net4u.base.states import Editorial, publish, require, restore

if TYPE_CHECKING:
    from people.models import User
    from workshops.models import Workshop

T = TypeVar("T")


class _Seen(Exception):
    def __init__(self, seen: Any) -> None:
        self.seen = seen


def as_published(*, workshop: Workshop, by: User, look: Callable[[], T]) -> T:
    """What ``look`` finds while the workshop is published; then everything is undone, and nobody else saw it."""
    require(by, "workshops.curate_workshop")
    if workshop.is_published:
        return look()
    before = {name: getattr(workshop, name) for name in ("state", "version", "published_at")}
    try:
        with change(by=by, what="workshop.previewed"):
            if workshop.state == Editorial.WITHDRAWN:
                restore(workshop, why="preview")
            else:
                publish(workshop)
            raise _Seen(look())
    except _Seen as found:
        for name, value in before.items():
            setattr(workshop, name, value)
        seen: T = found.seen
        return seen
