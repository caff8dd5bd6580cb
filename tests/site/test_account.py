"""What belongs to a person: name, mails, devices, data, and going away."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from commitments.models import ProgressUpdate
from commitments.reminders import people_to_tell
from net4u.base.change import change
from net4u.base.models import JournalEntry
from organizations import services
from organizations.models import Organization
from people.links import make_link
from people.models import Consent, OneTimeLink, User
from tests.factories import AffiliationFactory, CommitmentFactory, UpdateFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-0"
PAGES = (
    "/account/",
    "/account/edit/",
    "/account/mails/",
    "/account/data.json",
    "/account/leave/",
    "/accounts/sessions/",
)


def signed_in(client: Client, person: User) -> Client:
    if not person.check_password(PASSWORD):
        person.set_password(PASSWORD)
        person.save()
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_a_page_of_an_account(client: Client, page: str) -> None:
    assert client.get(page).headers["Location"].startswith("/accounts/")


def test_name_language_and_time_zone_are_kept(client: Client, bob: User) -> None:
    signed_in(client, bob)
    wrong = client.post("/account/edit/", {"name": "Bob", "language": "xx", "time_zone": "Mars/Base"})
    assert wrong.content.decode().count("is not one of the available choices") >= 2
    client.post("/account/edit/", {"name": "Bob", "language": "it", "time_zone": "Europe/Vienna"})
    bob.refresh_from_db()
    assert (bob.name, bob.language, bob.time_zone) == ("Bob", "it", "Europe/Vienna")


def test_mails_that_are_not_wanted_are_not_sent(client: Client, bob: User, house: Organization, sam: User) -> None:
    signed_in(client, bob)
    promise = CommitmentFactory(organization=house)
    today = timezone.localdate()
    assert bob in people_to_tell(promise, on=today)
    assert client.get("/account/mails/").content.decode().count("checked") == 2
    client.post("/account/mails/", {"kinds": []})
    assert bob not in people_to_tell(promise, on=today)
    from commitments.services import request_changes
    from net4u.base.models import OutboxMessage

    sent = CommitmentFactory(organization=house, state="submitted", reference=None)
    request_changes(commitment=sent, words="More.", by=sam)
    assert not OutboxMessage.objects.filter(key__startswith="news:", payload__to=bob.email).exists()
    client.post("/account/mails/", {"kinds": ["reminders", "news"]})
    assert bob in people_to_tell(promise, on=today)


def test_other_devices_are_signed_out(client: Client, bob: User) -> None:
    other = signed_in(Client(), bob)
    signed_in(client, bob)
    assert UserSession.objects.filter(user=bob).count() == 2
    client.post("/accounts/sessions/")
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_somebody_downloads_everything_that_is_kept_about_them(client: Client, bob: User, house: Organization) -> None:
    promise = CommitmentFactory(organization=house, title="Train 40 teachers")
    UpdateFactory(commitment=promise, author=bob, text="Three schools.")
    services.make_claim(organization=CommitmentFactory().organization, words="I keep the books.", by=bob)
    with change(by=bob, what="test.changed"):
        house.mission = "We turn houses."
        house.save()
    signed_in(client, bob)
    answer = client.get("/account/data.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="net4u-my-data.json"'
    data = json.loads(answer.content)
    assert data["account"]["email"] == bob.email
    assert [each["text"] for each in data["reports_you_wrote"]] == ["Three schools."]
    assert [each["words"] for each in data["questions_to_act_for_an_organization"]] == ["I keep the books."]
    assert [each["what"] for each in data["what_you_changed"]] == ["test.changed"]
    assert data["organizations_you_act_for"][0]["role"] == "editor"
    assert len(data["signed_in_devices"]) == 1


def test_erasure_takes_the_person_and_leaves_the_record(client: Client, bob: User, house: Organization) -> None:
    promise = CommitmentFactory()  # of an organization that everybody sees
    AffiliationFactory(person=bob, organization=promise.organization)
    update = UpdateFactory(commitment=promise, author=bob, text="Three schools.")
    consent = Consent.objects.create(
        subject_kind="x", subject_id=house.pk, purpose="appearance", text_version="1", given_by=bob
    )
    make_link(purpose="report", about=promise.pk, person=bob, lasts=timedelta(days=1))
    with change(by=bob, what="test.changed"):
        house.mission = "We turn houses."
        house.save()
    other = signed_in(Client(), bob)
    signed_in(client, bob)
    page = client.get("/account/leave/").content.decode()
    assert "without your name" in page
    answer = client.post("/account/leave/", {"sure": "on"})
    assert answer.headers["Location"] == "/"
    assert not User.objects.filter(pk=bob.pk).exists()
    assert not EmailAddress.objects.filter(email=bob.email).exists()
    assert not OneTimeLink.objects.exists()
    assert other.get("/account/").status_code == 302
    update = ProgressUpdate.objects.get(pk=update.pk)
    consent.refresh_from_db()
    assert (update.author, update.text, consent.given_by) == (None, "Three schools.", None)
    assert JournalEntry.objects.filter(what="test.changed").values_list("by", flat=True).get() is None
    assert bob.email not in str(list(JournalEntry.objects.values()))
    assert "Three schools." in Client().get(promise.get_absolute_url()).content.decode()


def test_the_last_administrator_hands_over_before_going(client: Client, alice: User, bob: User) -> None:
    signed_in(client, alice)
    page = client.get("/account/leave/").content.decode()
    assert "Make somebody else an administrator of Second House Cooperative first." in page
    assert client.post("/account/leave/", {"sure": "on"}).status_code == 200
    assert User.objects.filter(pk=alice.pk).exists()


def test_whoever_is_alone_may_go(client: Client, alice: User) -> None:
    signed_in(client, alice)
    client.post("/account/leave/", {"sure": "on"})
    assert not User.objects.filter(pk=alice.pk).exists()


def test_erasure_asks_who_it_is_when_the_password_was_typed_long_ago(client: Client, bob: User) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    client.force_login(bob)
    assert client.get("/account/leave/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.post("/account/leave/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=bob.pk).exists()


def test_an_account_leads_to_the_desk_or_to_registration(client: Client, bob: User) -> None:
    signed_in(client, bob)
    assert 'href="/desk/"' in client.get("/account/").content.decode()
    client = signed_in(Client(), UserFactory())
    assert "Register an organization" in client.get("/account/").content.decode()


def test_nothing_of_another_person_is_in_the_file(client: Client, alice: User, bob: User, house: Any) -> None:
    UpdateFactory(commitment=CommitmentFactory(organization=house), author=alice, text="Secret of Alice.")
    AffiliationFactory(person=alice)
    signed_in(client, bob)
    assert "Alice" not in client.get("/account/data.json").content.decode()
    assert alice.email not in client.get("/account/data.json").content.decode()
