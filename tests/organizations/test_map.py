"""The map: its outlines, its figures, and that they are those of the list beside it."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from net4u.base.change import change
from organizations.map import legend, map_of, steps_up_to
from organizations.models import Organization
from organizations.shapes import HEIGHT, WIDTH, drawing, shapes
from tests.factories import CommitmentFactory, MembershipFactory, OrganizationFactory, SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)"[^>]* aria-label="([^"]+)"><title>')


def country(iso2: str, name: str) -> Any:
    return TerritoryFactory(iso2=iso2, name=name)


def links(client: Client, address: str = "/organizations/") -> dict[str, str]:
    """Address of each country on the map, by its accessible name, in the order of the page."""
    return {words: target for target, words in LINK.findall(client.get(address).content.decode())}


# -- outlines -----------------------------------------------------------------------------------------------


def test_the_outlines_are_drawn_from_the_data() -> None:
    path = Path(settings.BASE_DIR) / "static" / "img" / "europe.svg"
    assert path.read_text(encoding="utf-8") == drawing(), "Run: python manage.py draw_map"


def test_the_file_of_outlines_is_written_anew(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "static" / "img").mkdir(parents=True)
    settings.BASE_DIR = tmp_path
    call_command("draw_map", stdout=StringIO())
    assert (tmp_path / "static" / "img" / "europe.svg").read_text(encoding="utf-8") == drawing()


def test_each_place_is_on_the_map_and_each_number_inside_its_country() -> None:
    assert all(0 <= each.x <= WIDTH and 0 <= each.y <= HEIGHT for each in shapes().values())
    points = {code for code, each in shapes().items() if each.is_point}
    assert {"MT", "SM", "VA", "MC", "AD", "LI"} <= points
    assert {"IT", "XK", "RU", "CY", "LU"}.isdisjoint(points)
    # France without its overseas departments, Norway without Svalbard.
    assert (400 < shapes()["FR"].x < 600, 500 < shapes()["NO"].y < 700) == (True, True)


# -- figures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "steps"),
    [(0, [1, 2, 3, 4]), (8, [1, 2, 3, 4]), (9, [1, 4, 7, 10]), (37, [1, 11, 21, 31]), (900, [1, 301, 601, 901])],
)
def test_shades_follow_the_largest_number(most: int, steps: list[int]) -> None:
    assert steps_up_to(most) == steps


def test_the_legend_says_what_each_shade_means() -> None:
    assert [each.words for each in legend([1, 2, 3, 4])] == ["none", "1", "2", "3", "4 or more"]
    assert [each.words for each in legend([1, 11, 21, 31])] == ["none", "1–10", "11–20", "21–30", "31 or more"]  # noqa: RUF001


def test_countries_are_links_in_the_order_of_their_names(client: Client) -> None:
    italy, malta = country("IT", "Italy"), country("MT", "Malta")
    country("AX", "Åland Islands")
    country("AT", "Austria")
    country("US", "United States")  # no map of Europe shows it
    OrganizationFactory.create_batch(2, country=italy)
    OrganizationFactory(country=malta)
    assert links(client) == {
        "Åland Islands, 0 organizations": "/organizations/?country=AX",
        "Austria, 0 organizations": "/organizations/?country=AT",
        "Italy, 2 organizations": "/organizations/?country=IT",
        "Malta, 1 organization": "/organizations/?country=MT",
    }
    assert list(links(client)) == list(links(client, "/"))


@pytest.mark.parametrize("person", [None, "bob", "sam"])
def test_each_number_is_that_of_the_list_it_leads_to(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None
) -> None:
    italy, kosovo = country("IT", "Italy"), country("XK", "Kosovo")
    with change(by=None, what="test.moved"):
        Organization.objects.filter(pk=house.pk).update(country=italy)
    OrganizationFactory(country=italy)
    OrganizationFactory(country=italy, appearance="hidden")
    OrganizationFactory(country=kosovo, kind="academia")
    OrganizationFactory(country=kosovo, state="draft")
    OrganizationFactory()
    if person:
        client.force_login(request.getfixturevalue(person))
    told = {"Italy": {None: 1, "bob": 2, "sam": 3}[person], "Kosovo": {None: 1, "bob": 1, "sam": 2}[person]}
    for address in ("/", "/organizations/", "/organizations/?kind=academia", "/organizations/?country=IT"):
        found = client.get(address).context["map"]
        for each in found.countries:
            assert client.get(each.address).context["paginator"].count == each.number, each.words
        if "kind" not in address:
            assert {each.name: each.number for each in found.countries} == told
            assert (found.total, found.unknown) == (sum(told.values()) + 1, 1)


def test_the_map_shows_the_whole_that_the_chosen_country_is_part_of(client: Client) -> None:
    italy, malta = country("IT", "Italy"), country("MT", "Malta")
    OrganizationFactory.create_batch(2, country=italy)
    OrganizationFactory(country=malta)
    response = client.get("/organizations/?country=IT&kind=civil_society&page=1")
    found, page = response.context["map"], response.content.decode()
    assert found.chosen.words == "Italy, 2 organizations"
    assert links(client, "/organizations/?country=IT&kind=civil_society&page=1") == {
        "Italy, 2 organizations": "/organizations/?country=IT&amp;kind=civil_society",
        "Malta, 1 organization": "/organizations/?country=MT&amp;kind=civil_society",
    }
    assert page.count('class="chosen" aria-current="true"') == 1
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "2 organizations in Italy of 3 organizations in 2 countries" in text


def test_what_no_map_shows_is_in_the_table(client: Client) -> None:
    OrganizationFactory(country=country("US", "United States"))
    OrganizationFactory()
    page = client.get("/organizations/").content.decode()
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td>\s*(?:<a[^>]+>)?(\d+)', page)
    assert rows == [("United States", "1"), ("Country not stated", "1"), ("All", "2")]


def test_an_empty_portal_shows_an_empty_map(client: Client) -> None:
    for address in ("/", "/organizations/"):
        page = client.get(address).content.decode()
        assert page.count('class="shade-0" href="/static/img/europe.svg#') == sum(
            not each.is_point for each in shapes().values()
        )
        assert "No organization is published yet." in page
    assert "No country has an organization here yet." in page


def test_a_country_without_any_says_what_would_stand_there(client: Client) -> None:
    country("MT", "Malta")
    page = client.get("/organizations/?country=MT").content.decode()
    assert "No organization in Malta yet." in page
    assert "Nothing matches all of these filters." in client.get("/organizations/?country=MT&q=x").content.decode()


def test_a_wrong_value_empties_the_map_too(client: Client) -> None:
    OrganizationFactory(country=country("IT", "Italy"))
    assert client.get("/organizations/?kind=colour").context["map"].total == 0


def test_a_number_stands_where_it_has_room() -> None:
    italy, malta, luxembourg = country("IT", "Italy"), country("MT", "Malta"), country("LU", "Luxembourg")
    found = map_of({italy.pk: 3, malta.pk: 9, luxembourg.pk: 3}, chosen=None, address=lambda code: code)
    assert [each.name for each in found.countries if each.shows_number] == ["Italy"]


# -- the directory ------------------------------------------------------------------------------------------


def active(slug: str, *countries: Any, **fields: Any) -> Organization:
    organization: Organization = OrganizationFactory(slug=slug, legal_name=slug, **fields)
    with change(by=None, what="test.linked"):
        organization.countries_of_activity.set(countries)
    return organization


def test_who_works_in_a_country_and_is_registered_elsewhere_is_a_list_of_its_own(client: Client) -> None:
    italy, malta = country("IT", "Italy"), country("MT", "Malta")
    active("here", italy, country=italy)
    active("there", italy, malta, country=malta)
    active("nowhere", italy, kind="academia")
    active("discreet", italy, country=malta, appearance="name_and_country")
    response = client.get("/organizations/?country=IT")
    assert [each.slug for each in response.context["object_list"]] == ["here"]
    assert ([each.slug for each in response.context["elsewhere"].rows], response.context["elsewhere"].total) == (
        ["nowhere", "there"], 2,
    )  # fmt: skip
    assert 'href="?active_in=IT"' in response.content.decode()
    alone = client.get("/organizations/?active_in=IT")
    assert [each.slug for each in alone.context["object_list"]] == ["nowhere", "there"]
    assert [str(chip.value) for chip in alone.context["chips"]] == ["Italy"]
    narrowed = client.get("/organizations/?country=IT&kind=academia").context["elsewhere"]
    assert [each.slug for each in narrowed.rows] == ["nowhere"]


def test_who_is_only_named_in_records_is_a_membership_of_its_own(client: Client) -> None:
    named = {"source": SourceFactory(), "appearance": "name_and_country"}
    OrganizationFactory(slug="named", **named)
    MembershipFactory(organization__slug="member")
    rows = client.get("/organizations/?membership=named").context["object_list"]
    assert [each.slug for each in rows] == ["named"]


def test_a_row_tells_what_was_promised_and_leads_there(client: Client) -> None:
    organization = MembershipFactory(organization__slug="open", since="2026-03-01").organization
    CommitmentFactory(organization=organization, completion="complete", due_on="2026-01-01")
    CommitmentFactory(organization=organization, due_on="2026-01-01")
    CommitmentFactory(organization=organization, state="draft", reference=None)
    page = client.get("/organizations/").content.decode()
    assert "Member since March\N{NO-BREAK SPACE}2026" in page
    told = re.findall(r'<a[^>]* href="(/commitments/\?[^"]+)">\s*(\d+)', page.replace("<a href", "<a  href"))
    assert told == [
        ("/commitments/?organization=open", "2"),
        ("/commitments/?organization=open&amp;completion=complete", "1"),
        ("/commitments/?organization=open&amp;due=overdue", "1"),
    ]
    for address, number in told:
        assert client.get(address.replace("&amp;", "&")).context["paginator"].count == int(number)


def test_a_row_without_promises_says_so(client: Client) -> None:
    OrganizationFactory()
    assert "No commitments yet" in client.get("/organizations/").content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_one_country_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    italy, malta = country("IT", "Italy"), country("MT", "Malta")
    for number in range(item_count):
        CommitmentFactory(organization=active(f"here{number}", italy, malta, country=italy))
        CommitmentFactory(organization=active(f"there{number}", italy, country=malta))
    with django_assert_num_queries(18):
        client.get("/organizations/?country=IT")
