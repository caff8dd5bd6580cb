from __future__ import annotations

from rest_framework import serializers

from net4u.base.serializers import AddressField, DocumentSerializer, Identity, TranslatedField
from recommendations.models import Addressee, Answer, Assessment, Declaration, Recommendation
from vocabulary.serializers import SourceField


class AddresseeField(serializers.ModelSerializer):
    territory = serializers.SlugRelatedField(slug_field="iso2", read_only=True)

    class Meta:
        model = Addressee
        fields = ("kind", "territory", "inferred")


class AnswerField(serializers.ModelSerializer):
    addressee = AddresseeField(read_only=True)
    organization = Identity(read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Answer
        fields = ("id", "kind", "addressee", "organization", "named_as", "text", "language", "answered_on", "source")


class AssessmentField(serializers.ModelSerializer):
    """What was found, by whom and on what basis; never the account that wrote it down."""

    organization = Identity(read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Assessment
        fields = ("id", "assessor", "organization", "named_as", "level", "basis", "assessed_on", "source")


class RecommendationSerializer(DocumentSerializer):
    url = AddressField()
    network = serializers.SlugRelatedField(
        source="workshop.network", slug_field="code", read_only=True, allow_null=True
    )
    workshop = Identity(read_only=True)
    session = Identity(read_only=True)
    working_group = Identity(read_only=True)
    output = Identity(read_only=True)
    repeats = Identity(read_only=True)
    pillars = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    themes = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    provisions = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    addressees = AddresseeField(many=True, read_only=True)
    answers = AnswerField(many=True, read_only=True)
    assessments = AssessmentField(many=True, read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Recommendation
        fields = ("id", "url", "network", "reference", "text", "language", "order", "made_in", "workshop", "session",
                  "working_group", "output", "repeats", "pillars", "themes", "provisions", "addressees",
                  "what_follows", "answers", "assessments", "source", "is_demonstration")  # fmt: skip


class DeclarationSerializer(DocumentSerializer):
    url = AddressField()
    summary = TranslatedField()
    note = TranslatedField()
    organizer = Identity(read_only=True)
    launched_at = Identity(read_only=True)
    areas = serializers.SlugRelatedField(slug_field="text", many=True, read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Declaration
        fields = ("id", "url", "slug", "title", "summary", "organizer", "launched_at", "areas_announced", "areas",
                  "signatories", "signatories_qualifier", "signatories_wording", "note", "source",
                  "is_demonstration")  # fmt: skip
