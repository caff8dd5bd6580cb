from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from net4u.site.demo import scale
from net4u.site.demo.network import SEED, NotReady, load_demonstration
from net4u.site.demo.people import AccountTaken, accounts_file


class Command(BaseCommand):
    help = "Loads the demonstration network: visibly invented, marked on every page; may be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed and day give the same network")
        parser.add_argument("--today", type=_day, help="the day it is told from, such as 2026-09-14 (default: today)")
        parser.add_argument(
            "--scale", action="store_true", help="10,000 organizations and 100,000 commitments instead, for measuring"
        )

    def handle(self, *_args: Any, seed: int, today: date | None, **options: Any) -> None:
        if today is not None and today > timezone.localdate():
            raise CommandError("The demonstration tells what happened: --today cannot be in the future.")
        if not settings.LOOPBACK:
            raise CommandError("The demonstration is for your own machine: it makes accounts of every role.")
        make = self.fill if options["scale"] else self.load
        try:
            make(seed, today or timezone.localdate())
        except (NotReady, AccountTaken) as error:
            raise CommandError(str(error)) from error

    def fill(self, seed: int, today: date) -> None:
        scale.fill(scale.Plan(today=today, seed=seed), say=self.stdout.write)
        self.stdout.write("The network at scale is there. What is invented is marked Demo.")

    def load(self, seed: int, today: date) -> None:
        accounts, decisions = load_demonstration(seed=seed, today=today)
        if accounts:
            self.stdout.write(f"\nThe demonstration network is loaded. What is invented is marked Demo.\n{accounts}")
            self.stdout.write(f"This list is kept in {accounts_file()}.")
        elif decisions:
            self.stdout.write(
                f"The demonstration network was there. Decisions that were missing and are made now: {decisions}."
            )
        else:
            self.stdout.write("The demonstration network is there already; nothing was changed.")
            if accounts_file().exists():
                self.stdout.write(f"Its accounts: {accounts_file()}.")


def _day(text: str) -> date:
    return date.fromisoformat(text)
