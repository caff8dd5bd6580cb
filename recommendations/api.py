from drf_spectacular.utils import extend_schema, extend_schema_view

from net4u.base.api import DocumentViewSet
from recommendations.documents import (
    DeclarationDocuments,
    RecommendationDocuments,
)
from recommendations.filters import (
    DeclarationFilter,
    RecommendationFilter,
)


@extend_schema_view(
    list=extend_schema(summary="Recommendations, word for word"),
    retrieve=extend_schema(summary="One recommendation"),
)
class RecommendationViewSet(DocumentViewSet):
    kind = RecommendationDocuments
    filterset_class = RecommendationFilter


@extend_schema_view(
    list=extend_schema(summary="Declarations that organizations sign"),
    retrieve=extend_schema(summary="One declaration"),
)
class DeclarationViewSet(DocumentViewSet):
    kind = DeclarationDocuments
    filterset_class = DeclarationFilter
