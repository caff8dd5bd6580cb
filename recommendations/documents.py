from net4u.base.kinds import DocumentKind, register
from organizations.models import Organization, RegionalNetwork
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation
from recommendations.serializers import DeclarationSerializer, RecommendationSerializer
from vocabulary.models import Instrument, Pillar, Provision, Source, Territory, Theme
from workshops.models import Output, Session, WorkingGroup, Workshop


@register
class RecommendationDocuments(DocumentKind):
    kind = "recommendation"
    plural = "recommendations"
    model = Recommendation
    serializer = RecommendationSerializer
    named_by = ("text", "reference")
    searched = ("workshop.name", "session.name", "working_group.name", "what_follows")
    again = {
        Recommendation: ["repeats"],
        Workshop: ["workshop"],
        RegionalNetwork: ["workshop__network"],
        Session: ["session", "working_group__session", "output__session", "output__working_group__session"],
        WorkingGroup: ["working_group", "output__working_group"],
        Output: ["output"],
        Pillar: ["pillars"],
        Theme: ["themes"],
        Provision: ["provisions"],
        Instrument: ["provisions__instrument"],
        Addressee: ["addressees"],
        Territory: ["addressees__territory"],
        Answer: ["answers"],
        Assessment: ["assessments"],
        Organization: ["answers__organization", "assessments__organization"],
        Source: ["source", "answers__source", "assessments__source"],
    }


@register
class DeclarationDocuments(DocumentKind):
    kind = "declaration"
    plural = "declarations"
    model = Declaration
    serializer = DeclarationSerializer
    named_by = ("title",)
    searched = ("summary", "areas", "signatories_wording", "note", "organizer.name", "launched_at.name")
    again = {
        DeclarationArea: ["areas"],
        Organization: ["organizer"],
        Workshop: ["launched_at"],
        Source: ["source"],
    }
