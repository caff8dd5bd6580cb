"""The feed: all that left the house, each object once at its latest change number, tombstones included."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from net4u.base.api import AlwaysJson, audience_of
from net4u.base.documents import feed
from net4u.base.models import ChangeCounter, Document
from net4u.base.paging import LARGEST, LIMIT, MOST, assembled, limit_of, refuse_unknown, uuid_of, whole_number
from net4u.base.schema import AS_PROBLEM, PROBLEM

FEED: dict[str, Any] = {
    "type": "object",
    "required": ["next", "more", "results"],
    "properties": {
        "next": {
            "type": "string",
            "description": "Give it as “after” next time, also when there is nothing more.",
        },
        "more": {"type": "boolean", "description": "Whether more is waiting already."},
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["number", "kind", "id", "document", "merged_into"],
                "properties": {
                    "number": {"type": "integer", "description": "Change number: the later, the higher."},
                    "kind": {"type": "string"},
                    "id": {"type": "string", "format": "uuid"},
                    "document": {
                        "type": ["object", "null"],
                        "description": "As the kind's own address has it; null: delete your copy.",
                    },
                    "merged_into": {
                        "type": ["string", "null"],
                        "format": "uuid",
                        "description": "Of something deleted: its successor.",
                    },
                },
            },
        },
    },
}


class Outdated(APIException):
    """The numbers were given anew after a restore, so this cursor points nowhere."""

    status_code = 410


class ChangesView(APIView):
    content_negotiation_class = AlwaysJson

    @extend_schema(
        operation_id="changes",
        summary="What changed, in the order it was committed",
        tags=["changes"],
        parameters=[
            OpenApiParameter("after", str, description="“next” of the answer before; without it, from the start."),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
                description="At most so many results.",
            ),
        ],
        responses={
            200: FEED,
            (400, AS_PROBLEM): PROBLEM,
            (410, AS_PROBLEM): OpenApiResponse(PROBLEM, description="Start again, without “after”."),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        parameters = request.query_params
        refuse_unknown(parameters, ["after", "limit"])
        limit = limit_of(parameters)
        counter = ChangeCounter.objects.get(pk=1)
        after = number_after(parameters["after"], counter) if "after" in parameters else 0
        audience = audience_of(request)
        found = list(with_known_successor(feed(audience, after=after, limit=limit + 1), audience))
        rows = found[:limit]
        last = rows[-1].number if rows else after
        head = {"next": f"{counter.epoch}.{last}", "more": len(found) > limit}
        return assembled(head, (entry(row) for row in rows))


def number_after(cursor: str, counter: ChangeCounter) -> int:
    """The change number in a cursor. Unsigned: who makes one up reads what they may read anyway."""
    epoch, _dot, digits = cursor.rpartition(".")
    known, number = uuid_of(epoch), whole_number(digits, most=LARGEST)
    if known is None or number is None:
        raise ValidationError({"after": [_("Take it from “next” of the answer before.")]})
    if known != counter.epoch:
        raise Outdated(_("This cursor is from before a backup was restored. Start again without “after”."))
    if number > counter.value:
        raise ValidationError({"after": [_("No change has this number yet. Take it from “next”.")]})
    return number


def with_known_successor(rows: QuerySet[Document], audience: str) -> QuerySet[Document]:
    """Whether a successor may be named: an id that this audience cannot follow stays unknown to it."""
    out = Document.objects.for_audience(audience).filter(object_id=OuterRef("merged_into"))
    return rows.annotate(names_successor=Exists(out.filter(~Q(text="") | Q(merged_into__isnull=False))))


def entry(row: Document) -> str:
    successor: UUID | None = row.merged_into if row.names_successor else None  # type: ignore[attr-defined]
    merged_into = json.dumps(successor and str(successor))
    return (
        f'{{"number":{row.number},"kind":"{row.kind}","id":"{row.object_id}",'
        f'"document":{row.text or "null"},"merged_into":{merged_into}}}'
    )
