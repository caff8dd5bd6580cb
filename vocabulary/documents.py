from net4u.base.kinds import DocumentKind, register
from vocabulary.models import Instrument, Pillar, PillarScheme, Provision, Source
from vocabulary.serializers import PillarSerializer, ProvisionSerializer


@register
class PillarDocuments(DocumentKind):
    kind = "pillar"
    plural = "pillars"
    model = Pillar
    serializer = PillarSerializer
    again = {
        PillarScheme: ["scheme"],
        Source: ["scheme__source"],
        Pillar: ["corresponds_to", "corresponding"],
    }


@register
class ProvisionDocuments(DocumentKind):
    kind = "provision"
    plural = "provisions"
    model = Provision
    serializer = ProvisionSerializer
    again = {Instrument: ["instrument"]}
