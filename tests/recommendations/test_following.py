"""The secretariat sees what became of recommendations."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from recommendations.models import Recommendation
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    PillarFactory,
    RecommendationFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/secretariat/follow-up/recommendations/"


def recommended(text: str, **fields: Any) -> Recommendation:
    row: Recommendation = RecommendationFactory(text=text, **fields)
    return row


def answered(row: Recommendation, *kinds: str) -> None:
    addressee = AddresseeFactory(recommendation=row, kind="all_states")
    for kind in kinds:
        AnswerFactory(recommendation=row, addressee=addressee, kind=kind, text="Yes.")


def promised(row: Recommendation, **fields: Any) -> Any:
    commitment = CommitmentFactory(**fields)
    with change(by=None, what="test"):
        commitment.answers.add(row)
    return commitment


def found(client: Client, query: str = "") -> list[str]:
    return sorted(each.text for each in client.get(f"{LIST}?{query}").context["object_list"])


QUESTIONS = {
    "": ["Answer", "Ask", "Assess"],
    "pillar=p1": ["Ask"],
    "addressee=all_states": ["Answer"],
    "answer=none": ["Ask", "Assess"],
    "answer=accepted": ["Answer"],
    "answer=rejected": [],
    "assessment=partly": ["Assess"],
    "assessment=fully": [],
    "assessment=not_assessed": ["Answer", "Ask"],
    "promised=yes": ["Answer"],
    "promised=no": ["Ask", "Assess"],
}


def test_each_question_finds_what_it_asks_for(as_sam: Client) -> None:
    with change(by=None, what="test"):
        asked, answer, assessed = recommended("Ask"), recommended("Answer"), recommended("Assess")
        recommended("Draft", state="draft", reference=None)
        asked.pillars.add(PillarFactory(code="p1"))
        answered(answer, "accepted", "accepted", "partly")
        promised(answer, reference="C-2026-0001")
        promised(asked, state="draft", reference=None)
        AssessmentFactory(recommendation=assessed, level="fully", assessed_on="2026-01-01")
        AssessmentFactory(recommendation=assessed, level="partly", assessed_on="2026-02-01")
    assert {query: found(as_sam, query) for query in QUESTIONS} == QUESTIONS


def test_a_row_says_who_answered_what_was_found_and_who_promised(as_sam: Client) -> None:
    row = recommended("Train", reference="R-2026-0001")
    answered(row, "accepted", "accepted", "partly", "none")
    AssessmentFactory(recommendation=row, level="partly", assessed_on="2026-02-01")
    for number in range(5):
        promised(row, reference=f"C-2026-000{number}")
    (shown,) = as_sam.get(LIST).context["object_list"]
    became = shown.became
    assert became.answers == [("Accepted", 2), ("Partly accepted", 1)]
    assert became.found.level == "partly"
    assert [each.reference for each in became.named] == ["C-2026-0000", "C-2026-0001", "C-2026-0002"]
    assert became.more == 2
    listed = as_sam.get(became.address).context["object_list"]
    assert len(listed) == 5


def test_its_filters_are_kept_under_a_name(as_sam: Client) -> None:
    keep = "/secretariat/views/follow_up_recommendations/new/?due=overdue&answer=none"
    response = as_sam.post(keep, {"name": "Unanswered"})
    assert response["Location"] == f"{LIST}?answer=none"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(as_sam: Client, django_assert_num_queries: Any, number: int) -> None:
    for each in range(number):
        row = recommended(str(each))
        answered(row, "accepted")
        AssessmentFactory(recommendation=row)
        promised(row)
    with django_assert_num_queries(16):
        as_sam.get(LIST)


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("charlie", 403), ("sam", 200)]
)  # fmt: skip
def test_nobody_else_follows_up(
    client: Client, request: pytest.FixtureRequest, person: str | None, status: int
) -> None:
    recommended("A canary")
    if person:
        client.force_login(request.getfixturevalue(person))
    response = client.get(LIST)
    assert response.status_code == status
    assert ("A canary" in response.content.decode()) == (status == 200)
