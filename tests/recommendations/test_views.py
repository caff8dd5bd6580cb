"""Pages of recommendations and declarations."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from tests.factories import (
    AddresseeFactory,
    CommitmentFactory,
    DeclarationAreaFactory,
    DeclarationFactory,
    OrganizationFactory,
    OutputFactory,
    PillarFactory,
    RecommendationFactory,
    SessionFactory,
    TerritoryFactory,
    ThemeFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/recommendations/R-2020-0001/"


def references(client: Client, query: str = "") -> list[str | None]:
    return [each.reference for each in client.get(f"/recommendations/{query}").context["object_list"]]


def references_of_commitments(client: Client, query: str) -> list[str]:
    return [each.reference for each in client.get(f"/commitments/{query}").context["object_list"]]


def shape(response: Any) -> list[tuple[str, list[Any], str]]:
    """The thread as a page shows it: kind, records by name, and shape of each knot."""
    return [(knot.kind, list(knot.records), knot.shape) for knot in response.context["thread"]]


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    workshop, pillar = WorkshopFactory(), PillarFactory()
    recommendation = RecommendationFactory(
        reference="R-2020-0001", workshop=workshop, output=OutputFactory(workshop=workshop)
    )
    for _ in range(item_count):
        RecommendationFactory(repeats=recommendation)
        commitment = CommitmentFactory(organization__country=TerritoryFactory())
        with change(by=None, what="test.linked"):
            commitment.pillars.add(pillar)
            commitment.answers.add(recommendation)
    with django_assert_num_queries(10):
        client.get(ADDRESS)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for _ in range(item_count):
        recommendation = AddresseeFactory(recommendation__workshop=WorkshopFactory()).recommendation
        pillar = PillarFactory()
        with change(by=None, what="test.linked"):
            recommendation.pillars.add(pillar)
    with django_assert_num_queries(11):
        client.get("/recommendations/")


def test_filters_stand_in_the_address(client: Client) -> None:
    pillar, theme = PillarFactory(code="p4"), ThemeFactory(code="safety")
    found = RecommendationFactory(
        text="Reuse confiscated houses",
        workshop=WorkshopFactory(slug="rome"),
        made_in=2024,
        reference="R-2024-0001",
    )
    AddresseeFactory(recommendation=found, kind="media")
    with change(by=None, what="test.linked"):
        found.pillars.add(pillar)
        found.themes.add(theme)
    RecommendationFactory()
    queries = ["q=houses", "workshop=rome", "pillar=p4", "theme=safety", "addressee=media", "made_in=2024"]
    assert {query: references(client, f"?{query}") for query in queries} == {
        query: ["R-2024-0001"] for query in queries
    }


def test_a_draft_is_seen_by_the_secretariat_alone(client: Client, sam: Any) -> None:
    RecommendationFactory(state="draft", reference=None)
    RecommendationFactory(reference="R-2025-9999", workshop=WorkshopFactory(state="draft"))
    assert references(client) == []
    hidden, missing = client.get("/recommendations/R-2025-9999/"), client.get("/recommendations/R-1/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    client.force_login(sam)
    assert sorted(references(client), key=str) == [None, "R-2025-9999"]
    assert client.get("/recommendations/R-2025-9999/").status_code == 200


def test_the_text_stands_word_for_word_with_who_is_asked(client: Client) -> None:
    recommendation = RecommendationFactory(
        reference="R-2020-0001", text="Engaging (social) media", language="en", what_follows="will be studied"
    )
    AddresseeFactory(recommendation=recommendation, kind="all_states", inferred=True)
    page = client.get(ADDRESS).content.decode()
    assert '<h1 class="voice" lang="en">Engaging (social) media</h1>' in page
    assert "To all States (our reading)" in page
    assert "will be studied" in page
    assert "No answer is recorded." in page


def test_the_thread_is_dashed_where_the_source_does_not_say(client: Client) -> None:
    workshop = WorkshopFactory()
    session = SessionFactory(workshop=workshop)
    recommendation = RecommendationFactory(reference="R-2020-0001", workshop=workshop, session=session)
    response = client.get(ADDRESS)
    assert shape(response) == [
        ("Workshop", [workshop], ""),
        ("Session", [session], ""),
        ("Working group, output", [], "gap"),
        ("Recommendation", [recommendation], "here"),
        ("What became of it", [], "absent"),
    ]
    page = response.content.decode()
    assert page.count("The source does not say") == 1
    assert "Nothing is recorded yet" in page


def test_what_came_out_of_a_group_that_is_off_the_record_is_not_found(client: Client, sam: Any) -> None:
    workshop = WorkshopFactory()
    off = SessionFactory(workshop=workshop, disclosure="off_record")
    group = WorkingGroupFactory(workshop=workshop, session=off)
    output = OutputFactory(workshop=workshop)
    RecommendationFactory(reference="R-2020-0001", workshop=workshop, working_group=group, output=output)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(sam)
    assert shape(client.get(ADDRESS))[:4] == [
        ("Workshop", [workshop], ""),
        ("Session", [], "gap"),
        ("Working group", [group], ""),
        ("Output", [output], ""),
    ]


def test_the_commitments_that_answer_it_are_those_its_reader_may_see(client: Client) -> None:
    recommendation = RecommendationFactory(reference="R-2020-0001")
    shown = CommitmentFactory(title="A guide", reference="C-2026-0001")
    hidden = CommitmentFactory(title="Canary", organization=OrganizationFactory(appearance="hidden"))
    draft = CommitmentFactory(title="Canary", state="draft", reference=None)
    with change(by=None, what="test.linked"):
        recommendation.commitments.set([shown, hidden, draft])
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert response.context["commitments"] == ([shown], 1)
    assert shape(response)[-1] == ("Commitment", [shown], "")
    assert 'href="/commitments/C-2026-0001/">C-2026-0001: A guide</a>' in page
    assert "Canary" not in page
    listed = client.get("/recommendations/").content.decode()
    assert re.search(r'answers=R-2020-0001">\s*1 commitment</a>', listed)
    assert references_of_commitments(client, "?answers=R-2020-0001") == ["C-2026-0001"]


def test_many_commitments_stand_in_one_knot_as_a_number(client: Client) -> None:
    recommendation, commitments = RecommendationFactory(reference="R-2020-0001"), CommitmentFactory.create_batch(12)
    with change(by=None, what="test.linked"):
        recommendation.commitments.set(commitments)
    response = client.get(ADDRESS)
    assert response.context["thread"][-1].links == (("12 commitments", "#commitments"),)
    assert len(response.context["commitments"].rows) == 10
    assert "All 12 in the list" in response.content.decode()


def test_a_draft_has_a_page_under_its_id_until_it_has_a_reference(client: Client, sam: Any) -> None:
    draft, published = RecommendationFactory(state="draft", reference=None), RecommendationFactory()
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(sam)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(f"/recommendations/{published.pk}/").headers["Location"] == published.get_absolute_url()


def test_what_repeats_it_is_linked_both_ways(client: Client) -> None:
    first = RecommendationFactory(reference="R-2020-0001", text="Earlier")
    RecommendationFactory(reference="R-2025-0099", text="Later", repeats=first)
    RecommendationFactory(text="Canary", repeats=first, state="withdrawn")
    page = client.get(ADDRESS).content.decode()
    assert 'href="/recommendations/R-2025-0099/">R-2025-0099: Later</a>' in page
    assert "Canary" not in page
    assert f'href="{ADDRESS}">R-2020-0001: Earlier</a>' in client.get("/recommendations/R-2025-0099/").content.decode()


def test_a_declaration_says_how_many_areas_its_source_leaves_out(client: Client) -> None:
    declaration = DeclarationFactory(
        slug="untoc",
        areas_announced=8,
        signatories=150,
        signatories_qualifier="more_than",
        organizer=OrganizationFactory(appearance="hidden", legal_name="Canary organizer"),
        launched_at=WorkshopFactory(state="draft", title="Canary launch"),
    )
    for text in ("first", "second", "third", "fourth", "fifth"):
        DeclarationAreaFactory(declaration=declaration, text=text)
    page = client.get("/declarations/untoc/").content.decode()
    assert "The source announces 8 areas and names 5." in page
    assert "more than 150" in page
    assert "Canary" not in page


def test_a_declaration_that_is_not_published_is_not_found(client: Client) -> None:
    DeclarationFactory(slug="untoc", state="draft")
    hidden, missing = client.get("/declarations/untoc/"), client.get("/declarations/none/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
