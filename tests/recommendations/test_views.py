"""Pages of recommendations and declarations."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    DeclarationAreaFactory,
    DeclarationFactory,
    OrganizationFactory,
    OutputFactory,
    PillarFactory,
    ProvisionFactory,
    RecommendationFactory,
    SessionFactory,
    SourceFactory,
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
        AnswerFactory(recommendation=recommendation)
        AssessmentFactory(recommendation=recommendation, organization=OrganizationFactory())
    with django_assert_num_queries(12):
        client.get(ADDRESS)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for _ in range(item_count):
        recommendation = AddresseeFactory(recommendation__workshop=WorkshopFactory()).recommendation
        AnswerFactory(recommendation=recommendation)
        AssessmentFactory(recommendation=recommendation, organization=OrganizationFactory())
        OutputFactory(kind="announced_list", source=SourceFactory())
        DeclarationFactory()
        pillar = PillarFactory()
        with change(by=None, what="test.linked"):
            recommendation.pillars.add(pillar)
    with django_assert_num_queries(15):
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
    assert '<h1 class="voice verbatim" lang="en">Engaging (social) media</h1>' in page
    assert "To all States (our reading)" in page
    assert "will be studied" in page
    assert "No answer recorded" in page
    assert "What a source only announces is no answer." in page
    assert "Nobody has assessed so far whether it was followed." in page


def test_answers_stand_with_who_gave_them_latest_first(client: Client) -> None:
    recommendation = RecommendationFactory(reference="R-2020-0001", made_in=2020)
    undated = AnswerFactory(recommendation=recommendation, kind="noted", answered_on=None, named_as="A ministry")
    by_house = AnswerFactory(recommendation=recommendation, organization=OrganizationFactory(legal_name="Open Hands"))
    late = AnswerFactory(recommendation=recommendation, kind="rejected", answered_on="2026-09-17", text="No.")
    AnswerFactory(
        recommendation=recommendation, organization=OrganizationFactory(appearance="hidden"), text="Canary answer"
    )
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert list(response.context["recommendation"].answers.all()) == [late, by_house, undated]
    assert shape(response)[1:] == [
        ("Recommendation", [recommendation], "here"),
        ("Answers", [late, by_house, undated], ""),
    ]
    text = " ".join(page.split())
    places = [text.index(words) for words in ("“No.”", "Open Hands</a>", "A ministry (asked as one of: all States)")]
    assert places == sorted(places)
    assert "day not stated" in page
    assert "Canary" not in page


def test_findings_stand_side_by_side_with_author_day_and_basis(client: Client) -> None:
    recommendation = RecommendationFactory(reference="R-2020-0001")
    AssessmentFactory(
        recommendation=recommendation, assessor="own", level="fully", basis="All took part.", named_as="The helpline",
        assessed_on="2026-08-01",
    )  # fmt: skip
    AssessmentFactory(
        recommendation=recommendation, level="partly", basis="The list was read.", assessed_on="2026-09-05"
    )
    AssessmentFactory(
        recommendation=recommendation, organization=OrganizationFactory(appearance="hidden"), basis="Canary"
    )
    page = client.get(ADDRESS).content.decode()
    places = [
        page.index(words)
        for words in ("Partly implemented", "The list was read.", "By the secretariat", "Fully implemented",
                      "All took part.", "The helpline")
    ]  # fmt: skip
    assert places == sorted(places)
    assert "They are not averaged." in page
    assert "Canary" not in page


def test_the_list_shows_the_latest_answer_and_keeps_a_quotation_a_quotation(client: Client) -> None:
    answered = RecommendationFactory(made_in=2025)
    AnswerFactory(recommendation=answered, kind="partly", answered_on="2026-05-04")
    AnswerFactory(recommendation=answered, kind="noted", answered_on="2026-04-04")
    AssessmentFactory(recommendation=answered, assessor="peer", level="partly", named_as="Peers")
    AnswerFactory(recommendation__made_in=2024, kind="none", answered_on="2026-02-02")
    RecommendationFactory(made_in=2020, what_follows="will be studied carefully by UNODC")
    page = " ".join(client.get("/recommendations/").content.decode().split())
    states = re.findall(r'<div class="row-state">(.*?)</div>', page)
    words = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip().replace("\N{NO-BREAK SPACE}", " ") for each in states
    ]
    assert words == [
        "Partly accepted Answered on 4 May 2026 and 1 more answer Partly implemented, by peers",
        "No answer yet Asked on 2 February 2026",
        "No answer recorded “will be studied carefully by UNODC”",
    ]


def test_a_list_that_a_source_announces_and_does_not_give_is_told(client: Client) -> None:
    source = SourceFactory()
    OutputFactory(kind="announced_list", text="including:", note="We record none.", source=source)
    OutputFactory(kind="announced_list", text="Canary", workshop=WorkshopFactory(state="draft"))
    page = client.get("/recommendations/").content.decode()
    assert "A list that is missing." in page
    assert "We record none." in page
    assert "Canary" not in page
    assert "A list that is missing." not in client.get("/recommendations/?made_in=2020").content.decode()


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("accepted", ["R-2025-0001"]),
        ("partly", ["R-2025-0001"]),
        ("rejected", []),
        ("noted", []),
        ("none", ["R-2025-0002", "R-2025-0003", "R-2025-0004"]),
    ],
)
def test_the_filter_by_answer_knows_what_its_reader_may_see(
    client: Client, sam: Any, kind: str, found: list[str]
) -> None:
    """An answer of an organization that is not shown is none, not even for a filter."""
    both, waiting, hidden, _silent = (RecommendationFactory(reference=f"R-2025-{each:04d}") for each in range(1, 5))
    AnswerFactory(recommendation=both, kind="accepted")
    AnswerFactory(recommendation=both, kind="partly")
    AnswerFactory(recommendation=waiting, kind="none")
    AnswerFactory(recommendation=hidden, kind="rejected", organization=OrganizationFactory(appearance="hidden"))
    assert sorted(references(client, f"?answer={kind}"), key=str) == found
    client.force_login(sam)
    assert references(client, "?answer=rejected") == ["R-2025-0003"]


def test_the_filter_offers_the_articles_that_are_named_and_takes_any(client: Client) -> None:
    named, hidden, _other = (ProvisionFactory(article=article) for article in (14, 25, 31))
    shown, draft = RecommendationFactory(reference="R-2025-0001"), RecommendationFactory(state="draft", reference=None)
    with change(by=None, what="test.linked"):
        shown.provisions.add(named)
        draft.provisions.add(hidden)
    page = client.get("/recommendations/").content.decode()
    assert re.findall(r'<option value="(UNTOC-\d+)"', page) == ["UNTOC-14"]
    assert references(client, "?article=UNTOC-14") == ["R-2025-0001"]
    assert references(client, "?article=UNTOC-31") == []
    for wrong in ("UNTOC-99", "UNTOC", "14", "UNTOC-\x00", "UNTOC-٣"):
        assert list(client.get("/recommendations/", {"article": wrong}).context["filter"].errors) == ["article"]


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


def test_the_thread_of_a_declaration_begins_where_it_was_launched(client: Client) -> None:
    launched = WorkshopFactory(title="Round table")
    DeclarationFactory(slug="told", launched_at=launched)
    DeclarationFactory(slug="untold")
    DeclarationFactory(slug="hidden", launched_at=WorkshopFactory(state="draft"))
    threads = {slug: client.get(f"/declarations/{slug}/").context["thread"] for slug in ("told", "untold", "hidden")}
    assert {slug: [(knot.shape, len(knot.records)) for knot in thread] for slug, thread in threads.items()} == {
        "told": [("", 1), ("here", 1), ("absent", 0)],
        "untold": [("gap", 0), ("here", 1), ("absent", 0)],
        "hidden": [("here", 1), ("absent", 0)],
    }
    assert threads["told"][0].records == (launched,)


def test_a_declaration_that_is_not_published_is_not_found(client: Client) -> None:
    DeclarationFactory(slug="untoc", state="draft")
    hidden, missing = client.get("/declarations/untoc/"), client.get("/declarations/none/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
