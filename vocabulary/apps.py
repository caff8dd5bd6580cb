from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    """Curated word lists: pillars, themes, the Convention's articles, SDG targets, territories, sources."""

    name = "vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vocabulary import documents  # noqa: F401, PLC0415 -- registers the kinds once models are loaded
