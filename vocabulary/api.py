from drf_spectacular.utils import extend_schema, extend_schema_view

from net4u.base.api import DocumentViewSet
from vocabulary.documents import (
    PillarDocuments,
    ProvisionDocuments,
)
from vocabulary.filters import (
    PillarFilter,
    ProvisionFilter,
)


@extend_schema_view(
    list=extend_schema(summary="Thematic pillars, in every scheme"),
    retrieve=extend_schema(summary="One pillar"),
)
class PillarViewSet(DocumentViewSet):
    kind = PillarDocuments
    filterset_class = PillarFilter


@extend_schema_view(
    list=extend_schema(summary="Articles of the Convention and its Protocols"),
    retrieve=extend_schema(summary="One article"),
)
class ProvisionViewSet(DocumentViewSet):
    kind = ProvisionDocuments
    filterset_class = ProvisionFilter
