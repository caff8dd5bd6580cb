"""The agenda: sessions find and change their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from net4u.base.change import change
from net4u.base.states import require
from workshops.enums import CorrectionKind
from workshops.services.order import last_place, make_room, neighbour, swap
from workshops.services.workshop import correct, curate

if TYPE_CHECKING:
    from people.models import User
    from workshops.models import Session


def add_session(*, session: Session, by: User | None, links: dict[str, Iterable[Any]] | None = None) -> Session:
    """As the last one of its day, or at the end where no day is stated."""
    require(by, "workshops.curate_workshop")
    rows = type(session).objects.filter(workshop=session.workshop)
    with change(by=by, what="session.recorded"):
        before = rows.filter(day__lte=session.day) if session.day else rows
        session.order = last_place(before) + 1
        make_room(rows, session.order)
        return curate(record=session, by=by, links=links)


def move_session(*, session: Session, up: bool, by: User | None) -> None:
    """One place up or down; from the edge of a day into the next day, also where that day is empty yet."""
    require(by, "workshops.curate_workshop")
    rows = type(session).objects.filter(workshop=session.workshop)
    with change(by=by, what="session.moved"):
        session = rows.select_for_update().get(pk=session.pk)
        other = neighbour(rows, session, up=up)
        if other is not None and other.day == session.day:
            swap(rows, session, other)
        elif (day := _next_day(session, up=up)) is not None:
            session.day = day
            session.save()
        else:
            return
        correct(workshop=session.workshop, kind=CorrectionKind.AGENDA, by=by)


def _next_day(session: Session, *, up: bool) -> int | None:
    """Nothing stands before the first day and after the last."""
    day = (session.day or 0) + (-1 if up else 1)
    return day if 1 <= day <= session.workshop.days else None
