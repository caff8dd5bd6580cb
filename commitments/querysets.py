from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from commitments.enums import Completion, Kept, Progress
from net4u.base.querysets import RecordQuerySet
from net4u.base.states import Editorial
from net4u.base.viewers import Audience
from organizations.querysets import organizations_seen_by

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer


def open_commitments(path: str = "") -> Q:
    """Published, not reported as completed, not found complete: everything else is closed for reminders."""
    at = f"{path}__" if path else ""
    return (
        Q(**{f"{at}state": Editorial.PUBLISHED})
        & ~Q(**{f"{at}progress": Progress.COMPLETED})
        & ~Q(**{f"{at}completion": Completion.COMPLETE})
    )


def commitments_seen_by(viewer: Viewer, path: str = "") -> Q:
    """Published commitments of organizations the viewer may see, through any relation; one's own in any state."""
    at = f"{path}__" if path else ""
    if viewer.is_secretariat:
        return Q(**{f"{at}pk__isnull": False})
    seen = Q(**{f"{at}state": Editorial.PUBLISHED}) & organizations_seen_by(viewer, f"{at}organization")
    if viewer.organizations:
        seen |= Q(**{f"{at}organization__in": sorted(viewer.organizations)})
    return seen


def kept(how: Kept) -> Q:
    """Of dates that have passed (``with_reached_on``): what was reached by then; everything else is late."""
    if how == Kept.IN_TIME:
        return Q(reached_on__lte=F("due_on"))
    return Q(reached_on__isnull=True) | Q(reached_on__gt=F("due_on"))


def _first(rows: Any, day: str) -> Subquery:
    return Subquery(rows.order_by(day).values(day)[:1])


class Tally(NamedTuple):
    """How many commitments there are of one organization, complete, and open with a date that has passed."""

    number: int
    complete: int
    overdue: int


#: Whoever has not reported for so long is silent.
SILENT_DAYS = 90
#: Beside the groups of ``counted``: all of them.
ALL = "all"


class Counts(NamedTuple):
    """Of published commitments: how many stand how; from ``complete`` on, what somebody else found."""

    promised: int
    open: int
    overdue: int
    silent: int
    completed: int
    complete: int
    substantial: int
    limited: int
    not_started: int
    no_evidence: int


def open_then() -> Q:
    return ~Q(progress_then=Progress.COMPLETED) & ~Q(completion_then=Completion.COMPLETE)


def overdue_then(on: date) -> Q:
    return open_then() & Q(due_on__lt=on)


def counts(on: date) -> dict[str, Count]:
    since = on - timedelta(days=SILENT_DAYS)
    found = ("complete", "substantial", "limited", "not_started", "no_evidence")
    wanted = {
        "open": open_then(),
        "overdue": overdue_then(on),
        "silent": open_then() & Q(published_at__date__lte=since, heard_then=False),
        "completed": Q(progress_then=Progress.COMPLETED),
        **{level: Q(completion_then=level) for level in found},
    }
    return {"promised": Count("pk")} | {name: Count("pk", filter=which) for name, which in wanted.items()}


class CommitmentQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(commitments_seen_by(viewer))

    def open(self) -> Self:
        return self.filter(open_commitments())

    def closed(self) -> Self:
        """Whatever nobody is reminded of."""
        return self.exclude(open_commitments())

    def overdue(self, on: date) -> Self:
        """Open, with a due date before this day; what is due on the day itself is not late yet."""
        return self.open().filter(due_on__lt=on)

    def coming(self, on: date) -> Self:
        """Open, and due on this day or later."""
        return self.open().filter(due_on__gte=on)

    def to_verify(self) -> Self:
        """Reported as completed (``completed_on``), and nobody said since what they found."""
        told = self.related("updates").filter(commitment=OuterRef("pk"), progress=Progress.COMPLETED)
        rows = self.filter(state=Editorial.PUBLISHED, progress=Progress.COMPLETED)
        dated = rows.annotate(completed_on=Subquery(told.order_by("-reported_on").values("reported_on")[:1]))
        found = self.related("verifications").filter(commitment=OuterRef("pk"))
        later = found.filter(verified_on__gte=OuterRef("completed_on"))
        return dated.exclude(completion=Completion.COMPLETE).exclude(Exists(later))

    def silent(self, since: date) -> Self:
        """Open, published by then, and not reported on after that day."""
        heard = self.related("updates").filter(commitment=OuterRef("pk"), reported_on__gt=since)
        return self.open().filter(published_at__date__lte=since).exclude(Exists(heard))

    def as_now(self, on: date) -> Self:
        """Published, with what ``counted`` reads: how far each is as it is stored."""
        return self.published().annotate(progress_then=F("progress"), completion_then=F("completion"))._heard(on)

    def as_of(self, on: date) -> Self:
        """What was published by the end of this day, as dated reports and findings had it by then.

        A report that was corrected by then does not count. Of two on one day the one that closes is the later one,
        since nothing but a correction follows it; of two others one is taken, and always the same.
        """
        told = self.related("updates").filter(commitment=OuterRef("pk"), reported_on__lte=on)
        corrected = self.related("updates").filter(corrects=OuterRef("pk"), reported_on__lte=on)
        closes = Case(When(progress=Progress.COMPLETED, then=0), default=1)
        told = told.exclude(Exists(corrected)).order_by("-reported_on", closes, "-pk")
        found = self.related("verifications").filter(commitment=OuterRef("pk"), verified_on__lte=on)
        closes = Case(When(completion=Completion.COMPLETE, then=0), default=1)
        found = found.order_by("-verified_on", closes, "-pk")
        return (
            self.published()
            .filter(published_at__date__lte=on)
            .annotate(
                progress_then=Coalesce(Subquery(told.values("progress")[:1]), Value(Progress.NOT_REPORTED.value)),
                completion_then=Coalesce(
                    Subquery(found.values("completion")[:1]), Value(Completion.NOT_ASSESSED.value)
                ),
                told_on=Subquery(told.values("reported_on")[:1]),
                found_on=Subquery(found.values("verified_on")[:1]),
            )
            ._heard(on)
        )

    def _heard(self, on: date) -> Self:
        since = on - timedelta(days=SILENT_DAYS)
        told = self.related("updates").filter(commitment=OuterRef("pk"), reported_on__gt=since, reported_on__lte=on)
        return self.annotate(heard_then=Exists(told))

    def counted(self, group: str, *, on: date) -> dict[Any, Counts]:
        """How many of each group stood how on that day (``as_now`` or ``as_of``), in one query; one may stand in
        several groups. Under ``ALL`` what all of them are together, with another query."""
        rows = self.order_by().prefetch_related(None).select_related(None)
        groups = rows.values_list(group).annotate(**counts(on))
        numbers = {key: Counts(*row) for key, *row in groups}
        return numbers | {ALL: Counts(**rows.aggregate(**counts(on)))}

    def complete(self) -> Self:
        """Found complete by somebody without a part in it."""
        return self.filter(completion=Completion.COMPLETE)

    def published(self) -> Self:
        """What is told as promised: neither drafts nor what was withdrawn, whoever looks."""
        return self.filter(state=Editorial.PUBLISHED)

    def by_horizon(self) -> dict[tuple[str, str], int]:
        """How many of each horizon were found how far."""
        rows = self.order_by().values_list("horizon", "completion").annotate(number=Count("pk"))
        return {(horizon, completion): number for horizon, completion, number in rows}

    def by_pillar(self) -> dict[UUID, tuple[int, int]]:
        """How many serve each pillar, and how many of these are complete; one may serve several."""
        rows = self.order_by().filter(pillars__isnull=False).values_list("pillars")
        rows = rows.annotate(number=Count("pk"), found=Count("pk", filter=Q(completion=Completion.COMPLETE)))
        return {pillar: (number, found) for pillar, number, found in rows}

    def due_between(self, since: date, before: date) -> Self:
        return self.filter(due_on__gte=since, due_on__lt=before)

    def with_reached_on(self) -> Self:
        """Each with the day on which it was first reported as completed or, without a report, found complete."""
        reports = self.related("updates").filter(commitment=OuterRef("pk"), progress=Progress.COMPLETED)
        found = self.related("verifications").filter(commitment=OuterRef("pk"), completion=Completion.COMPLETE)
        return self.annotate(
            reached_on=Case(
                When(progress=Progress.COMPLETED, then=_first(reports, "reported_on")),
                When(completion=Completion.COMPLETE, then=_first(found, "verified_on")),
            )
        )

    def tallied(self, *, on: date) -> dict[UUID, Tally]:
        """What each organization promised and what became of it, in one query."""
        late = open_commitments() & Q(due_on__lt=on)
        rows = self.order_by().values_list("organization").annotate(
            promised=Count("pk"), found=Count("pk", filter=Q(completion=Completion.COMPLETE)),
            late=Count("pk", filter=late),
        )  # fmt: skip
        return {organization: Tally(*numbers) for organization, *numbers in rows}

    def as_rows(self) -> Self:
        """What a row of a list shows, with the day of the latest verification."""
        found = self.related("verifications").filter(commitment=OuterRef("pk")).order_by("-verified_on")
        return (
            self.select_related("organization__country")
            .prefetch_related("pillars")
            .annotate(assessed_on=Subquery(found.values("verified_on")[:1]))
        )

    def with_details(self, viewer: Viewer) -> Self:
        """Everything a document or a page reads. Partners and evidence keep all rows: the reader's are marked.

        Lists that can hold what the reader may not see come twice: the visible rows, and the count of all.
        """

        def visible(relation: str) -> Any:
            return self.related(relation).visible_to(viewer)

        return self.select_related("organization__country").prefetch_related(
            "pillars", "provisions__instrument", "sdg_targets", "milestones", "verifications",
            Prefetch("workshop", visible("workshop")),
            Prefetch("working_group", visible("working_group").select_related("workshop", "session__workshop")),
            Prefetch("output", visible("output").select_related("workshop", "session__workshop")),
            Prefetch("answers", visible("answers")),
            Prefetch("partners", visible("partners").select_related("organization"), to_attr="visible_partners"),
            Prefetch("partners", self.related("partners").confirmed()),
            Prefetch("updates", visible("updates")),
            Prefetch("evidence", visible("evidence"), to_attr="visible_evidence"),
            "evidence",
        )  # fmt: skip

    def for_documents(self, viewer: Viewer) -> Self:
        """What a document reads, the same rows as ``with_details`` but in plain lists.

        Otherwise Django makes a queryset for each commitment and relation, to be filtered further: with eleven
        relations that takes as long as everything else about a document together.
        """

        def visible(relation: str) -> Any:
            return self.related(relation).visible_to(viewer)

        articles = self.related("provisions").select_related("instrument")
        return self.select_related("organization__country").prefetch_related(
            Prefetch("workshop", visible("workshop")),
            Prefetch("working_group", visible("working_group").select_related("workshop", "session__workshop")),
            Prefetch("output", visible("output").select_related("workshop", "session__workshop")),
            Prefetch("pillars", to_attr="listed_pillars"),
            Prefetch("provisions", articles, to_attr="listed_provisions"),
            Prefetch("sdg_targets", to_attr="listed_targets"),
            Prefetch("answers", visible("answers"), to_attr="visible_answers"),
            Prefetch("partners", visible("partners").select_related("organization"), to_attr="visible_partners"),
            Prefetch("partners", self.related("partners").confirmed(), to_attr="confirmed_partners"),
            Prefetch("milestones", to_attr="listed_milestones"),
            Prefetch("updates", visible("updates"), to_attr="visible_updates"),
            Prefetch("evidence", visible("evidence"), to_attr="visible_evidence"),
            Prefetch("evidence", to_attr="all_evidence"),
            Prefetch("verifications", to_attr="listed_verifications"),
        )  # fmt: skip


class MilestoneQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(commitments_seen_by(viewer, "commitment"))

    def open(self) -> Self:
        return self.filter(open_commitments("commitment"), done_on__isnull=True)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def due_between(self, since: date, before: date) -> Self:
        return self.filter(due_on__gte=since, due_on__lt=before)

    def with_reached_on(self) -> Self:
        """As commitments have it, so that both stand in one list of dates."""
        return self.annotate(reached_on=F("done_on"))


class PartOfCommitmentQuerySet(RecordQuerySet[Any]):
    """Parts that everybody sees who sees the commitment."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(commitments_seen_by(viewer, "commitment"))


class PartnerQuerySet(RecordQuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def as_rows(self) -> Self:
        """Each with its commitment as a row of a list."""
        return self.prefetch_related(Prefetch("commitment", self.related("commitment").as_rows()))

    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever confirmed and may be seen; one's own invitations as well."""
        if viewer.is_secretariat:
            return self.all()
        own = sorted(viewer.organizations)
        return self.filter(
            commitments_seen_by(viewer, "commitment"),
            organizations_seen_by(viewer, "organization"),
            Q(confirmed_at__isnull=False) | Q(organization__in=own) | Q(commitment__organization__in=own),
        )


class EvidenceQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Evidence has an audience of its own, inside that of its commitment."""
        if viewer.is_secretariat:
            return self.all()
        circles = [Audience.PUBLIC]
        if viewer.is_partner:
            circles.append(Audience.PARTNERS)
        if viewer.is_member:
            circles += [Audience.PARTNERS, Audience.MEMBERS]
        own = Q(commitment__organization__in=sorted(viewer.organizations))
        return self.filter(commitments_seen_by(viewer, "commitment"), Q(audience__in=circles) | own)
