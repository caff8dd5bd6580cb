"""The inbox of the secretariat, and where what waits is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from net4u.base import outbox
from net4u.base.change import change
from net4u.base.inbox import forget_claims
from net4u.base.models import InboxClaim, OutboxMessage, Report
from net4u.base.reports import settle_report
from people.models import User
from tests.factories import AffiliationFactory, CommitmentFactory

pytestmark = pytest.mark.django_db

INBOX = "/secretariat/"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def report(**fields: Any) -> Report:
    given: dict[str, Any] = {"kind": "wrong_fact", "text": "The date is another one."} | fields
    return Report.objects.create(**given)


def given_up(key: str = "account:1") -> OutboxMessage:
    with change(by=None, what="test") as work:
        work.send("mail", key=key, to="secret@example.org", subject="s", text="t")
    OutboxMessage.objects.filter(key=key).update(gave_up_at=timezone.now(), attempts=24, error="550 refused")
    return OutboxMessage.objects.get(key=key)


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("bob", 403), ("charlie", 403), ("sam", 200), ("ada", 200)]
)
def test_only_the_secretariat_gets_in(
    client: Client, request: pytest.FixtureRequest, person: str | None, status: int
) -> None:
    kept, mail_ = report(text="Canary"), given_up()
    if person:
        client.force_login(request.getfixturevalue(person))
    for address in (INBOX, f"/secretariat/messages/{kept.pk}/", f"/secretariat/mails/{mail_.pk}/"):
        response = client.get(address)
        assert response.status_code == status, address
        assert "secret@example.org" not in response.content.decode()
        if status == 302:
            assert response["Location"] == f"/accounts/login/?next={address}"
        if status == 403:
            assert "Your account does not have the right to it." in response.content.decode()
            assert client.post(address, {"words": "Done."}).status_code == 403
    assert Report.objects.get().is_open


def test_whoever_is_not_the_secretariat_cannot_tell_a_message_from_none(client: Client, alice: User) -> None:
    client.force_login(alice)
    ids = [report().pk, uuid4()]
    answers = [client.get(f"/secretariat/messages/{pk}/") for pk in ids]
    assert [each.status_code for each in answers] == [403, 403]
    told = {answer.content.replace(str(pk).encode(), b"") for pk, answer in zip(ids, answers, strict=True)}
    assert len(told) == 1


def test_an_empty_inbox_says_so(as_sam: Client) -> None:
    content = as_sam.get(INBOX).content.decode()
    assert "Nothing waits for the secretariat" in content
    assert "Nothing waits for you. Messages and whatever else needs a decision will stand here." in content


def test_the_inbox_says_what_waits_for_how_long_and_what_it_is_about(as_sam: Client) -> None:
    commitment = CommitmentFactory(title="Train 40 teachers")
    AffiliationFactory(organization=commitment.organization)
    with time_machine.travel(MONDAY):
        report(about_kind="commitment", about_id=commitment.pk)
    with time_machine.travel(datetime(2026, 3, 17, 9, tzinfo=UTC)):
        report(kind="at_risk")
        given_up()
        as_sam.force_login(User.objects.get(email="sam@example.org"))
        response = as_sam.get(INBOX)
    rows = [(str(each.kind), each.words, each.urgent) for each in response.context["items"]]
    assert rows == [
        ("Message", "Somebody is put at risk", True),
        ("Message", "A fact is wrong", False),
        ("Mail that was not delivered", "A mail about an account", False),
    ]
    content = " ".join(response.content.decode().split())
    assert "3 things wait for the secretariat" in content
    assert "Train 40 teachers" in content
    assert '<span class="late"> Waits for 11 working days </span>' in content
    assert "The date is another one." not in content
    assert 'Inbox <span class="number">3</span>' in content


def test_one_kind_of_what_waits(as_sam: Client) -> None:
    report()
    given_up()
    for kind, words in (("reports", ["A fact is wrong"]), ("mails", ["A mail about an account"])):
        response = as_sam.get(f"{INBOX}?kind={kind}")
        assert [each.words for each in response.context["items"]] == words
        assert "1 thing waits for the secretariat" in response.content.decode()
    assert len(as_sam.get(f"{INBOX}?kind=nothing").context["items"]) == 2


def take(client: Client, row: Any, kind: str = "reports", **data: str) -> Any:
    return client.post(f"/secretariat/take/{kind}/{row.pk}/", data, follow=True)


def test_who_takes_something_has_it_and_the_others_see_it(as_sam: Client, ada: User) -> None:
    row = report()
    assert "You took this" in take(as_sam, row).content.decode()
    other = Client()
    other.force_login(ada)
    page = other.get(INBOX).content.decode()
    assert f"{User.objects.get(email='sam@example.org')} took this" in page
    assert "data-take" not in page
    assert "took this meanwhile." in take(other, row).content.decode()
    assert "You took this" in as_sam.get(INBOX).content.decode()


def test_what_somebody_took_and_left_lying_is_free_again_after_a_week(as_sam: Client, ada: User) -> None:
    other = Client()
    other.force_login(ada)
    with time_machine.travel(MONDAY):
        row = report()
        take(as_sam, row)
    for day, took in ((8, "sam@example.org"), (10, "ada@example.org")):
        with time_machine.travel(datetime(2026, 3, day, 9, tzinfo=UTC)):
            other.force_login(ada)
            take(other, row)
            assert InboxClaim.objects.get().by.email == took, day


def test_what_was_given_back_is_free_and_only_its_own_are_given_back(as_sam: Client, ada: User) -> None:
    row = report()
    take(as_sam, row)
    other = Client()
    other.force_login(ada)
    take(other, row, let_go="1")
    assert InboxClaim.objects.count() == 1
    take(as_sam, row, let_go="1")
    assert InboxClaim.objects.count() == 0


def test_only_what_waits_is_taken(as_sam: Client) -> None:
    row = report()
    settle_report(report=row, words="Done.", by=None)
    assert "somebody settled it meanwhile" in take(as_sam, row).content.decode()
    for kind, item in (("nothing", row.pk), ("reports", "nonsense"), ("mails", "nonsense")):
        assert as_sam.post(f"/secretariat/take/{kind}/{item}/").status_code == 404
    assert InboxClaim.objects.count() == 0


def test_only_the_secretariat_takes(client: Client, alice: User) -> None:
    row = report()
    client.force_login(alice)
    assert take(client, row).status_code == 403
    assert InboxClaim.objects.count() == 0


def test_a_claim_is_forgotten_when_nobody_can_need_it(as_sam: Client) -> None:
    with time_machine.travel(MONDAY):
        take(as_sam, report())
    forget_claims(MONDAY + timedelta(days=28))
    assert InboxClaim.objects.count() == 1
    forget_claims(MONDAY + timedelta(days=28, seconds=1))
    assert InboxClaim.objects.count() == 0


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_inbox_asks_the_same_number_of_queries(
    as_sam: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for number in range(item_count):
        report(about_kind="commitment", about_id=CommitmentFactory().pk)
        given_up(f"account:{number}")
    with django_assert_num_queries(27):
        as_sam.get(INBOX)


@pytest.mark.parametrize(("person", "asked"), [(None, 0), ("alice", 0), ("sam", 1)])
def test_the_number_in_the_roof_is_one_question_for_the_secretariat_alone(
    client: Client, request: pytest.FixtureRequest, person: str | None, asked: int
) -> None:
    report()
    if person:
        client.force_login(request.getfixturevalue(person))
    with CaptureQueriesContext(connection) as queries:
        content = client.get("/about/").content.decode()
    assert ["Inbox (1)" in content, "Inbox (" in content] == [bool(asked), bool(asked)]
    assert sum("base_report" in query["sql"] for query in queries) == asked


# -- one message --------------------------------------------------------------------------------------------


def test_a_message_is_read_and_settled_with_words_that_are_mailed(as_sam: Client) -> None:
    commitment = CommitmentFactory()
    kept = report(
        about_kind="commitment", about_id=commitment.pk, name="Mira", email="mira@example.org", text="<i>Wrong</i>"
    )
    content = as_sam.get(kept.get_absolute_url()).content.decode()
    for words in ("&lt;i&gt;Wrong&lt;/i&gt;", "Mira", "mira@example.org", commitment.get_absolute_url()):
        assert words in content
    response = as_sam.post(kept.get_absolute_url(), {"words": "Corrected, thank you."}, follow=True)
    assert response.redirect_chain == [(INBOX, 302)]
    assert "Settled. The answer is on its way." in response.content.decode()
    outbox.sweep(timezone.now())
    assert [each.to for each in mail.outbox] == [["mira@example.org"]]
    settled = as_sam.get(kept.get_absolute_url()).content.decode()
    assert "Corrected, thank you." in settled
    assert "By Person" in settled
    assert "<form" not in settled.partition("<main")[2]


def test_a_message_without_name_address_and_record_says_so(as_sam: Client) -> None:
    kept = report()
    content = as_sam.get(kept.get_absolute_url()).content.decode()
    for words in ("No record in particular", "no name given", "none given: nobody can be written to"):
        assert words in content
    response = as_sam.post(kept.get_absolute_url(), {"words": "Read."}, follow=True)
    assert "Settled.</p>" in response.content.decode()


def test_a_record_that_is_gone_is_said_to_be_gone(as_sam: Client) -> None:
    kept = report(about_kind="commitment", about_id=uuid4())
    assert "A record that does not exist any more" in as_sam.get(kept.get_absolute_url()).content.decode()


def test_settling_without_words_settles_nothing(as_sam: Client) -> None:
    kept = report()
    assert "This field is required." in as_sam.post(kept.get_absolute_url(), {"words": " "}).content.decode()
    assert Report.objects.get().is_open


def test_what_a_colleague_settled_meanwhile_is_told_and_the_words_are_kept(
    as_sam: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = report()
    settle_report(report=Report.objects.get(), words="Mine.", by=ada)
    response = as_sam.post(kept.get_absolute_url(), {"words": "Yours."})
    assert response.status_code == 409
    assert "Mine." in response.content.decode()
    assert Report.objects.get().answer == "Mine."


# -- mail that was not delivered ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "words", "sent"),
    [
        ({"again": "1"}, "It will be sent again within a minute.", 1),
        ({}, "Put aside. It is not sent any more.", 0),
    ],
)
def test_a_mail_is_sent_again_or_put_aside(as_sam: Client, button: dict[str, str], words: str, sent: int) -> None:
    message = given_up()
    address = f"/secretariat/mails/{message.pk}/"
    assert "550 refused" in as_sam.get(address).content.decode()
    assert words in as_sam.post(address, button, follow=True).content.decode()
    assert outbox.sweep(timezone.now()) == sent
    assert as_sam.get(address).status_code == 404
