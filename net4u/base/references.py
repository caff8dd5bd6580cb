"""References people read, such as ``R-2020-0003``: given at first publication, so gaps tell nothing of drafts."""

from __future__ import annotations

from net4u.base.models import ReferenceSeries
from net4u.base.work import current


def next_reference(prefix: str, year: int) -> str:
    """The next number of the series. Call it inside ``change()``: an abandoned change gives the number back."""
    return next_references(prefix, year, 1)[0]


def next_references(prefix: str, year: int, count: int) -> list[str]:
    """The next ``count`` numbers, for records that are made in bulk."""
    current("A reference")
    ReferenceSeries.objects.get_or_create(prefix=prefix, year=year)
    series = ReferenceSeries.objects.select_for_update().get(prefix=prefix, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [f"{prefix}-{year}-{number:04d}" for number in range(first, series.last + 1)]
