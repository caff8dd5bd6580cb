"""System checks: what `manage.py check` always refuses, and what `check --deploy` says is still missing."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from net4u.environment import SQLITE

Apps = Sequence[AppConfig] | None


def requests_are_not_atomic(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"ATOMIC_REQUESTS is on for the database “{alias}”.",
            hint="Remove it (from DATABASE_URL too): change() must open the outermost transaction itself.",
            id="net4u.E001",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("ATOMIC_REQUESTS")
    ]


def complete_for_deployment(app_configs: Apps, **kwargs: Any) -> list[checks.CheckMessage]:
    return [message for is_wrong, message in _deployment() if is_wrong]


def _deployment() -> list[tuple[bool, checks.CheckMessage]]:
    return [
        (
            settings.LOOPBACK,
            checks.Error(
                f"SITE_URL is {settings.SITE_URL}: links in mails and in the API lead nowhere.",
                hint="Set SITE_URL to the public address, for example https://net4u.example.org.",
                id="net4u.E002",
            ),
        ),
        (
            settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
            checks.Error(
                "Mail is written to files and reaches nobody.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587.",
                id="net4u.E003",
            ),
        ),
        (
            settings.MAILBOX and not settings.LOOPBACK,
            checks.Error(
                "/mailbox/ shows every mail to everybody.",
                hint="Leave MAILBOX in settings.py alone: only a loopback SITE_URL has it.",
                id="net4u.E004",
            ),
        ),
        (
            not settings.SECOND_FACTOR_REQUIRED and not settings.LOOPBACK,
            checks.Error(
                "The secretariat may work without a second factor.",
                hint="Leave SECOND_FACTOR_REQUIRED in settings.py alone: only a loopback SITE_URL is exempt.",
                id="net4u.E005",
            ),
        ),
        (
            settings.DATABASES["default"]["ENGINE"] == SQLITE,
            checks.Warning(
                "The database is SQLite: under many writers some wait for seconds.",
                hint="Set DATABASE_URL, for example postgres://user:password@host:5432/net4u.",
                id="net4u.W001",
            ),
        ),
        (
            not settings.REDIS_URL,
            checks.Warning(
                "There is no Redis: background work runs in one process only.",
                hint="Set REDIS_URL, for example redis://host:6379/0, and run Celery's worker and beat.",
                id="net4u.W002",
            ),
        ),
        (
            not settings.DATA_CONTROLLER,
            checks.Warning(
                "The privacy page cannot name who is responsible for personal data.",
                hint="Set DATA_CONTROLLER to the name and address of the responsible organization; or leave it where "
                "the secretariat wrote them in its settings, which this check does not read.",
                id="net4u.W003",
            ),
        ),
    ]
