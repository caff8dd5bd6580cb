"""The document of a commitment. Nested lists arrive filtered for the reader (``with_details``)."""

from __future__ import annotations

from rest_framework import serializers

from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from net4u.base.addresses import absolute
from net4u.base.serializers import AddressField, CodesField, DocumentSerializer, Identity


class PartnerField(serializers.ModelSerializer):
    organization = Identity(read_only=True)

    class Meta:
        model = CommitmentPartner
        fields = ("organization", "confirmed_at")


class MilestoneField(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = ("id", "title", "due_on", "done_on")


class UpdateField(serializers.ModelSerializer):
    """A report, without its author: the organization speaks."""

    corrects = serializers.UUIDField(source="corrects_id", read_only=True, allow_null=True)

    class Meta:
        model = ProgressUpdate
        fields = ("id", "reported_on", "progress", "value", "text", "next_step", "language", "corrects")


class EvidenceField(serializers.ModelSerializer):
    update = serializers.UUIDField(source="update_id", read_only=True, allow_null=True)
    url = serializers.SerializerMethodField()

    def get_url(self, evidence: Evidence) -> str:
        """The link; of a file, the address at which it is handed out."""
        return evidence.url or absolute(evidence.address)

    class Meta:
        model = Evidence
        fields = ("id", "update", "title", "url")


class VerificationField(serializers.ModelSerializer):
    """What the secretariat found, without the person who looked."""

    class Meta:
        model = Verification
        fields = ("id", "completion", "basis", "value", "verified_on")


class CommitmentSerializer(DocumentSerializer):
    url = AddressField()
    organization = Identity(read_only=True)
    country = serializers.CharField(source="organization.country.iso2", read_only=True, default=None, allow_null=True)
    pillars = CodesField(source="listed_pillars", read_only=True)
    provisions = CodesField(source="listed_provisions", read_only=True)
    sdg_targets = CodesField(source="listed_targets", read_only=True)
    workshop = Identity(read_only=True)
    working_group = Identity(read_only=True)
    output = Identity(read_only=True)
    answers = Identity(source="visible_answers", many=True, read_only=True)
    partners = PartnerField(source="visible_partners", many=True, read_only=True)
    partners_not_shown = serializers.SerializerMethodField()
    milestones = MilestoneField(source="listed_milestones", many=True, read_only=True)
    updates = UpdateField(source="visible_updates", many=True, read_only=True)
    evidence = EvidenceField(source="visible_evidence", many=True, read_only=True)
    evidence_not_shown = serializers.SerializerMethodField()
    verifications = VerificationField(source="listed_verifications", many=True, read_only=True)

    class Meta:
        model = Commitment
        fields = ("id", "url", "reference", "organization", "country", "title", "problem", "expected_result",
                  "language", "indicator", "baseline", "target", "unit", "number_source", "resources", "horizon",
                  "start_on", "due_on", "pillars", "provisions", "sdg_targets", "workshop", "working_group",
                  "output", "answers", "partners", "partners_not_shown", "progress", "value", "completion",
                  "milestones", "updates", "evidence", "evidence_not_shown", "verifications",
                  "is_demonstration")  # fmt: skip

    def get_partners_not_shown(self, commitment: Commitment) -> int:
        """Confirmed partners this reader may not see: counted, not named."""
        return len(commitment.confirmed_partners) - len(commitment.visible_partners)

    def get_evidence_not_shown(self, commitment: Commitment) -> int:
        return len(commitment.all_evidence) - len(commitment.visible_evidence)
