from net4u.base.kinds import DocumentKind, register
from organizations.models import Identifier, Membership, Organization, RegionalNetwork
from organizations.serializers import OrganizationSerializer, RegionalNetworkSerializer
from vocabulary.models import Pillar, Source, Territory


@register
class RegionalNetworkDocuments(DocumentKind):
    kind = "network"
    plural = "networks"
    model = RegionalNetwork
    serializer = RegionalNetworkSerializer
    named_by = ("name", "code")
    searched = ("region", "place", "established_note")
    again = {Source: ["source"]}


@register
class OrganizationDocuments(DocumentKind):
    kind = "organization"
    plural = "organizations"
    model = Organization
    serializer = OrganizationSerializer
    named_by = ("legal_name", "english_name", "acronym", "aliases")
    searched = ("mission", "website", "identifiers.value", "part_of.name", "memberships.quote")
    again = {
        Organization: ["part_of"],
        Identifier: ["identifiers"],
        Membership: ["memberships"],
        RegionalNetwork: ["memberships__network"],
        Territory: ["country", "countries_of_activity"],
        Pillar: ["pillars"],
        Source: ["source", "memberships__source"],
    }
