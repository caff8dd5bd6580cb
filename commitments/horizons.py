"""Which horizon a date belongs to. The Rome workshop named three and gave no months.

The bounds are a proposal of the portal, until the secretariat sets its own.
"""

from __future__ import annotations

from datetime import date, timedelta

from commitments.enums import Horizon

#: Up to so many months after the start; what comes later is long term.
MONTHS = {Horizon.SHORT: 6, Horizon.MEDIUM: 18}
#: When a promise of which only the horizon is known is due, in months from the day on which it was written.
SUGGESTED = {Horizon.SHORT: 6, Horizon.MEDIUM: 18, Horizon.LONG: 36}


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def horizon_of(due_on: date, start_on: date) -> Horizon:
    """The date decides, the horizon follows from it."""
    for horizon, months in MONTHS.items():
        if due_on <= months_after(start_on, months):
            return horizon
    return Horizon.LONG
