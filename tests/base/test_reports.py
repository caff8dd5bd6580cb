"""What people write to the secretariat: kept, answered once, forgotten, and told to nobody else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from net4u.base import inbox, outbox
from net4u.base.models import Document, JournalEntry, OutboxMessage, Report
from net4u.base.reports import about, file_report, forget_reports, reportable, settle_report
from net4u.base.states import TransitionError
from net4u.base.tasks import sweep
from net4u.base.viewers import PUBLIC, SECRETARIAT
from organizations.models import NetworkSettings, Organization
from organizations.services import save_network_settings
from people.models import User
from tests.factories import CommitmentFactory, NetworkFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

SECRET = "The shelter is at 4 Hidden Street."


def report(**fields: Any) -> Report:
    given: dict[str, Any] = {"kind": "other", "text": SECRET} | fields
    return file_report(report=Report(**given))


def test_a_message_is_kept_and_the_secretariat_is_told_that_it_waits_but_not_what_it_says(
    settings: LazySettings,
) -> None:
    settings.SECRETARIAT_EMAIL = "secretariat@example.org"
    kept = report(name="Mira", email="mira@example.org")
    stored = Report.objects.get()
    assert (stored.pk, stored.state, stored.text) == (kept.pk, "open", SECRET)
    outbox.sweep(timezone.now())
    (sent,) = mail.outbox
    address = f"http://localhost:8000/secretariat/messages/{kept.pk}/"
    assert (sent.to, sent.subject) == (["secretariat@example.org"], f"New message: Something else ({kept.reference})")
    assert sent.body == (
        f"Somebody wrote to the secretariat. The message waits in the inbox:\n\n{address}\n\n"
        "This mail does not say what was written or by whom, because mail can be read on its way.\n"
    )
    assert address in str(sent.alternatives[0][0])
    for secret in (SECRET, "Mira", "mira@"):
        assert secret not in str(sent.message())


def test_what_puts_somebody_at_risk_is_told_as_urgent(settings: LazySettings) -> None:
    settings.SECRETARIAT_EMAIL = "secretariat@example.org"
    kept = report(kind="at_risk")
    outbox.sweep(timezone.now())
    (sent,) = mail.outbox
    assert sent.subject == f"Urgent: somebody may be at risk (message {kept.reference})"
    assert sent.body.startswith("Somebody writes that the portal puts a person at risk. Please look at once.\n")


def test_without_an_address_of_the_secretariat_it_waits_in_the_inbox_alone() -> None:
    report()
    assert OutboxMessage.objects.count() == 0
    assert inbox.count() == 1


def test_it_is_in_no_document_and_in_no_journal() -> None:
    report()
    assert (JournalEntry.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.parametrize("fields", [{"text": ""}, {"kind": ""}, {"kind": "colour"}, {"email": "nobody"}])
def test_nonsense_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        report(**fields)
    assert Report.objects.count() == 0


def test_the_database_refuses_half_a_settlement_and_half_a_record() -> None:
    for fields in ({"state": "settled"}, {"settled_at": timezone.now()}, {"about_kind": "commitment"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(kind="other", text="a", **fields)


@pytest.mark.parametrize(
    ("person", "may"), [("alice", False), ("bob", False), ("charlie", False), ("sam", True), ("ada", True)]
)
def test_only_the_secretariat_settles(request: pytest.FixtureRequest, person: str, may: bool) -> None:
    kept, by = report(), request.getfixturevalue(person)
    if may:
        settle_report(report=kept, words="Corrected.", by=by)
    else:
        with pytest.raises(PermissionDenied):
            settle_report(report=kept, words="Corrected.", by=by)
    stored = Report.objects.get()
    assert (stored.state, stored.answer, stored.settled_by) == (
        ("settled", "Corrected.", by) if may else ("open", "", None)
    )


def test_settling_needs_words_and_happens_once(sam: User, ada: User) -> None:
    kept = report()
    with pytest.raises(ValidationError, match="Say what was done, or why nothing was."):
        settle_report(report=kept, words=" ", by=sam)
    settle_report(report=Report.objects.get(), words="Corrected.", by=sam)
    with pytest.raises(TransitionError, match="Somebody else settled this meanwhile. Your words were not sent."):
        settle_report(report=kept, words="Declined.", by=ada)
    assert Report.objects.get().answer == "Corrected."


def test_the_answer_goes_to_whoever_left_an_address_and_repeats_nothing(sam: User) -> None:
    kept = report(name="Mira <b>", email="mira@example.org")
    settle_report(report=kept, words="We took the page down.", by=sam)
    outbox.sweep(timezone.now())
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["mira@example.org"], f"Your message to NET4U Europe ({kept.reference})")
    assert sent.body == (
        f"Hello Mira <b>,\n\nthank you for your message ({kept.reference}). This is the answer of the secretariat:\n\n"
        "We took the page down.\n\nIf this does not answer it, write to us again and name the reference:\n"
        "http://localhost:8000/contact/\n\nYou get this because somebody gave us this address with a message. "
        "We delete the message and the address when they are not needed any more.\n"
    )
    html = str(sent.alternatives[0][0])
    assert "Hello Mira &lt;b&gt;," in html
    assert SECRET not in str(sent.message())


def test_nobody_is_written_to_without_an_address(sam: User) -> None:
    settle_report(report=report(), words="Corrected.", by=sam)
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize("days", [30, 5])
def test_what_was_settled_is_forgotten_after_its_days_and_what_is_open_is_not(sam: User, days: int) -> None:
    if days != 30:
        save_network_settings(settings=NetworkSettings(network=NetworkFactory(), reports_kept_days=days), by=None)
    settle_report(report=report(), words="Corrected.", by=sam)
    still_open = report()
    now = timezone.now()
    forget_reports(now + timedelta(days=days) - timedelta(minutes=1))
    assert Report.objects.count() == 2
    with time_machine.travel(now + timedelta(days=days, minutes=1)):
        sweep()
    assert list(Report.objects.all()) == [still_open]


# -- what it is about ---------------------------------------------------------------------------------------


def test_whatever_has_a_page_can_be_reported() -> None:
    assert sorted(reportable()) == [
        "answer", "assessment", "commitment", "declaration", "evidence", "instrument", "milestone", "organization",
        "output", "pillar", "progressupdate", "provision", "recommendation", "regionalnetwork", "resource", "session",
        "verification", "workinggroup", "workshop",
    ]  # fmt: skip


def test_a_record_is_found_as_far_as_its_reader_may_see_it(house: Organization) -> None:
    seen = OrganizationFactory()
    ids = [house.pk, seen.pk]
    assert list(about("organization", ids, PUBLIC)) == [seen]
    assert set(about("organization", ids, SECRETARIAT)) == {house, seen}
    assert list(about("user", ids, SECRETARIAT)) == []
    assert list(about("report", ids, SECRETARIAT)) == []


def test_the_inbox_names_the_record_with_two_questions_for_any_number(django_assert_num_queries: Any) -> None:
    commitments = CommitmentFactory.create_batch(3)
    for each in commitments:
        report(about_kind="commitment", about_id=each.pk)
    report(about_kind="commitment", about_id="00000000-0000-4000-8000-000000000000")
    with django_assert_num_queries(3):
        items = inbox.waiting(most=10, kind="reports")
    assert [item.about for item in items] == [*commitments, None]


def test_nothing_of_a_message_can_be_told_from_its_reference() -> None:
    kept = report()
    assert kept.reference == kept.pk.hex[:8].upper() == str(kept)
    assert SECRET not in json.dumps([kept.reference, repr(kept)])
