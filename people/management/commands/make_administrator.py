from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from people.services import make_administrator


class Command(BaseCommand):
    help = "Make this e-mail address an administrator of the secretariat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            msg = f"“{email}” is not an e-mail address."
            raise CommandError(msg) from error
        user, created = make_administrator(email=email)
        self.stdout.write(f"{user.email} is an administrator now.")
        if created:
            self.stdout.write(f"Set a password at {settings.SITE_URL}/accounts/password/reset/")
