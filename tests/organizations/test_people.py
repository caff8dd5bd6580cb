"""Who acts for an organization: the services, and the page on which administrators decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from net4u.base import inbox
from net4u.base.models import OutboxMessage
from net4u.base.states import TransitionError
from organizations import services
from organizations.enums import AffiliationRole
from organizations.models import Affiliation, Claim, Invitation, Organization
from people.models import User
from tests.factories import AffiliationFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/desk/people/"


def acting(person: User, organization: Organization) -> Affiliation:
    return Affiliation.objects.get(person=person, organization=organization, until=None)


def test_an_invitation_is_mailed_and_sent_anew_instead_of_twice(alice: User, house: Organization) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        services.invite(organization=house, email="New@example.org", by=alice)
    services.invite(organization=house, email="new@example.org", role=AffiliationRole.VIEWER, by=alice)
    invitation = Invitation.objects.get()
    assert invitation.role == "viewer"
    assert invitation.expires_at > timezone.now() + timedelta(days=13)
    mails = OutboxMessage.objects.filter(key__startswith="invitation:")
    assert mails.count() == 2
    assert invitation.get_absolute_url() in mails[0].payload["text"]


def test_who_is_here_already_is_not_invited(alice: User, bob: User, house: Organization) -> None:
    with pytest.raises(ValidationError, match="acts for your organization already"):
        services.invite(organization=house, email=bob.email.upper(), by=alice)


def test_nobody_is_flooded_with_invitations(alice: User, house: Organization, monkeypatch: Any) -> None:
    from organizations.services import people

    monkeypatch.setattr(people, "MOST_A_DAY", 1)
    services.invite(organization=house, email="one@example.org", by=alice)
    with pytest.raises(ValidationError, match="Go on tomorrow"):
        services.invite(organization=house, email="two@example.org", by=alice)


def test_a_merge_keeps_one_of_two_invitations(alice: User, house: Organization, ada: User) -> None:
    other = OrganizationFactory()
    for organization in (house, other):
        services.invite(organization=organization, email="new@example.org", by=None)
    services.merge_organizations(old=other, into=house, why="Twice.", by=ada)
    assert Invitation.objects.get().organization == house


def test_an_expired_invitation_is_worth_nothing(alice: User, house: Organization) -> None:
    person = UserFactory(email="new@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    with time_machine.travel(timezone.now() - timedelta(days=15)):
        invitation = services.invite(organization=house, email=person.email, by=alice)
    with pytest.raises(TransitionError, match="too old"):
        services.accept_invitation(invitation=invitation, by=person)
    with pytest.raises(PermissionDenied):
        services.accept_invitation(invitation=invitation, by=alice)


def test_the_last_administrator_stays_until_there_is_another(alice: User, bob: User, house: Organization) -> None:
    last = acting(alice, house)
    for act in (
        lambda: services.end_affiliation(affiliation=last, by=alice),
        lambda: services.change_role(affiliation=last, role=AffiliationRole.EDITOR, by=alice),
    ):
        with pytest.raises(TransitionError, match="last administrator"):
            act()
    services.change_role(affiliation=acting(bob, house), role=AffiliationRole.ADMIN, by=alice)
    services.end_affiliation(affiliation=last, by=alice)
    assert not house.affiliations.living(on=timezone.localdate()).filter(person=alice).exists()


def test_an_administrator_whose_account_is_closed_is_none(alice: User, house: Organization) -> None:
    AffiliationFactory(person=UserFactory(is_active=False), organization=house, role="admin")
    with pytest.raises(TransitionError):
        services.end_affiliation(affiliation=acting(alice, house), by=alice)


def test_there_is_one_focal_point(alice: User, bob: User, house: Organization) -> None:
    services.name_contact(affiliation=acting(bob, house), contact="focal_point", by=alice)
    services.name_contact(affiliation=acting(alice, house), contact="focal_point", by=alice)
    assert dict(house.affiliations.values_list("person__email", "contact")) == {
        alice.email: "focal_point", bob.email: "",
    }  # fmt: skip


def test_whoever_leaves_on_the_first_day_is_gone_at_once(alice: User, house: Organization) -> None:
    new = services.affiliate(person=UserFactory(), organization=house, role="editor", by=None)
    services.end_affiliation(affiliation=new, by=alice)
    assert not Affiliation.objects.filter(pk=new.pk).exists()


def test_the_secretariat_is_told_of_an_organization_that_nobody_can_reach(alice: User, house: Organization) -> None:
    def told() -> list[str]:
        return [str(item.words) for item in inbox.waiting(most=9, kind="no_contact")]

    assert told() == []
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert told() == ["Nobody acts for Second House Cooperative any more"]


# -- the page -----------------------------------------------------------------------------------------------


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_an_administrator_does_all_of_it_with_buttons(as_alice: Client, alice: User, bob: User, house: Any) -> None:
    as_alice.post(PAGE, {"email": "new@example.org", "role": "editor"})
    invitation = Invitation.objects.get()
    assert "new@example.org" in as_alice.get(PAGE).content.decode()
    as_alice.post(PAGE, {"do": "again", "who": invitation.pk})
    as_alice.post(PAGE, {"do": "take_back", "who": invitation.pk})
    invitation.refresh_from_db()
    assert invitation.state == "taken_back"
    row = acting(bob, house)
    as_alice.post(PAGE, {"do": "role", "who": row.pk, "role": "admin"})
    as_alice.post(PAGE, {"do": "contact", "who": row.pk, "contact": "alternate"})
    row.refresh_from_db()
    assert (row.role, row.contact) == ("admin", "alternate")
    assert "Take out" in as_alice.get(f"/desk/people/{row.pk}/end/").content.decode()
    as_alice.post(PAGE, {"do": "end", "who": row.pk})
    assert not house.affiliations.living(on=timezone.localdate()).filter(person=bob).exists()


def test_who_asks_is_answered(as_alice: Client, house: Organization) -> None:
    asking = [UserFactory(), UserFactory()]
    claims = [services.make_claim(organization=house, words="I keep the books.", by=each) for each in asking]
    assert "I keep the books." in as_alice.get(PAGE).content.decode()
    assert "ask to join you" in as_alice.get("/desk/").content.decode()
    as_alice.post(PAGE, {"do": "accept", "who": claims[0].pk})
    page = as_alice.post(PAGE, {"do": "decline", "who": claims[1].pk}, follow=True).content.decode()
    assert "Say why" in page
    as_alice.post(PAGE, {"do": "decline", "who": claims[1].pk, "words": "We do not know you."})
    assert [each.state for each in Claim.objects.order_by("made_at")] == ["accepted", "declined"]


@pytest.mark.parametrize("action", ["invite", "role", "contact", "end", "take_back", "again", "accept", "decline"])
def test_whoever_is_no_administrator_decides_nothing(client: Client, alice: User, bob: User, action: str) -> None:
    client.force_login(bob)
    answer = client.post(PAGE, {"do": action, "email": "new@example.org", "role": "editor", "who": "1"})
    assert answer.status_code == 403
    assert "Only an administrator" in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("action", ["role", "contact", "end", "take_back", "again", "accept", "decline", "nothing"])
def test_rows_of_others_are_not_found(as_alice: Client, charlie: User, action: str) -> None:
    other = Affiliation.objects.get(person=charlie)
    for who in (str(other.pk), "nonsense", ""):
        answer = as_alice.post(PAGE, {"do": action, "who": who, "role": "admin", "contact": ""})
        assert answer.status_code == 404
    assert as_alice.get(f"/desk/people/{other.pk}/end/").status_code == 404


def test_somebody_leaves(client: Client, alice: User, bob: User, house: Organization) -> None:
    client.force_login(bob)
    client.post(PAGE, {"do": "leave"})
    assert not house.affiliations.living(on=timezone.localdate()).filter(person=bob).exists()
    client.force_login(alice)
    assert "last administrator" in client.post(PAGE, {"do": "leave"}, follow=True).content.decode()
