"""The secretariat sees what is late or silent, reminds, and verifies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from commitments.models import Commitment
from commitments.reminders import remind_now
from net4u.base import inbox, outbox, reminders
from net4u.base.change import change
from net4u.base.models import Reminder
from net4u.base.states import NotAllowed, TransitionError
from people.models import User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    PillarFactory,
    UpdateFactory,
    UserFactory,
    VerificationFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW):
        yield


def promised(title: str, **fields: Any) -> Commitment:
    given = {"due_on": date(2026, 12, 1), "published_at": NOW - timedelta(days=200)} | fields
    commitment: Commitment = CommitmentFactory(title=title, **given)
    return commitment


def found(client: Client, query: str = "") -> list[str]:
    return [each.title for each in client.get(f"/secretariat/follow-up/?{query}").context["object_list"]]


# -- the list -----------------------------------------------------------------------------------------------


def test_what_is_due_first_stands_on_top_and_drafts_do_not_stand_there(as_sam: Client) -> None:
    promised("later")
    promised("sooner", due_on=date(2026, 6, 1))
    promised("draft", state="draft", reference=None)
    assert found(as_sam) == ["sooner", "later"]


QUESTIONS = {
    "due=overdue": ["late"],
    "due=30": ["soon"],
    "due=90": ["soon", "in summer"],
    "silent=90": ["late", "soon", "in summer"],
    "silent=30": ["late", "soon", "in summer", "heard of in March"],
    "verify=open": ["completed"],
    "pillar=p1": ["in summer"],
    "silent=90&pillar=p1": ["in summer"],
    "progress=completed": ["completed", "verified"],
    "state=closed": ["completed", "verified"],
    "state=open&progress=not_reported&silent=90": ["late", "soon", "in summer"],
    "pillar=unstated&state=closed": ["completed", "verified"],
    "country=unstated&due=30": ["soon"],
}


def test_each_question_finds_what_it_asks_for(as_sam: Client) -> None:
    with change(by=None, what="test"):
        promised("late", due_on=date(2026, 5, 14))
        promised("soon", due_on=date(2026, 6, 14))
        summer = promised("in summer", due_on=date(2026, 8, 1))
        with_pillar = PillarFactory(code="p1")
        summer.pillars.add(with_pillar)
        UpdateFactory(commitment=promised("heard of in March"), reported_on="2026-03-30", progress="in_progress")
        UpdateFactory(commitment=promised("heard of yesterday"), reported_on="2026-05-14", progress="in_progress")
        promised("new", published_at=NOW - timedelta(days=5))
        for title in ("completed", "verified"):
            done = promised(title, progress="completed")
            UpdateFactory(commitment=done, reported_on="2026-05-01", progress="completed")
            if title == "verified":
                VerificationFactory(commitment=done, completion="substantial", verified_on="2026-05-02")
    answers = {query: sorted(found(as_sam, query)) for query in QUESTIONS}
    assert answers == {query: sorted(titles) for query, titles in QUESTIONS.items()}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(as_sam: Client, django_assert_num_queries: Any, number: int) -> None:
    for each in range(number):
        UpdateFactory(commitment=promised(str(each)))
    with django_assert_num_queries(11):
        as_sam.get("/secretariat/follow-up/")


# -- reminding ----------------------------------------------------------------------------------------------


@pytest.fixture
def reminded() -> Commitment:
    commitment = promised("Train 40 teachers", due_on=date(2026, 5, 1), reference="C-2026-0007")
    editor = UserFactory(email="eva@example.org", name="Eva", language="it")
    AffiliationFactory(organization=commitment.organization, person=editor, role="editor")
    AffiliationFactory(
        organization=commitment.organization, person=UserFactory(email="vito@example.org"), role="viewer"
    )
    return commitment


def test_each_mail_is_seen_before_it_is_sent_and_its_key_is_not(as_sam: Client, reminded: Commitment) -> None:
    response = as_sam.get(f"/secretariat/follow-up/{reminded.pk}/remind/")
    (preview,) = response.context["mails"]
    assert (preview.person.email, preview.language) == ("eva@example.org", "it")
    assert "Train 40 teachers" in preview.text
    assert "[the link is made when the mail is sent]" in preview.text
    assert "/link/" not in preview.text
    assert not Reminder.objects.exists()


def test_it_is_sent_once_a_day_to_whoever_can_report(as_sam: Client, reminded: Commitment) -> None:
    address = f"/secretariat/follow-up/{reminded.pk}/remind/"
    assert "1 person is reminded." in as_sam.post(address, follow=True).content.decode()
    assert "They were reminded today already." in as_sam.post(address, follow=True).content.decode()
    reminders.hand_over(timezone.now())
    outbox.sweep(timezone.now())
    (sent,) = mail.outbox
    assert sent.to == ["eva@example.org"]
    assert "/it/link/" in sent.body
    assert Reminder.objects.get().told == 1


def test_a_reminder_by_hand_outlives_a_change_and_not_the_end_of_what_it_reminds_of(
    sam: User, reminded: Commitment
) -> None:
    remind_now(commitment=reminded, by=sam)
    (planned,) = Reminder.objects.filter(due__lte=timezone.now())
    with change(by=sam, what="test"):
        reminded.resources = "Two rooms"
        reminded.save()
    planned.refresh_from_db()
    assert planned.state == "planned"
    with change(by=sam, what="test"):
        reminded.progress = "completed"
        reminded.save()
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_what_is_closed_and_whom_nobody_can_reach_is_not_reminded(sam: User, alice: User, reminded: Commitment) -> None:
    with pytest.raises(TransitionError, match="Nobody of this organization"):
        remind_now(commitment=promised("Unreachable"), by=sam)
    with pytest.raises(TransitionError, match="closed"):
        remind_now(commitment=promised("Done", progress="completed", organization=reminded.organization), by=sam)
    with pytest.raises(NotAllowed):
        remind_now(commitment=reminded, by=alice)
    assert not Reminder.objects.filter(due__lte=timezone.now()).exists()


# -- verifying ----------------------------------------------------------------------------------------------


def finding(**fields: str) -> dict[str, str]:
    return {"completion": "substantial", "basis": "I read the list.", "verified_on": "2026-05-14"} | fields


def test_what_was_completed_waits_in_the_inbox_until_somebody_verified_it(as_sam: Client) -> None:
    done = promised("Train 40 teachers", progress="completed")
    UpdateFactory(commitment=done, reported_on="2026-05-01", progress="completed")
    (item,) = inbox.waiting(most=10, kind="to_verify")
    assert item.address == f"/secretariat/follow-up/{done.pk}/verify/"
    assert item.since.date() == date(2026, 5, 1)
    assert "Everybody can read what you found." in as_sam.post(item.address, finding(), follow=True).content.decode()
    done.refresh_from_db()
    assert done.completion == "substantial"
    assert inbox.waiting(most=10, kind="to_verify") == []
    assert "I read the list." in Client().get(done.get_absolute_url()).content.decode()


def test_a_finding_needs_its_basis_and_nothing_typed_is_lost(as_sam: Client) -> None:
    done = promised("Train 40 teachers")
    response = as_sam.post(f"/secretariat/follow-up/{done.pk}/verify/", finding(basis="", value="12"))
    assert set(response.context["form"].errors) == {"basis"}
    assert 'value="12"' in response.content.decode()


def test_nobody_verifies_what_they_have_a_part_in(as_sam: Client, sam: User) -> None:
    own = promised("Ours")
    AffiliationFactory(organization=own.organization, person=sam, role="viewer")
    address = f"/secretariat/follow-up/{own.pk}/verify/"
    assert "somebody else has to verify it" in as_sam.get(address).content.decode()
    assert as_sam.post(address, finding()).status_code == 409
    own.refresh_from_db()
    assert own.completion == "not_assessed"


@pytest.mark.parametrize("person", [None, "alice", "charlie"])
def test_nobody_else_follows_up(client: Client, request: pytest.FixtureRequest, person: str | None) -> None:
    commitment = promised("A canary")
    if person:
        client.force_login(request.getfixturevalue(person))
    for path in ("", f"{commitment.pk}/remind/", f"{commitment.pk}/verify/"):
        response = client.get(f"/secretariat/follow-up/{path}")
        assert response.status_code == (403 if person else 302)
        assert "A canary" not in response.content.decode()
        assert client.post(f"/secretariat/follow-up/{path}", finding()).status_code in {302, 403}
    commitment.refresh_from_db()
    assert commitment.completion == "not_assessed"
