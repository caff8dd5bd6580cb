"""What the pages of every package have in common: each starts from what its reader may see."""

from __future__ import annotations

from typing import Any

from django.views.generic import DetailView
from django_filters.views import FilterView


class RecordList(FilterView):
    """A list with its filters in the address. Set ``model``, ``filterset_class`` and ``template_name``."""

    strict = False
    paginate_by = 25

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.request.viewer).with_details(self.request.viewer)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"viewer": self.request.viewer}


class RecordDetail(DetailView):
    """One record; what its reader may not see is not found."""

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.request.viewer).with_details(self.request.viewer)
