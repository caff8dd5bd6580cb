"""In the room of a working group: three fields on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from commitments import services
from commitments.models import Commitment, PendingDraft
from net4u.base.models import OutboxMessage
from organizations.models import Organization
from people.models import User
from tests.factories import (
    AffiliationFactory,
    OrganizationFactory,
    ParticipationFactory,
    RoleFactory,
    UserFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)
from workshops.models import WorkingGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> WorkingGroup:
    today = timezone.localdate()
    return WorkingGroupFactory(workshop=WorkshopFactory(slug="rome", starts_on=today, ends_on=today), code="wg1")


FORM, PAGE = "/workshops/rome/groups/wg1/commit/", "/workshops/rome/groups/wg1/"
TOLD = {"short": "Open the house.", "long": "Keep it open."}


def mailed() -> str:
    text: str = OutboxMessage.objects.get(key__startswith="drafts:").payload["text"]
    return next(word for word in text.split() if "/link/" in word).removeprefix("http://localhost:8000")


def test_who_is_signed_in_gets_drafts(client: Client, bob: User, house: Organization, group: WorkingGroup) -> None:
    client.force_login(bob)
    for _n in range(2):
        client.post(FORM, TOLD | {"organization": house.pk})
    drafts = Commitment.objects.order_by("due_on")
    assert [(each.title, each.horizon, each.state) for each in drafts] == [
        ("Open the house.", "short", "draft"), ("Keep it open.", "long", "draft"),
    ]  # fmt: skip
    assert {each.working_group for each in drafts} == {group}
    assert not client.post(FORM, {"organization": house.pk}).headers.get("Location")
    assert client.post(FORM, TOLD | {"organization": OrganizationFactory().pk}).status_code == 200
    assert Commitment.objects.count() == 2


def test_who_is_not_signed_in_gets_a_link_that_makes_drafts(
    client: Client, bob: User, house: Organization, group: WorkingGroup
) -> None:
    page = client.post(FORM, TOLD | {"named": "Some house", "email": "bob@example.org"}).content.decode()
    unknown = client.post(FORM, TOLD | {"named": "Some house", "email": "no@example.org"}).content.decode()
    assert page.replace("bob@example.org", "x") == unknown.replace("no@example.org", "x") or "csp" in page
    assert not Commitment.objects.exists()
    OutboxMessage.objects.exclude(payload__to=bob.email).delete()
    link = mailed()
    assert "Open the house." not in client.get(link).content.decode(), "whoever finds the mail reads nothing"
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    client.force_login(bob)
    assert "Open the house." in client.get(link).content.decode()
    assert not Commitment.objects.exists(), "GET shows"
    client.post(link, {"organization": house.pk})
    assert Commitment.objects.count() == 2
    assert client.post(link, {"organization": house.pk}).status_code == 410
    assert PendingDraft.objects.count() == 1


def test_the_link_is_for_whoever_holds_the_address(client: Client, charlie: User, group: WorkingGroup) -> None:
    client.post(FORM, TOLD | {"named": "Some house", "email": "bob@example.org"})
    EmailAddress.objects.create(user=charlie, email=charlie.email, verified=True, primary=True)
    client.force_login(charlie)
    page = client.get(mailed()).content.decode()
    assert ("Open the house." in page, "Sign in with the address" in page) == (False, True)
    client.post(mailed(), {"organization": charlie.affiliations.get().organization_id})
    assert not Commitment.objects.exists()


def test_nothing_is_kept_beyond_a_day(client: Client, group: WorkingGroup) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        client.post(FORM, TOLD | {"named": "Some house", "email": "no@example.org"})
    assert client.get(mailed()).status_code == 410
    assert services.forget_pending_drafts(timezone.now()) == 1
    assert not PendingDraft.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"named": "Some house", "email": "a@example.org"}, "Write at least one sentence."),
        (TOLD | {"email": "a@example.org"}, "Choose your organization above, or type its name."),
        (TOLD | {"named": "Some house", "email": "a"}, "Enter a valid email address."),
        (TOLD | {"short": "x" * 201, "named": "Some house", "email": "a@example.org"}, "at most 200 characters"),
    ],
)
def test_a_wrong_answer_is_told(client: Client, group: WorkingGroup, sent: dict[str, str], words: str) -> None:
    page = client.post(FORM, sent).content.decode()
    assert words in page
    for value in sent.values():
        assert value in page
    assert not PendingDraft.objects.exists()


def test_only_organizations_that_everybody_may_see_are_offered(client: Client, group: WorkingGroup) -> None:
    for name, appearance in (("Seen House", "public"), ("Hidden House", "hidden"), ("Members House", "members_only")):
        organization = OrganizationFactory(legal_name=name, appearance=appearance)
        ParticipationFactory(workshop=group.workshop, organization=organization, attribution="named")
    RoleFactory(workshop=group.workshop, organization=OrganizationFactory(legal_name="Convening House"))
    AffiliationFactory(person=UserFactory(), organization=Organization.objects.get(legal_name="Members House"))
    page = client.get(FORM).content.decode()
    offered = {name for name in ("Seen", "Hidden", "Members", "Convening") if f"{name} House" in page}
    assert offered == {"Seen", "Convening"}


def test_a_hidden_group_has_no_form_and_no_code(client: Client, sam: User, group: WorkingGroup) -> None:
    WorkingGroupFactory(workshop=WorkshopFactory(slug="draft", state="draft"), code="wg1")
    for path in ("commit/", "code.svg"):
        assert client.get(f"/workshops/draft/groups/wg1/{path}").status_code == 404
    assert client.post("/workshops/draft/groups/wg1/commit/", TOLD).status_code == 404
    client.force_login(sam)
    assert client.get("/workshops/draft/groups/wg1/commit/").status_code == 200


def test_the_page_of_the_group_leads_there_while_it_meets(client: Client, sam: User, group: WorkingGroup) -> None:
    assert FORM in client.get(PAGE).content.decode()
    code = client.get("/workshops/rome/groups/wg1/code.svg")
    assert (code.headers["Content-Type"], b"<svg" in code.content) == ("image/svg+xml", True)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert FORM not in client.get(PAGE).content.decode()
        client.force_login(sam)
        assert FORM in client.get(PAGE).content.decode()


def test_too_many_from_one_line_are_told_to_wait(client: Client, group: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from commitments import at_workshop

    monkeypatch.setattr(at_workshop, "MOST_A_DAY", 1)
    sent = TOLD | {"named": "Some house", "email": "a@example.org"}
    assert [client.post(FORM, sent).status_code for _n in range(2)] == [200, 429]
    assert PendingDraft.objects.count() == 1
