"""Fields that documents share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname
from rest_framework import serializers

from net4u.base.viewers import Viewer


class TranslatedField(serializers.Field):
    """Curated text as an object, one entry for each language that has it: ``{"en": "…"}``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> dict[str, str]:
        texts = {
            code: getattr(value, build_localized_fieldname(str(self.field_name), code))
            for code, _name in settings.LANGUAGES
        }
        return {code: text for code, text in texts.items() if text}


class AddressField(serializers.Field):
    """The address of the record's page: absolute, without a language prefix."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return f"{settings.SITE_URL}{value.get_absolute_url()}"


class CodesField(serializers.Field):
    """The codes of vocabulary that was prefetched into a list."""

    def to_representation(self, value: Iterable[Any]) -> list[str]:
        return [each.code for each in value]


class DocumentSerializer(serializers.ModelSerializer):
    """Base of every document: explicit fields, read-only, and the viewer it is written for."""

    id = serializers.UUIDField(read_only=True)

    @property
    def viewer(self) -> Viewer:
        viewer: Viewer = self.context["viewer"]
        return viewer


class Identity(serializers.Serializer):
    """Another record inside a document: who it is and where it is read, nothing else."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)
    url = AddressField()
