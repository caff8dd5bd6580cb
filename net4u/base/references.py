"""References people read, such as ``R-2020-0003``: given at first publication, so gaps tell nothing of drafts."""

from __future__ import annotations

from net4u.base.models import ReferenceSeries
from net4u.base.work import current


def next_reference(prefix: str, year: int) -> str:
    """The next number of the series. Call it inside ``change()``: an abandoned change gives the number back."""
    current("A reference")
    ReferenceSeries.objects.get_or_create(prefix=prefix, year=year)
    series = ReferenceSeries.objects.select_for_update().get(prefix=prefix, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{year}-{series.last:04d}"
