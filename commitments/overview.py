"""The overview of the secretariat: what was promised and how it stands, in one table that fits one sheet of paper.

Each figure leads to the follow-up list that has exactly the rows it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.enums import Completion
from commitments.exports import COLUMNS
from commitments.filters import UNSTATED, FiguresFilter
from commitments.following import FollowUp
from commitments.models import Commitment
from commitments.progress import commitment_part
from commitments.querysets import ALL, Counts
from net4u.base.charts import Part, Row, Table
from net4u.base.exports import Column, wrong_filter
from net4u.base.languages import alphabetical
from net4u.base.sheets import RecordSheet, Sheet, for_the_secretariat, workbook
from net4u.base.views import RecordList
from organizations.models import Organization
from organizations.saved_views import KeepsViews, keeps_views
from vocabulary.models import Pillar, Territory

#: As many organizations fit on one sheet of paper; the workbook has all. Those with most dates passed come first.
MOST_ROWS = 20
BY = [
    ("pillar", gettext_lazy("pillars")),
    ("country", gettext_lazy("countries")),
    ("organization", gettext_lazy("organizations")),
]


class Kind(NamedTuple):
    """What the rows are: the column they are grouped by, and how a row is asked for in an address."""

    group: str
    model: Any
    code: str
    head: str | Promise


KINDS = {
    "pillar": Kind("pillars", Pillar, "code", gettext_lazy("Pillar")),
    "country": Kind("organization__country", Territory, "iso2", gettext_lazy("Country")),
    "organization": Kind("organization", Organization, "slug", gettext_lazy("Organization")),
}
#: Columns in the order of ``Counts``: a head, and the filter under which the list has the same rows.
FIGURES: tuple[tuple[str | Promise, dict[str, str]], ...] = (
    (gettext_lazy("Published"), {}),
    (gettext_lazy("Open"), {"state": "open"}),
    (gettext_lazy("Overdue"), {"due": "overdue"}),
    (gettext_lazy("Silent for 90 days"), {"silent": "90"}),
    (gettext_lazy("Reported as completed"), {"progress": "completed"}),
    *(
        (capfirst(level.label), {"completion": level.value})
        for level in (
            Completion.COMPLETE, Completion.SUBSTANTIAL, Completion.LIMITED, Completion.NOT_STARTED,
            Completion.NO_EVIDENCE,
        )
    ),
)  # fmt: skip
#: How many of them are counted by the portal or reported; the others somebody else found.
OWN = 5


class OverviewFilter(FiguresFilter):
    by = django_filters.ChoiceFilter(
        label=gettext_lazy("Rows"), choices=BY, empty_label=None, method="as_it_is", initial="pillar"
    )

    class Meta(FiguresFilter.Meta):
        fields = ("by", "pillar", "country")

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset


class Group(NamedTuple):
    """A row: its name, the filter that asks for it, and its figures."""

    name: str
    query: dict[str, str]
    counts: Counts


def groups_of(commitments: Any, by: str, chosen: Mapping[str, str], *, on: date) -> tuple[list[Group], Group]:
    """Rows in their order, and the total: one commitment may stand in several rows, and once in the total.

    Where one pillar or country is ``chosen`` only its row is shown: the list behind another row would have both.
    """
    kind = KINDS[by]
    numbers = commitments.counted(kind.group, on=on)
    total = Group(_("All"), {}, numbers.pop(ALL))
    known = kind.model.objects.in_bulk([key for key in numbers if key is not None])
    groups = []
    for key, counts in numbers.items():
        record = known.get(key)
        code = str(getattr(record, kind.code)) if record else UNSTATED
        if chosen.get(by, code) == code:
            groups.append((record, Group(str(record or _("Not stated")), {by: code}, counts)))
    groups.sort(key=ORDERS[by])
    return [group for _record, group in groups], total


ORDERS: dict[str, Callable[[tuple[Any, Group]], Any]] = {
    "pillar": lambda row: (row[0] is None, getattr(row[0], "order", 0), row[1].name),
    "country": lambda row: (row[0] is None, alphabetical(row[1].name)),
    "organization": lambda row: (-row[1].counts.overdue, -row[1].counts.promised, alphabetical(row[1].name)),
}


def table_of(groups: Iterable[Group], by: str, chosen: Mapping[str, str], look: str = "") -> Table:
    """Figures with the addresses of their lists, under the filters in use."""

    def part(group: Group, place: int) -> Part:
        head, asked = FIGURES[place]
        query = urlencode({**chosen, **group.query, **asked})
        address = f"{reverse('follow_up')}?{query}".removesuffix("?")
        return commitment_part("", group.counts[place], f"{group.name}, {head}", address)

    heads = [str(KINDS[by].head), *(str(head) for head, _asked in FIGURES)]
    rows = [Row(group.name, [part(group, place) for place in range(len(FIGURES))], look) for group in groups]
    return Table(heads, rows)


@keeps_views
class Overview(KeepsViews, RecordList):
    """``by`` says what the rows are; everything else in the address is the filter of the list."""

    permission_required = "commitments.review_commitment"
    door = "follow_up"
    route = "follow_up_overview"
    title = gettext_lazy("Overview of commitments")
    model = Commitment
    filterset_class = OverviewFilter
    template_name = "commitments/overview.html"
    paginate_by = 0  # figures, no rows

    def get_queryset(self) -> Any:
        return Commitment.objects.visible_to(self.viewer).published()

    @property
    def by(self) -> str:
        found = self.filterset.form.cleaned_data.get("by") if self.filterset.is_bound else ""
        return found or "pillar"

    @property
    def chosen(self) -> dict[str, str]:
        names = self.filterset.in_use if self.filterset.is_bound else ()
        return {name: self.request.GET[name] for name in names if name != "by"}

    def groups(self) -> tuple[list[Group], Group]:
        today = timezone.localdate()
        return groups_of(self.filterset.qs.as_now(today), self.by, self.chosen, on=today)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        if self.filterset.is_bound and not self.filterset.is_valid():
            return known
        groups, total = self.groups()
        shown = groups if self.by != "organization" else groups[:MOST_ROWS]
        rows = [*table_of(shown, self.by, self.chosen).rows, *table_of([total], self.by, self.chosen, "all").rows]
        table = table_of([], self.by, self.chosen)._replace(rows=rows)
        return known | {
            "table": table,
            "own_heads": table.heads[1 : OWN + 1],
            "found_heads": table.heads[OWN + 1 :],
            "more": len(groups) - len(shown),
            "asked": self.asked(),
            "today": timezone.localdate(),
            "xlsx": f"{reverse('follow_up_overview_xlsx')}?{self.request.GET.urlencode()}".removesuffix("?"),
        }


class OverviewSheet(Overview):
    """The same table as a workbook, with all its rows."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.filterset = self.get_filterset(self.get_filterset_class())
        if self.filterset.is_bound and not self.filterset.is_valid():
            return wrong_filter()
        groups, total = self.groups()
        heads: list[str] = [str(KINDS[self.by].head)]
        heads += [str(head) if place < OWN else _("Found by others: %(level)s") % {"level": head}
                  for place, (head, _asked) in enumerate(FIGURES)]  # fmt: skip
        title = str(self.title)
        rows: Sequence[Sequence[Any]] = [[group.name, *group.counts] for group in (*groups, total)]
        about = for_the_secretariat(title, self.asked(), self.filterset.qs)
        return workbook(request, about, [Sheet(title, heads, rows)])


class FollowUpSheet(RecordSheet, FollowUp):
    """The list as it is filtered, with all its rows."""

    columns = (*COLUMNS, Column(gettext_lazy("last reported on"), lambda commitment: commitment.last_reported))
    order = ("due_on", "pk")
