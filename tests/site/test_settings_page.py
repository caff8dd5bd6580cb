"""The page of the network's settings, and who changed what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from net4u.base.change import Conflict
from net4u.base.models import JournalEntry
from organizations.models import NetworkSettings
from organizations.services import save_network_settings
from people.models import User
from tests.factories import NetworkFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

PAGE = "/secretariat/settings/"
FIELDS = {
    "version": "0", "criteria": "Works in Europe.\n\n  Is   no party. \nWorks in Europe.", "two_approvals": "on",
    "short_months": "3", "medium_months": "12", "remind_before": "7; 30 14", "remind_after": "",
    "delegates_kept_days": "60", "reports_kept_days": "20", "data_controller": "Example Foundation, Rome",
    "data_licence": "CC BY 4.0",
}  # fmt: skip


@pytest.fixture(autouse=True)
def network(db: None) -> Any:
    return NetworkFactory()


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("bob", 403), ("charlie", 403), ("sam", 200), ("ada", 200)]
)
def test_curators_read_and_administrators_write(
    client: Client, request: pytest.FixtureRequest, person: str | None, status: int
) -> None:
    save_network_settings(settings=NetworkSettings(network=NetworkFactory(), criteria=["Canary."]), by=None)
    if person:
        client.force_login(request.getfixturevalue(person))
    page = client.get(PAGE)
    assert (page.status_code, "Canary." in page.content.decode()) == (status, status == 200)
    assert ("<textarea" in page.content.decode()) == (person == "ada")
    if person == "sam":
        assert "Administrators of the secretariat can change this." in words(page)
        assert "<dt>Who is responsible for personal data</dt> <dd>not stated</dd>" in words(page)
    answer = client.post(PAGE, FIELDS | {"version": "1"})
    assert answer.status_code == (302 if person in {None, "ada"} else 403)
    assert (NetworkSettings.objects.get().short_months == 3) == (person == "ada")


def test_everything_is_saved_as_it_was_meant(as_ada: Client) -> None:
    answer = as_ada.post(PAGE, FIELDS, follow=True)
    assert "Saved. It holds from now on." in words(answer)
    told = NetworkSettings.objects.get()
    assert told.criteria == ["Works in Europe.", "Is no party."]
    assert (told.two_approvals, told.short_months, told.medium_months) == (True, 3, 12)
    assert (told.remind_before, told.remind_after) == ([30, 14, 7], [])
    assert (told.delegates_kept_days, told.reports_kept_days) == (60, 20)
    as_ada.logout()
    page = words(as_ada.get("/"))
    assert re.search(r"Responsible for personal data: Example Foundation, Rome", page)
    assert "Licence of the data: CC BY 4.0" in page
    assert "20 days after it was settled" in words(as_ada.get("/contact/"))
    assert "Example Foundation, Rome" in words(as_ada.get("/privacy/")).partition("<footer")[0]
    assert "<rights>CC BY 4.0</rights>" in words(as_ada.get("/commitments/feed.atom"))


def test_the_form_is_filled_with_what_holds(as_ada: Client) -> None:
    page = as_ada.get(PAGE).content.decode()
    assert 'name="remind_before" value="30, 7"' in page
    assert 'name="version" value="0"' in page


def test_what_the_portal_was_started_with_is_told_while_nothing_is_written(
    as_ada: Client, sam: User, settings: LazySettings
) -> None:
    settings.DATA_LICENCE = "CC0 of the environment"
    assert "what the portal was started with holds: CC0 of the environment." in words(as_ada.get(PAGE))
    as_ada.force_login(sam)
    assert "<dt>Licence of the data</dt> <dd>CC0 of the environment</dd>" in words(as_ada.get(PAGE))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"medium_months": "3"}, "Medium term must be longer than short term."),
        ({"short_months": "many"}, "Enter a whole number."),
        ({"remind_before": "soon"}, "Write whole numbers of days with commas between them, for example 30, 7."),
        ({"remind_before": "400"}, "Each number of days lies between 1 and 365."),
        ({"remind_after": "1,2,3,4,5,6,7"}, "At most 6 reminders."),
        ({"criteria": "x" * 301}, "A criterion has at most 300 characters."),
        ({"criteria": "\n".join(map(str, range(31)))}, "At most 30 criteria."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    as_ada: Client, given: dict[str, str], sentence: str
) -> None:
    answer = as_ada.post(PAGE, FIELDS | given)
    (field,) = given
    assert sentence in [str(each) for each in answer.context["form"].errors[field]]
    assert "Example Foundation, Rome" in answer.content.decode()
    assert NetworkSettings.objects.count() == 0


def test_the_history_says_who_changed_which_field_from_what_to_what(as_ada: Client, sam: User) -> None:
    assert "Nobody has changed anything yet" in words(as_ada.get(PAGE))
    as_ada.post(PAGE, FIELDS)
    as_ada.post(PAGE, FIELDS | {"version": "1", "short_months": "4", "data_licence": "", "two_approvals": ""})
    history = as_ada.get(PAGE).context["history"]
    assert [each.by.email for each in history] == ["ada@example.org"] * 2
    assert history[0].rows == [
        ("Two people approve an organization", "yes", "no"),
        ("Short term, in months", "3", "4"),
        ("Licence of the data", "CC BY 4.0", "not stated"),
    ]
    assert ("Criteria", "none", "Works in Europe.\nIs no party.") in history[1].rows
    assert ("Reminders before a date, in days", "30, 7", "30, 14, 7") in history[1].rows
    as_ada.force_login(sam)
    assert "<del>CC BY 4.0</del>" in words(as_ada.get(PAGE)), "curators read it, too"


def test_somebody_who_was_faster_is_told_with_both(as_ada: Client, ada: User) -> None:
    as_ada.get(PAGE)
    save_network_settings(settings=NetworkSettings(network=NetworkFactory(), data_licence="CC0"), by=ada)
    answer = as_ada.post(PAGE, FIELDS)
    assert answer.status_code == 409
    assert "Somebody else changed this while you wrote." in words(answer)
    assert "<dt>Licence of the data</dt> <dd>CC0</dd>" in words(answer)
    assert "Works in Europe." in answer.content.decode()
    assert NetworkSettings.objects.get().data_licence == "CC0"
    again = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert again
    as_ada.post(PAGE, FIELDS | {"version": again[1]})
    assert NetworkSettings.objects.get().data_licence == "CC BY 4.0"


def test_the_instant_between_look_and_save_is_a_conflict_too(
    as_ada: Client, monkeypatch: pytest.MonkeyPatch, network: Any
) -> None:
    theirs = save_network_settings(settings=NetworkSettings(network=network, data_licence="CC0"), by=None)

    def late(**given: Any) -> None:
        raise Conflict(given["settings"], theirs)

    monkeypatch.setattr("net4u.site.settings_page.save_network_settings", late)
    answer = as_ada.post(PAGE, FIELDS | {"version": "1"})
    assert (answer.status_code, "CC0" in answer.content.decode()) == (409, True)


def test_eligible_countries_are_counted_and_edited_in_their_list(as_ada: Client) -> None:
    page = words(as_ada.get(PAGE))
    assert "Not stated: no country is marked as eligible yet." in page
    assert 'href="/admin/vocabulary/territory/"' in page
    TerritoryFactory(eligible=True)
    assert "Organizations from 1 country may join." in words(as_ada.get(PAGE))


def test_a_portal_that_knows_no_network_yet_has_no_settings(as_ada: Client) -> None:
    from net4u.base.change import change

    with change(by=None, what="test"):
        NetworkFactory().delete()
    assert as_ada.get(PAGE).status_code == 404


def test_settings_lead_to_team_and_texts_and_are_one_word_of_the_desk(as_ada: Client) -> None:
    for address in (PAGE, f"{PAGE}team/", "/secretariat/texts/"):
        page = as_ada.get(address)
        assert [(str(door.name), door.url) for door in page.context["doors"] if door.here] == [("Settings", PAGE)]
        assert re.findall(r'href="([^"]+)" aria-current="page"', page.content.decode()) == [address]
        for other in (PAGE, f"{PAGE}team/", "/secretariat/texts/"):
            assert f'href="{other}"' in page.content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    as_ada: Client, network: Any, ada: User, django_assert_num_queries: Any, item_count: int
) -> None:
    settings = NetworkSettings(network=network)
    for number in range(item_count):
        settings.short_months = number + 1
        save_network_settings(settings=settings, by=ada)
    assert JournalEntry.objects.filter(what="settings.saved").count() == item_count
    with django_assert_num_queries(10):
        as_ada.get(PAGE)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_frame_of_every_page_is_one_question(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for number in range(item_count):
        settings = NetworkSettings.objects.first() or NetworkSettings(network=NetworkFactory())
        settings.data_controller = f"Foundation {number}"
        save_network_settings(settings=settings, by=None)
    with django_assert_num_queries(1):
        assert f"Foundation {item_count - 1}" in client.get("/nowhere/").content.decode()
