from typing import Any

from django.db.models import QuerySet

from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from commitments.serializers import CommitmentSerializer
from net4u.base.kinds import DocumentKind, register
from net4u.base.viewers import Viewer
from organizations.models import Organization
from recommendations.models import Recommendation
from vocabulary.models import Instrument, Pillar, Provision, SdgTarget, Territory
from workshops.models import Output, Session, WorkingGroup, Workshop


@register
class CommitmentDocuments(DocumentKind):
    kind = "commitment"
    plural = "commitments"
    model = Commitment
    serializer = CommitmentSerializer
    named_by = ("title", "reference")
    searched = (
        "expected_result",
        "problem",
        "indicator",
        "unit",
        "resources",
        "updates.text",
        "updates.next_step",
        "milestones.title",
        "verifications.basis",
        "evidence.title",
        "organization.name",
        "partners.organization.name",
        "workshop.name",
        "working_group.name",
    )
    again = {
        Organization: ["organization", "partners__organization"],
        Territory: ["organization__country"],
        Pillar: ["pillars"],
        Provision: ["provisions"],
        Instrument: ["provisions__instrument"],
        SdgTarget: ["sdg_targets"],
        Workshop: ["workshop", "answers__workshop"],
        WorkingGroup: ["working_group", "output__working_group"],
        Output: ["output"],
        Session: [
            "working_group__session", "output__session", "output__working_group__session", "answers__session",
        ],
        Recommendation: ["answers"],
        CommitmentPartner: ["partners"],
        Milestone: ["milestones"],
        ProgressUpdate: ["updates"],
        Evidence: ["evidence"],
        Verification: ["verifications"],
    }  # fmt: skip

    @classmethod
    def queryset(cls, viewer: Viewer) -> QuerySet[Any]:
        rows: QuerySet[Any] = Commitment.objects.visible_to(viewer).for_documents(viewer)
        return rows
