from __future__ import annotations

from rest_framework import serializers

from net4u.base.serializers import AddressField, DocumentSerializer, TranslatedField
from vocabulary.models import Pillar, Provision, Source


class SourceField(serializers.ModelSerializer):
    """The published text a statement is taken from."""

    class Meta:
        model = Source
        fields = ("id", "title", "publisher", "url", "published_on")


class PillarSerializer(DocumentSerializer):
    url = AddressField()
    name = TranslatedField()
    description = TranslatedField()
    scheme = serializers.SlugRelatedField(slug_field="code", read_only=True)
    canonical = serializers.BooleanField(source="scheme.canonical", read_only=True)
    corresponds_to = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    corresponding = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    source = SourceField(source="scheme.source", read_only=True)

    class Meta:
        model = Pillar
        fields = ("id", "url", "scheme", "canonical", "code", "order", "name", "description", "aliases",
                  "corresponds_to", "corresponding", "source")  # fmt: skip


class ProvisionSerializer(DocumentSerializer):
    url = AddressField()
    code = serializers.CharField(read_only=True)
    instrument = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Provision
        fields = ("id", "url", "code", "instrument", "article", "title", "cluster", "cluster_verified")
