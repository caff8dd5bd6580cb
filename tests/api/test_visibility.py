"""What the API must not tell: each test also shows that there was something to tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from net4u.base.models import Document
from organizations.enums import Appearance
from organizations.services import set_appearance, stop_sharing, withdraw_organization
from people.models import User
from tests.factories import (
    AffiliationFactory,
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    ConsentFactory,
    ContributionFactory,
    DeclarationFactory,
    DifferenceFactory,
    EvidenceFactory,
    FigureFactory,
    MembershipFactory,
    MilestoneFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    PartnerFactory,
    RecommendationFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    StatementFactory,
    UpdateFactory,
    UserFactory,
    VerificationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)
from workshops.services import set_disclosure, withdraw_workshop

pytestmark = pytest.mark.django_db

SECRET = "Quietwater"


def everything(client: Client) -> str:
    """All lists, the threads of all workshops and the feed, as one text."""
    kinds = client.get("/api/v1/").json()["kinds"]
    paths = [f"/api/{url.split('/api/')[1]}?limit=200" for url in kinds.values()]
    workshops = client.get("/api/v1/workshops/?limit=200").json()["results"]
    paths += [f"/api/v1/workshops/{each['id']}/thread/" for each in workshops]
    return "".join(client.get(path).content.decode() for path in [*paths, "/api/v1/changes/?limit=200"])


def for_partners() -> str:
    return "".join(Document.objects.for_audience("partners").values_list("text", flat=True))


def hidden_in_a_role() -> None:
    RoleFactory(organization=OrganizationFactory(legal_name=SECRET, appearance="hidden"))


def hidden_as_participant() -> None:
    ParticipationFactory(organization=OrganizationFactory(legal_name=SECRET, appearance="hidden"))


def hidden_with_a_speaker() -> None:
    organization = OrganizationFactory(legal_name="Hidden Hands", appearance="hidden")
    ContributionFactory(organization=organization, person_name=SECRET, source=SourceFactory())


def hidden_as_parent() -> None:
    OrganizationFactory(part_of=OrganizationFactory(legal_name=SECRET, appearance="hidden"))


def hidden_as_organizer() -> None:
    DeclarationFactory(organizer=OrganizationFactory(legal_name=SECRET, appearance="hidden"))


def draft_workshop() -> None:
    workshop = WorkshopFactory(title=SECRET, state="draft")
    WorkshopFactory(part_of=workshop)
    OutputFactory(workshop=workshop, text=SECRET)
    SessionFactory(workshop=workshop, title=SECRET)
    DeclarationFactory(launched_at=workshop)
    RecommendationFactory(workshop=workshop, text=SECRET)


def draft_recommendation() -> None:
    draft = RecommendationFactory(text=SECRET, state="draft", reference=None)
    RecommendationFactory(repeats=draft)


def draft_declaration() -> None:
    DeclarationFactory(title=SECRET, state="draft")


def chatham_house_contribution() -> None:
    session = SessionFactory(disclosure="chatham_house")
    ContributionFactory(workshop=session.workshop, session=session, person_name=SECRET, source=SourceFactory())


def chatham_house_participant() -> None:
    ParticipationFactory(
        workshop=WorkshopFactory(disclosure="chatham_house"),
        organization=OrganizationFactory(legal_name="Public"),
        named_as=SECRET,
    )


def chatham_house_role_without_source() -> None:
    RoleFactory(workshop=WorkshopFactory(disclosure="chatham_house"), named_as=SECRET)


def off_the_record_session() -> None:
    session = SessionFactory(disclosure="off_record", title=SECRET)
    group = WorkingGroupFactory(workshop=session.workshop, session=session, name=SECRET)
    OutputFactory(workshop=session.workshop, working_group=group, text=SECRET)
    ContributionFactory(workshop=session.workshop, session=session, person_name=SECRET, source=SourceFactory())


def off_the_record_workshop() -> None:
    WorkshopFactory(title=SECRET, disclosure="off_record")


def contribution_without_consent() -> None:
    ContributionFactory(person_name=SECRET)


def anonymous_participant() -> None:
    ParticipationFactory(attribution="anonymous", named_as=SECRET)


def members_only_organization() -> None:
    organization = OrganizationFactory(legal_name=SECRET, appearance="members_only")
    MembershipFactory(organization=organization, quote=SECRET)
    RoleFactory(organization=organization)


def profile_of_a_name_and_country() -> None:
    OrganizationFactory(
        appearance="name_and_country", mission=SECRET, aliases=[SECRET], website=f"https://{SECRET}.example"
    )


def standing_that_is_nobodys_business() -> None:
    for status in ("applied", "suspended", "left", "declined", "considering"):
        MembershipFactory(status=status, quote=SECRET)


def people() -> None:
    person = UserFactory(name=SECRET, email=f"{SECRET}@example.org")
    AffiliationFactory(person=person, organization=OrganizationFactory())


def a_figure_about_few() -> None:
    FigureFactory(unit="participants", value=4, wording=SECRET)


def commitment_not_published() -> None:
    for state in ("draft", "submitted", "changes_requested", "declined", "withdrawn"):
        CommitmentFactory(title=SECRET, state=state)


def commitment_of_a_hidden_organization() -> None:
    for appearance in ("hidden", "members_only"):
        CommitmentFactory(title=SECRET, organization=OrganizationFactory(legal_name=SECRET, appearance=appearance))


def hidden_as_a_partner() -> None:
    PartnerFactory(organization=OrganizationFactory(legal_name=SECRET, appearance="hidden"))
    PartnerFactory(organization=OrganizationFactory(legal_name="Invited", mission="x"), confirmed_at=None)


def evidence_for_members() -> None:
    for audience in ("members", "secretariat"):
        EvidenceFactory(title=SECRET, url=f"https://{SECRET}.example/", audience=audience)


def commitment_out_of_what_is_hidden() -> None:
    workshop = WorkshopFactory(title=SECRET, state="draft")
    group = WorkingGroupFactory(workshop=workshop, name=SECRET)
    commitment = CommitmentFactory(
        workshop=workshop, working_group=group, output=OutputFactory(workshop=workshop, text=SECRET)
    )
    with change(by=None, what="test.linked"):
        commitment.answers.add(RecommendationFactory(text=SECRET, state="draft", reference=None))


def answer_and_finding_of_a_hidden_organization() -> None:
    hidden = OrganizationFactory(legal_name=SECRET, appearance="hidden")
    recommendation = RecommendationFactory(workshop=WorkshopFactory())
    AnswerFactory(recommendation=recommendation, organization=hidden, text=SECRET)
    AssessmentFactory(recommendation=recommendation, organization=hidden, basis=SECRET)


def answer_to_what_is_not_published() -> None:
    for hidden in ({"state": "draft", "reference": None}, {"workshop": WorkshopFactory(state="draft")}):
        recommendation = RecommendationFactory(**hidden)
        AnswerFactory(recommendation=recommendation, text=SECRET)
        AssessmentFactory(recommendation=recommendation, basis=SECRET)


def what_sources_tell_differently_of_a_draft() -> None:
    for hidden in ({"state": "draft"}, {"disclosure": "off_record"}):
        difference = DifferenceFactory(workshop=WorkshopFactory(**hidden), question=SECRET)
        StatementFactory(difference=difference, quote=SECRET)


def who_reported_and_who_verified() -> None:
    person = UserFactory(name=SECRET, email=f"{SECRET}@example.org")
    UpdateFactory(author=person)
    VerificationFactory(verifier=person)


HIDDEN: list[Callable[[], None]] = [
    hidden_in_a_role,
    hidden_as_participant,
    hidden_with_a_speaker,
    hidden_as_parent,
    hidden_as_organizer,
    draft_workshop,
    draft_recommendation,
    draft_declaration,
    chatham_house_contribution,
    chatham_house_participant,
    chatham_house_role_without_source,
    off_the_record_session,
    off_the_record_workshop,
    contribution_without_consent,
    anonymous_participant,
    members_only_organization,
    profile_of_a_name_and_country,
    standing_that_is_nobodys_business,
    people,
    a_figure_about_few,
    commitment_not_published,
    commitment_of_a_hidden_organization,
    hidden_as_a_partner,
    evidence_for_members,
    commitment_out_of_what_is_hidden,
    answer_and_finding_of_a_hidden_organization,
    answer_to_what_is_not_published,
    what_sources_tell_differently_of_a_draft,
    who_reported_and_who_verified,
]


@pytest.mark.parametrize("build", HIDDEN)
def test_it_is_in_no_answer_and_in_no_document(client: Client, ada: User, build: Callable[[], None]) -> None:
    build()
    client.force_login(ada)  # a browser's session opens nothing in the API
    assert SECRET.lower() not in (everything(client) + for_partners()).lower()


TOLD: list[tuple[Callable[[], Any], str]] = [
    (lambda: RoleFactory(organization=OrganizationFactory(legal_name=SECRET)), "roles"),
    (lambda: ContributionFactory(person_name=SECRET, source=SourceFactory()), "source"),
    (lambda: ContributionFactory(person_name=SECRET, consent=ConsentFactory()), "consent"),
    (lambda: ParticipationFactory(named_as=SECRET), "participation"),
    (lambda: SessionFactory(title=SECRET, disclosure="chatham_house"), "chatham house title"),
    (lambda: FigureFactory(value=5, wording=SECRET), "figure of five"),
    (lambda: MembershipFactory(status="considering", quote=SECRET, source=SourceFactory()), "considering"),
    (lambda: CommitmentFactory(title=SECRET), "commitment"),
    (lambda: PartnerFactory(organization=OrganizationFactory(legal_name=SECRET)), "partner"),
    (lambda: EvidenceFactory(title=SECRET), "evidence"),
    (lambda: UpdateFactory(text=SECRET), "report"),
    (lambda: VerificationFactory(basis=SECRET), "verification"),
    (lambda: AnswerFactory(text=SECRET), "answer"),
    (lambda: AssessmentFactory(basis=SECRET), "assessment"),
    (lambda: StatementFactory(quote=SECRET), "statement"),
    (lambda: MilestoneFactory(commitment__workshop=WorkshopFactory(), title=SECRET), "milestone in a thread"),
]


@pytest.mark.parametrize("build", [pytest.param(build, id=name) for build, name in TOLD])
def test_it_is_told_where_it_may_be(client: Client, build: Callable[[], Any]) -> None:
    """Without this the tests above could pass on an API that says nothing."""
    build()
    assert SECRET in everything(client)


def test_what_is_shared_with_sister_networks_is_for_partners_alone(client: Client) -> None:
    organization = OrganizationFactory(legal_name=SECRET, mission=SECRET, appearance="members_only", sharing=True)
    assert SECRET in for_partners()
    assert SECRET not in everything(client)
    stop_sharing(organization=organization, by=None)
    assert SECRET not in for_partners()


def test_evidence_for_sister_networks_is_for_partners_alone(client: Client) -> None:
    EvidenceFactory(title=SECRET, audience="partners")
    assert SECRET in for_partners()
    assert SECRET not in everything(client)


def test_counts_are_told_where_names_are_not(client: Client) -> None:
    workshop = WorkshopFactory()
    RoleFactory(workshop=workshop, organization=OrganizationFactory(appearance="hidden"))
    ParticipationFactory(workshop=workshop, attribution="anonymous")
    document = client.get(f"/api/v1/workshops/{workshop.pk}/").json()
    assert (document["roles"], document["roles_not_shown"]) == ([], 1)
    assert (document["participations"], document["participations_not_shown"]) == ([], 1)
    commitment = EvidenceFactory(audience="members").commitment
    PartnerFactory(commitment=commitment, organization__appearance="hidden")
    PartnerFactory(commitment=commitment, confirmed_at=None)
    document = client.get(f"/api/v1/commitments/{commitment.pk}/").json()
    assert (document["evidence"], document["evidence_not_shown"]) == ([], 1)
    assert (document["partners"], document["partners_not_shown"]) == ([], 1)


def test_hiding_takes_a_name_out_of_other_documents_at_once(client: Client) -> None:
    organization = OrganizationFactory(legal_name=SECRET)
    RoleFactory(organization=organization)
    DeclarationFactory(organizer=organization)
    CommitmentFactory(organization=organization)
    PartnerFactory(organization=organization)
    assert SECRET in everything(client)
    set_appearance(organization=organization, appearance=Appearance.HIDDEN, text_version="1", by=None)
    assert SECRET not in everything(client)


def test_withdrawing_takes_everything_that_hangs_on_it_away(client: Client) -> None:
    workshop = WorkshopFactory(title=SECRET)
    SessionFactory(workshop=workshop, title=SECRET)
    OutputFactory(workshop=workshop, text=SECRET)
    RecommendationFactory(workshop=workshop, text=SECRET)
    organization = OrganizationFactory(legal_name=SECRET)
    withdraw_workshop(workshop=workshop, why="a mistake", by=None)
    withdraw_organization(organization=organization, why="asked for", by=None)
    assert SECRET not in everything(client)


def test_a_stricter_rule_takes_names_away(client: Client) -> None:
    workshop = WorkshopFactory()
    ContributionFactory(workshop=workshop, person_name=SECRET, source=SourceFactory())
    assert SECRET in everything(client)
    set_disclosure(workshop=workshop, disclosure="chatham_house", by=None)
    assert SECRET not in everything(client)


@pytest.mark.parametrize(
    ("plural", "parameter"),
    [
        ("sessions", "workshop"),
        ("outputs", "workshop"),
        ("working-groups", "workshop"),
        ("recommendations", "workshop"),
        ("commitments", "workshop"),
    ],
)
def test_a_filter_does_not_tell_hidden_from_missing(client: Client, plural: str, parameter: str) -> None:
    WorkshopFactory(slug="draft", title=SECRET, state="draft")
    WorkshopFactory(slug="public")
    hidden = client.get(f"/api/v1/{plural}/?{parameter}=draft")
    missing = client.get(f"/api/v1/{plural}/?{parameter}=nowhere")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 400
    assert client.get(f"/api/v1/{plural}/?{parameter}=public").status_code == 200


@pytest.mark.parametrize(
    "query",
    [f"q={SECRET}", "membership=suspended", "kind=academia"],
)
def test_a_filter_finds_only_by_what_is_shown(client: Client, query: str) -> None:
    OrganizationFactory(legal_name=SECRET, appearance="hidden")
    organization = OrganizationFactory(appearance="name_and_country", kind="academia", mission=SECRET)
    MembershipFactory(organization=organization, status="suspended")
    answer = client.get(f"/api/v1/organizations/?{query}")
    assert answer.json().get("results", []) == []
