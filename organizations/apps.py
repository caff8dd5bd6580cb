from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Regional networks, organizations, who belongs to which, and whose people they are."""

    name = "organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organizations import documents, personal, waiting  # noqa: F401, PLC0415 -- these fill registries
