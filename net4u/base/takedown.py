"""Take down now: one way out of the public for every kind of record. Packages register theirs, base knows no app."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from net4u.base.documents import GONE, build
from net4u.base.kinds import KINDS, Pending, follow
from net4u.base.models import Document
from net4u.base.states import Editorial
from net4u.base.trial import tried
from net4u.base.viewers import Audience

if TYPE_CHECKING:
    from uuid import UUID

    from net4u.base.states import EditorialRecord
    from people.models import User


class Moves(Protocol):
    """A service that moves a record; it asks for the permission itself."""

    def __call__(self, record: Any, *, why: str, by: User | None) -> None: ...


class TakesDown(NamedTuple):
    """What withdraws records of one kind, and what shows them again."""

    model: type[EditorialRecord]
    withdraw: Moves
    restore: Moves


KINDS_TO_TAKE_DOWN: dict[str, TakesDown] = {}


def can_be_taken_down(
    model: type[EditorialRecord], withdraw: Callable[..., None], restore: Callable[..., None]
) -> None:
    """Register two services whose record is their argument of the model's name."""
    name = str(model._meta.model_name)

    def move(service: Callable[..., None]) -> Moves:
        def moved(record: Any, *, why: str, by: User | None) -> None:
            service(**{name: record}, why=why, by=by)

        return moved

    KINDS_TO_TAKE_DOWN[name] = TakesDown(model, move(withdraw), move(restore))


class Vanishing(NamedTuple):
    """What everybody can read now: kinds of records that disappear, and of those that are written again."""

    gone: dict[str, int]
    changed: dict[str, int]


def vanishing(record: EditorialRecord, takes: TakesDown, *, by: User) -> Vanishing:
    """What taking this record down would do to public documents; nothing is changed by asking."""
    model = takes.model
    fresh = model._base_manager.get(pk=record.pk)
    if fresh.state != Editorial.PUBLISHED:
        return Vanishing({}, {})

    def withdrawn() -> Vanishing:
        reached: Pending = defaultdict(set)
        follow(model, [record.pk], reached)
        takes.withdraw(fresh, why="asked", by=by)
        follow(model, [record.pk], reached)
        return _compared(reached)

    return tried(withdrawn, by=by, what="takedown.asked")


def _compared(pending: dict[str, set[UUID]]) -> Vanishing:
    gone, changed = Counter[str](), Counter[str]()
    for kind, ids in pending.items():
        called = str(KINDS[kind].model._meta.verbose_name)
        out = Document.objects.for_audience(Audience.PUBLIC).current().filter(object_id__in=ids)
        stored = dict(out.values_list("object_id", "text"))
        now = build(KINDS[kind], Audience.PUBLIC, stored)
        for pk, text in stored.items():
            written = now.get(pk, GONE).text
            if not written:
                gone[called] += 1
            elif written != text:
                changed[called] += 1
    return Vanishing(dict(gone), dict(changed))
