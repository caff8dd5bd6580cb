from net4u.base.views import RecordDetail, RecordList
from organizations.filters import OrganizationFilter
from organizations.models import Organization, RegionalNetwork


class NetworkDetail(RecordDetail):
    model = RegionalNetwork
    slug_field = slug_url_kwarg = "code"


class OrganizationList(RecordList):
    model = Organization
    filterset_class = OrganizationFilter
    template_name = "organizations/organization_list.html"


class OrganizationDetail(RecordDetail):
    model = Organization
