from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Workshops and events: agenda, who did what, working groups, outputs, resources."""

    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from net4u.base.imports import can_be_imported  # noqa: PLC0415 -- models must be loaded first
        from net4u.base.takedown import can_be_taken_down  # noqa: PLC0415
        from organizations.services import moves_in_merge  # noqa: PLC0415 -- models must be loaded first
        from workshops import documents, personal  # noqa: F401, PLC0415 -- these fill registries
        from workshops.imports import ParticipantsImport  # noqa: PLC0415
        from workshops.models import (  # noqa: PLC0415
            Contribution,
            Delegate,
            Participation,
            Workshop,
            WorkshopRole,
        )
        from workshops.services import restore_workshop, withdraw_workshop  # noqa: PLC0415

        can_be_taken_down(Workshop, withdraw_workshop, restore_workshop)
        for model in (WorkshopRole, Participation, Contribution, Delegate):
            moves_in_merge(model, "organization")
        can_be_imported(ParticipantsImport())
