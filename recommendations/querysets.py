from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from net4u.base.querysets import RecordQuerySet
from net4u.base.states import Editorial
from organizations.querysets import organizations_seen_by
from recommendations.enums import AnswerKind
from workshops.querysets import unless_off_record, workshops_seen_by

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer


class RecommendationQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Published, and out of a workshop, and of sessions on every way to it, that the viewer may read."""
        if viewer.is_secretariat:
            return self.all()
        ways = ("session", "working_group__session", "output__session", "output__working_group__session")
        return self.filter(
            Q(workshop__isnull=True) | workshops_seen_by(viewer, "workshop"),
            *(unless_off_record(viewer, way) for way in ways),
            state=Editorial.PUBLISHED,
        )

    def with_details(self, viewer: Viewer) -> Self:
        groups = self.related("working_group").visible_to(viewer)
        outputs = self.related("output").visible_to(viewer)
        earlier = self.related("repeats").visible_to(viewer)
        answers = self.related("answers").visible_to(viewer)
        assessments = self.related("assessments").visible_to(viewer)
        return self.select_related("workshop__network", "session__workshop", "source").prefetch_related(
            "pillars", "themes", "provisions__instrument", "addressees__territory",
            Prefetch("working_group", groups.select_related("workshop")),
            Prefetch("output", outputs.select_related("workshop")),
            Prefetch("repeats", earlier),
            Prefetch("answers", answers.select_related("addressee__territory", "organization", "source")),
            Prefetch("assessments", assessments.select_related("organization", "source")),
        )  # fmt: skip

    def last_found(self, level: str) -> Self:
        """Of which the latest assessment says this, whoever made it; "" where there is none."""
        told = self.related("assessments").filter(recommendation=OuterRef("pk"))
        latest = told.order_by("-assessed_on", "pk").values("level")[:1]
        return self.annotate(latest_level=Coalesce(Subquery(latest), Value(""))).filter(latest_level=level)

    def with_published_commitments(self) -> Self:
        """Each with ``is_promised``: a commitment that everybody may read answers it."""
        promised = self.related("commitments").filter(answers=OuterRef("pk"), state=Editorial.PUBLISHED)
        return self.annotate(is_promised=Exists(promised))

    def answered_between(self, since: date, until: date, answers: Any) -> Self:
        """Published by then, with one of these ``answers`` dated in these days; they stand in ``given``.

        An answer of which the source gives no day cannot be placed, and a note that there is none yet is no answer.
        """
        dated = answers.filter(answered_on__gte=since, answered_on__lte=until).exclude(kind=AnswerKind.NONE)
        given = dated.select_related("addressee__territory", "organization")
        return (
            self.filter(state=Editorial.PUBLISHED, published_at__date__lte=until)
            .filter(Exists(dated.order_by().filter(recommendation=OuterRef("pk"))))
            .prefetch_related(Prefetch("answers", given, to_attr="given"))
        )

    def for_follow_up(self) -> Self:
        """What the secretariat's list shows of each: who was asked, who answered what, what was found and promised."""
        promised = self.related("commitments").filter(state=Editorial.PUBLISHED).order_by("reference")
        return (
            self.filter(state=Editorial.PUBLISHED)
            .select_related("workshop")
            .prefetch_related(
                "addressees__territory",
                "answers",
                Prefetch("assessments", self.related("assessments").select_related("organization")),
                Prefetch("commitments", promised, to_attr="promised"),
            )
        )


class DeclarationQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        if viewer.is_secretariat:
            return self.all()
        return self.filter(state=Editorial.PUBLISHED)

    def with_details(self, viewer: Viewer) -> Self:
        organizers = self.related("organizer")
        workshops = self.related("launched_at")
        return self.select_related("source").prefetch_related(
            "areas",
            Prefetch("organizer", organizers.filter(organizations_seen_by(viewer))),
            Prefetch("launched_at", workshops.visible_to(viewer)),
        )


class PartOfRecommendationQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        recommendations = self.related("recommendation")
        return self.filter(recommendation__in=recommendations.visible_to(viewer))


class SaidBySomebodyQuerySet(PartOfRecommendationQuerySet):
    """Answers and assessments: where an organization gave them, it must be one the viewer may see."""

    def visible_to(self, viewer: Viewer) -> Self:
        return super().visible_to(viewer).filter(
            Q(organization__isnull=True) | organizations_seen_by(viewer, "organization")
        )  # fmt: skip
