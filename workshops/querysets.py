"""What of a workshop record may be told, to whom. The rules of disclosure live here, and only here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce

from net4u.base.querysets import RecordQuerySet
from net4u.base.states import Editorial
from organizations.querysets import organizations_seen_by
from vocabulary.enums import DatePrecision
from workshops.enums import PEOPLE_UNITS, SMALLEST_FIGURE, Attribution, Disclosure

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer


def workshops_seen_by(viewer: Viewer, path: str = "") -> Q:
    """Published workshops that are not off the record, through any relation."""
    at = f"{path}__" if path else ""
    if viewer.is_secretariat:
        return Q(**{f"{at}pk__isnull": False})
    return Q(**{f"{at}state": Editorial.PUBLISHED}) & ~Q(**{f"{at}disclosure": Disclosure.OFF_RECORD})


def sessions_seen_by(viewer: Viewer, path: str = "") -> Q:
    at = f"{path}__" if path else ""
    if viewer.is_secretariat:
        return Q(**{f"{at}pk__isnull": False})
    return workshops_seen_by(viewer, f"{at}workshop") & ~Q(**{f"{at}disclosure": Disclosure.OFF_RECORD})


def unless_off_record(viewer: Viewer, path: str) -> Q:
    """Where a relation to a session is empty, or leads to one the viewer may read."""
    return Q(**{f"{path}__isnull": True}) | sessions_seen_by(viewer, path)


def on_the_record(*, with_session: bool) -> Q:
    """Neither the workshop nor the session (where there is one) hides who took part."""
    told = Q(workshop__disclosure=Disclosure.ON_RECORD)
    if with_session:
        told &= Q(session__isnull=True) | Q(session__disclosure=Disclosure.ON_RECORD)
    return told


def count_related(model: Any, relation: str) -> Coalesce:
    """How many rows a relation has in all, whoever may see them: for "and 2 more"."""
    field = model._meta.get_field(relation).field
    rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")}).order_by().values(field.name)
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows")), 0)


class WorkshopQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(workshops_seen_by(viewer))

    def by_date(self) -> Self:
        """Latest first; what has no date in any source comes last."""
        return self.order_by(F("starts_on").desc(nulls_last=True), "title", "id")

    def coming_first(self, on: date) -> Self:
        """What is coming, the next one on top; then as :meth:`by_date`."""
        coming = Case(When(starts_on__gt=on, then=F("starts_on")))
        return self.order_by(
            coming.asc(nulls_last=True), F("starts_on").desc(nulls_last=True), "title", "id"
        )  # fmt: skip

    def known_to_the_day(self) -> Self:
        return self.filter(date_precision=DatePrecision.DAY, starts_on__isnull=False)

    def held_before(self, on: date) -> Self:
        return self.filter(starts_on__lte=on)

    def with_details(self, viewer: Viewer) -> Self:
        def visible(relation: str) -> Any:
            return self.related(relation).visible_to(viewer)

        counts = {f"{name}_count": count_related(self.model, name) for name in ("roles", "participations")}
        return (
            self.select_related("network", "country", "source")
            .annotate(**counts)
            .prefetch_related(
                Prefetch("part_of", visible("part_of")),
                Prefetch("parts", visible("parts")),
                Prefetch("roles", visible("roles").select_related("organization", "source")),
                Prefetch("figures", visible("figures").select_related("source")),
                Prefetch("sessions", visible("sessions")),
                Prefetch("working_groups", visible("working_groups").prefetch_related("pillars")),
                Prefetch("outputs", visible("outputs").select_related("source", "pillar", "working_group", "session")),
                Prefetch("participations", visible("participations").select_related("organization", "source")),
                Prefetch("contributions", visible("contributions").select_related("organization", "source")),
                Prefetch("resources", visible("resources")),
                Prefetch("differences", visible("differences").prefetch_related("statements__source")),
                "names__source",
                "corrections",
            )
        )


class PartQuerySet(RecordQuerySet[Any]):
    """Parts of a workshop that everybody sees who sees the workshop."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(workshops_seen_by(viewer, "workshop"))


class StatementQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(workshops_seen_by(viewer, "difference__workshop"))


class FigureQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Figures about fewer than five people could point to persons and are not shown."""
        if viewer.is_secretariat:
            return self.all()
        return self.filter(workshops_seen_by(viewer, "workshop")).exclude(
            unit__in=PEOPLE_UNITS, value__lt=SMALLEST_FIGURE
        )


class RoleQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who convened or paid is told with the workshop; where names are hidden, only what a source published."""
        if viewer.is_secretariat:
            return self.all()
        return self.filter(
            workshops_seen_by(viewer, "workshop"),
            organizations_seen_by(viewer, "organization"),
            on_the_record(with_session=False) | Q(source__isnull=False),
        )


class SessionQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(sessions_seen_by(viewer))

    def with_details(self, viewer: Viewer) -> Self:
        contributions = self.related("contributions").visible_to(viewer)
        resources = self.related("resources").visible_to(viewer)
        return self.select_related("workshop__network", "source").prefetch_related(
            "pillars",
            Prefetch("contributions", contributions.select_related("organization", "source")),
            Prefetch("resources", resources),
        )


class ParticipationQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Where the organization agreed or a source says so, and the workshop is on the record."""
        if viewer.is_secretariat:
            return self.all()
        shown = (
            workshops_seen_by(viewer, "workshop")
            & organizations_seen_by(viewer, "organization")
            & on_the_record(with_session=False)
            & ~Q(attribution=Attribution.ANONYMOUS)
        )
        return self.filter(shown)


class ContributionQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A person is named by recorded consent, or where a cited source names them in this role already."""
        if viewer.is_secretariat:
            return self.all()
        return self.filter(
            workshops_seen_by(viewer, "workshop"),
            unless_off_record(viewer, "session"),
            on_the_record(with_session=True),
            Q(organization__isnull=True) | organizations_seen_by(viewer, "organization"),
            Q(source__isnull=False) | Q(consent__isnull=False),
        )


class WorkingGroupQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(workshops_seen_by(viewer, "workshop"), unless_off_record(viewer, "session"))

    def with_details(self, viewer: Viewer) -> Self:
        outputs = self.related("outputs").visible_to(viewer)
        return self.select_related("workshop__network", "session__workshop", "source").prefetch_related(
            "pillars", Prefetch("outputs", outputs.select_related("source", "workshop"))
        )


class OutputQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """With its workshop; an output of a session that is off the record is off the record, too."""
        return self.filter(
            workshops_seen_by(viewer, "workshop"),
            unless_off_record(viewer, "session"),
            unless_off_record(viewer, "working_group__session"),
        )

    def with_details(self, viewer: Viewer) -> Self:
        return self.select_related(
            "workshop__network", "session__workshop", "working_group__workshop", "pillar", "source"
        )


class ResourceQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()

    def with_details(self, viewer: Viewer) -> Self:
        workshops = self.related("workshops").visible_to(viewer)
        sessions = self.related("sessions").visible_to(viewer)
        return self.select_related("source").prefetch_related(
            "pillars",
            Prefetch("workshops", workshops),
            Prefetch("sessions", sessions.select_related("workshop")),
        )
