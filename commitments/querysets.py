from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import OuterRef, Prefetch, Q, Subquery

from commitments.enums import Completion, Progress
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

    def complete(self) -> Self:
        """Found complete by somebody without a part in it."""
        return self.filter(completion=Completion.COMPLETE)

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
