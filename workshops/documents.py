from net4u.base.kinds import DocumentKind, register
from organizations.models import Organization, RegionalNetwork
from vocabulary.models import Pillar, Source, Territory
from workshops.models import (
    Contribution,
    Correction,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip
from workshops.serializers import (
    OutputSerializer,
    ResourceSerializer,
    SessionSerializer,
    WorkingGroupSerializer,
    WorkshopSerializer,
)  # fmt: skip

WHO_SPOKE = (
    "contributions.quote", "contributions.reported", "contributions.person_name", "contributions.person_role",
    "contributions.affiliation_text", "contributions.organization.name",
)  # fmt: skip


@register
class WorkshopDocuments(DocumentKind):
    kind = "workshop"
    plural = "workshops"
    model = Workshop
    serializer = WorkshopSerializer
    named_by = ("title", "names.name", "slug")
    searched = (
        "summary",
        "quote",
        "kind",
        "place",
        "venue",
        "figures.wording",
        *WHO_SPOKE,
        "roles.organization.name",
        "roles.named_as",
        "participations.organization.name",
        "participations.named_as",
        "part_of.name",
    )
    again = {
        Workshop: ["part_of", "parts"],
        RegionalNetwork: ["network"],
        Territory: ["country"],
        Organization: ["roles__organization", "participations__organization", "contributions__organization"],
        WorkshopRole: ["roles"],
        WorkshopFigure: ["figures"],
        WorkshopName: ["names"],
        Correction: ["corrections"],
        SourceDifference: ["differences"],
        Statement: ["differences__statements"],
        Participation: ["participations"],
        Contribution: ["contributions"],
        Session: ["sessions", "contributions__session", "working_groups__session", "outputs__session"],
        WorkingGroup: ["working_groups", "outputs__working_group"],
        Output: ["outputs"],
        Resource: ["resources"],
        Source: [
            "source", "roles__source", "figures__source", "names__source", "participations__source",
            "contributions__source", "differences__statements__source",
        ],
    }  # fmt: skip


@register
class SessionDocuments(DocumentKind):
    kind = "session"
    plural = "sessions"
    model = Session
    serializer = SessionSerializer
    named_by = ("title",)
    searched = ("summary", *WHO_SPOKE, "workshop.name")
    again = {
        Workshop: ["workshop"],
        RegionalNetwork: ["workshop__network"],
        Pillar: ["pillars"],
        Contribution: ["contributions"],
        Organization: ["contributions__organization"],
        Resource: ["resources"],
        Source: ["source", "contributions__source"],
    }


@register
class WorkingGroupDocuments(DocumentKind):
    kind = "working_group"
    plural = "working-groups"
    model = WorkingGroup
    serializer = WorkingGroupSerializer
    named_by = ("name", "code")
    searched = ("method", "workshop.name", "session.name")
    again = {
        Workshop: ["workshop"],
        RegionalNetwork: ["workshop__network"],
        Session: ["session", "outputs__session"],
        Pillar: ["pillars"],
        Output: ["outputs"],
        Source: ["source"],
    }


@register
class OutputDocuments(DocumentKind):
    kind = "output"
    plural = "outputs"
    model = Output
    serializer = OutputSerializer
    named_by = ("text",)
    searched = ("note", "kind", "workshop.name", "session.name", "working_group.name")
    again = {
        Workshop: ["workshop"],
        RegionalNetwork: ["workshop__network"],
        Session: ["session", "working_group__session"],
        WorkingGroup: ["working_group"],
        Pillar: ["pillar"],
        Source: ["source"],
    }


@register
class ResourceDocuments(DocumentKind):
    kind = "resource"
    plural = "resources"
    model = Resource
    serializer = ResourceSerializer
    named_by = ("title", "acronym", "symbol")
    searched = ("summary", "note", "parts", "publisher", "place", "kind", "workshops.name")
    again = {
        Workshop: ["workshops", "sessions__workshop"],
        Session: ["sessions"],
        Pillar: ["pillars"],
        Source: ["source"],
    }
