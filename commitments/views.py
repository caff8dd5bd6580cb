from __future__ import annotations

from typing import Any

from django.utils import timezone

from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from net4u.base.threads import origin_of
from net4u.base.views import RecordDetail, RecordList


class CommitmentList(RecordList):
    model = Commitment
    filterset_class = CommitmentFilter
    template_name = "commitments/commitment_list.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization__country").prefetch_related("pillars")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"today": timezone.localdate()}


class CommitmentDetail(RecordDetail):
    model = Commitment
    slug_field = slug_url_kwarg = "reference"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commitment = self.object
        return super().get_context_data(**context) | {
            "today": timezone.localdate(),
            "origin": list(origin_of(commitment, ("workshop", "working_group", "output"))),
        }
