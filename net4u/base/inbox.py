"""What waits for the secretariat. A package registers the kinds it has from its ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise

#: In how many working days the secretariat promises to look.
PROMISED = 10
SATURDAY = 5


class Item(NamedTuple):
    """One thing to do: what it is, since when it waits, and the page where it is done."""

    kind: str | Promise
    words: str
    since: datetime
    address: str
    urgent: bool = False
    #: A record it is about, where there is one that still exists.
    about: Any = None

    @property
    def age(self) -> int:
        return working_days(timezone.localdate(self.since), timezone.localdate())

    @property
    def is_late(self) -> bool:
        return self.age > PROMISED


class Waiting:
    """A kind of thing that waits. ``items`` are given rows in the order of the inbox."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    #: What one of them is called.
    one: ClassVar[str | Promise]

    @classmethod
    def open(cls) -> QuerySet[Any]:
        """Everything of this kind that waits, urgent first, then oldest first."""
        raise NotImplementedError

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[Item]:
        """Rows as items, with a number of queries that does not grow with them."""
        raise NotImplementedError


KINDS: dict[str, type[Waiting]] = {}


def register(kind: type[Waiting]) -> type[Waiting]:
    """Class decorator: this kind of thing waits for the secretariat."""
    KINDS[kind.key] = kind
    return kind


def count() -> int:
    """How many things wait, in one query whatever the number of kinds."""
    first, *rest = (kind.open().order_by().values_list(Value(1)) for kind in KINDS.values())
    return first.union(*rest, all=True).count()


def waiting(*, most: int, kind: str = "") -> list[Item]:
    """The first of everything that waits: what is urgent on top, then by age."""
    kinds = [KINDS[kind]] if kind else list(KINDS.values())
    items = [item for each in kinds for item in each.items(each.open()[:most])]
    return sorted(items, key=lambda item: (not item.urgent, item.since))[:most]


def numbers() -> Mapping[str, int]:
    """How many wait, by kind."""
    return {key: kind.open().count() for key, kind in KINDS.items()}


def working_days(start: date, end: date) -> int:
    """Days from Monday to Friday after ``start``, ``end`` included. Holidays differ by country and are not known."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))
