from typing import Any

from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection

from net4u import messages, staticfiles
from net4u.base.rebuild import catch_up


class Command(BaseCommand):
    help = "Brings database, static files and the public record up to what the code expects; may be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer: start it, or correct DATABASE_URL ({str(error).strip()})."
            ) from error
        compile_texts()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        staticfiles.collect()
        if again := catch_up():
            self.stdout.write(f"The portal has a new address or release: {again} records were looked at again.")
        call_command("load_vocabulary")
        call_command("load_public_record")


def compile_texts() -> None:
    """An image brings them compiled; where the code itself cannot be written, they must be."""
    try:
        messages.compile_stale()
    except PermissionError as error:
        raise CommandError(
            f"The texts of the languages cannot be compiled beside {messages.LOCALE}: "
            "run python -m net4u.messages as the owner of the code."
        ) from error
