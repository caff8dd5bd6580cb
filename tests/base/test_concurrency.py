"""Real connections at the same time. SQLite has one writer and cannot show these faults: PostgreSQL only.

The suite runs on PostgreSQL in `.ci/run`, and with `DATABASE_URL=postgres://… make test`.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from net4u.base.change import Conflict, change
from net4u.base.documents import check, feed
from net4u.base.models import ChangeCounter, Document, OutboxMessage
from net4u.base.outbox import claim
from organizations.models import Organization
from tests.factories import OrganizationFactory, RoleFactory, SessionFactory, WorkshopFactory
from workshops.models import Session, Workshop, WorkshopRole

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at the same time, each on a connection of its own; returns what each gave or raised."""
    results: list[Any] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(index: int, job: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            results[index] = job()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, job)) for i, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
        assert not thread.is_alive()
    return results


def test_two_stale_forms_one_wins() -> None:
    workshop = WorkshopFactory(title="Before")
    copies = [Workshop.objects.get(pk=workshop.pk) for _ in range(8)]

    def save(copy: Workshop, title: str) -> str:
        with change(by=None, what="test"):
            copy.title = title
            copy.save()
        return title

    results = together(*(lambda c=copy, n=n: save(c, f"Mine {n}") for n, copy in enumerate(copies)))
    won = [each for each in results if isinstance(each, str)]
    assert [type(each) for each in results if not isinstance(each, str)] == [Conflict] * 7
    after = Workshop.objects.get(pk=workshop.pk)
    assert ([after.title], after.version) == (won, workshop.version + 1)


def test_a_rename_and_an_edit_at_the_same_time_leave_no_stale_document() -> None:
    """T1 renames an organization while T2 edits the workshop that names it, and both commit late."""
    for turn in range(6):
        organization = OrganizationFactory(legal_name="Old name")
        workshop = RoleFactory(organization=organization).workshop

        def rename(organization: Organization = organization, turn: int = turn) -> None:
            with change(by=None, what="rename"):
                organization.legal_name = f"New name {turn}"
                organization.save()
                time.sleep(0.05)

        def edit(workshop: Workshop = workshop, turn: int = turn) -> None:
            with change(by=None, what="edit"):
                workshop.title = f"New title {turn}"
                workshop.save()
                time.sleep(0.05)

        assert together(rename, edit) == [None, None]
        row = json.loads(Document.objects.get(object_id=workshop.pk, audience="public").text)
        assert row["title"] == {"en": f"New title {turn}"}
        assert row["roles"][0]["organization"]["name"] == f"New name {turn}"
    assert list(check()) == []


def test_a_role_added_while_its_organization_is_hidden_is_not_left_out() -> None:
    organization = OrganizationFactory(legal_name="Soon hidden")
    workshops = [WorkshopFactory() for _ in range(6)]

    def hide() -> None:
        with change(by=None, what="hide"):
            organization.appearance, organization.appearance_consent = "hidden", None
            organization.save()
            time.sleep(0.1)

    def add(workshop: Workshop) -> None:
        with change(by=None, what="add"):
            WorkshopRole.objects.create(workshop=workshop, organization_id=organization.pk, role="partner")

    together(hide, *(lambda w=workshop: add(w) for workshop in workshops))
    assert list(check()) == []
    assert not Document.objects.filter(text__contains="Soon hidden").exists()


def test_readers_polling_the_feed_miss_nothing_while_writers_commit_out_of_order() -> None:  # noqa: C901 -- a scene
    """Writers edit, delete, roll back and dawdle; three readers keep a replica by cursor alone."""
    workshops = [WorkshopFactory() for _ in range(6)]
    stop = threading.Event()

    def write(mine: int) -> int:
        done = 0
        for turn in range(12):
            workshop = workshops[(mine + turn) % len(workshops)]
            with contextlib.suppress(Conflict, OperationalError, ZeroDivisionError), change(by=None, what="test"):
                if turn % 5 == 4:
                    Session.objects.filter(workshop=workshop).order_by("pk").delete()
                else:
                    SessionFactory(workshop=workshop, order=1000 * mine + turn)
                    Workshop.objects.filter(pk=workshop.pk).update(place=f"{mine}-{turn}")
                time.sleep(0.002 * ((mine * 7 + turn) % 5))
                if turn % 7 == 6:
                    raise ZeroDivisionError
                done += 1
        return done

    def read() -> dict[Any, str]:
        replica: dict[Any, str] = {}
        after = 0
        while True:
            last = stop.is_set()
            rows = list(feed("public", after=after, limit=7))
            for row in rows:
                replica[row.object_id] = row.text
                after = row.number
            if last and not rows:
                return replica

    def write_all() -> None:
        try:
            results = together(*(lambda m=m: write(m) for m in range(1, 9)))
            assert all(isinstance(each, int) for each in results), results
            assert sum(results) > 40
        finally:
            stop.set()

    results = together(write_all, read, read, read)
    assert results[0] is None, results[0]
    truth = dict(Document.objects.for_audience("public").values_list("object_id", "text"))
    assert results[1:] == [truth, truth, truth]
    assert list(check()) == []
    numbers = list(Document.objects.order_by("number").values_list("number", flat=True))
    assert numbers[-1] == ChangeCounter.objects.get().value


def test_one_message_is_claimed_by_one_worker() -> None:
    from django.utils import timezone

    OutboxMessage.objects.bulk_create([OutboxMessage(key=f"k{n}", kind="mail") for n in range(40)])
    results = together(*(lambda: [m.key for m in claim(timezone.now())] for _ in range(6)))
    claimed = [key for keys in results for key in keys]
    assert sorted(claimed) == sorted(f"k{n}" for n in range(40))


def test_an_outer_transaction_is_refused() -> None:
    """Inside somebody else's transaction the locks would be held past our commit."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), change(by=None, what="test"):
        raise AssertionError
