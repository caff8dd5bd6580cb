from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.cards import facts
from commitments.enums import Completion
from commitments.exports import COLUMNS
from commitments.filters import CommitmentFilter, DateFilter, ProgressFilter
from commitments.measures import Measure
from commitments.models import Commitment, Milestone, ProgressUpdate, Verification
from commitments.months import Month, shown_months
from commitments.progress import (
    Dates,
    DatesInOrder,
    Horizons,
    Lists,
    Pillars,
    by_horizon,
    by_month,
    by_pillar,
    rows_of,
)
from net4u.base.cards import Card
from net4u.base.exports import RecordCsv, download, wrong_filter
from net4u.base.models import JournalEntry
from net4u.base.templatetags.ui import when
from net4u.base.threads import Knot, here, in_short, kind_of, origin_of
from net4u.base.viewers import PUBLIC
from net4u.base.views import RecordList, ReferencedDetail, WindowPaginator
from vocabulary.models import Pillar
from workshops.views import whole_thread


class CommitmentList(RecordList):
    model = Commitment
    filterset_class = CommitmentFilter
    template_name = "commitments/commitment_list.html"
    csv = "commitments:csv"
    description = gettext_lazy("What organizations promised, how far they say they are, and what somebody else found.")
    feed = "commitments:feed"

    def get_queryset(self) -> Any:
        return Commitment.objects.visible_to(self.viewer).as_rows()


class CommitmentCsv(RecordCsv, CommitmentList):
    columns = COLUMNS
    order = ("due_on", "pk")


class ProgressFigures(RecordList):
    """What the progress page and its tables to download are made from."""

    model = Commitment
    filterset_class = ProgressFilter
    paginate_by = 0  # figures, no rows

    def get_queryset(self) -> Any:
        return Commitment.objects.visible_to(self.viewer).published()

    @property
    def lists(self) -> Lists:
        names = self.filterset.in_use if self.filterset.is_bound and self.filterset.is_valid() else ()
        return Lists({name: self.request.GET[name] for name in names}, self.viewer)

    def horizons(self, commitments: Any) -> Horizons:
        return by_horizon(commitments, self.lists)

    def pillars(self, commitments: Any) -> Pillars:
        """All of them, whichever pillar is chosen: the choice is one of these bars."""
        known = Pillar.objects.visible_to(self.viewer).canonical()
        valid = not self.filterset.is_bound or self.filterset.is_valid()
        return by_pillar(self.filterset.without("pillar") if valid else commitments, known, self.lists)

    def dates(self, commitments: Any) -> Dates:
        return by_month(commitments, self.lists, on=timezone.localdate())


class Progress(ProgressFigures):
    template_name = "commitments/progress.html"
    description = gettext_lazy("How far promises are, for which pillars, and whether dates are kept.")

    def card(self) -> Card:
        return replace(super().card(), title=_("Progress"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = context["object_list"]
        return super().get_context_data(**context) | {
            "horizons": self.horizons(found), "pillars": self.pillars(found), "dates": self.dates(found),
            "today": timezone.localdate(),
        }  # fmt: skip


class ProgressCsv(ProgressFigures):
    """One table of the progress page; ``figures`` says which."""

    figures = ""

    def render_to_response(self, context: dict[str, Any], **_options: Any) -> Any:
        if self.filterset.form.errors:
            return wrong_filter()
        table = getattr(self, self.figures)(context["object_list"]).table
        return download(self.request, table.heads, table.cells())


class DateList(RecordList):
    """The steps and commitments behind a figure of dates kept or not."""

    model = Commitment
    filterset_class = DateFilter
    template_name = "commitments/date_list.html"
    description = gettext_lazy("Steps and commitments that were due, and whether they were reached by then.")

    def card(self) -> Card:
        return replace(super().card(), title=_("Dates that have come"))

    def get_queryset(self) -> Any:
        return Commitment.objects.visible_to(self.viewer).published()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.filterset.form.errors:
            return super().get_context_data(**context) | {"dates": []}
        dates = self.dates(context["object_list"], timezone.localdate())
        context = super().get_context_data(**context | {"object_list": dates})
        context["paginator"].count = dates.count(WindowPaginator.MOST)
        return context | {"dates": rows_of(context["object_list"])}

    def dates(self, commitments: Any, today: date) -> DatesInOrder:
        chosen = self.filterset.form.cleaned_data if self.filterset.is_bound else {}
        if chosen.get("month"):
            month = Month.read(chosen["month"])
            since, before = month.first, min(month.plus(1).first, today)
        else:
            since, before = shown_months(today)[0].first, today
        return DatesInOrder(commitments, since, before, chosen.get("kept", ""))


class CommitmentDetail(ReferencedDetail):
    model = Commitment
    section = (gettext_lazy("Commitments"), "commitments:list")

    def described(self) -> str:
        return " ".join(facts(self.object))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commitment, today = self.object, timezone.localdate()
        verification = latest_verification(commitment)
        updates = newest_first(commitment.updates.all())
        seen = {partner.pk for partner in commitment.visible_partners}
        return super().get_context_data(**context) | {
            "is_late": commitment.is_overdue(today),
            "verification": verification,
            "measure": Measure.of(commitment, confirmed=verification.value if verification else None),
            "partners_not_shown": sum(each.pk not in seen for each in commitment.partners.all()),
            "evidence_not_shown": len(commitment.evidence.all()) - len(commitment.visible_evidence),
            "steps": time_line(commitment, on=today),
            "updates": updates,
            "reported_on": updates[0].reported_on if updates else None,
            "thread": in_short(thread_of(commitment)),
            "whole": f"{whole_thread(commitment.workshop)}#{commitment.pk}" if commitment.workshop else "",
            "decision": None if commitment.is_published else latest_decision(commitment),
            "is_public": Commitment.objects.visible_to(PUBLIC).filter(pk=commitment.pk).exists(),
        }


def latest_verification(commitment: Commitment) -> Verification | None:
    """The one that the commitment's own completion repeats; two may bear the same date."""
    found = [each for each in commitment.verifications.all() if each.completion == commitment.completion]
    return found[-1] if found else None


def latest_decision(commitment: Commitment) -> JournalEntry | None:
    """Why it is not shown, in the words of whoever decided: for its own people and the secretariat."""
    decisions = ("commitment.withdrawn", "commitment.changes_requested", "commitment.declined")
    rows = JournalEntry.objects.filter(object_id=commitment.pk, what__in=decisions).exclude(why="")
    return rows.first()


def newest_first(updates: Iterable[ProgressUpdate]) -> list[ProgressUpdate]:
    """A correction stands above the report it corrects, also where both bear the same date."""
    rows: list[Any] = list(updates)
    by_id = {each.pk: each for each in rows}
    for each in rows:
        each.corrected = by_id.get(each.corrects_id)
        each.corrected_by = [other for other in rows if other.corrects_id == each.pk]

    def depth(update: Any) -> int:
        return 1 + depth(update.corrected) if update.corrected else 0

    return sorted(rows, key=lambda each: (each.reported_on, depth(each)), reverse=True)


class Step(NamedTuple):
    """A mark on the time line; today stands between what was and what is to come."""

    day: date
    mark: str
    milestone: Milestone | None = None


def time_line(commitment: Commitment, *, on: date) -> list[Step]:
    def mark(milestone: Milestone) -> str:
        if milestone.done_on is not None:
            return "reached"
        if not commitment.is_published:
            return "planned"
        if not commitment.is_open:
            return "closed"
        return "late" if milestone.is_overdue(on) else "ahead"

    steps = [Step(each.due_on, mark(each), each) for each in commitment.milestones.all()]
    if not commitment.is_open or not steps:
        return steps
    return sorted([*steps, Step(on, "today")], key=lambda step: (step.day, step.mark != "today"))


def thread_of(commitment: Commitment) -> list[Knot]:
    answers = tuple(commitment.answers.all())
    return [
        *origin_of(commitment, ("workshop",), unstated=_("Not stated")),
        *session_of(commitment),
        *origin_of(commitment, ("working_group", "output"), unstated=_("Not stated")),
        *([Knot(_("Answers"), answers)] if answers else []),
        here(commitment),
        outcome_of(commitment),
    ]


def session_of(commitment: Commitment) -> list[Knot]:
    """Where the group sat or the output was made; whoever may read those may read their session."""
    parts = (commitment.output, commitment.working_group)
    session = next((part.session for part in parts if part is not None and part.session is not None), None)
    return [Knot(kind_of(type(session)), (session,))] if session is not None else []


def outcome_of(commitment: Commitment) -> Knot:
    """Steps, reports, evidence and what others found, in one knot: dashed until it is complete."""
    milestones, reports = commitment.milestones.all(), len(commitment.updates.all())
    shown, links = len(commitment.visible_evidence), []
    if milestones:
        reached = sum(each.done_on is not None for each in milestones)
        words = _("%(reached)s of %(all)s steps reached") % {"reached": reached, "all": len(milestones)}
        links.append((words, "steps"))
    if reports:
        links.append((ngettext("%(number)s report", "%(number)s reports", reports) % {"number": reports}, "reports"))
    if shown:
        words = ngettext("%(number)s piece of evidence", "%(number)s pieces of evidence", shown) % {"number": shown}
        links.append((words, "evidence"))
    found = str(capfirst(commitment.get_completion_display()))
    if commitment.is_open:
        found = _("%(found)s; open until %(day)s") % {"found": found, "day": when(commitment.due_on)}
    return Knot(
        _("What became of it"),
        links=tuple((words, f"#{anchor}") for words, anchor in links),
        note=found,
        shape="" if commitment.completion == Completion.COMPLETE else "absent",
    )
