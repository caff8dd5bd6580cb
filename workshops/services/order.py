"""Places in a list: each is taken once, so that two rows change places by way of a third."""

from __future__ import annotations

from typing import Any

from django.db.models import Max


def last_place(rows: Any) -> int:
    """0 where there is none."""
    return rows.aggregate(last=Max("order"))["last"] or 0


def swap(rows: Any, one: Any, other: Any) -> None:
    """Two rows of ``rows`` change places; the caller opened the change."""
    here, there = one.order, other.order
    for row, place in ((one, last_place(rows) + 1), (other, here), (one, there)):
        row.order = place
        row.save()


def neighbour(rows: Any, row: Any, *, up: bool) -> Any:
    """The row before or after it, or None at the end of the list."""
    if up:
        return rows.filter(order__lt=row.order).order_by("-order").first()
    return rows.filter(order__gt=row.order).order_by("order").first()


def make_room(rows: Any, place: int) -> None:
    """Each row from this place on moves one on, the last one first."""
    for row in rows.filter(order__gte=place).order_by("-order"):
        row.order += 1
        row.save()
