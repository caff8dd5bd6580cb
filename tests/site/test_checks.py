from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks

from net4u.site.checks import complete_for_deployment, requests_are_not_atomic
from tests.site.processes import manage


def found_in(messages: list[checks.CheckMessage]) -> set[str | None]:
    assert all(message.hint for message in messages)
    return {message.id for message in messages}


DEPLOYED = {
    "SITE_URL": "https://net4u.example.org",
    "LOOPBACK": False,
    "MAILBOX": False,
    "SECOND_FACTOR_REQUIRED": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "REDIS_URL": "redis://redis:6379/0",
    "DATA_CONTROLLER": "Somebody, 1 Some Street",
}


def set_all(values: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the settings fixture, whose signals would reconnect the database."""
    for name, value in values.items():
        monkeypatch.setattr(settings, name, value)


def test_a_complete_deployment_has_nothing_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(DEPLOYED, monkeypatch)

    assert complete_for_deployment(None) == []


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"LOOPBACK": True}, {"net4u.E002"}),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, {"net4u.E003"}),
        ({"MAILBOX": True}, {"net4u.E004"}),
        ({"SECOND_FACTOR_REQUIRED": False}, {"net4u.E005"}),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, {"net4u.W001"}),
        ({"REDIS_URL": ""}, {"net4u.W002"}),
        ({"DATA_CONTROLLER": ""}, {"net4u.W003"}),
        # The mailbox and the exemption belong to a loopback address: there, only the address is wrong.
        ({"LOOPBACK": True, "MAILBOX": True, "SECOND_FACTOR_REQUIRED": False}, {"net4u.E002"}),
    ],
)
def test_each_missing_part_is_named(changed: dict[str, object], ids: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(DEPLOYED | changed, monkeypatch)

    assert found_in(complete_for_deployment(None)) == ids


def test_atomic_requests_are_refused_always(monkeypatch: pytest.MonkeyPatch) -> None:
    assert requests_are_not_atomic(None) == []

    set_all({"DATABASES": {"default": {"ATOMIC_REQUESTS": True}}}, monkeypatch)

    assert found_in(requests_are_not_atomic(None)) == {"net4u.E001"}


def test_the_first_run_is_fine_and_deploying_it_is_not(tmp_path: Path) -> None:
    assert manage("check", "--fail-level", "WARNING", folder=tmp_path).returncode == 0

    ended = manage("check", "--deploy", folder=tmp_path)

    assert ended.returncode == 1
    assert "(net4u.E002) SITE_URL is http://localhost:8000" in ended.stderr
    assert "(net4u.E003) Mail is written to files" in ended.stderr
    assert "(net4u.W001)" in ended.stderr
    assert "(net4u.W002)" in ended.stderr
    assert "(net4u.W003)" in ended.stderr


def test_a_deployment_with_everything_set_passes(tmp_path: Path) -> None:
    ended = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        folder=tmp_path,
        SITE_URL="https://net4u.example.org",
        DATABASE_URL="postgres://net4u@db/net4u",
        REDIS_URL="redis://redis:6379/0",
        EMAIL_URL="smtp+tls://mail.example.org",
        DATA_CONTROLLER="Somebody, 1 Some Street",
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_atomic_database_url_stops_every_command(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/net4u.sqlite3?ATOMIC_REQUESTS=true"

    ended = manage("check", "--database", "default", folder=tmp_path, DATABASE_URL=url)

    assert ended.returncode == 1
    assert "(net4u.E001)" in ended.stderr
