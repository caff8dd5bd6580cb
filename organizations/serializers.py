from __future__ import annotations

from typing import Any

from rest_framework import serializers

from net4u.base.serializers import AddressField, DocumentSerializer, Identity, TranslatedField
from organizations.enums import ActivityType
from organizations.models import Identifier, Membership, Organization, RegionalNetwork
from vocabulary.serializers import SourceField


class RegionalNetworkSerializer(DocumentSerializer):
    url = AddressField()
    region = TranslatedField()
    established_note = TranslatedField()
    source = SourceField(read_only=True)

    class Meta:
        model = RegionalNetwork
        fields = ("id", "url", "code", "name", "region", "established_on", "established_precision",
                  "established_note", "place", "member_count", "member_count_as_of", "source")  # fmt: skip


class MembershipField(serializers.ModelSerializer):
    network = serializers.SlugRelatedField(slug_field="code", read_only=True)
    source = SourceField(read_only=True)

    class Meta:
        model = Membership
        fields = ("network", "status", "since", "quote", "source")


class IdentifierField(serializers.ModelSerializer):
    class Meta:
        model = Identifier
        fields = ("scheme", "value")


#: What a reader gets of an organization that shows no more than its name and country.
NAME_AND_COUNTRY = ("id", "url", "slug", "legal_name", "english_name", "acronym", "country", "memberships",
                    "source", "is_demonstration", "profile_shown")  # fmt: skip


class OrganizationSerializer(DocumentSerializer):
    """The whole profile where it may be shown; else the fields of :data:`NAME_AND_COUNTRY` alone are filled."""

    url = AddressField()
    country = serializers.SlugRelatedField(slug_field="iso2", read_only=True)
    countries_of_activity = serializers.SlugRelatedField(slug_field="iso2", many=True, read_only=True)
    pillars = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    part_of = Identity(read_only=True)
    identifiers = IdentifierField(many=True, read_only=True)
    activity_types = serializers.ListField(child=serializers.ChoiceField(ActivityType.choices), read_only=True)
    memberships = MembershipField(many=True, read_only=True)
    source = SourceField(read_only=True)
    profile_shown = serializers.SerializerMethodField()

    class Meta:
        model = Organization
        fields = ("id", "url", "slug", "legal_name", "english_name", "acronym", "aliases", "kind",
                  "civil_society_kind", "part_of", "year_founded", "identifiers", "country", "countries_of_activity",
                  "pillars", "activity_types", "languages", "website", "mission", "mission_language", "confirmed_on",
                  "memberships", "source", "is_demonstration", "profile_shown")  # fmt: skip

    def get_profile_shown(self, organization: Organization) -> bool:
        return organization.shows_profile_to(self.viewer)

    def to_representation(self, instance: Organization) -> dict[str, Any]:
        row = super().to_representation(instance)
        if row["profile_shown"]:
            return row
        return {name: value if name in NAME_AND_COUNTRY else None for name, value in row.items()}
