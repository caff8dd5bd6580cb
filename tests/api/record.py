"""One full record of each kind, with ids and words that never change: what partners get is compared whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from commitments.models import Commitment
from net4u.base.change import change
from organizations.models import Organization
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    ContributionFactory,
    CorrectionFactory,
    DeclarationAreaFactory,
    DeclarationFactory,
    DifferenceFactory,
    EvidenceFactory,
    FigureFactory,
    IdentifierFactory,
    InstrumentFactory,
    MembershipFactory,
    MilestoneFactory,
    NetworkFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    PartnerFactory,
    PillarFactory,
    PillarSchemeFactory,
    ProvisionFactory,
    RecommendationFactory,
    ResourceFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    StatementFactory,
    TerritoryFactory,
    ThemeFactory,
    UpdateFactory,
    VerificationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
    WorkshopNameFactory,
)
from vocabulary.models import SdgTarget


def uuid(number: int) -> UUID:
    return UUID(int=number)


def full_record() -> dict[str, Any]:
    """By kind of document. Everything is public. One change, since documents are then built once."""
    with change(by=None, what="test.record"):
        return _records()


def _said_of(workshop: Any, source: Any) -> None:
    """Names, figures, a difference between sources, and a correction."""
    CorrectionFactory(workshop=workshop)
    WorkshopNameFactory(workshop=workshop, name="The Rome workshop", source=source)
    FigureFactory(workshop=workshop, value=40, qualifier="more_than", wording="more than 40 people", source=source)
    difference = DifferenceFactory(workshop=workshop, order=1, question="How many took part")
    StatementFactory(
        id=uuid(52), difference=difference, source=source, quote="more than 40 people", note="Staff is counted, too."
    )


def _records() -> dict[str, Any]:
    source = SourceFactory(
        id=uuid(1),
        slug="report",
        title="Report of the workshop",
        publisher="The Alliance",
        url="https://alliance.example/report",
        published_on="2025-12-01",
    )
    italy = TerritoryFactory(iso2="IT", name="Italy")
    scheme = PillarSchemeFactory(code="six-pillars", source=source)
    other_scheme = PillarSchemeFactory(code="five-fronts", name="Five fronts", canonical=False, source=source)
    pillar = PillarFactory(
        id=uuid(10),
        scheme=scheme,
        code="p1",
        name="Prevention",
        description="Before it happens.",
        order=1,
        aliases=["Prevent"],
    )
    front = PillarFactory(id=uuid(11), scheme=other_scheme, code="f1", name="Front one", order=1)
    provision = ProvisionFactory(id=uuid(20), instrument=InstrumentFactory(), article=31, title="Prevention", cluster=1)
    network = NetworkFactory(
        id=uuid(30),
        established_on="2025-11-21",
        established_precision="day",
        established_note="At the close",
        place="Rome",
        member_count=12,
        member_count_as_of="2025-12-01",
        source=source,
    )
    umbrella = OrganizationFactory(id=uuid(40), slug="umbrella", legal_name="Umbrella Union")
    organization = OrganizationFactory(
        id=uuid(41),
        slug="lantern",
        legal_name="Associazione Lanterna",
        english_name="Lantern Association",
        acronym="LA",
        aliases=["Lanterna"],
        kind="civil_society",
        civil_society_kind="ngo",
        part_of=umbrella,
        year_founded=1999,
        country=italy,
        activity_types=["education", "research"],
        languages=["it", "en"],
        website="https://lantern.example/",
        mission="We keep a light on.",
        mission_language="en",
    )
    IdentifierFactory(organization=organization, scheme="EU-TR", value="123456789012-34")
    MembershipFactory(
        organization=organization,
        network=network,
        status="member",
        since="2025-11-21",
        quote="a founding member",
        source=source,
    )
    series = WorkshopFactory(id=uuid(50), slug="series", title="The series", starts_on="2025-01-01")
    workshop = WorkshopFactory(
        id=uuid(51),
        network=network,
        slug="rome-2025",
        time_zone="Europe/Rome",
        title="Regional workshop",
        summary="Three days of work.",
        quote="a milestone",
        part_of=series,
        ends_on="2025-11-21",
        mode="in_person",
        place="Rome",
        venue="A hall",
        country=italy,
        source=source,
        date_note="19 to 21 November",
    )
    _said_of(workshop, source)
    RoleFactory(workshop=workshop, organization=umbrella, role="host", named_as="the Union", source=source)
    ParticipationFactory(workshop=workshop, organization=organization, source=source)
    session = SessionFactory(
        id=uuid(60),
        workshop=workshop,
        order=1,
        number=1,
        day=1,
        starts_at="09:30",
        ends_at="11:00",
        title="Opening",
        summary="How it began.",
        format="plenary",
        source=source,
    )
    ContributionFactory(
        workshop=workshop,
        session=session,
        kind="opened",
        person_name="Grace Example",
        person_role="Chair",
        affiliation_text="Umbrella Union",
        organization=umbrella,
        quote="Welcome.",
        reported="She opened.",
        source=source,
    )
    group = WorkingGroupFactory(
        id=uuid(70),
        workshop=workshop,
        session=session,
        code="a",
        name="Group A",
        method="World café",
        source=source,
    )
    output = OutputFactory(
        id=uuid(80),
        workshop=workshop,
        session=session,
        working_group=group,
        pillar=pillar,
        order=1,
        text="Train teachers.",
        note="Asked for twice.",
        source=source,
    )
    resource = ResourceFactory(
        id=uuid(90),
        slug="toolkit",
        title="Toolkit",
        acronym="TK",
        publisher="The Alliance",
        published_year=2024,
        place="Vienna",
        symbol="V.24-1",
        summary="How to.",
        note="In English.",
        parts=["One"],
        parts_announced=2,
        source=source,
    )
    earlier = RecommendationFactory(
        id=uuid(100), text="Train people.", made_in=2020, reference="R-2020-0001", source=source
    )
    recommendation = RecommendationFactory(
        id=uuid(101),
        text="States should train teachers.",
        made_in=2025,
        reference="R-2025-0001",
        order=1,
        workshop=workshop,
        session=session,
        working_group=group,
        output=output,
        repeats=earlier,
        what_follows="A follow-up meeting.",
        source=source,
    )
    asked = AddresseeFactory(recommendation=recommendation, kind="state", territory=italy, inferred=True)
    AnswerFactory(
        id=uuid(102),
        recommendation=recommendation,
        addressee=asked,
        kind="partly",
        named_as="The Ministry of Education",
        text="For primary schools.",
        answered_on="2026-03-20",
        source=source,
    )
    AnswerFactory(recommendation=recommendation, organization=OrganizationFactory(appearance="hidden"))
    AssessmentFactory(
        id=uuid(103),
        recommendation=recommendation,
        assessor="peer",
        organization=umbrella,
        basis="Ten schools were asked.",
        assessed_on="2026-09-01",
        source=source,
    )
    AssessmentFactory(recommendation=recommendation, organization=OrganizationFactory(appearance="hidden"))
    declaration = DeclarationFactory(
        id=uuid(110),
        slug="declaration",
        title="Declaration",
        summary="What they ask.",
        organizer=umbrella,
        launched_at=workshop,
        areas_announced=3,
        signatories=150,
        signatories_qualifier="more_than",
        signatories_wording="more than 150",
        note="Five are named.",
        source=source,
    )
    DeclarationAreaFactory(declaration=declaration, order=1, text="Prevention")
    commitment = _commitment(organization, umbrella, workshop=workshop, working_group=group, output=output)
    front.corresponds_to.add(pillar)
    organization.countries_of_activity.add(italy)
    organization.pillars.add(pillar)
    session.pillars.add(pillar)
    group.pillars.add(pillar)
    resource.pillars.add(pillar)
    resource.workshops.add(workshop)
    resource.sessions.add(session)
    recommendation.pillars.add(pillar)
    recommendation.themes.add(ThemeFactory(code="survivors", source=source))
    recommendation.provisions.add(provision)
    commitment.pillars.add(pillar)
    commitment.provisions.add(provision)
    commitment.sdg_targets.add(SdgTarget.objects.create(code="16.4", name="Reduce illicit flows."))
    commitment.answers.add(recommendation)
    return {
        "pillar": pillar,
        "provision": provision,
        "network": network,
        "organization": organization,
        "workshop": workshop,
        "session": session,
        "working_group": group,
        "output": output,
        "resource": resource,
        "recommendation": recommendation,
        "declaration": declaration,
        "commitment": commitment,
    }


def _commitment(lead: Organization, partner: Organization, **origin: Any) -> Commitment:
    """With what not everybody may see: partners and evidence that are counted, an invitation that is not."""
    commitment = CommitmentFactory(
        id=uuid(120),
        reference="C-2026-0001",
        organization=lead,
        title="Train 40 teachers",
        problem="Nobody notices.",
        expected_result="Somebody notices.",
        indicator="Teachers who finished the course",
        baseline="5",
        target="40",
        unit="teachers",
        number_source="the list of the school office",
        resources="Two trainers",
        horizon="short",
        start_on="2026-01-01",
        due_on="2026-12-31",
        progress="in_progress",
        value="12.5",
        completion="limited",
        **origin,
    )
    PartnerFactory(commitment=commitment, organization=partner, confirmed_at=datetime(2026, 1, 2, 8, tzinfo=UTC))
    PartnerFactory(commitment=commitment, organization__appearance="hidden")
    PartnerFactory(commitment=commitment, organization__appearance="hidden", confirmed_at=None)
    MilestoneFactory(
        id=uuid(121), commitment=commitment, title="Ten teachers", due_on="2026-06-30", done_on="2026-06-12"
    )
    first = UpdateFactory(
        id=uuid(122), commitment=commitment, reported_on="2026-06-12", value="12", text="Twelve of them."
    )
    UpdateFactory(
        id=uuid(123),
        commitment=commitment,
        reported_on="2026-06-13",
        value="12.5",
        text="And a half day.",
        next_step="the second course",
        corrects=first,
    )
    EvidenceFactory(id=uuid(124), commitment=commitment, update=first, title="List", url="https://lantern.example/list")
    for audience in ("partners", "members", "secretariat"):
        EvidenceFactory(commitment=commitment, audience=audience)
    VerificationFactory(
        id=uuid(125),
        commitment=commitment,
        completion="limited",
        basis="The list.",
        value="11",
        verified_on="2026-07-01",
    )
    return commitment
