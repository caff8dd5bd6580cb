"""A look at a workshop as if it were published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from net4u.base.states import Editorial, publish, require, restore
from net4u.base.trial import tried

if TYPE_CHECKING:
    from people.models import User
    from workshops.models import Workshop

T = TypeVar("T")


def as_published(*, workshop: Workshop, by: User, look: Callable[[], T]) -> T:
    """What ``look`` finds while the workshop is published; then it is what it was, and nobody else saw it."""
    require(by, "workshops.curate_workshop")
    if workshop.is_published:
        return look()
    before = {name: getattr(workshop, name) for name in ("state", "version", "published_at")}

    def published() -> T:
        if workshop.state == Editorial.WITHDRAWN:
            restore(workshop, why="preview")
        else:
            publish(workshop)
        return look()

    try:
        return tried(published, by=by, what="workshop.previewed")
    finally:
        for name, value in before.items():
            setattr(workshop, name, value)
