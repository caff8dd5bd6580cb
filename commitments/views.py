from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.enums import Completion
from commitments.filters import CommitmentFilter
from commitments.measures import Measure
from commitments.models import Commitment, Milestone, ProgressUpdate, Verification
from net4u.base.models import JournalEntry
from net4u.base.threads import Knot, here, in_short, kind_of, origin_of
from net4u.base.viewers import PUBLIC
from net4u.base.views import RecordList, ReferencedDetail
from workshops.views import whole_thread


class CommitmentList(RecordList):
    model = Commitment
    filterset_class = CommitmentFilter
    template_name = "commitments/commitment_list.html"

    def get_queryset(self) -> Any:
        return Commitment.objects.visible_to(self.viewer).as_rows()


class CommitmentDetail(ReferencedDetail):
    model = Commitment

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
        found = _("%(found)s; open until %(day)s") % {"found": found, "day": date_format(commitment.due_on, "j F Y")}
    return Knot(
        _("What became of it"),
        links=tuple((words, f"#{anchor}") for words, anchor in links),
        note=found,
        shape="" if commitment.completion == Completion.COMPLETE else "absent",
    )
