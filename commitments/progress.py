"""What became of the promises, in figures: how far by horizon, for which pillars, and whether dates are kept.

Each figure is a count of what its reader may see, and leads to the list that has exactly these rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from commitments.enums import Completion, Horizon, Kept
from commitments.models import Commitment, Milestone
from commitments.months import Month, shown_months
from commitments.querysets import kept
from net4u.base.charts import Bar, Column, Part, Row, Table, columns, single, stacked
from net4u.base.states import Editorial
from net4u.base.templatetags.ui import when
from vocabulary.models import Pillar

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer

#: From the best to what nobody looked at yet: the order of parts and lines.
LEVELS = (
    Completion.COMPLETE, Completion.SUBSTANTIAL, Completion.LIMITED, Completion.NOT_STARTED, Completion.NO_EVIDENCE,
    Completion.NOT_ASSESSED,
)  # fmt: skip

#: What has a date, in the order of ``dates_of``.
KINDS = ("step", "commitment")


@dataclass(frozen=True)
class Lists:
    """Addresses of the lists behind figures: with the filters in use, and only what is published."""

    filters: Mapping[str, str]
    viewer: Viewer

    def commitments(self, **query: str) -> str:
        """Whoever may see drafts as well is led to what is published."""
        if self.viewer.is_secretariat or self.viewer.organizations:
            query["state"] = Editorial.PUBLISHED.value
        return self._address("commitments:list", query)

    def dates(self, **query: str) -> str:
        return self._address("progress_dates", query)

    def _address(self, name: str, query: Mapping[str, str]) -> str:
        text = urlencode({**self.filters, **{key: value for key, value in query.items() if value}})
        return reverse(name) + (f"?{text}" if text else "")


def commitment_part(look: str, value: int, about: str, address: str) -> Part:
    words = ngettext("%(about)s: %(number)s commitment", "%(about)s: %(number)s commitments", value)
    return Part(look, value, words % {"about": about, "number": number_format(value, force_grouping=True)}, address)


class Horizons(NamedTuple):
    bars: list[Bar]
    levels: list[tuple[str, str]]
    table: Table
    total: Part
    complete: Part


def by_horizon(commitments: Any, lists: Lists) -> Horizons:
    """Completion as somebody else assessed it, for each horizon."""
    numbers: dict[tuple[str, str], int] = commitments.by_horizon()

    def part(horizon: str, level: str) -> Part:
        """An empty word stands for all of them."""
        value = sum(number for at, number in numbers.items() if at in _cells(horizon, level))
        names = [capfirst(kind(given).label) for kind, given in ((Horizon, horizon), (Completion, level)) if given]
        address = lists.commitments(horizon=horizon, completion=level)
        return commitment_part(level, value, ", ".join(map(str, names)) or _("All"), address)

    horizons = [each.value for each in Horizon]
    most = max((part(horizon, "").value for horizon in horizons), default=0)
    bars = [
        stacked(
            str(capfirst(each.label)), part(each.value, ""), [part(each.value, level) for level in LEVELS],
            most=most, from_right=get_language_bidi(),
        ) for each in Horizon
    ]  # fmt: skip
    rows = [
        Row(str(capfirst(level.label)), [part(horizon, level.value) for horizon in (*horizons, "")]) for level in LEVELS
    ]
    totals = Row(_("All"), [part(horizon, "") for horizon in (*horizons, "")], "all")
    heads = [_("Completion"), *(str(capfirst(each.label)) for each in Horizon), _("All")]
    levels = [(level.value, str(capfirst(level.label))) for level in LEVELS]
    return Horizons(bars, levels, Table(heads, [*rows, totals]), part("", ""), part("", Completion.COMPLETE.value))


def _cells(horizon: str, level: str) -> Iterable[tuple[str, str]]:
    return {
        (h.value, c.value)
        for h in Horizon
        for c in Completion
        if horizon in {"", h.value} and level in {"", c.value}
    }  # fmt: skip


class Pillars(NamedTuple):
    bars: list[tuple[Pillar, Bar]]
    table: Table


def by_pillar(commitments: Any, pillars: Iterable[Pillar], lists: Lists) -> Pillars:
    """Most first; a commitment stands under each pillar it serves."""
    numbers: dict[Any, tuple[int, int]] = commitments.by_pillar()
    found = []
    for pillar in pillars:
        number, complete = numbers.get(pillar.pk, (0, 0))
        served = commitment_part(pillar.code, number, str(pillar), lists.commitments(pillar=pillar.code))
        about = _("%(pillar)s, complete") % {"pillar": pillar}
        address = lists.commitments(pillar=pillar.code, completion=Completion.COMPLETE.value)
        found.append((pillar, served, commitment_part(pillar.code, complete, about, address)))
    found.sort(key=lambda each: -each[1].value)
    most = max((served.value for _pillar, served, _complete in found), default=0)
    bars = [
        (pillar, single(str(pillar), served, most=most, from_right=get_language_bidi()))
        for pillar, served, _complete in found
    ]
    rows = [Row(str(pillar), [served, complete]) for pillar, served, complete in found]
    return Pillars(bars, Table([_("Pillar"), _("All"), _("Complete")], rows))


class Dates(NamedTuple):
    columns: list[Column]
    table: Table
    until: str
    total: Part
    kept: Part


def by_month(commitments: Any, lists: Lists, *, on: date) -> Dates:
    """Steps and commitments by the month in which they were due; what was reached later stays in its month as late."""
    months = shown_months(on)
    numbers = dict.fromkeys(months, (0, 0))
    for dates in dates_of(commitments, months[0].first, on):
        for first, number, in_time in _monthly(dates):
            month = Month.of(first)
            numbers[month] = (numbers[month][0] + in_time, numbers[month][1] + number - in_time)

    def part(look: Kept | None, month: Month | None) -> Part:
        counted = [numbers[month]] if month else list(numbers.values())
        value = sum(sum(pair) if look is None else pair[look == Kept.LATE] for pair in counted)
        about = [month.name if month else _("Twelve months"), str(look.label) if look else _("all dates")]
        words = ngettext("%(about)s: %(number)s date", "%(about)s: %(number)s dates", value)
        return Part(
            look.value if look else "", value, words % {"about": ", ".join(about), "number": value},
            lists.dates(month=month.code if month else "", kept=look.value if look else ""),
        )  # fmt: skip

    kinds = (Kept.IN_TIME, Kept.LATE)
    drawn = columns([(month.short, [part(kind, month) for kind in kinds]) for month in months])
    rows = [Row(month.name, [part(kind, month) for kind in (*kinds, None)]) for month in months]
    totals = Row(_("All"), [part(kind, None) for kind in (*kinds, None)], "all")
    table = Table([_("Month due"), _("In time"), _("Late"), _("All")], [*rows, totals])
    return Dates(drawn, table, when(on), part(None, None), part(Kept.IN_TIME, None))


def dates_of(commitments: Any, since: date, before: date) -> Sequence[Any]:
    """The steps and the commitments among these that were due from one day until before another."""
    steps: Any = Milestone.objects.filter(Exists(commitments.order_by().filter(pk=OuterRef("commitment"))))
    return steps.due_between(since, before), commitments.due_between(since, before)


def _monthly(dates: Any) -> Iterable[tuple[date, int, int]]:
    """First day of the month, how many were due in it, how many of these were kept."""
    months = dates.order_by().with_reached_on().annotate(month=TruncMonth("due_on")).values_list("month")
    found: Iterable[tuple[date, int, int]] = months.annotate(
        number=Count("pk"), in_time=Count("pk", filter=kept(Kept.IN_TIME))
    )
    return found


class DatesInOrder:
    """Steps and commitments in one list, latest first. Reads of each no further than to the end of the page."""

    def __init__(self, commitments: Any, since: date, before: date, how: str) -> None:
        found = dates_of(commitments, since, before)
        if how:
            found = [dates.with_reached_on().filter(kept(Kept(how))) for dates in found]
        self.parts = [dates.order_by("-due_on", "pk").values_list("due_on", "pk") for dates in found]

    def __getitem__(self, window: slice) -> list[tuple[str, Any]]:
        read = [
            [(due, kind, pk) for due, pk in part[: window.stop]] for kind, part in zip(KINDS, self.parts, strict=True)
        ]
        ordered = merge(*read, key=lambda each: (-each[0].toordinal(), each[1]))
        return [(kind, pk) for _due, kind, pk in islice(ordered, window.start, window.stop)]

    def count(self, most: int) -> int:
        """As far as it is told: whatever is more than ``most`` is not counted on."""
        return sum(part.order_by()[: most + 1].count() for part in self.parts)


def rows_of(dates: Iterable[tuple[str, Any]]) -> list[Any]:
    """The records behind these dates, in the same order; a step with the commitment it belongs to."""
    dates = list(dates)
    ids = {kind: [pk for of_kind, pk in dates if of_kind == kind] for kind in KINDS}
    steps = Milestone.objects.filter(pk__in=ids["step"]).with_reached_on()
    whole = Commitment.objects.filter(pk__in=ids["commitment"]).with_reached_on()
    found: dict[Any, Any] = {each.pk: each for each in steps.select_related("commitment__organization__country")}
    for each in whole.select_related("organization__country"):
        found[each.pk] = each
    return [found[pk] for _kind, pk in dates]
