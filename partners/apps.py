from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """What leaves the house: the feed of changes."""

    name = "partners"
    default_auto_field = "django.db.models.BigAutoField"
