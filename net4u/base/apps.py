from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BaseConfig(AppConfig):
    """The ground: the one door for every write, and what leaves the house. Imports no other app."""

    name = "net4u.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models must be loaded first.
        from net4u.base import checks, failed_imports, given_up, guards, imports, mail, reports  # noqa: F401, PLC0415

        guards.connect()
        post_migrate.connect(guards.ensure_counter, sender=self)
