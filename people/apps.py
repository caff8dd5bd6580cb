from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and consents of people."""

    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people import personal  # noqa: F401, PLC0415 -- fills a registry
