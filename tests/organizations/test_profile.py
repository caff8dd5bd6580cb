"""A published organization changes its profile: what identifies it waits, the rest is shown at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from net4u.base.models import Document
from net4u.base.states import TransitionError
from organizations import services
from organizations.models import Organization, ProfileChange
from people.models import User
from tests.factories import IdentifierFactory, OrganizationFactory, PillarFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def names(**more: Any) -> dict[str, Any]:
    house = Organization.objects.get(slug="house")
    return {"version": house.version, "legal_name": house.legal_name, "kind": house.kind} | more


def test_a_new_name_waits_and_the_founding_year_does_not(as_bob: Client, house: Organization, sam: User) -> None:
    as_bob.post("/desk/profile/names/", names(legal_name="Third House", year_founded="2001"))
    house.refresh_from_db()
    assert (house.legal_name, house.year_founded) == ("Second House Cooperative", 2001)
    change = ProfileChange.objects.get()
    assert (change.before, change.after) == (
        {"legal_name": "Second House Cooperative"}, {"legal_name": "Third House"},
    )  # fmt: skip
    page = as_bob.get("/desk/profile/").content.decode()
    assert "This waits for the secretariat" in page
    assert "<ins>Third House</ins>" in page
    as_bob.force_login(sam)
    assert "Third House" in as_bob.get(f"/secretariat/profile-changes/{change.pk}/").content.decode()
    as_bob.post(f"/secretariat/profile-changes/{change.pk}/", {"decision": "accept"})
    house.refresh_from_db()
    assert house.legal_name == "Third House"


def test_two_changes_wait_as_one(as_bob: Client, house: Organization) -> None:
    france = TerritoryFactory(name="France")
    as_bob.post("/desk/profile/names/", names(legal_name="Third House"))
    place = {
        "version": names()["version"], "country": france.pk,
        "numbers-TOTAL_FORMS": "1", "numbers-INITIAL_FORMS": "0",
        "numbers-0-scheme": "other", "numbers-0-value": "Book 7",
    }  # fmt: skip
    as_bob.post("/desk/profile/place/", place)
    change = ProfileChange.objects.get()
    assert set(change.after) == {"legal_name", "country_id", "identifiers"}
    services.accept_profile_change(request=change, by=None)
    house.refresh_from_db()
    assert (house.legal_name, house.country, [each.value for each in house.identifiers.all()]) == (
        "Third House", france, ["Book 7"],
    )  # fmt: skip


def test_a_refusal_is_read_and_a_change_is_taken_back(as_bob: Client, bob: User, sam: User, house: Any) -> None:
    as_bob.post("/desk/profile/names/", names(legal_name="Third House"))
    services.decline_profile_change(request=ProfileChange.objects.get(), words="Not in the register.", by=sam)
    assert "Not in the register." in as_bob.get("/desk/profile/").content.decode()
    as_bob.post("/desk/profile/names/", names(legal_name="Fourth House"))
    as_bob.post("/desk/profile/")
    taken_back = ProfileChange.objects.get(state="taken_back")
    with pytest.raises(TransitionError):
        services.accept_profile_change(request=taken_back, by=sam)
    house.refresh_from_db()
    assert house.legal_name == "Second House Cooperative"
    assert as_bob.post("/desk/profile/").status_code == 404


def test_numbers_reach_partners_only_when_agreed(house: Organization, alice: User) -> None:
    services.set_appearance(organization=house, appearance="public", text_version="1", by=alice)
    services.save_profile(organization=house, numbers=[("other", "Book 7")], by=alice)
    assert "Book 7" not in Document.objects.get(object_id=house.pk, audience="public").text
    services.accept_profile_change(request=ProfileChange.objects.get(), by=None)
    assert "Book 7" in Document.objects.get(object_id=house.pk, audience="public").text


def test_numbers_that_are_left_out_are_deleted(alice: User, house: Organization) -> None:
    IdentifierFactory(organization=house, value="Old")
    services.save_profile(organization=house, numbers=[], by=alice)
    services.accept_profile_change(request=ProfileChange.objects.get(), by=None)
    assert not house.identifiers.exists()


def test_pillars_and_mission_are_shown_at_once(as_bob: Client, house: Organization) -> None:
    pillar = PillarFactory()
    sent = {
        "version": house.version, "pillars": [pillar.pk], "mission": "We turn houses.", "mission_language": "en",
        "activity_types": ["research"],
    }  # fmt: skip
    as_bob.post("/desk/profile/work/", sent)
    house.refresh_from_db()
    assert (list(house.pillars.all()), house.mission, house.activity_types) == (
        [pillar], "We turn houses.", ["research"],
    )  # fmt: skip
    assert not ProfileChange.objects.exists()


def test_two_tabs_lose_nothing(as_bob: Client, house: Organization) -> None:
    stale = names()
    as_bob.post("/desk/profile/names/", stale | {"year_founded": "2001"})
    answer = as_bob.post("/desk/profile/names/", stale | {"year_founded": "2002"})
    assert (answer.status_code, 'value="2002"' in answer.content.decode()) == (409, True)
    house.refresh_from_db()
    assert house.year_founded == 2001


def test_only_an_administrator_decides_how_it_appears(client: Client, alice: User, bob: User, house: Any) -> None:
    client.force_login(bob)
    chosen = {"appearance": "public", "consent": "on"}
    assert client.post("/desk/profile/appearance/", chosen).status_code == 403
    client.force_login(alice)
    client.post("/desk/profile/appearance/", chosen | {"sharing": "on"})
    house.refresh_from_db()
    assert (house.appearance, house.sharing_consent is not None) == ("public", True)
    client.post("/desk/profile/appearance/", {"appearance": "hidden"})
    house.refresh_from_db()
    assert (house.appearance, house.appearance_consent, house.sharing_consent) == ("hidden", None, None)
    assert client.get("/desk/profile/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("appearance", "page", "words"),
    [
        ("public", 200, "Your profile and your published commitments."),
        ("name_and_country", 200, "Your name, your country and your published commitments."),
        ("members_only", 404, "There is no such page."),
        ("hidden", 404, "There is no such page."),
    ],
)
def test_what_the_public_sees_is_one_click_away(client: Client, appearance: str, page: int, words: str) -> None:
    from tests.factories import AffiliationFactory

    shown = OrganizationFactory(slug="shown", appearance=appearance, mission="We turn houses.")
    client.force_login(AffiliationFactory(organization=shown, role="viewer").person)
    assert words in client.get("/desk/public/").content.decode()
    assert client.get("/organizations/shown/").status_code == 200
    stranger = client.get("/organizations/shown/?as_stranger=1")
    assert stranger.status_code == page
    if page == 200:
        assert "You look at this as a stranger." in stranger.content.decode()
        assert ("We turn houses." in stranger.content.decode()) == (appearance == "public")
