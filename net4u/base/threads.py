"""The thread: where a record comes from and what became of it, step by step, as every page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model

    from net4u.base.views import Excerpt

#: How many records of one kind stand in a knot by name; of more it tells the number.
NAMED = 3
#: How many knots a page shows beside its record; the whole chain has a page of its own.
KNOTS = 6


class Knot(NamedTuple):
    """One step. ``shape`` is "here", "gap" (nobody states it), "absent" (nothing yet) or empty.

    ``records`` are linked by name; ``links`` (words and address) stand for many; ``note`` is a line of outcome.
    """

    kind: str
    records: tuple[Any, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    shape: str = ""


def kind_of(model: type[Model], count: int = 1) -> str:
    return str(capfirst(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural))


def origin_of(record: Any, steps: Iterable[str], *, unstated: str) -> list[Knot]:
    """The steps (names of foreign keys) that lead to a record. One that is not for this reader is left out.

    The record was read with ``with_details``: a key whose record is missing then is hidden, not unstated. Steps
    that nobody states stand in one dashed knot, with ``unstated`` in words.
    """
    steps = [each for each in steps if getattr(record, each) is not None or getattr(record, f"{each}_id") is None]
    knots = []
    for is_stated, names in groupby(steps, lambda each: getattr(record, each) is not None):
        kinds = [(name, kind_of(record._meta.get_field(name).related_model)) for name in names]
        if is_stated:
            knots += [Knot(kind, (getattr(record, name),)) for name, kind in kinds]
        else:
            knots.append(Knot(capfirst(", ".join(kind.lower() for _name, kind in kinds)), note=unstated, shape="gap"))
    return knots


def here(record: Any) -> Knot:
    return Knot(kind_of(type(record)), (record,), shape="here")


def branch(model: type[Model], found: Excerpt, url: str) -> list[Knot]:
    """What hangs on it of one kind, in one knot: a few by name, many as a number that leads to them."""
    if not found.total:
        return []
    kind = kind_of(model, found.total)
    if found.total <= NAMED:
        return [Knot(kind, tuple(found.rows))]
    title = _("%(number)s %(kind)s") % {"number": found.total, "kind": model._meta.verbose_name_plural}
    return [Knot(kind, links=((title, url),))]


def what_followed(*branches: list[Knot]) -> list[Knot]:
    """All branches, or one dashed knot that says that nothing came yet."""
    knots = [knot for each in branches for knot in each]
    return knots or [Knot(_("What became of it"), note=_("Nothing is recorded yet"), shape="absent")]


def in_short(knots: list[Knot]) -> list[Knot]:
    """At most ``KNOTS``: neighbouring steps share a knot, earliest first, and none of them is lost."""
    knots = list(knots)
    while len(knots) > KNOTS:
        pairs = [place for place in range(len(knots) - 1) if not (knots[place].shape or knots[place + 1].shape)]
        if not pairs:
            break
        place = min(pairs, key=lambda each: (_weight(knots[each]) + _weight(knots[each + 1]), each))
        knots[place : place + 2] = [_joined(knots[place], knots[place + 1])]
    return knots


def _weight(knot: Knot) -> int:
    return len(knot.records) + len(knot.links)


def _joined(first: Knot, second: Knot) -> Knot:
    kinds = capfirst(", ".join(each.kind.lower() for each in (first, second)))
    notes = "; ".join(each.note for each in (first, second) if each.note)
    return Knot(kinds, first.records + second.records, first.links + second.links, notes)
