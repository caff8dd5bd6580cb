from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from net4u.base.documents import check
from net4u.base.rebuild import rebuild


class Command(BaseCommand):
    help = "Compare every stored document with a fresh one (--check), or write them again (--rebuild)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="report differences; fails when there are any")
        which.add_argument("--rebuild", action="store_true", help="write again what differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"{rebuild()} objects looked at, their documents are up to date.")
            return
        differences = 0
        for differences, found in enumerate(check(), start=1):  # noqa: B007 -- the count is read afterwards
            self.stderr.write(f"{found.kind} {found.object_id} for {found.audience}: {found.problem}")
        if differences:
            msg = f"{differences} documents differ. Run `manage.py documents --rebuild`."
            raise CommandError(msg)
        self.stdout.write("Every stored document is what would be written now.")
