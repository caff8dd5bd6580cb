"""Lists of the API: the next texts after an id, joined as they are stored.

By id, because a keyset needs an order that is unique and complete: DRF's own cursor never ends where more
than 1,000 rows share the first value. Imports no views, so that settings and schema can read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination

from net4u.base.models import Document

LIMIT = 100
MOST = 200
#: Fits the column of the change number on both databases.
LARGEST = 2**63 - 1

Row = tuple[UUID, str]


def whole_number(text: str, *, most: int) -> int | None:
    """Plain digits up to ``most``; None for everything else that Python's ``int`` would take."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    number = int(text)
    return number if number <= most else None


def uuid_of(text: str) -> UUID | None:
    """A UUID in its one canonical spelling."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def limit_of(parameters: Mapping[str, str]) -> int:
    limit = whole_number(parameters.get("limit", str(LIMIT)), most=MOST)
    if not limit:
        raise ValidationError({"limit": [_("Write a whole number from 1 to %(most)s.") % {"most": MOST}]})
    return limit


def refuse_unknown(parameters: QueryDict, known: Iterable[str]) -> None:
    """A misspelt filter that is silently left out would hand over everything; so would a second value."""
    known = sorted(known)
    hint = _("There is no such parameter here. There are: %(known)s.") % {"known": ", ".join(known)}
    errors = {name: [hint] for name in parameters if name not in known}
    for name, values in parameters.lists():
        if len(values) > 1 and name in known:
            errors[name] = [_("Give it once.")]
    if errors:
        raise ValidationError(errors)


def assembled(head: Mapping[str, Any], results: Iterable[str]) -> HttpResponse:
    """A JSON object around stored texts. They are joined, never parsed: that is why reading is a lookup."""
    opened = json.dumps(dict(head), separators=(",", ":"))[:-1]
    return json_text(f'{opened},"results":[{",".join(results)}]}}')


def json_text(text: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type="application/json")


def address(request: HttpRequest, parameters: QueryDict, **changed: str) -> str:
    """This address with other parameters; from SITE_URL like those in documents, not from the Host header."""
    kept = {name: value for name, value in parameters.items() if value}
    return f"{settings.SITE_URL}{request.path}?{urlencode(kept | changed)}"


@dataclass(frozen=True)
class Documents:
    """The documents of one kind for one audience, from which a page is taken."""

    audience: str
    kind: str
    after: UUID | None
    limit: int

    def all(self) -> list[Row]:
        """One query; a row more than asked tells whether there is a next page."""
        rows = self._current().order_by("object_id").values_list("object_id", "text")
        return list(self._cut(rows, "object_id"))

    def of(self, objects: QuerySet[Any]) -> list[Row]:
        """Two queries: ids from the model's own columns, then their texts."""
        has_document = Exists(self._current().filter(object_id=OuterRef("pk")))
        ids = list(self._cut(objects.filter(has_document).order_by("pk").values_list("pk", flat=True), "pk"))
        texts = dict(self._current().filter(object_id__in=ids).values_list("object_id", "text"))
        return [(pk, texts.get(pk, "")) for pk in ids]

    def _current(self) -> QuerySet[Document]:
        return Document.objects.for_audience(self.audience).filter(kind=self.kind).current()

    def _cut(self, rows: QuerySet[Any, Any], column: str) -> QuerySet[Any, Any]:
        if self.after is not None:
            rows = rows.filter(**{f"{column}__gt": self.after})
        return rows[: self.limit + 1]


class DocumentPagination(BasePagination):
    """``cursor`` and ``limit`` of a list, for the viewset and for the schema."""

    parameters = ("cursor", "limit")

    def documents(self, parameters: QueryDict, *, audience: str, kind: str) -> Documents:
        after = None
        if "cursor" in parameters:
            after = uuid_of(str(parameters["cursor"]))
            if after is None:
                raise ValidationError({"cursor": [_("Take it from “next” of the page before.")]})
        return Documents(audience, kind, after, limit_of(parameters))

    def response(self, request: HttpRequest, parameters: QueryDict, rows: list[Row], limit: int) -> HttpResponse:
        here = rows[:limit]
        has_next = len(rows) > limit
        following = address(request, parameters, cursor=str(here[-1][0])) if has_next else None
        # A document withdrawn between the two queries of a filtered list has no text any more.
        return assembled({"next": following}, (text for _pk, text in here if text))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "Address of the next page; null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page before ended: follow “next” instead of making one.",
                "schema": {"type": "string", "format": "uuid"},
            },
            limit_parameter(),
        ]


def limit_parameter() -> dict[str, Any]:
    return {
        "name": "limit",
        "in": "query",
        "description": "At most so many results.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    }
