"""What the secretariat sets for its network: who may, what is refused, what the journal keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from net4u.base.change import Conflict, change
from net4u.base.decisions import decisions
from net4u.base.models import JournalEntry
from net4u.base.viewers import PUBLIC, SECRETARIAT
from organizations.models import NetworkSettings
from organizations.network_settings import network_settings
from organizations.services import save_network_settings
from people.models import User
from tests.factories import NetworkFactory

pytestmark = pytest.mark.django_db


def test_until_somebody_saves_them_the_defaults_hold(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        told = network_settings()
    assert (told.criteria, told.two_approvals, told.short_months, told.medium_months, told.reminder_days) == (
        [], False, 6, 18, (-30, -7, 7),
    )  # fmt: skip
    assert decisions() == ("", "", 30)


def test_only_the_settings_of_our_own_network_hold() -> None:
    elsewhere = NetworkFactory(code="net4u-africa", name="NET4U Africa")
    save_network_settings(settings=NetworkSettings(network=elsewhere, two_approvals=True), by=None)
    assert not network_settings().two_approvals


def test_what_is_stored_comes_before_the_environment(settings: LazySettings) -> None:
    settings.DATA_CONTROLLER, settings.DATA_LICENCE = "Environment", "CC0"
    stored = NetworkSettings(network=NetworkFactory(), data_controller="Example Foundation, Rome")
    save_network_settings(settings=stored, by=None)
    assert decisions() == ("Example Foundation, Rome", "CC0", 30)


@pytest.mark.parametrize(
    ("person", "may"), [("alice", False), ("bob", False), ("charlie", False), ("sam", False), ("ada", True)]
)
def test_administrators_write(request: pytest.FixtureRequest, person: str, may: bool) -> None:
    told, by = NetworkSettings(network=NetworkFactory()), request.getfixturevalue(person)
    if may:
        save_network_settings(settings=told, by=by)
    else:
        with pytest.raises(PermissionDenied):
            save_network_settings(settings=told, by=by)
    assert NetworkSettings.objects.count() == may


def test_the_secretariat_alone_reads_the_row(ada: User) -> None:
    told = save_network_settings(settings=NetworkSettings(network=NetworkFactory()), by=ada)
    assert list(NetworkSettings.objects.visible_to(SECRETARIAT)) == [told]
    assert not NetworkSettings.objects.visible_to(PUBLIC).exists()


def test_the_journal_keeps_before_and_after(ada: User) -> None:
    told = save_network_settings(settings=NetworkSettings(network=NetworkFactory()), by=ada)
    told.criteria, told.short_months = ["Works in Europe."], 3
    save_network_settings(settings=told, by=ada)
    entry = JournalEntry.objects.filter(what="settings.saved").first()
    assert entry is not None
    assert (entry.by, entry.diff) == (ada, {"criteria": [[], ["Works in Europe."]], "short_months": [6, 3]})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"short_months": 18}, "Medium term must be longer than short term."),
        ({"short_months": 0}, "greater than or equal to 1"),
        ({"remind_before": [0]}, "between 1 and 365"),
        ({"remind_after": [366]}, "between 1 and 365"),
        ({"remind_before": [1, 2, 3, 4, 5, 6, 7]}, "At most 6 reminders."),
        ({"reports_kept_days": 0}, "greater than or equal to 1"),
    ],
)
def test_nonsense_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        save_network_settings(settings=NetworkSettings(network=NetworkFactory(), **given), by=None)
    assert NetworkSettings.objects.count() == 0


def test_the_database_refuses_terms_in_the_wrong_order() -> None:
    with pytest.raises(IntegrityError), change(by=None, what="test"):
        NetworkSettings(network=NetworkFactory(), short_months=18).save()


def test_two_who_save_first_are_a_conflict(ada: User) -> None:
    network = NetworkFactory()
    theirs = save_network_settings(settings=NetworkSettings(network=network), by=ada)
    with pytest.raises(Conflict) as conflict:
        save_network_settings(settings=NetworkSettings(network=network, short_months=3), by=ada)
    assert conflict.value.theirs == theirs
    assert NetworkSettings.objects.get().short_months == 6
