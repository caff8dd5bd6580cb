"""The network at scale, in small numbers: 20 organizations and 200 commitments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import Document, JournalEntry, ReferenceSeries, Reminder
from net4u.base.states import Editorial
from net4u.base.viewers import DOCUMENT_VIEWERS
from net4u.site.demo import scale
from net4u.site.demo.network import NotReady
from organizations.models import Organization
from people.models import Consent
from vocabulary.loading import load_vocabulary
from vocabulary.models import Pillar
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)
PLAN = scale.Plan(today=TODAY, organizations=20, commitments=200)


def fill(plan: scale.Plan = PLAN) -> list[str]:
    """In batches of 50, so that there are several."""
    said: list[str] = []
    with time_machine.travel(TODAY, tick=False), mock.patch.object(scale, "BATCH", 50):
        scale.fill(plan, say=said.append)
    return said


@pytest.fixture(scope="module", autouse=True)
def _filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Filled once, in a transaction around the tests' own; rolled back after the last of them."""

    class Filled(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            load_vocabulary()
            fill()

    with django_db_blocker.unblock():
        Filled.setUpClass()
    yield
    with django_db_blocker.unblock():
        Filled.tearDownClass()
        Filled.doClassCleanups()


def documents() -> set[tuple[Any, ...]]:
    rows = Document.objects.filter(kind__in=("organization", "workshop", "commitment"))
    return set(rows.values_list("object_id", "audience", "text"))


def test_everything_is_made_and_every_document_is_fresh() -> None:
    assert (Organization.objects.count(), Commitment.objects.count(), Workshop.objects.count()) == (20, 200, 1)
    assert not Commitment.objects.exclude(state=Editorial.PUBLISHED).exists()
    assert list(check()) == []
    for viewer in DOCUMENT_VIEWERS.values():
        out = Document.objects.for_audience(viewer.audience).filter(kind="commitment").current()
        assert out.count() == Commitment.objects.visible_to(viewer).count() > 150


def test_every_filter_finds_something_and_not_everything() -> None:
    for parts in (Milestone, ProgressUpdate, Verification, Evidence, CommitmentPartner):
        assert 0 < parts.objects.values("commitment").distinct().count() < 200
    assert 0 < Commitment.objects.overdue(TODAY).count() < Commitment.objects.open().count() < 200
    assert Organization.objects.get(slug="example-00000").commitments.count() > 200 / 20


def test_the_largest_organization_made_one_commitment_in_fifty() -> None:
    leads = [scale.Plan(today=TODAY).lead(number) for number in range(100_000)]

    assert leads.count(0) == 2000
    assert len(set(leads)) > 9_800


def test_all_of_it_is_marked_as_made_up() -> None:
    for model in (Organization, Commitment, Workshop):
        assert not model.objects.filter(is_demonstration=False).exists()
    addresses = Organization.objects.values_list("website", flat=True)
    assert all(address.endswith(".example.org") for address in addresses)


def test_what_was_reported_last_stands_on_the_commitment() -> None:
    for commitment in Commitment.objects.prefetch_related("updates", "verifications", "milestones"):
        for update in commitment.updates.all():
            assert (update.progress, update.value) == (commitment.progress, commitment.value)
        for verification in commitment.verifications.all():
            assert verification.completion == commitment.completion
        for record in (commitment, *commitment.milestones.all(), *commitment.updates.all()):
            record.full_clean()


def test_reminders_are_planned_for_what_is_open_and_ahead() -> None:
    ahead = Commitment.objects.open().filter(due_on__gt=date(2026, 4, 1)).count()
    planned = Reminder.objects.filter(kind="commitment")
    assert planned.filter(days=-30).count() == ahead > 0
    closed = Commitment.objects.exclude(pk__in=Commitment.objects.open())
    assert not planned.filter(object_id__in=closed.values("pk")).exists()


def test_the_same_seed_gives_the_same_network() -> None:
    first = documents()

    empty()
    assert all(text == "" for _id, _audience, text in documents())
    fill()

    assert documents() == first


def empty() -> None:
    with change(by=None, what="test.emptied"):
        for model in (CommitmentPartner, Commitment, Organization, Workshop):
            model.objects.all().delete()
    Consent.objects.all().delete()
    ReferenceSeries.objects.all().delete()


def test_another_seed_gives_another_network() -> None:
    here, there = PLAN, scale.Plan(today=TODAY, seed=2)

    assert here.id_of("Commitment", 1) != there.id_of("Commitment", 1)
    assert here.pick("Commitment", 1).random() != there.pick("Commitment", 1).random()


def test_what_was_interrupted_goes_on_where_it_stopped() -> None:
    first = documents()
    empty()
    fill(scale.Plan(today=TODAY, organizations=20, commitments=100))

    assert fill() == ["commitments: 150 of 200", "commitments: 200 of 200"]
    assert documents() == first
    assert fill() == []


def test_the_command_makes_it_of_its_seed_and_day(monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[scale.Plan] = []
    monkeypatch.setattr(scale, "fill", lambda plan, say: plans.append(plan))

    call_command("seed_demo", "--scale", "--seed=7", "--today=2025-11-21", stdout=StringIO())

    assert plans == [scale.Plan(today=date(2025, 11, 21), organizations=10_000, commitments=100_000, seed=7)]


def test_only_on_ones_own_machine(settings: Any) -> None:
    settings.LOOPBACK = False

    with pytest.raises(CommandError, match="for your own machine"):
        call_command("seed_demo", "--scale")


def test_without_the_word_lists_it_says_what_to_do() -> None:
    empty()
    with change(by=None, what="test.emptied"):
        Pillar.objects.all().delete()

    with pytest.raises(NotReady, match="manage.py prepare"):
        fill()


def test_a_batch_is_one_change() -> None:
    entries = JournalEntry.objects.filter(what="demo.filled")
    assert entries.values("change").distinct().count() == 1 + 1 + 4
    references = Commitment.objects.values_list("reference", flat=True)
    assert len(set(references)) == 200
    assert timezone.now().year >= max(int(reference.split("-")[1]) for reference in references)
