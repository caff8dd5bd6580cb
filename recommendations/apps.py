from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Recommendations with those they address, and declarations."""

    name = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organizations.services import moves_in_merge  # noqa: PLC0415 -- models must be loaded first
        from recommendations import documents  # noqa: F401, PLC0415 -- registers the kinds
        from recommendations.models import Answer, Assessment, Declaration  # noqa: PLC0415

        moves_in_merge(Declaration, "organizer")
        for model in (Answer, Assessment):
            moves_in_merge(model, "organization")
