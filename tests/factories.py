"""Factories without surprises: each opens a change, creates one row, and invents nothing it was not asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.models import (
    Commitment,
    CommitmentPartner,
    Evidence,
    Milestone,
    ProgressUpdate,
    Verification,
)  # fmt: skip
from net4u.base.change import change
from net4u.base.states import Editorial
from organizations.enums import OPEN_APPEARANCES, Appearance
from organizations.models import Affiliation, Identifier, Membership, Organization, RegionalNetwork
from people.enums import ConsentPurpose
from people.models import Consent, User
from people.services import record_consent
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation
from vocabulary.models import (
    Instrument,
    Pillar,
    PillarScheme,
    Provision,
    Source,
    Territory,
    Theme,
)  # fmt: skip
from workshops.models import (
    Contribution,
    Correction,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip


class RecordFactory(DjangoModelFactory):
    """Opens the change around the whole of it, sub-factories and linked records included."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        with change(by=None, what="test.made"):
            return super()._generate(strategy, params)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> User:
        return User.objects.create_user(*args, **fields)


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.Sequence(lambda n: f"Report {n}")
    publisher = "Example publisher"


class TerritoryFactory(RecordFactory):
    class Meta:
        model = Territory
        django_get_or_create = ("iso2",)

    iso2 = "IT"
    name = "Italy"


class PillarSchemeFactory(RecordFactory):
    class Meta:
        model = PillarScheme
        django_get_or_create = ("code",)

    code = "six-pillars"
    name = "Six pillars"
    canonical = True
    source = factory.SubFactory(SourceFactory)


class PillarFactory(RecordFactory):
    class Meta:
        model = Pillar

    scheme = factory.SubFactory(PillarSchemeFactory)
    code = factory.Sequence(lambda n: f"q{n}")
    name = factory.Sequence(lambda n: f"Pillar {n}")
    order = factory.Sequence(lambda n: n + 1)


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    code = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Theme {n}")
    scheme = "across_pillars"
    source = factory.SubFactory(SourceFactory)


class InstrumentFactory(RecordFactory):
    class Meta:
        model = Instrument
        django_get_or_create = ("code",)

    code = "UNTOC"
    name = "United Nations Convention against Transnational Organized Crime"
    order = 1
    resolution = "A/RES/55/25"
    adopted_on = "2000-11-15"
    in_force_on = "2003-09-29"


class ProvisionFactory(RecordFactory):
    class Meta:
        model = Provision

    instrument = factory.SubFactory(InstrumentFactory)
    article = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Title of article {n + 1}")


class NetworkFactory(RecordFactory):
    class Meta:
        model = RegionalNetwork
        django_get_or_create = ("code",)

    code = "net4u-europe"
    name = "NET4U Europe"
    region = "Europe"
    source = factory.SubFactory(SourceFactory)


class OrganizationFactory(RecordFactory):
    """Published and public (by consent) unless asked otherwise: ``state``, ``appearance``, ``sharing=True``."""

    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"organization-{n}")
    legal_name = factory.Sequence(lambda n: f"Organization {n}")
    kind = "civil_society"
    state = Editorial.PUBLISHED
    appearance = Appearance.PUBLIC

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Organization:
        organization = model_class(*args, **fields)
        opens = organization.appearance in OPEN_APPEARANCES
        if opens and organization.source_id is None and organization.appearance_consent_id is None:
            organization.appearance_consent = record_consent(
                subject=organization, purpose=ConsentPurpose.APPEARANCE, text_version="test", by=None
            )
        organization.save()
        return organization

    @factory.post_generation
    def sharing(obj: Organization, create: bool, extracted: bool | None, **_: Any) -> None:  # noqa: N805
        if extracted:
            obj.sharing_consent = record_consent(
                subject=obj, purpose=ConsentPurpose.SISTER_NETWORKS, text_version="test", by=None
            )
            obj.save()


class MembershipFactory(RecordFactory):
    class Meta:
        model = Membership

    organization = factory.SubFactory(OrganizationFactory)
    network = factory.SubFactory(NetworkFactory)
    status = "member"


class IdentifierFactory(RecordFactory):
    class Meta:
        model = Identifier

    organization = factory.SubFactory(OrganizationFactory)
    scheme = "other"
    value = factory.Sequence(lambda n: f"Number {n}")


class AffiliationFactory(RecordFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = "editor"
    since = "2025-01-01"


class WorkshopFactory(RecordFactory):
    class Meta:
        model = Workshop

    slug = factory.Sequence(lambda n: f"workshop-{n}")
    kind = "regional_workshop"
    title = factory.Sequence(lambda n: f"Workshop {n}")
    state = Editorial.PUBLISHED
    starts_on = "2025-11-19"


class CorrectionFactory(RecordFactory):
    class Meta:
        model = Correction

    workshop = factory.SubFactory(WorkshopFactory)
    text = "A name was misspelt."
    made_on = date(2026, 1, 10)


class WorkshopNameFactory(RecordFactory):
    class Meta:
        model = WorkshopName

    workshop = factory.SubFactory(WorkshopFactory)
    name = factory.Sequence(lambda n: f"Other title {n}")
    source = factory.SubFactory(SourceFactory)


class DifferenceFactory(RecordFactory):
    class Meta:
        model = SourceDifference

    workshop = factory.SubFactory(WorkshopFactory)
    question = factory.Sequence(lambda n: f"Question {n}")
    order = factory.Sequence(lambda n: n + 1)


class StatementFactory(RecordFactory):
    class Meta:
        model = Statement

    difference = factory.SubFactory(DifferenceFactory)
    source = factory.SubFactory(SourceFactory)
    quote = factory.Sequence(lambda n: f"Words of the source {n}")


class FigureFactory(RecordFactory):
    class Meta:
        model = WorkshopFigure

    workshop = factory.SubFactory(WorkshopFactory)
    unit = "participants"
    value = 40
    source = factory.SubFactory(SourceFactory)


class RoleFactory(RecordFactory):
    class Meta:
        model = WorkshopRole

    workshop = factory.SubFactory(WorkshopFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = "convener"


class SessionFactory(RecordFactory):
    class Meta:
        model = Session

    workshop = factory.SubFactory(WorkshopFactory)
    order = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Session {n}")


class ParticipationFactory(RecordFactory):
    class Meta:
        model = Participation

    workshop = factory.SubFactory(WorkshopFactory)
    organization = factory.SubFactory(OrganizationFactory)
    attribution = "organization_only"


class ContributionFactory(RecordFactory):
    """Shown only with ``source=…`` or ``consent=…``."""

    class Meta:
        model = Contribution

    workshop = factory.SubFactory(WorkshopFactory)
    kind = "spoke"
    person_name = factory.Sequence(lambda n: f"Speaker {n}")


class WorkingGroupFactory(RecordFactory):
    class Meta:
        model = WorkingGroup

    workshop = factory.SubFactory(WorkshopFactory)
    code = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"Working group {n}")


class OutputFactory(RecordFactory):
    class Meta:
        model = Output

    workshop = factory.SubFactory(WorkshopFactory)
    kind = "proposal"
    order = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Proposal {n}")


class ResourceFactory(RecordFactory):
    class Meta:
        model = Resource

    slug = factory.Sequence(lambda n: f"resource-{n}")
    kind = "toolkit"
    title = factory.Sequence(lambda n: f"Toolkit {n}")
    source = factory.SubFactory(SourceFactory)


class RecommendationFactory(RecordFactory):
    class Meta:
        model = Recommendation

    text = factory.Sequence(lambda n: f"Recommendation {n}")
    made_in = 2025
    state = Editorial.PUBLISHED
    reference = factory.Sequence(lambda n: f"R-2025-{n + 1:04d}")
    source = factory.SubFactory(SourceFactory)


class AddresseeFactory(RecordFactory):
    class Meta:
        model = Addressee

    recommendation = factory.SubFactory(RecommendationFactory)
    kind = "all_states"


def _asked(recommendation: Recommendation) -> Addressee:
    return recommendation.addressees.first() or AddresseeFactory(recommendation=recommendation)


class AnswerFactory(RecordFactory):
    """By the one who is asked."""

    class Meta:
        model = Answer

    recommendation = factory.SubFactory(RecommendationFactory)
    addressee = factory.LazyAttribute(lambda answer: None if answer.organization else _asked(answer.recommendation))
    organization = None
    kind = "accepted"
    answered_on = date(2026, 3, 20)
    text = factory.Sequence(lambda n: f"Answer {n}")
    source = factory.SubFactory(SourceFactory)


class AssessmentFactory(RecordFactory):
    """By the secretariat."""

    class Meta:
        model = Assessment

    recommendation = factory.SubFactory(RecommendationFactory)
    assessor = "secretariat"
    level = "partly"
    basis = factory.Sequence(lambda n: f"What was read {n}")
    assessed_on = date(2026, 9, 1)


class DeclarationFactory(RecordFactory):
    class Meta:
        model = Declaration

    slug = factory.Sequence(lambda n: f"declaration-{n}")
    title = factory.Sequence(lambda n: f"Declaration {n}")
    state = Editorial.PUBLISHED
    source = factory.SubFactory(SourceFactory)


class DeclarationAreaFactory(RecordFactory):
    class Meta:
        model = DeclarationArea

    declaration = factory.SubFactory(DeclarationFactory)
    order = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Area {n}")


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    subject_kind = "workshops.contribution"
    subject_id = factory.Faker("uuid4")
    purpose = ConsentPurpose.NAME_IN_RECORD
    text_version = "test"


class CommitmentFactory(RecordFactory):
    """Published, due at the end of 2027, of an organization that everybody sees."""

    class Meta:
        model = Commitment

    organization = factory.SubFactory(OrganizationFactory)
    title = factory.Sequence(lambda n: f"Commitment {n}")
    horizon = "medium"
    due_on = date(2027, 12, 31)
    state = Editorial.PUBLISHED
    reference = factory.Sequence(lambda n: f"C-2025-{n + 1:04d}")


class PartnerFactory(RecordFactory):
    """Confirmed unless asked otherwise."""

    class Meta:
        model = CommitmentPartner

    commitment = factory.SubFactory(CommitmentFactory)
    organization = factory.SubFactory(OrganizationFactory)
    confirmed_at = factory.LazyFunction(timezone.now)


class MilestoneFactory(RecordFactory):
    class Meta:
        model = Milestone

    commitment = factory.SubFactory(CommitmentFactory)
    title = factory.Sequence(lambda n: f"Step {n}")
    due_on = date(2027, 6, 30)


class UpdateFactory(RecordFactory):
    """A row of a report alone: the service also moves the commitment."""

    class Meta:
        model = ProgressUpdate

    commitment = factory.SubFactory(CommitmentFactory)
    reported_on = date(2026, 1, 31)
    progress = "in_progress"
    text = factory.Sequence(lambda n: f"What happened {n}")


class EvidenceFactory(RecordFactory):
    class Meta:
        model = Evidence

    commitment = factory.SubFactory(CommitmentFactory)
    title = factory.Sequence(lambda n: f"Minutes {n}")
    url = factory.Sequence(lambda n: f"https://example.org/minutes/{n}")


class VerificationFactory(RecordFactory):
    class Meta:
        model = Verification

    commitment = factory.SubFactory(CommitmentFactory)
    completion = "limited"
    basis = "Read the minutes."
    verified_on = date(2026, 2, 28)
