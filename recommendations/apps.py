from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Recommendations with those they address, and declarations."""

    name = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from net4u.base.takedown import can_be_taken_down  # noqa: PLC0415
        from organizations.services import moves_in_merge  # noqa: PLC0415 -- models must be loaded first
        from recommendations import documents, many  # noqa: F401, PLC0415 -- these fill registries
        from recommendations.models import Answer, Assessment, Declaration, Recommendation  # noqa: PLC0415
        from recommendations.services import (  # noqa: PLC0415
            restore_declaration,
            restore_recommendation,
            withdraw_declaration,
            withdraw_recommendation,
        )

        can_be_taken_down(Recommendation, withdraw_recommendation, restore_recommendation)
        can_be_taken_down(Declaration, withdraw_declaration, restore_declaration)
        moves_in_merge(Declaration, "organizer")
        for model in (Answer, Assessment):
            moves_in_merge(model, "organization")
