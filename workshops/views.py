from typing import Any

from net4u.base.views import RecordDetail, RecordList
from workshops.filters import ResourceFilter, WorkshopFilter
from workshops.models import Resource, WorkingGroup, Workshop


class WorkshopList(RecordList):
    model = Workshop
    filterset_class = WorkshopFilter
    template_name = "workshops/workshop_list.html"


class WorkshopDetail(RecordDetail):
    model = Workshop


class WorkingGroupDetail(RecordDetail):
    model = WorkingGroup
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(workshop__slug=self.kwargs["slug"])


class ResourceList(RecordList):
    model = Resource
    filterset_class = ResourceFilter
    template_name = "workshops/resource_list.html"
