"""The cast, and the guard that no test writes a record past the one door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from net4u.base.guards import records
from net4u.base.work import _current
from net4u.messages import compile_stale
from organizations.models import Organization
from people.enums import SecretariatRole
from people.models import User
from tests.factories import AffiliationFactory, OrganizationFactory, UserFactory


def pytest_configure() -> None:
    compile_stale()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of several writers are not for SQLite: they are left out of that run and counted as deselected."""
    if connection.vendor == "postgresql":
        return
    apart = [item for item in items if item.get_closest_marker("postgres")]
    if apart:
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in apart]


WRITES = ("INSERT INTO", "UPDATE", "DELETE FROM")


class RawWrite(AssertionError):
    """SQL changed a record's table while no change was open."""


def _tables() -> set[str]:
    """Tables of records and of the links between them."""
    tables = set()
    for model in records():
        tables.add(model._meta.db_table)
        tables |= {each.remote_field.through._meta.db_table for each in model._meta.local_many_to_many}
    return tables


@pytest.fixture(autouse=True)
def sql_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the ORM cannot refuse (raw SQL, automatic through tables) fails here.

    It depends on the database fixture in use, so that it ends before a transactional test's flush.
    """
    names = {"db", "transactional_db", "django_db_reset_sequences"} & set(request.fixturenames)
    if not names and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    tables = _tables()

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        head = sql.lstrip().upper()
        if head.startswith(WRITES) and _current.get() is None:
            table = sql.split('"')[1] if '"' in sql else sql
            if table in tables:
                raise RawWrite(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language active; the next test begins in English."""
    yield
    translation.deactivate()


@pytest.fixture
def house(db: None) -> Organization:
    """Alice's and Bob's organization: published, and seen by members only."""
    return OrganizationFactory(slug="house", legal_name="Second House Cooperative", appearance="members_only")


@pytest.fixture
def elsewhere(db: None) -> Organization:
    """Charlie's organization."""
    return OrganizationFactory(slug="elsewhere", legal_name="Clear Signal Institute")


@pytest.fixture
def alice(house: Organization) -> User:
    """Administrator of the house."""
    return AffiliationFactory(person=UserFactory(email="alice@example.org"), organization=house, role="admin").person


@pytest.fixture
def bob(house: Organization) -> User:
    """Editor of the house."""
    return AffiliationFactory(person=UserFactory(email="bob@example.org"), organization=house, role="editor").person


@pytest.fixture
def charlie(elsewhere: Organization) -> User:
    """Editor elsewhere."""
    person = UserFactory(email="charlie@example.org")
    return AffiliationFactory(person=person, organization=elsewhere, role="editor").person


@pytest.fixture
def sam(db: None) -> User:
    """Curator of the secretariat."""
    return UserFactory(email="sam@example.org", secretariat_role=SecretariatRole.CURATOR)


@pytest.fixture
def as_sam(client: Client, sam: User) -> Client:
    """A browser in which a curator is signed in."""
    client.force_login(sam)
    return client


@pytest.fixture
def ada(db: None) -> User:
    """Administrator of the secretariat."""
    return UserFactory(email="ada@example.org", secretariat_role=SecretariatRole.ADMINISTRATOR)
