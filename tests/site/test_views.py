"""Home, my account, errors, and what stands on every page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from commitments.models import Commitment
from net4u.base.change import change
from net4u.base.viewers import PUBLIC
from net4u.site.views import latest_workshop, moving_now
from organizations.models import Organization
from tests.factories import (
    CommitmentFactory,
    FigureFactory,
    NetworkFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    TerritoryFactory,
    VerificationFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def test_an_empty_home_says_so(client: Client) -> None:
    page = client.get("/").content.decode()
    for words in (
        "No commitment is published yet.",
        "No workshop is recorded yet.",
        "No pillar is recorded yet.",
        "No regional network is recorded yet.",
    ):
        assert words in page
    assert re.findall(r"<strong>(\d+)</strong>", page) == ["0", "0", "0", "0"]


@pytest.mark.parametrize("person", [None, "bob", "sam"])
def test_every_figure_of_the_home_page_is_the_number_of_rows_it_leads_to(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None
) -> None:
    WorkshopFactory.create_batch(3)
    WorkshopFactory(state="draft")
    RecommendationFactory.create_batch(2)
    RecommendationFactory(state="withdrawn")
    complete = CommitmentFactory(completion="complete")
    CommitmentFactory(organization=complete.organization)
    CommitmentFactory(organization=house, completion="complete")
    CommitmentFactory(state="draft", reference=None)
    CommitmentFactory(organization=OrganizationFactory(appearance="hidden"), completion="complete")
    if person:
        client.force_login(request.getfixturevalue(person))
    page = client.get("/").content.decode()
    figures = dict(
        re.findall(r'<a href="([^"]+)">\s*<span class="row-title">\w+</span>\s*<strong>(\d+)</strong>', page)
    )
    assert {address: int(number) for address, number in figures.items()} == {
        None: {
            "/workshops/": 3, "/recommendations/": 2, "/commitments/": 2, "/commitments/?completion=complete": 1,
        },
        "bob": {
            "/workshops/": 3, "/recommendations/": 2, "/commitments/": 3, "/commitments/?completion=complete": 2,
        },
        "sam": {
            "/workshops/": 4, "/recommendations/": 3, "/commitments/": 5, "/commitments/?completion=complete": 3,
        },
    }[person]  # fmt: skip
    for address, number in figures.items():
        assert client.get(address).context["paginator"].count == int(number)


def test_each_pillar_of_the_home_page_counts_what_its_list_has(client: Client) -> None:
    pillar = PillarFactory(code="p4")
    shown, hidden = CommitmentFactory(), CommitmentFactory(organization=OrganizationFactory(appearance="hidden"))
    with change(by=None, what="test.linked"):
        pillar.commitments.set([shown, hidden])
    assert [each.commitments_count for each in client.get("/").context["pillars"]] == [1]
    assert client.get("/commitments/?pillar=p4").context["paginator"].count == 1


def test_moving_now_is_late_then_next_then_complete() -> None:
    def due(day: int, **fields: Any) -> Commitment:
        return CommitmentFactory(due_on=date(2026, 5, day), **fields)

    next_one, after, _much_later = due(16), due(18), due(30)
    long_late, late, lately = due(1), due(8), due(14)
    done_last = due(2, completion="complete")
    VerificationFactory(commitment=done_last, completion="complete", verified_on=date(2026, 5, 12))
    done_first = due(3, completion="complete")
    VerificationFactory(commitment=done_first, completion="complete", verified_on=date(2026, 4, 12))
    due(15, state="withdrawn")
    due(9, organization=OrganizationFactory(appearance="hidden"))
    on = date(2026, 5, 15)
    assert moving_now(PUBLIC, on=on) == [lately, late, next_one, done_last]
    assert moving_now(PUBLIC, on=date(2026, 4, 30)) == [long_late, late, lately, done_last]
    assert moving_now(PUBLIC, on=date(2026, 6, 30)) == [_much_later, after, next_one, done_last]


def test_the_latest_workshop_has_begun_and_is_a_workshop() -> None:
    WorkshopFactory(starts_on="2026-04-01", kind="conference")
    WorkshopFactory(starts_on="2026-05-01", kind="training")
    WorkshopFactory(starts_on="2026-01-01", kind="training", state="draft")
    rome = WorkshopFactory(starts_on="2025-11-19")
    WorkshopFactory(starts_on="2019-10-10", kind="needs_assessment")
    assert latest_workshop(PUBLIC, on=date(2026, 4, 30)) == rome


@pytest.mark.parametrize("item_count", [1, 3])
def test_home_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    workshop = WorkshopFactory(country=TerritoryFactory())
    FigureFactory.create_batch(item_count, workshop=workshop)
    for pillar in PillarFactory.create_batch(item_count):
        overdue, coming = CommitmentFactory(due_on="2026-01-01"), CommitmentFactory()
        complete = VerificationFactory(commitment__completion="complete").commitment
        with change(by=None, what="test.linked"):
            pillar.commitments.set([overdue, coming, complete])
    for number in range(item_count):
        NetworkFactory(code=f"network-{number}")
        OrganizationFactory(country=TerritoryFactory())
    with django_assert_num_queries(18):
        client.get("/")


PAGES = [
    "/",
    "/organizations/",
    "/workshops/",
    "/pillars/",
    "/recommendations/",
    "/commitments/",
    "/progress/",
    "/progress/dates/",
    "/resources/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/mailbox/",
    "/nothing/here/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_frame(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert page.count("<h1") == page.count("<main") == 1
    assert '<html lang="en" dir="ltr">' in page
    assert '<a class="skip" href="#main">' in page
    assert "This is not a place to report a crime." in page
    assert "In danger? Call 112." in page
    assert re.search(r"Responsible for personal data:\s+not stated", page)
    programs = [each for each in re.findall(r"<script[^>]*>", page) if "json" not in each]  # JSON is no program
    assert all(' src="/static/' in each for each in programs)
    assert "style=" not in page


def test_titles_tell_tabs_apart(client: Client) -> None:
    titles = [re.search(r"<title>(.*?)</title>", client.get(each).content.decode(), re.DOTALL) for each in PAGES]
    words = [" ".join(found.group(1).split()) for found in titles if found]
    assert len(set(words)) == len(PAGES)
    assert words[2] == "Workshops and events \N{EN DASH} NET4U Europe"


def test_what_the_owner_decided_is_shown(client: Client, settings: LazySettings) -> None:
    settings.DATA_CONTROLLER, settings.DATA_LICENCE = "Example Foundation", "CC BY 4.0"
    settings.SECRETARIAT_EMAIL = "secretariat@example.org"
    page = client.get("/").content.decode()
    assert re.search(r"Responsible for personal data:\s+Example Foundation", page)
    assert re.search(r"Licence of the data:\s+CC BY 4\.0", page)
    assert 'href="mailto:secretariat@example.org"' in page


def test_an_address_that_leads_nowhere_offers_doors(client: Client) -> None:
    response = client.get("/nothing/<b>/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page" in page
    assert "nothing" not in page
    assert 'href="/workshops/"' in page


def test_browsers_find_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/img/mark.svg")


def test_who_may_not_look_into_the_admin_is_told(client: Client, alice: Any) -> None:
    client.force_login(alice)
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 403
    assert "You may not see this page" in response.content.decode()


def test_the_admin_signs_in_where_everybody_does(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/accounts/login/?next=%2Fadmin%2F", 302)


def test_my_account_is_for_who_is_signed_in(client: Client, bob: Any) -> None:
    response = client.get("/account/")
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/account/")
    client.force_login(bob)
    page = client.get("/account/").content.decode()
    assert '<a class="row-title" href="/organizations/house/">Second House Cooperative</a>' in page
    assert "Administration" not in page


@pytest.mark.parametrize(("person", "told"), [(None, False), ("alice", False), ("sam", True), ("ada", True)])
def test_only_the_secretariat_reads_that_the_second_factor_is_off(
    client: Client, request: pytest.FixtureRequest, person: str | None, told: bool
) -> None:
    if person:
        client.force_login(request.getfixturevalue(person))
    assert ("without a second factor" in client.get("/").content.decode()) == told
