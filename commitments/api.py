from drf_spectacular.utils import extend_schema, extend_schema_view

from commitments.documents import CommitmentDocuments
from commitments.filters import CommitmentFilter
from net4u.base.api import DocumentViewSet


@extend_schema_view(
    list=extend_schema(summary="What organizations promised, and how far they are"),
    retrieve=extend_schema(summary="One commitment, with its steps, reports and verifications"),
)
class CommitmentViewSet(DocumentViewSet):
    kind = CommitmentDocuments
    filterset_class = CommitmentFilter
