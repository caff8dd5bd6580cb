from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Regional networks, organizations, who belongs to which, and whose people they are."""

    name = "organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from net4u.base.imports import can_be_imported  # noqa: PLC0415 -- models must be loaded first
        from net4u.base.takedown import can_be_taken_down  # noqa: PLC0415
        from organizations import (  # noqa: PLC0415 -- these fill registries
            documents,  # noqa: F401
            many,  # noqa: F401
            network_settings,  # noqa: F401
            personal,  # noqa: F401
            waiting,  # noqa: F401
        )
        from organizations.imports import OrganizationsImport  # noqa: PLC0415
        from organizations.models import Organization  # noqa: PLC0415
        from organizations.services import restore_organization, withdraw_organization  # noqa: PLC0415

        can_be_taken_down(Organization, withdraw_organization, restore_organization)
        can_be_imported(OrganizationsImport())
