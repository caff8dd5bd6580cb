"""What watches over the portal gets two plain answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from net4u.base.models import ChangeCounter
from net4u.site import health


def answer(client: Client, address: str) -> tuple[int, str, str]:
    response = client.get(address)
    return response.status_code, response.content.decode(), response.headers["Content-Type"]


PLAIN = "text/plain; charset=utf-8"


def test_alive_without_asking_the_database(client: Client) -> None:
    assert answer(client, "/health/live") == (200, "alive\n", PLAIN)


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    assert answer(client, "/health/ready") == (200, "ready\n", PLAIN)


@pytest.mark.django_db
def test_not_ready_without_the_counter(client: Client) -> None:
    ChangeCounter.objects.all().delete()
    assert answer(client, "/health/ready") == (
        503,
        "database: the row that counts changes is missing\n",
        PLAIN,
    )


@pytest.mark.django_db
def test_not_ready_with_migrations_to_apply(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="workshops").delete()
    assert answer(client, "/health/ready") == (503, "database: migrations are not applied\n", PLAIN)


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    assert answer(client, "/health/ready") == (503, "database: no answer\n", PLAIN)


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
