"""The first page of the desk: what needs somebody, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from net4u.site.desk import needs_of
from organizations import services
from organizations.models import Affiliation, Organization
from people.models import User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    MilestoneFactory,
    OrganizationFactory,
    PartnerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def needs(person: User) -> list[str]:
    affiliation = Affiliation.objects.select_related("organization").get(person=person)
    return [each.words for each in needs_of(affiliation, on=timezone.localdate())]


def confirmed(house: Organization) -> None:
    services.confirm_profile(organization=house, by=None)


def test_what_is_late_comes_first_and_what_only_reads_is_not_asked(
    alice: User, bob: User, house: Organization, sam: User
) -> None:
    today = timezone.localdate()
    confirmed(house)
    assert needs(bob) == []
    CommitmentFactory(organization=house, title="Soon", due_on=today + timedelta(days=20))
    CommitmentFactory(organization=house, title="Far", due_on=today + timedelta(days=31))
    late = CommitmentFactory(organization=house, title="Late", due_on=today - timedelta(days=1))
    MilestoneFactory(commitment=late, title="Step of the late one", due_on=today - timedelta(days=9))
    far = CommitmentFactory(organization=house, title="Later", due_on=today + timedelta(days=300))
    MilestoneFactory(commitment=far, title="A late step", due_on=today - timedelta(days=2))
    CommitmentFactory(organization=house, title="Withdrawn", state="withdrawn", due_on=today - timedelta(days=1))
    CommitmentFactory(organization=house, title="Draft", state="changes_requested", reference=None)
    partner = PartnerFactory(organization=house, confirmed_at=None, commitment__title="Theirs")
    assert needs(bob) == [
        "Report on “Late”", "Report on “A late step”", "Report on “Soon”", "The secretariat asks for a change",
        f"{partner.commitment.organization} asks you to be a partner",
    ]  # fmt: skip
    viewer = AffiliationFactory(person=UserFactory(), organization=house, role="viewer")
    assert needs(viewer.person) == []


def test_an_administrator_is_asked_about_people(alice: User, house: Organization) -> None:
    confirmed(house)
    assert needs(alice) == ["Invite a second person"]
    services.invite(organization=house, email="new@example.org", by=alice)
    services.make_claim(organization=house, words="I keep the books.", by=UserFactory())
    assert needs(alice) == ["Somebody asks to join you"]


def test_a_profile_is_looked_at_once_a_year(bob: User, house: Organization) -> None:
    services.confirm_profile(organization=house, by=None, on=timezone.localdate() - timedelta(days=366))
    assert needs(bob) == ["Look at your profile: is it still right?"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Finish the registration"), ("changes_requested", "asks for a change in the registration"),
        ("submitted", "Your registration is with the secretariat."), ("declined", "Read what you can do"),
    ],
)  # fmt: skip
def test_an_organization_that_is_not_registered_reads_where_it_stands(client: Client, state: str, words: str) -> None:
    person = AffiliationFactory(organization=OrganizationFactory(state=state), role="admin").person
    client.force_login(person)
    assert words in client.get("/desk/").content.decode()


@pytest.mark.parametrize("page", ["/desk/", "/desk/profile/", "/desk/people/", "/desk/commitments/", "/desk/public/"])
def test_who_acts_for_nobody_is_led_to_registration(client: Client, sam: User, page: str) -> None:
    assert client.get(page).headers["Location"] == f"/accounts/login/?next={page}"
    client.force_login(UserFactory())
    assert client.get(page).headers["Location"] == "/register/"
    client.force_login(sam)
    assert client.get(page).headers["Location"] == ("/secretariat/" if page == "/desk/" else "/register/")


def test_somebody_with_two_organizations_chooses_for_which_they_act(client: Client, bob: User, house: Any) -> None:
    second = AffiliationFactory(person=bob, organization=OrganizationFactory(legal_name="Aaa"), role="editor")
    client.force_login(bob)
    assert client.get("/desk/").context["organization"] == second.organization
    client.post(f"/desk/for/{house.pk}/")
    assert client.get("/desk/").context["organization"] == house
    assert client.post(f"/desk/for/{OrganizationFactory().pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, bob: User, house: Organization, django_assert_max_num_queries: Any, number: int
) -> None:
    today = timezone.localdate()
    for n in range(number):
        commitment = CommitmentFactory(organization=house, due_on=today + timedelta(days=n - 2))
        MilestoneFactory(commitment=commitment, due_on=today)
    client.force_login(bob)
    with django_assert_max_num_queries(36):
        client.get("/desk/")
