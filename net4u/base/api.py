"""Lists and details of the API, served from stored documents and from nothing else.

What is unpublished has no document, so a mistake here cannot show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from net4u.base.kinds import DocumentKind
from net4u.base.models import Document
from net4u.base.paging import DocumentPagination, json_text, refuse_unknown
from net4u.base.schema import DocumentSchema
from net4u.base.viewers import DOCUMENT_VIEWERS, Audience, Viewer


def audience_of(request: HttpRequest | Request) -> Audience:
    """Whose documents this request gets. The one place that decides; a browser's session opens nothing.

    Once an answer depends on a header, that header belongs into ``Vary``.
    """
    return Audience.PUBLIC


def reader(request: HttpRequest | Request) -> Viewer:
    """The viewer that the documents of this request's audience were written for."""
    return DOCUMENT_VIEWERS[audience_of(request)]


class AlwaysJson(BaseContentNegotiation):
    """Whatever is asked for, the answer is JSON: nothing depends on ``Accept`` or a parameter ``format``."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers))

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[Any],
        format_suffix: str | None = None,
    ) -> tuple[Any, str]:
        first = next(iter(renderers))
        return first, first.media_type


class ViewerFilterBackend(DjangoFilterBackend):
    """The page's own filter, told who reads; a value it cannot use is an error of its field."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        return given | {"viewer": reader(request)}


class DocumentViewSet(GenericViewSet[Any]):
    """One kind of document: its list, with the filters of its page, and each one by id."""

    kind: ClassVar[type[DocumentKind]]
    filterset_class: ClassVar[type[django_filters.FilterSet]]
    filter_backends = (ViewerFilterBackend,)
    pagination_class = DocumentPagination
    schema = DocumentSchema()
    content_negotiation_class = AlwaysJson
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Any]:
        objects: Any = self.kind.model.objects
        visible: QuerySet[Any] = objects.visible_to(reader(self.request))
        return visible

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return self.kind.serializer

    def list(self, request: Request) -> HttpResponse:
        paginator, parameters = DocumentPagination(), request.query_params
        filters = self.filterset_class.base_filters
        refuse_unknown(parameters, [*filters, *paginator.parameters])
        documents = paginator.documents(parameters, audience=audience_of(request), kind=self.kind.kind)
        filtered = any(parameters.get(name) for name in filters)
        rows = documents.of(self.filter_queryset(self.get_queryset())) if filtered else documents.all()
        return paginator.response(request, parameters, rows, documents.limit)

    def retrieve(self, request: Request, pk: UUID) -> HttpResponse:
        refuse_unknown(request.query_params, [])
        found = current_document(audience_of(request), self.kind.kind, pk)
        if found is None:
            raise Http404
        if found.object_id != pk:
            path = request.path.replace(str(pk), str(found.object_id))
            return HttpResponsePermanentRedirect(settings.SITE_URL + path)
        return json_text(found.text)


def current_document(audience: str, kind: str, pk: UUID) -> Document | None:
    """The document of this id or, where its record was merged, of the successor this audience may see."""
    return next((row for row in _successors(audience, kind, pk) if row.text), None)


def _successors(audience: str, kind: str, pk: UUID) -> Iterator[Document]:
    """The document itself, then those it was merged into, one after the other."""
    seen: set[UUID] = set()
    following: UUID | None = pk
    while following is not None and following not in seen:
        seen.add(following)
        row = Document.objects.for_audience(audience).filter(kind=kind, object_id=following).first()
        if row is None:
            return
        yield row
        following = row.merged_into
