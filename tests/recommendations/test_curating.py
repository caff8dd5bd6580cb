"""The secretariat checks a recommendation, publishes it, and writes down what was answered and found."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from net4u.base.states import Editorial
from recommendations.models import Addressee, Recommendation
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    PillarFactory,
    RecommendationFactory,
    SourceFactory,
    TerritoryFactory,
    UserFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Recommendation:
    recommendation: Recommendation = RecommendationFactory(
        text="Train judges", state="draft", reference=None, published_at=None
    )
    return recommendation


def at(recommendation: Recommendation, rest: str = "") -> str:
    return f"/secretariat/recommendations/{recommendation.pk}/{rest}"


def told(recommendation: Recommendation, **changed: Any) -> dict[str, Any]:
    return {
        "version": recommendation.version, "text": recommendation.text, "language": "en",
        "made_in": recommendation.made_in, "source": recommendation.source_id,
    } | changed  # fmt: skip


def asked(recommendation: Recommendation) -> set[str]:
    return {str(each) for each in Addressee.objects.filter(recommendation=recommendation)}


def test_what_is_asked_of_whom_is_written_and_taken_back(as_sam: Client, draft: Recommendation) -> None:
    pillar, austria = PillarFactory(), TerritoryFactory(iso2="AT", name="Austria")
    AddresseeFactory(recommendation=draft, kind="media")
    given = told(
        draft, text="Train judges and prosecutors", addressees=["unodc"], states=[austria.pk], pillars=[pillar.pk]
    )
    assert as_sam.post(at(draft), given).status_code == 302
    draft.refresh_from_db()
    assert (draft.text, list(draft.pillars.all())) == ("Train judges and prosecutors", [pillar])
    assert asked(draft) == {"UNODC", "Austria"}


def test_an_addressee_that_answered_stays_and_so_does_what_was_typed(as_sam: Client, draft: Recommendation) -> None:
    media = AddresseeFactory(recommendation=draft, kind="media")
    AnswerFactory(recommendation=draft, addressee=media)
    response = as_sam.post(at(draft), told(draft, text="Train the press", addressees=["unodc"]))
    assert response.context["form"].errors == {"addressees": ["media has answered, so it stays listed."]}
    assert "Train the press" in response.content.decode()
    assert asked(draft) == {"media"}


def test_two_who_edit_at_once_are_told(as_sam: Client, draft: Recommendation) -> None:
    as_sam.post(at(draft), told(draft, text="Theirs"))
    response = as_sam.post(at(draft), told(draft, text="Mine"))
    assert response.status_code == 409
    assert "Theirs" in response.content.decode()
    assert Recommendation.objects.get(pk=draft.pk).text == "Theirs"


def test_one_button_publishes_it_and_it_gets_its_reference(as_sam: Client, draft: Recommendation) -> None:
    assert "It says nowhere who is asked." in as_sam.get(at(draft)).content.decode()
    response = as_sam.post(at(draft, "publish/"), follow=True)
    draft.refresh_from_db()
    assert (draft.state, draft.reference) == (Editorial.PUBLISHED, f"R-{draft.made_in}-0001")
    assert "Everybody can read it now." in response.content.decode()
    again = as_sam.post(at(draft, "publish/"), follow=True)
    assert "It cannot become" in again.content.decode()


def test_an_answer_is_kept_with_its_source_and_needs_one(as_sam: Client) -> None:
    recommendation = RecommendationFactory()
    addressee = AddresseeFactory(recommendation=recommendation, kind="unodc")
    foreign = AddresseeFactory(kind="media")
    given = {
        "kind": "accepted", "addressee": addressee.pk, "text": "We will.", "language": "en",
        "source": SourceFactory().pk,
    }  # fmt: skip
    missing = as_sam.post(at(recommendation, "answers/new/"), given | {"source": "", "addressee": foreign.pk})
    assert set(missing.context["form"].errors) == {"source", "addressee"}
    as_sam.post(at(recommendation, "answers/new/"), given)
    assert [str(each) for each in recommendation.answers.all()] == ["UNODC: accepted"]


def test_a_finding_needs_a_basis_and_stands_beside_the_others(as_sam: Client) -> None:
    recommendation = RecommendationFactory(made_in=2025)
    given = {"assessor": "secretariat", "level": "partly", "basis": "The annual report.", "assessed_on": "2026-02-01"}
    missing = as_sam.post(at(recommendation, "assessments/new/"), given | {"basis": ""})
    assert set(missing.context["form"].errors) == {"basis"}
    early = as_sam.post(at(recommendation, "assessments/new/"), given | {"assessed_on": "2020-01-01"})
    assert early.context["form"].errors == {"assessed_on": ["This would be before the recommendation was made."]}
    as_sam.post(at(recommendation, "assessments/new/"), given)
    assert [str(each) for each in recommendation.assessments.all()] == ["partly implemented (by the secretariat)"]


@pytest.mark.parametrize("rest", ["", "publish/", "answers/new/", "assessments/new/"])
def test_nobody_but_the_secretariat_reaches_any_of_it(client: Client, draft: Recommendation, rest: str) -> None:
    for address in (at(draft, rest), f"/secretariat/recommendations/{uuid4()}/{rest}"):
        client.logout()
        assert client.post(address, told(draft, text="Mine")).status_code == 302
        client.force_login(UserFactory())
        assert client.post(address, told(draft, text="Mine")).status_code == 403
    draft.refresh_from_db()
    assert (draft.text, draft.state) == ("Train judges", Editorial.DRAFT)
