from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """What organizations promised, how far they are, and what others found."""

    name = "commitments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commitments import documents, many, personal, reminders, waiting  # noqa: F401, PLC0415 -- they fill registries
        from commitments.joins import join_partner, settle_partners  # noqa: PLC0415
        from commitments.models import Commitment, CommitmentPartner, PendingDraft  # noqa: PLC0415
        from commitments.services import restore_commitment, withdraw_commitment  # noqa: PLC0415
        from net4u.base.takedown import can_be_taken_down  # noqa: PLC0415
        from organizations.services import joins_in_merge, moves_in_merge, settles_in_merge  # noqa: PLC0415

        can_be_taken_down(Commitment, withdraw_commitment, restore_commitment)
        for model in (Commitment, CommitmentPartner, PendingDraft):
            moves_in_merge(model, "organization")
        joins_in_merge(CommitmentPartner, join_partner)
        settles_in_merge(settle_partners)
