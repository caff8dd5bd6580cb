from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from net4u.base.documents import check
from net4u.base.models import Document
from net4u.base.states import Editorial, TransitionError
from net4u.base.viewers import PUBLIC
from people.models import User
from recommendations import services
from recommendations.models import Addressee, Declaration, Recommendation
from tests.factories import (
    OutputFactory,
    PillarFactory,
    RecommendationFactory,
    SessionFactory,
    SourceFactory,
    TerritoryFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def draft(text: str = "Train judges", year: int = 2020) -> Recommendation:
    return Recommendation(text=text, made_in=year, source=SourceFactory())


def test_the_reference_is_given_at_first_publication_and_stays(ada: User) -> None:
    one, two, other = draft("One"), draft("Two"), draft("Other", year=2021)
    for each in (one, two, other):
        services.record_recommendation(recommendation=each, by=ada)
    assert {each.reference for each in (one, two, other)} == {None}
    for each in (two, one, other):
        services.publish_recommendation(recommendation=each, by=ada)
    assert [each.reference for each in (two, one, other)] == ["R-2020-0001", "R-2020-0002", "R-2021-0001"]
    services.withdraw_recommendation(recommendation=two, why="Wrong text.", by=ada)
    services.restore_recommendation(recommendation=two, why="Right after all.", by=ada)
    assert Recommendation.objects.get(text="Two").reference == "R-2020-0001"


def test_an_abandoned_publication_gives_its_number_back(ada: User) -> None:
    one = services.record_recommendation(recommendation=draft("One"), by=ada)
    from net4u.base.change import change

    with pytest.raises(ZeroDivisionError), change(by=ada, what="test"):
        services.publish_recommendation(recommendation=one, by=ada)
        raise ZeroDivisionError
    one = Recommendation.objects.get()
    services.publish_recommendation(recommendation=one, by=ada)
    assert one.reference == "R-2020-0001"


@pytest.mark.parametrize("state", Editorial.values)
def test_every_move_of_a_recommendation(state: str, ada: User) -> None:
    moves = {
        "publish": (services.publish_recommendation, {}, {"draft", "submitted"}, "published"),
        "withdraw": (
            services.withdraw_recommendation, {"why": "Asked to."}, {"submitted", "changes_requested", "published"},
            "withdrawn",
        ),
        "restore": (services.restore_recommendation, {"why": "Back."}, {"withdrawn"}, "published"),
    }  # fmt: skip
    for name, (act, words, starts, to) in moves.items():
        recommendation = RecommendationFactory(state=state)
        if state in starts:
            act(recommendation=recommendation, by=ada, **words)  # type: ignore[operator]
        else:
            with pytest.raises(TransitionError):
                act(recommendation=recommendation, by=ada, **words)  # type: ignore[operator]
        assert Recommendation.objects.get(pk=recommendation.pk).state == (to if state in starts else state), name


@pytest.mark.parametrize("actor", ["alice", "bob", "charlie"])
def test_recommendations_are_the_secretariats(actor: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(actor)
    with pytest.raises(PermissionDenied):
        services.record_recommendation(recommendation=draft(), by=person)
    published = RecommendationFactory()
    with pytest.raises(PermissionDenied):
        services.withdraw_recommendation(recommendation=published, why="?", by=person)
    assert list(Recommendation.objects.values_list("state", flat=True)) == ["published"]


def test_addressees_and_links_are_saved_with_it(ada: User) -> None:
    pillar = PillarFactory(code="p1")
    recommendation = services.record_recommendation(
        recommendation=draft(), by=ada, links={"pillars": [pillar]},
        addressees=[Addressee(kind="all_states", inferred=True), Addressee(kind="state", territory=TerritoryFactory())],
    )  # fmt: skip
    services.publish_recommendation(recommendation=recommendation, by=ada)
    row = json.loads(Document.objects.get(object_id=recommendation.pk, audience="public").text)
    assert row["addressees"] == [
        {"inferred": True, "kind": "all_states", "territory": None},
        {"inferred": False, "kind": "state", "territory": "IT"},
    ]
    assert (row["pillars"], row["reference"]) == (["p1"], "R-2020-0001")


@pytest.mark.parametrize(
    ("addressee", "message"),
    [
        ({"kind": "state"}, "Name the State; other addressees have no country."),
        ({"kind": "media", "territory": True}, "Name the State; other addressees have no country."),
    ],
)
def test_a_state_is_named(ada: User, addressee: dict[str, object], message: str) -> None:
    if addressee.get("territory"):
        addressee = addressee | {"territory": TerritoryFactory()}
    with pytest.raises(ValidationError) as error:
        services.record_recommendation(recommendation=draft(), by=ada, addressees=[Addressee(**addressee)])
    assert error.value.messages == [message]
    assert not Recommendation.objects.exists()


def test_it_is_seen_with_its_workshop_and_session_only() -> None:
    workshop = WorkshopFactory()
    RecommendationFactory(workshop=WorkshopFactory(state="draft"))
    RecommendationFactory(workshop=workshop, session=SessionFactory(workshop=workshop, disclosure="off_record"))
    secret = SessionFactory(workshop=workshop, disclosure="off_record")
    group = WorkingGroupFactory(workshop=workshop, session=secret)
    RecommendationFactory(workshop=workshop, working_group=group)
    RecommendationFactory(workshop=workshop, output=OutputFactory(workshop=workshop, session=secret))
    RecommendationFactory(workshop=workshop, output=OutputFactory(workshop=workshop, working_group=group))
    RecommendationFactory(state="draft")
    shown = RecommendationFactory(workshop=workshop)
    assert list(Recommendation.objects.visible_to(PUBLIC)) == [shown]


def test_it_comes_from_its_own_workshop(ada: User) -> None:
    recommendation = draft()
    recommendation.workshop, recommendation.output = WorkshopFactory(), OutputFactory()
    with pytest.raises(ValidationError) as error:
        services.record_recommendation(recommendation=recommendation, by=ada)
    assert error.value.message_dict == {"output": ["This belongs to another workshop."]}


def test_a_declaration_keeps_its_areas_in_order(ada: User) -> None:
    declaration = services.record_declaration(
        declaration=Declaration(slug="d", title="D", areas_announced=8, source=SourceFactory()),
        areas=["human rights", "urgent threats"], by=ada,
    )  # fmt: skip
    assert not Document.objects.filter(object_id=declaration.pk).exists()
    services.publish_declaration(declaration=declaration, by=ada)
    row = json.loads(Document.objects.get(object_id=declaration.pk, audience="public").text)
    assert (row["areas_announced"], row["areas"]) == (8, ["human rights", "urgent threats"])
    assert list(check()) == []
