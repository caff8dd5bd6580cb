from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.utils import extend_schema, extend_schema_view

from net4u.base.api import DocumentViewSet
from net4u.base.schema import nullable
from organizations.documents import (
    OrganizationDocuments,
    RegionalNetworkDocuments,
)
from organizations.filters import (
    OrganizationFilter,
    RegionalNetworkFilter,
)
from organizations.serializers import NAME_AND_COUNTRY


class OrganizationSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Of an organization that shows no more than its name and country, everything else is null."""

    target_class = "organizations.serializers.OrganizationSerializer"

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        for name, field in schema["properties"].items():
            if name not in NAME_AND_COUNTRY:
                schema["properties"][name] = nullable(field)
        return schema


@extend_schema_view(
    list=extend_schema(summary="The regional networks under the NET4U name"),
    retrieve=extend_schema(summary="One regional network"),
)
class RegionalNetworkViewSet(DocumentViewSet):
    kind = RegionalNetworkDocuments
    filterset_class = RegionalNetworkFilter


@extend_schema_view(
    list=extend_schema(summary="Organizations that belong, take part or are named"),
    retrieve=extend_schema(summary="One organization"),
)
class OrganizationViewSet(DocumentViewSet):
    kind = OrganizationDocuments
    filterset_class = OrganizationFilter
