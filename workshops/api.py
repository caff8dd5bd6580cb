from drf_spectacular.utils import extend_schema, extend_schema_view

from net4u.base.api import DocumentViewSet
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


@extend_schema_view(
    list=extend_schema(summary="Workshops and other events"),
    retrieve=extend_schema(summary="One workshop with its roles, figures and parts"),
)
class WorkshopViewSet(DocumentViewSet):
    kind = WorkshopDocuments
    filterset_class = WorkshopFilter


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
