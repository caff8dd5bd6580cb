from net4u.base.kinds import DocumentKind, register
from vocabulary.models import Instrument, Pillar, PillarScheme, Provision, Source
from vocabulary.serializers import PillarSerializer, ProvisionSerializer


@register
class PillarDocuments(DocumentKind):
    kind = "pillar"
    plural = "pillars"
    model = Pillar
    serializer = PillarSerializer
    named_by = ("name", "aliases", "code")
    searched = ("description",)
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
    named_by = ("title", "code")
    again = {Instrument: ["instrument"]}
