from typing import Any

from django.core.management.base import BaseCommand

from net4u.site.public_record import load_public_record


class Command(BaseCommand):
    help = "Records what published sources say about the network, where it is missing; may be repeated."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{load_public_record()} entries were missing in the public record and are there now.")
