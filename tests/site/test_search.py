"""The page of search: every kind, nothing hidden, nothing typed breaks it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from net4u.base import search as engine
from net4u.base.change import change
from net4u.base.kinds import KINDS
from net4u.site.search import IN_WORDS
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client: Client, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def rows(html: str) -> list[str]:
    """Address and title of each row."""
    return re.findall(r'<h2 class="row-title[^>]*> <a href="([^"]+)">', html)


def text(html: str) -> str:
    """What is read of it."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))).strip()


def first_row(html: str) -> str:
    return html[html.index('<li class="list-row">') :].partition("</li>")[0]


def result(html: str) -> str:
    return text(html[html.index('role="status"') :].partition(">")[2].partition("</p>")[0])


def test_every_kind_is_called_by_a_word_of_the_field() -> None:
    assert set(IN_WORDS) == set(KINDS)


def test_each_kind_leads_to_its_page_or_its_place_on_one(client: Client) -> None:
    workshop = make.WorkshopFactory(slug="rome", title="Quokka days")
    house = make.OrganizationFactory(slug="house", legal_name="Quokka House")
    make.NetworkFactory(code="net4u-q", name="Quokka network")
    make.PillarFactory(code="q7", name="Quokkas")
    make.ProvisionFactory(title="Quokkas", article=7)
    make.RecommendationFactory(text="Protect quokkas.", reference="R-2025-0007")
    make.DeclarationFactory(slug="call", title="On quokkas")
    make.ResourceFactory(slug="counting", title="Counting quokkas")
    make.SessionFactory(workshop=workshop, order=4, title="Quokkas at night")
    make.WorkingGroupFactory(workshop=workshop, code="b", name="Quokka group")
    make.OutputFactory(workshop=workshop, order=2, text="A list of quokkas.")
    make.CommitmentFactory(organization=house, title="Feed quokkas", reference="C-2025-0042")
    html = page(client, q="quokka")
    assert sorted(rows(html)) == [
        "/commitments/C-2025-0042/", "/declarations/call/", "/instruments/UNTOC/#article-7", "/networks/net4u-q/",
        "/organizations/house/", "/pillars/q7/", "/recommendations/R-2025-0007/", "/resources/#counting",
        "/workshops/rome/", "/workshops/rome/#output-2", "/workshops/rome/#session-4", "/workshops/rome/groups/b/",
    ]  # fmt: skip
    for address in rows(html):
        path, _, place = address.partition("#")
        assert f'id="{place}"' in client.get(path).content.decode() or not place
    assert result(html) == "12 records match best match first"


def test_a_row_says_what_it_is_and_shows_where_the_words_stand(client: Client) -> None:
    italy = make.TerritoryFactory()
    house = make.OrganizationFactory(legal_name="House of Signals", country=italy)
    commitment = make.CommitmentFactory(
        organization=house, title="Train teachers", reference="C-2025-0042", language="fr",
        problem="Les élèves <script>alert('x')</script> & autres.", is_demonstration=True,
    )  # fmt: skip
    with change(by=None, what="test"):
        commitment.pillars.set([make.PillarFactory(code="p1", name="First pillar")])
    html = page(client, q="eleves script")
    row = first_row(html)
    assert text(row) == (
        "Commitment C-2025-0042 House of Signals Italy Demo Train teachers "
        "Les élèves <script>alert('x')</script> & autres."
    )
    assert "<script" not in row
    assert (
        '<p class="search-shown" lang="fr"> Les <mark>élèves</mark> &lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)'
        "&lt;/<mark>script</mark>&gt; &amp; autres. </p>"
    ) in row
    assert '<h2 class="row-title voice" lang="fr"> <a href="/commitments/C-2025-0042/">Train teachers</a> </h2>' in row
    assert 'aria-label="First pillar"' in row


def test_a_row_whose_name_has_the_words_shows_how_its_text_begins(client: Client) -> None:
    make.WorkshopFactory(title="Quokka days", kind="training", place="Rome", summary="What was said " + "again " * 60)
    html = page(client, q="quokka")
    row = text(first_row(html))
    assert row.startswith("Training 19 November 2025 Rome Quokka days What was said again again")
    assert row.endswith("again …")
    assert "<mark>" not in html


def test_a_name_that_has_the_words_is_shown_with_what_it_is_of(client: Client) -> None:
    workshop = make.WorkshopFactory(title="Workshop of the year")
    group = make.WorkingGroupFactory(workshop=workshop, name="Quokkas at night")
    make.OutputFactory(workshop=workshop, working_group=group, text="Light the roads.")
    html = page(client, q="quokkas", kind="output")
    assert text(first_row(html)) == "Proposal Workshop of the year Light the roads. Working group: Quokkas at night"
    assert "Working group: <mark>Quokkas</mark> at night" in html


def test_a_long_verbatim_text_is_cut_in_the_title_and_shown_where_the_words_stand(client: Client) -> None:
    make.RecommendationFactory(text="States should act. " + "And more. " * 30 + "Quokkas matter.", language="en")
    html = page(client, q="quokkas")
    assert re.search(r">States should act\. And more\.[^<]* …</a>", html)
    assert "And more. <mark>Quokkas</mark> matter. </p>" in html


def test_rows_are_in_the_language_of_the_reader_and_lead_on_in_it(client: Client) -> None:
    workshop = make.WorkshopFactory(
        slug="rome", title="Quokka days", title_fr="Jours des quokkas", summary="In English."
    )
    make.SessionFactory(workshop=workshop, order=1, title="Quokkas at night")
    response = client.get("/fr/search/", {"q": "quokkas"})
    html = re.sub(r"\s+", " ", response.content.decode())
    assert sorted(re.findall(r'<h2 class="row-title" lang="(..)"> <a href="([^"]+)">([^<]+)</a>', html)) == [
        ("en", "/fr/workshops/rome/#session-1", "Quokkas at night"), ("fr", "/fr/workshops/rome/", "Jours des quokkas"),
    ]  # fmt: skip
    assert '<p class="search-shown" lang="en"> In English. </p>' in html


def test_a_reference_leads_to_it_first(client: Client) -> None:
    make.CommitmentFactory(problem="As in C-2025-0042.", reference="C-2025-0041")
    make.CommitmentFactory(reference="C-2025-0042")
    assert rows(page(client, q="C-2025-0042")) == ["/commitments/C-2025-0042/", "/commitments/C-2025-0041/"]


# -- filter, pages, empty states ----------------------------------------------------------------------------


def test_the_filter_counts_and_shows_one_kind(client: Client) -> None:
    house = make.OrganizationFactory(slug="quokka", legal_name="Quokka")
    make.CommitmentFactory.create_batch(2, title="Feed quokkas", organization=house)
    html = page(client, q="quokka", page="1")
    kinds = re.findall(r'<li> <a href="([^"]+)" ?(aria-current="true")?>([^<]+)<span>([^<]+)</span>', html)
    assert kinds == [
        ("?q=quokka", 'aria-current="true"', "Everything ", "3"),
        ("?q=quokka&amp;kind=organization", "", "Organizations ", "1"),
        ("?q=quokka&amp;kind=commitment", "", "Commitments ", "2"),
    ]
    html = page(client, q="quokka", kind="organization")
    assert rows(html) == ["/organizations/quokka/"]
    assert result(html) == "1 record matches"
    assert '<a href="?q=quokka&amp;kind=organization" aria-current="true">' in html
    assert len(rows(page(client, q="quokka", kind="nonsense"))) == 3


def test_many_are_paged_and_not_counted_to_the_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST", 30)
    monkeypatch.setattr("net4u.base.views.WindowPaginator.MOST", 30)
    house = make.OrganizationFactory(legal_name="Quokka House")
    make.CommitmentFactory.create_batch(32, title="Feed quokkas", organization=house)
    first, second = page(client, q="quokka"), page(client, q="quokka", page="2")
    assert result(first) == "more than 30 records match the best of them are shown; add a word to see fewer"
    assert (len(rows(first)), len(rows(second))) == (25, 5)
    assert not set(rows(first)) & set(rows(second))
    assert 'rel="next" href="?q=quokka&amp;page=2"' in first
    assert 'rel="next"' not in second
    assert "<span>more than 30</span>" in first
    assert client.get("/search/?q=quokka&page=3").status_code == 404
    assert client.get("/search/?q=quokka&page=x").status_code == 404


def test_nothing_typed_offers_examples(client: Client) -> None:
    make.CommitmentFactory(reference="C-2025-0042")
    make.CommitmentFactory(reference="C-2025-0043", organization=make.OrganizationFactory(appearance="hidden"))
    html = page(client)
    assert re.findall(r'class="chip" href="([^"]+)"', html) == [
        "?q=trafficking", "?q=asset+recovery", "?q=corruption", "?q=young+people", "?q=C-2025-0042",
    ]  # fmt: skip
    assert "noindex" not in html
    assert 'role="status"' not in html


def test_nothing_found_says_what_to_do(client: Client) -> None:
    make.OrganizationFactory(legal_name="Witness House")
    assert result(page(client, q="zebra")) == (
        "Nothing matches “zebra”. Check the spelling, or type the beginning of a word."
    )
    html = page(client, q="witness zebra")
    assert result(html) == "Nothing matches “witness zebra”. Search for one of the words: witness, zebra"
    assert '<a href="?q=witness">witness</a>' in html
    html = page(client, q="witness", kind="recommendation")
    assert result(html) == "No recommendation matches “witness”. Take away the kind"
    assert '<a href="?q=witness">Take away the kind</a>' in html


def test_results_are_not_for_other_search_engines(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in page(client, q="quokka")


# -- who may see --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [None, "alice", "charlie", "sam"])
def test_everybody_finds_what_is_public_and_members_are_told(
    client: Client, request: pytest.FixtureRequest, house: Any, person: str | None
) -> None:
    """The house is seen by members only, alice is its administrator."""
    make.CommitmentFactory(title="Cooperative promises", organization=house)
    public = make.OrganizationFactory(slug="public", legal_name="Public cooperative")
    make.CommitmentFactory(title="Cooperative drafts", organization=public, state="draft", reference=None)
    make.WorkshopFactory(title="Cooperative days", state="withdrawn")
    if person:
        client.force_login(request.getfixturevalue(person))
    html = page(client, q="cooperative")
    assert rows(html) == ["/organizations/public/"]
    assert result(html) == "1 record matches"
    assert ("Search looks through what is public." in html) == (person is not None)


# -- robust and quick ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        territory = make.TerritoryFactory(iso2=f"A{number}", name=f"Country {number}")
        make.OrganizationFactory(legal_name="Quokka House", country=territory)
    page(client, q="warm")
    # called so, in the name, anywhere, their words: for the word itself, then for its beginnings; their documents,
    # countries; the bar of the demonstration
    with django_assert_num_queries(11):
        assert len(rows(page(client, q="quokka"))) == count


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "NEAR(a b)", "a:b", "-", "\0", "'; DROP TABLE x; --", "%_\\", "x" * 5000, "<script>", "\u202e", "🦘"],
)
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    html = page(client, q=typed)
    assert rows(html) == []
    assert "<script>" not in html


class NoPageBreaks(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(typed=st.text(), kind=st.text(max_size=5))
    def test_whatever_is_typed(self, typed: str, kind: str) -> None:
        make.OrganizationFactory(legal_name=typed[:100].replace("\0", "") or "x", mission=typed.replace("\0", ""))
        response = self.client.get("/search/", {"q": typed, "kind": kind})
        assert response.status_code == 200
