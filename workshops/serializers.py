"""Documents of workshop records. Nested lists arrive filtered for the reader (``with_details``)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from net4u.base.serializers import AddressField, DocumentSerializer, Identity, TranslatedField
from vocabulary.serializers import SourceField
from workshops.chain import RELATIONS
from workshops.models import (
    Contribution,
    Correction,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip


def left_out(workshop: Workshop, relation: str) -> int:
    """How many rows of a relation this reader may not see: counted, not named."""
    shown = len(getattr(workshop, relation).all())
    return int(getattr(workshop, f"{relation}_count")) - shown


class NameField(serializers.ModelSerializer):
    source = SourceField(read_only=True)

    class Meta:
        model = WorkshopName
        fields = ("name", "source")


class CorrectionField(serializers.ModelSerializer):
    class Meta:
        model = Correction
        fields = ("made_on", "kind", "text")


class FigureField(serializers.ModelSerializer):
    note = TranslatedField()
    source = SourceField(read_only=True)

    class Meta:
        model = WorkshopFigure
        fields = ("unit", "value", "qualifier", "wording", "note", "read_with_care", "source")


class RoleField(serializers.ModelSerializer):
    organization = Identity(read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = WorkshopRole
        fields = ("role", "organization", "named_as", "source")


class StatementField(serializers.ModelSerializer):
    note = TranslatedField()
    source = SourceField(read_only=True)

    class Meta:
        model = Statement
        fields = ("quote", "note", "source")


class DifferenceField(serializers.ModelSerializer):
    """What sources tell differently, each in its own words."""

    question = TranslatedField()
    statements = StatementField(many=True, read_only=True)

    class Meta:
        model = SourceDifference
        fields = ("question", "statements")


class ParticipationField(serializers.ModelSerializer):
    organization = Identity(read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Participation
        fields = ("organization", "named_as", "source")


class ContributionField(serializers.ModelSerializer):
    """A person by the name a cited source or a consent gives; never an account."""

    reported = TranslatedField()
    organization = Identity(read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Contribution
        fields = ("kind", "person_name", "person_role", "affiliation_text", "organization", "quote", "reported",
                  "source")  # fmt: skip


class WorkshopSerializer(DocumentSerializer):
    url = AddressField()
    network = serializers.SlugRelatedField(slug_field="code", read_only=True)
    title = TranslatedField()
    summary = TranslatedField()
    country = serializers.SlugRelatedField(slug_field="iso2", read_only=True)
    part_of = Identity(read_only=True)
    parts = Identity(many=True, read_only=True)
    names = NameField(many=True, read_only=True)
    corrections = CorrectionField(many=True, read_only=True)
    figures = FigureField(many=True, read_only=True)
    differences = DifferenceField(many=True, read_only=True)
    roles = RoleField(many=True, read_only=True)
    roles_not_shown = serializers.SerializerMethodField()
    participations = ParticipationField(many=True, read_only=True)
    participations_not_shown = serializers.SerializerMethodField()
    contributions = ContributionField(many=True, read_only=True)
    sessions = Identity(many=True, read_only=True)
    working_groups = Identity(many=True, read_only=True)
    outputs = Identity(many=True, read_only=True)
    resources = Identity(many=True, read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Workshop
        fields = ("id", "url", "network", "slug", "kind", "title", "title_is_verbatim", "names", "summary", "quote",
                  "part_of", "parts", "starts_on", "ends_on", "date_precision", "date_note", "time_zone", "mode",
                  "place", "venue", "country", "disclosure", "figures", "differences", "roles", "roles_not_shown",
                  "participations",
                  "participations_not_shown", "contributions", "sessions", "working_groups", "outputs", "resources",
                  "source", "corrections", "is_demonstration")  # fmt: skip

    def get_roles_not_shown(self, workshop: Workshop) -> int:
        return left_out(workshop, "roles")

    def get_participations_not_shown(self, workshop: Workshop) -> int:
        return left_out(workshop, "participations")


class SessionSerializer(DocumentSerializer):
    url = AddressField()
    network = serializers.SlugRelatedField(source="workshop.network", slug_field="code", read_only=True)
    workshop = Identity(read_only=True)
    title = TranslatedField()
    summary = TranslatedField()
    pillars = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    contributions = ContributionField(many=True, read_only=True)
    resources = Identity(many=True, read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Session
        fields = ("id", "url", "network", "workshop", "order", "number", "day", "starts_at", "ends_at", "title",
                  "title_is_verbatim", "summary", "format", "disclosure", "pillars", "contributions", "resources",
                  "source")  # fmt: skip


class WorkingGroupSerializer(DocumentSerializer):
    url = AddressField()
    network = serializers.SlugRelatedField(source="workshop.network", slug_field="code", read_only=True)
    workshop = Identity(read_only=True)
    session = Identity(read_only=True)
    pillars = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    outputs = Identity(many=True, read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = WorkingGroup
        fields = ("id", "url", "network", "workshop", "session", "code", "name", "pillars", "method", "outputs",
                  "source")  # fmt: skip


class OutputSerializer(DocumentSerializer):
    url = AddressField()
    note = TranslatedField()
    network = serializers.SlugRelatedField(source="workshop.network", slug_field="code", read_only=True)
    workshop = Identity(read_only=True)
    session = Identity(read_only=True)
    working_group = Identity(read_only=True)
    pillar = serializers.SlugRelatedField(slug_field="code", read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Output
        fields = ("id", "url", "network", "workshop", "session", "working_group", "pillar", "kind", "order", "text",
                  "note", "read_with_care", "source")  # fmt: skip


class ResourceSerializer(DocumentSerializer):
    url = AddressField()
    summary = TranslatedField()
    note = TranslatedField()
    pillars = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    workshops = Identity(many=True, read_only=True)
    sessions = Identity(many=True, read_only=True)
    parts: Any = serializers.ListField(child=serializers.CharField(), read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Resource
        fields = ("id", "url", "slug", "kind", "title", "acronym", "publisher", "published_year", "place", "symbol",
                  "summary", "note", "parts", "parts_announced", "pillars", "workshops", "sessions",
                  "source")  # fmt: skip


class NodeField(serializers.Serializer):
    id = serializers.UUIDField(source="record.pk", read_only=True)
    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in ("workshop", *RELATIONS)], read_only=True)
    title = serializers.CharField(read_only=True)
    url = AddressField()
    is_demonstration = serializers.BooleanField(read_only=True)


class EdgeField(serializers.Serializer):
    to = serializers.UUIDField(source="end", read_only=True)
    relation = serializers.ChoiceField(choices=[(name, name) for name in RELATIONS.values()], read_only=True)
    source = serializers.UUIDField(
        source="source.pk", read_only=True, allow_null=True,
        help_text=_("Which of the sources states this step; null where an organization itself says it."),
    )  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.UUIDField(source="start", read_only=True)} | super().get_fields()


class ThreadSerializer(serializers.Serializer):
    """The thread of a workshop as a graph, from what was said to what was done."""

    workshop = serializers.UUIDField(source="workshop.pk", read_only=True)
    nodes = NodeField(source="records", many=True, read_only=True)
    edges = EdgeField(many=True, read_only=True, help_text=_("Steps, each from the earlier record to the later one."))
    sources = SourceField(many=True, read_only=True)
    is_complete = serializers.BooleanField(
        read_only=True, help_text=_("False where there are more commitments than are told here.")
    )
