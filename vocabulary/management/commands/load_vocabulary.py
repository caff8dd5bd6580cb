from typing import Any

from django.core.management.base import BaseCommand

from vocabulary.loading import load_vocabulary


class Command(BaseCommand):
    help = "Records the words that are missing: pillars, themes, articles, SDG targets, countries, sources."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{load_vocabulary()} words were missing from the lists and are recorded now.")
