from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Max, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.cards import Data
from net4u.base.exports import RecordCsv
from net4u.base.models import JournalEntry
from net4u.base.threads import Knot, branch, here, in_short, origin_of, what_followed
from net4u.base.views import Excerpt, RecordDetail, RecordList, SourceLetters
from vocabulary.enums import DatePrecision
from workshops.cards import event, facts
from workshops.chain import chain_of
from workshops.exports import COLUMNS
from workshops.filters import ResourceFilter, WorkshopFilter
from workshops.models import Resource, Session, WorkingGroup, Workshop
from workshops.serializers import left_out

#: As many commitments of a workshop are drawn on the page of its thread.
DRAWN = 100


class WorkshopList(RecordList):
    """What is coming first, the next one on top; then the past, latest first; what no source dates comes last."""

    model = Workshop
    filterset_class = WorkshopFilter
    template_name = "workshops/workshop_list.html"
    csv = "workshops:csv"
    description = gettext_lazy("What was held, when and where, and what came out of it, each with its sources.")
    feed, calendar = "workshops:feed", "workshops:calendar_all"

    def get_queryset(self) -> Any:
        seen = Workshop.objects.visible_to(self.viewer)
        rows = seen.select_related("network", "country").prefetch_related(Prefetch("part_of", seen))
        return rows.coming_first(timezone.localdate())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context, today = super().get_context_data(**context), timezone.localdate()
        return context | {"years": by_year(context["object_list"], on=today), "today": today}


class WorkshopCsv(RecordCsv, WorkshopList):
    columns = COLUMNS
    order = ("slug",)


def by_year(workshops: Any, *, on: date) -> list[tuple[str, list[Workshop]]]:
    """Rows in the order they come, under "Coming up", their year or "Date not stated"."""

    def heading(workshop: Workshop) -> str:
        if workshop.starts_on is None:
            return _("Date not stated")
        return _("Coming up") if workshop.is_coming(on) else str(workshop.starts_on.year)

    return [(text, list(rows)) for text, rows in groupby(workshops, heading)]


class WorkshopDetail(RecordDetail):
    model = Workshop
    section = (gettext_lazy("Workshops"), "workshops:list")

    def described(self) -> str:
        return f"{' · '.join(facts(self.object))}. {self.object.summary}"

    def structured(self) -> list[Data]:
        return event(self.object)

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .prefetch_related(
                "sessions__pillars",
                "sessions__source",
                "working_groups__source",
                "parts__network",
                "parts__country",
            )
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        workshop, viewer = self.object, self.viewer
        followed = list(workshop.recommendations.visible_to(viewer).select_related("source"))
        promised: Any = workshop.commitments.visible_to(viewer)
        commitments = Excerpt.of(promised.as_rows())
        declarations = list(workshop.declarations.visible_to(viewer).select_related("source"))
        said, named = sorted_contributions(workshop)
        return super().get_context_data(**context) | {
            "agenda": agenda(workshop),
            "agenda_source": common_source(workshop.sessions.all()),
            "groups_source": common_source(workshop.working_groups.all()),
            "group_method": common_method(workshop.working_groups.all()),
            "roles": roles_by_source(workshop),
            "roles_not_shown": left_out(workshop, "roles"),
            "participations_not_shown": left_out(workshop, "participations"),
            "said": said,
            "named": named,
            "outputs": grouped(workshop.outputs.all(), "get_kind_display"),
            "outputs_of_all": has_groups_without_outputs(workshop),
            "recommendations": followed,
            "recommendations_of": grouped(followed, "output_id"),
            "recommendations_of_group": grouped(followed, "working_group_id"),
            "commitments": commitments,
            "commitments_of": counted(promised, "output_id"),
            "commitments_of_group": counted(promised, "working_group_id"),
            "declarations": declarations,
            "thread": in_short(thread_of(workshop, followed, commitments)),
            "whole": whole_thread(workshop),
            "days_left": days_left(workshop, on=timezone.localdate()),
            "numbered": sum(each.number is not None for each in workshop.sessions.all()),
            "differences": differences(workshop),
            "changed_on": changed_on(workshop),
            "letters": SourceLetters(sources_of(workshop, followed, declarations)),
        }


def whole_thread(workshop: Workshop) -> str:
    return reverse("workshops:thread", args=[workshop.slug])


def days_left(workshop: Workshop, *, on: date) -> int | None:
    """Until it begins, where a source tells the day."""
    if not workshop.is_coming(on) or workshop.date_precision != DatePrecision.DAY:
        return None
    return (workshop.starts_on - on).days if workshop.starts_on else None


class Difference(NamedTuple):
    """A question, and what each of the sources says to it; None where nothing of this one is recorded."""

    record: Any
    statements: list[tuple[Any, Any]]


def differences(workshop: Workshop) -> tuple[list[Any], list[Difference]]:
    """The sources that differ, in the order of the page, and their statements in the same order."""
    rows = workshop.differences.all()
    order = {source.pk: place for place, (_letter, source) in enumerate(SourceLetters(sources_of(workshop)))}
    found = {each.source_id: each.source for row in rows for each in row.statements.all()}
    sources = sorted(found.values(), key=lambda source: order[source.pk])
    said = [{each.source_id: each for each in row.statements.all()} for row in rows]
    return sources, [
        Difference(row, [(source, words.get(source.pk)) for source in sources])
        for row, words in zip(rows, said, strict=True)
    ]


def changed_on(workshop: Workshop) -> date | None:
    """The day of the latest change of what this reader sees here; who made it and why is nobody's business."""
    parts: tuple[Any, ...] = (
        workshop.figures, workshop.roles, workshop.sessions, workshop.working_groups, workshop.outputs,
        workshop.names, workshop.differences,
    )  # fmt: skip
    shown = [workshop.pk, *(row.pk for part in parts for row in part.all())]
    latest = JournalEntry.objects.filter(object_id__in=shown).aggregate(at=Max("at"))["at"]
    return timezone.localdate(latest) if latest else None


def thread_of(workshop: Workshop, recommendations: list[Any], commitments: Excerpt) -> list[Knot]:
    """From the workshop to what organizations promised; each kind in one knot."""
    parts = [
        branch(rows.model, Excerpt(list(rows.all()), len(rows.all())), f"#{anchor}")
        for rows, anchor in (
            (workshop.sessions, "agenda"), (workshop.working_groups, "groups"), (workshop.outputs, "outputs"),
        )
    ]  # fmt: skip
    return [
        here(workshop),
        *(knot for part in parts for knot in part),
        *what_followed(*followers(workshop, recommendations, commitments)),
    ]


def followers(record: Any, recommendations: list[Any], commitments: Excerpt) -> tuple[list[Knot], list[Knot]]:
    """Recommendations and commitments that came of it, on the same page."""
    recommended = Excerpt(recommendations, len(recommendations))
    return (
        branch(record.recommendations.model, recommended, "#followed"),
        branch(record.commitments.model, commitments, "#commitments"),
    )


def counted(rows: Any, key: str) -> dict[Any, int]:
    """How many rows there are under each value of a column."""
    return dict(rows.order_by().values_list(key).annotate(Count("pk")))


class Day(NamedTuple):
    """A day of the agenda; its date is known where the source tells the workshop's to the day."""

    number: int | None
    date: date | None
    sessions: list[Session]


def agenda(workshop: Workshop) -> list[Day]:
    days: dict[int | None, list[Session]] = grouped(workshop.sessions.all(), "day")
    return [
        Day(number, workshop.date_of(number), sessions)
        for number, sessions in sorted(days.items(), key=lambda day: (day[0] is None, day[0] or 0))
    ]


def roles_by_source(workshop: Workshop) -> list[tuple[Any, dict[str, list[Any]]]]:
    """For each source what it says who did; sources that differ stand side by side."""
    return [
        (rows[0].source, grouped(rows, "get_role_display"))
        for rows in grouped(workshop.roles.all(), "source_id").values()
    ]


def sorted_contributions(workshop: Workshop) -> tuple[dict[Any, list[Any]], list[Any]]:
    """Those of a session, by session; and those that no source puts into one."""
    said = grouped(workshop.contributions.all(), "session_id")
    return said, said.pop(None, [])


def sources_of(workshop: Workshop, *others: Any) -> list[Any]:
    """In the order of the page, the workshop's own first."""
    parts = (
        workshop.figures, workshop.roles, workshop.sessions, workshop.contributions, workshop.participations,
        workshop.working_groups, workshop.outputs, workshop.names,
    )  # fmt: skip
    rows = [row for part in parts for row in part.all()] + [row for part in others for row in part]
    rows += [statement for row in workshop.differences.all() for statement in row.statements.all()]
    return [workshop.source, *(row.source for row in rows)]


def grouped(rows: Any, name: str) -> dict[Any, list[Any]]:
    """Rows under one of their attributes, in the order they come."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        value = getattr(row, name)
        groups[value() if callable(value) else value].append(row)
    return dict(groups)


def common_source(rows: Any) -> Any:
    """The one source of all rows, so that its letter stands once in the heading; None where they differ."""
    sources = {row.source_id: row.source for row in rows}
    return next(iter(sources.values())) if len(sources) == 1 else None


def common_method(groups: Any) -> str:
    """The method of all groups, so that it is told once; empty where they differ or none is stated."""
    methods = {group.method for group in groups}
    return methods.pop() if len(methods) == 1 else ""


def has_groups_without_outputs(workshop: Workshop) -> bool:
    """Whether there are groups and outputs, and no source says which came out of which."""
    outputs = workshop.outputs.all()
    return bool(workshop.working_groups.all() and outputs) and all(each.working_group_id is None for each in outputs)


class WorkshopThread(RecordDetail):
    """The whole thread of one workshop on a page of its own."""

    model = Workshop
    template_name = "workshops/workshop_thread.html"

    def get_queryset(self) -> Any:
        return Workshop.objects.visible_to(self.viewer)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        chain = chain_of(self.object, self.viewer, most=DRAWN)
        branches = chain.tree()
        return super().get_context_data(**context) | {
            "stated": [each for each in branches if each.is_stated],
            "unstated": [each for each in branches if not each.is_stated],
            "is_complete": chain.is_complete,
            "letters": SourceLetters([self.object.source, *chain.sources]),
        }


#: How long before and after a workshop its groups take down what organizations promise.
AROUND = timedelta(days=30)


def is_now(workshop: Workshop, *, on: date) -> bool:
    """Whether somebody may sit in its room, or come from there; of one without a date nothing is known."""
    if workshop.starts_on is None:
        return False
    first: date = workshop.starts_on
    last: date = workshop.ends_on or first
    return first - AROUND <= on <= last + AROUND


class WorkingGroupDetail(RecordDetail):
    model = WorkingGroup
    section = (gettext_lazy("Workshops"), "workshops:list")
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(workshop__slug=self.kwargs["slug"])

    def described(self) -> str:
        return _("A working group of this workshop: %(workshop)s") % {"workshop": self.object.workshop}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        group, viewer = self.object, self.viewer
        recommendations = list(group.recommendations.visible_to(viewer).select_related("workshop", "source"))
        commitments = Excerpt.of(group.commitments.visible_to(viewer).as_rows())
        outputs = group.outputs.all()
        return super().get_context_data(**context) | {
            "takes_commitments": viewer.is_secretariat or is_now(group.workshop, on=timezone.localdate()),
            "recommendations": recommendations,
            "recommendations_of": grouped(recommendations, "output_id"),
            "commitments": commitments,
            "query": f"working_group={group.pk}",
            "commitments_of": counted(group.workshop.commitments.visible_to(viewer), "output_id"),
            "thread": in_short(
                [
                    *origin_of(group, ("workshop", "session"), unstated=_("The source does not say")),
                    here(group),
                    *branch(outputs.model, Excerpt(list(outputs), len(outputs)), "#outputs"),
                    *what_followed(*followers(group, recommendations, commitments)),
                ]
            ),
            "whole": f"{whole_thread(group.workshop)}#{group.pk}",
            "letters": SourceLetters(row.source for row in [group, *outputs, *recommendations]),
        }


class ResourceList(RecordList):
    """All on one page: records lead to a resource by its anchor here."""

    model = Resource
    filterset_class = ResourceFilter
    template_name = "workshops/resource_list.html"
    description = gettext_lazy("Texts, videos and trainings that the sources name.")
    paginate_by = 200
