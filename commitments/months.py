"""The months whose dates have come: twelve, the current one until yesterday."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

SHOWN = 12


class Month(NamedTuple):
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, code: str) -> Month:
        """As it stands in an address: ``2026-03``."""
        year, number = code.split("-")
        return cls(int(year), int(number))

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def name(self) -> str:
        return date_format(self.first, pgettext("month and year", "F Y"))

    @property
    def short(self) -> str:
        return date_format(self.first, "M")

    def plus(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


def shown_months(on: date) -> list[Month]:
    """The last twelve, oldest first, that of this day included."""
    return [Month.of(on).plus(back) for back in range(1 - SHOWN, 1)]


def choices() -> list[tuple[str, str]]:
    """Latest first, for a filter."""
    return [(month.code, month.name) for month in reversed(shown_months(timezone.localdate()))]
