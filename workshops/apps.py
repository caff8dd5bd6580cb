from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Workshops and events: agenda, who did what, working groups, outputs, resources."""

    name = "workshops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from net4u.base.takedown import can_be_taken_down  # noqa: PLC0415
        from organizations.services import moves_in_merge  # noqa: PLC0415 -- models must be loaded first
        from workshops import documents  # noqa: F401, PLC0415 -- registers the kinds
        from workshops.models import Contribution, Participation, Workshop, WorkshopRole  # noqa: PLC0415
        from workshops.services import restore_workshop, withdraw_workshop  # noqa: PLC0415

        can_be_taken_down(Workshop, withdraw_workshop, restore_workshop)
        for model in (WorkshopRole, Participation, Contribution):
            moves_in_merge(model, "organization")
