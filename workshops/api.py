from datetime import UTC
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request

from net4u.base.api import DocumentViewSet, reader
from net4u.base.documents import dumps
from net4u.base.paging import json_text, refuse_unknown
from net4u.base.schema import AS_PROBLEM, PROBLEM
from workshops.chain import chain_of
from workshops.documents import (
    OutputDocuments,
    ResourceDocuments,
    SessionDocuments,
    WorkingGroupDocuments,
    WorkshopDocuments,
)
from workshops.filters import (
    OutputFilter,
    ResourceFilter,
    SessionFilter,
    WorkingGroupFilter,
    WorkshopFilter,
)
from workshops.serializers import ThreadSerializer


@extend_schema_view(
    list=extend_schema(summary="Workshops and other events"),
    retrieve=extend_schema(summary="One workshop with its roles, figures and parts"),
)
class WorkshopViewSet(DocumentViewSet):
    kind = WorkshopDocuments
    filterset_class = WorkshopFilter

    @extend_schema(
        summary="The thread of one workshop: from what was said to what was done, as a graph",
        responses={200: ThreadSerializer, (400, AS_PROBLEM): PROBLEM, (404, AS_PROBLEM): PROBLEM},
    )
    @action(detail=True)
    def thread(self, request: Request, pk: UUID) -> HttpResponse:
        """No document of its own, so it is told like one: in English, in UTC, from what its audience may see."""
        refuse_unknown(request.query_params, [])
        workshop = get_object_or_404(self.get_queryset(), pk=pk)
        with translation.override("en"), timezone.override(UTC):
            return json_text(dumps(ThreadSerializer(chain_of(workshop, reader(request))).data))


@extend_schema_view(
    list=extend_schema(summary="Sessions of workshops"),
    retrieve=extend_schema(summary="One session"),
)
class SessionViewSet(DocumentViewSet):
    kind = SessionDocuments
    filterset_class = SessionFilter


@extend_schema_view(
    list=extend_schema(summary="Working groups of workshops"),
    retrieve=extend_schema(summary="One working group"),
)
class WorkingGroupViewSet(DocumentViewSet):
    kind = WorkingGroupDocuments
    filterset_class = WorkingGroupFilter


@extend_schema_view(
    list=extend_schema(summary="What workshops put forward"),
    retrieve=extend_schema(summary="One output"),
)
class OutputViewSet(DocumentViewSet):
    kind = OutputDocuments
    filterset_class = OutputFilter


@extend_schema_view(
    list=extend_schema(summary="Texts, videos and trainings that sources name"),
    retrieve=extend_schema(summary="One resource"),
)
class ResourceViewSet(DocumentViewSet):
    kind = ResourceDocuments
    filterset_class = ResourceFilter
