"""How documents, their lists and errors are told in OpenAPI, so that the description fits what is sent."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.extensions import OpenApiFilterExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import append_meta, build_parameter_type
from rest_framework import serializers

#: Every error, as RFC 9457 has it.
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in plain words."},
        "errors": {
            "type": "object",
            "description": "By parameter.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
AS_PROBLEM = "application/problem+json"


class DocumentSchema(AutoSchema):
    """Lists and details of documents: tags by kind, errors as problems, and what may be empty."""

    def get_tags(self) -> list[str]:
        return [self._viewset.kind.plural]

    def get_response_serializers(self) -> Any:
        override = super().get_response_serializers()
        wrong = {(400, AS_PROBLEM): PROBLEM}
        return {200: override} | wrong | ({} if self._is_list() else {(404, AS_PROBLEM): PROBLEM})

    def _is_list(self) -> bool:
        return bool(self._viewset.action == "list")

    @property
    def _viewset(self) -> Any:
        return self.view

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """A document always has all of its fields."""
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        properties = {name: _of_any_database(field) for name, field in schema["properties"].items()}
        return schema | {"properties": properties, "required": sorted(properties)}

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        if isinstance(field, serializers.JSONField):  # names, languages: what we keep in such columns
            return {"type": "array", "items": {"type": "string"}}
        schema = super()._map_serializer_field(  # type: ignore[no-untyped-call]
            field, direction, bypass_extensions
        )
        if isinstance(field, serializers.Serializer | serializers.SlugRelatedField) and _may_be_empty(field):
            return nullable(schema)
        return schema


def _of_any_database(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the range of an integer column, which is the database's affair and differs from one to another."""
    if "integer" not in schema.get("type", ()):
        return schema
    return {name: value for name, value in schema.items() if name not in {"minimum", "maximum", "format"}}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The same or null; said once, because ``oneOf`` with null twice fits nothing."""
    if "null" in schema.get("type", ()) or {"type": "null"} in schema.get("oneOf", ()):
        return schema
    told = append_meta(schema, {"nullable": True})
    return told | {"enum": [*told["enum"], None]} if "enum" in told else told


def _may_be_empty(field: serializers.Field) -> bool:
    """An embedded record may be missing where a column on the way to it may be empty."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    for name in str(field.source).split("."):
        try:
            column = model._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            return False
        if column is None or column.null:
            return column is not None
        model = column.related_model
    return False


class TranslatedFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "net4u.base.serializers.TranslatedField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "description": "One entry for each language that has it.",
            "additionalProperties": {"type": "string"},
        }


class CodesFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "net4u.base.serializers.CodesField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "readOnly": True}


class AddressFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "net4u.base.serializers.AddressField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "description": "Where people read it."}


class FilterSchema(OpenApiFilterExtension):  # type: ignore[no-untyped-call]
    """A filter's type from the filter itself: many name no column of the model."""

    target_class = "net4u.base.api.ViewerFilterBackend"
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: AutoSchema, *_: Any, **__: Any) -> list[dict[str, Any]]:
        view: Any = auto_schema.view
        filters = view.filterset_class.base_filters
        return [
            build_parameter_type(name, schema, "query", description=_told(each), enum=_choices(each))
            for name, each in filters.items()
            for schema in [{"type": _type(each)}]
        ]


def _told(each: django_filters.Filter) -> str:
    by = each.extra.get("to_field_name")
    return f"{each.label}, by its {by}" if by else str(each.label)


def _choices(each: django_filters.Filter) -> list[Any] | None:
    choices = each.extra.get("choices")
    return [value for value, _label in choices] if choices else None


def _type(each: django_filters.Filter) -> str:
    whole = isinstance(each, django_filters.NumberFilter) or isinstance((_choices(each) or [""])[0], int)
    return "integer" if whole else "string"
