from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from net4u.base.documents import check
from net4u.base.models import Document, JournalEntry
from net4u.base.states import Editorial, TransitionError
from net4u.base.viewers import PARTNERS, PUBLIC, SECRETARIAT, Audience, Viewer
from organizations.services import merge_organizations, set_appearance
from people.models import User
from recommendations import services
from recommendations.models import Addressee, Answer, Assessment, Declaration, Recommendation
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    AssessmentFactory,
    OrganizationFactory,
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


# -- what was answered, and what others found -------------------------------------------------------------------


def test_an_answer_is_written_down_with_its_source(sam: User) -> None:
    addressee = AddresseeFactory()
    answer = Answer(
        recommendation=addressee.recommendation, addressee=addressee, kind="partly", named_as="A ministry",
        text="For houses.", answered_on="2026-05-04", source=SourceFactory(title="Letter"),
    )  # fmt: skip
    services.record_answer(answer=answer, by=sam)
    row = json.loads(Document.objects.get(object_id=addressee.recommendation_id, audience="public").text)
    assert [{name: each[name] for name in each if name != "source"} for each in row["answers"]] == [
        {
            "id": str(answer.pk), "kind": "partly", "named_as": "A ministry", "text": "For houses.", "language": "en",
            "addressee": {"kind": "all_states", "territory": None, "inferred": False}, "organization": None,
            "answered_on": "2026-05-04",
        }
    ]  # fmt: skip
    assert row["answers"][0]["source"]["title"] == "Letter"
    entry = JournalEntry.objects.get(object_id=answer.pk)
    assert (entry.what, entry.by, entry.verb) == ("recommendation.answered", sam, "created")
    assert list(check()) == []


def test_a_finding_is_written_down_without_the_account(sam: User) -> None:
    assessment = Assessment(
        recommendation=RecommendationFactory(), assessor="secretariat", level="partly", basis="The list was read.",
        assessed_on="2026-09-01",
    )  # fmt: skip
    services.assess_recommendation(assessment=assessment, by=sam)
    row = json.loads(Document.objects.get(object_id=assessment.recommendation_id, audience="public").text)
    assert row["assessments"] == [
        {
            "id": str(assessment.pk), "assessor": "secretariat", "organization": None, "named_as": "",
            "level": "partly", "basis": "The list was read.", "assessed_on": "2026-09-01", "source": None,
        }
    ]  # fmt: skip
    entry = JournalEntry.objects.get(object_id=assessment.pk)
    assert (entry.what, entry.by) == ("recommendation.assessed", sam)
    assert list(check()) == []


@pytest.mark.parametrize("actor", ["alice", "bob", "charlie"])
def test_only_the_secretariat_writes_answers_and_findings_down(actor: str, request: pytest.FixtureRequest) -> None:
    person, addressee = request.getfixturevalue(actor), AddresseeFactory()
    told = {"recommendation": addressee.recommendation}
    answer = Answer(**told, addressee=addressee, kind="noted", source=SourceFactory())
    assessment = Assessment(**told, assessor="own", named_as="We", level="fully", basis="?", assessed_on="2026-01-01")
    with pytest.raises(PermissionDenied):
        services.record_answer(answer=answer, by=person)
    with pytest.raises(PermissionDenied):
        services.assess_recommendation(assessment=assessment, by=person)
    assert not Answer.objects.exists()
    assert not Assessment.objects.exists()


WHO = "Say who answers: one of those who are asked, or an organization."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"addressee": None}, {"__all__": [WHO]}),
        ({"organization": OrganizationFactory}, {"__all__": [WHO]}),
        ({"text": "", "answered_on": None}, {"__all__": ["Give the words of the answer, or at least its day."]}),
        ({"addressee": AddresseeFactory}, {"addressee": ["This is asked in another recommendation."]}),
        ({"answered_on": date(2024, 12, 31)}, {"answered_on": ["This would be before the recommendation was made."]}),
        ({"kind": "applauded"}, {"kind": ["Value 'applauded' is not a valid choice."]}),
    ],
)
def test_an_impossible_answer_gets_a_sentence(sam: User, fields: dict[str, Any], message: dict[str, list[str]]) -> None:
    addressee = AddresseeFactory(recommendation__made_in=2025)
    given = {"addressee": addressee, "kind": "accepted", "text": "Yes.", "answered_on": date(2026, 1, 1)}
    given |= {name: value() if callable(value) else value for name, value in fields.items()}
    answer = Answer(recommendation=addressee.recommendation, source=SourceFactory(), **given)
    with pytest.raises(ValidationError) as error:
        services.record_answer(answer=answer, by=sam)
    assert error.value.message_dict == message
    assert not Answer.objects.exists()


def test_an_answer_needs_a_source(sam: User) -> None:
    """What nobody published, or what only announces something, is no answer."""
    addressee = AddresseeFactory()
    answer = Answer(recommendation=addressee.recommendation, addressee=addressee, kind="accepted", text="Yes.")
    with pytest.raises(ValidationError) as error:
        services.record_answer(answer=answer, by=sam)
    assert error.value.message_dict == {"source": ["This field cannot be null."]}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"assessor": "peer"}, {"__all__": ["Say who looked; only the secretariat needs no name."]}),
        ({"basis": ""}, {"basis": ["This field cannot be blank."]}),
        ({"assessed_on": date(2024, 1, 1)}, {"assessed_on": ["This would be before the recommendation was made."]}),
    ],
)
def test_an_impossible_finding_gets_a_sentence(
    sam: User, fields: dict[str, Any], message: dict[str, list[str]]
) -> None:
    given = {"assessor": "secretariat", "basis": "Read.", "assessed_on": date(2026, 1, 1)} | fields
    assessment = Assessment(recommendation=RecommendationFactory(made_in=2025), level="fully", **given)
    with pytest.raises(ValidationError) as error:
        services.assess_recommendation(assessment=assessment, by=sam)
    assert {name: words[:1] for name, words in error.value.message_dict.items() if name in message} == message
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("appearance", "seen_by"),
    [
        ("public", {"public", "partners", "members", "secretariat"}),
        ("members_only", {"members", "secretariat"}),
        ("hidden", {"secretariat"}),
    ],
)
def test_what_an_organization_said_is_seen_with_the_organization(appearance: str, seen_by: set[str]) -> None:
    organization, recommendation = OrganizationFactory(appearance=appearance), RecommendationFactory()
    AnswerFactory(recommendation=recommendation, organization=organization)
    AssessmentFactory(recommendation=recommendation, organization=organization)
    AnswerFactory(recommendation__state="withdrawn")
    AssessmentFactory(recommendation__workshop=WorkshopFactory(state="draft"))
    viewers = {"public": PUBLIC, "partners": PARTNERS, "members": Viewer(Audience.MEMBERS)}
    for model in (Answer, Assessment):
        seen = {name: model.objects.visible_to(viewer).count() for name, viewer in viewers.items()}
        assert seen == {name: int(name in seen_by) for name in viewers}
        assert model.objects.visible_to(SECRETARIAT).count() == 2


def test_hiding_an_organization_takes_its_answer_out_of_the_document_at_once() -> None:
    organization = OrganizationFactory(legal_name="Quietwater")
    recommendation = AnswerFactory(organization=organization).recommendation
    AssessmentFactory(recommendation=recommendation, organization=organization)
    document = Document.objects.filter(object_id=recommendation.pk, audience="public")
    assert "Quietwater" in document.get().text
    set_appearance(organization=organization, appearance="hidden", text_version="1", by=None)
    row = json.loads(document.get().text)
    assert (row["answers"], row["assessments"]) == ([], [])


def test_a_merge_takes_answers_and_findings_along(ada: User) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    answer, assessment = AnswerFactory(organization=old), AssessmentFactory(organization=old)
    merge_organizations(old=old, into=into, why="the same", by=ada)
    for row in (answer, assessment):
        row.refresh_from_db()
        assert row.organization == into
