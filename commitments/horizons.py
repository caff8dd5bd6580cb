"""Which horizon a date belongs to. The Rome workshop named three and gave no months.

The bounds are a proposal of the portal, until the secretariat sets its own (``NetworkSettings``). They hold for what
is written from then on: nobody's promise changes its horizon behind their back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from commitments.enums import Horizon
from organizations.network_settings import network_settings


def bounds() -> dict[Horizon, int]:
    """Up to so many months after the start; what comes later is long term."""
    told = network_settings()
    return {Horizon.SHORT: told.short_months, Horizon.MEDIUM: told.medium_months}


def suggested() -> dict[Horizon, int]:
    """When a promise of which only the horizon is known is due, in months from the day on which it was written."""
    known = bounds()
    return {**known, Horizon.LONG: 2 * known[Horizon.MEDIUM]}


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def horizon_of(due_on: date, start_on: date, known: Mapping[Horizon, int] | None = None) -> Horizon:
    """The date decides, the horizon follows from it; ``known`` are the bounds, where they were looked up already."""
    for horizon, months in (known or bounds()).items():
        if due_on <= months_after(start_on, months):
            return horizon
    return Horizon.LONG
