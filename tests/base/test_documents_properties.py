"""After any sequence of edits every stored document is what would be written now. Found by random, not by us."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commitments.models import ProgressUpdate
from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.guards import records
from net4u.base.kinds import KINDS
from net4u.base.models import ChangeCounter, Document, Record
from organizations.enums import Appearance
from organizations.models import Organization
from organizations.services import merge_organizations
from recommendations.models import Answer
from tests import factories as make
from workshops.enums import Disclosure


class World:
    """A small network, and everything that can happen to it. Choices come from ``pick``."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.count = itertools.count(1)
        self.left: set[Any] = set()
        self.out: set[Any] = set()

    def fill(self) -> None:
        italy, austria = make.TerritoryFactory(), make.TerritoryFactory(iso2="AT", name="Austria")
        sources = [make.SourceFactory() for _ in range(2)]
        pillars = [make.PillarFactory() for _ in range(3)]
        provisions = [make.ProvisionFactory() for _ in range(2)]
        theme = make.ThemeFactory()
        houses = [
            make.OrganizationFactory(country=italy, part_of=None),
            make.OrganizationFactory(appearance="members_only", sharing=True, country=austria),
            make.OrganizationFactory(appearance="hidden"),
            make.OrganizationFactory(state="draft"),
        ]
        make.MembershipFactory(organization=houses[0])
        make.MembershipFactory(organization=houses[1], status="considering", source=sources[0])
        for number in range(2):
            workshop = make.WorkshopFactory(network=make.NetworkFactory(), country=austria, source=sources[0])
            make.WorkshopNameFactory(workshop=workshop, source=sources[1])
            make.FigureFactory(workshop=workshop, source=sources[0])
            make.StatementFactory(difference=make.DifferenceFactory(workshop=workshop), source=sources[1])
            sessions = [make.SessionFactory(workshop=workshop, source=sources[0]) for _ in range(2)]
            for house in houses[: 2 + number]:
                make.RoleFactory(workshop=workshop, organization=house)
                make.ParticipationFactory(workshop=workshop, organization=house)
            make.ContributionFactory(workshop=workshop, session=sessions[0], organization=houses[1], source=sources[1])
            group = make.WorkingGroupFactory(workshop=workshop, session=sessions[1])
            output = make.OutputFactory(workshop=workshop, session=sessions[1], working_group=group, pillar=pillars[0])
            resource = make.ResourceFactory(source=sources[0])
            recommendation = make.RecommendationFactory(
                workshop=workshop, session=sessions[1], working_group=group, output=output, source=sources[1]
            )
            asked = make.AddresseeFactory(recommendation=recommendation, kind="state", territory=italy)
            make.AnswerFactory(recommendation=recommendation, addressee=asked, source=sources[0])
            make.AnswerFactory(recommendation=recommendation, organization=houses[number], source=sources[1])
            make.AssessmentFactory(recommendation=recommendation, organization=houses[1], source=sources[0])
            commitment = make.CommitmentFactory(
                organization=houses[number], workshop=workshop, working_group=group, output=output, unit="courses"
            )
            make.PartnerFactory(commitment=commitment, organization=houses[2])
            make.PartnerFactory(commitment=commitment, organization=houses[1 - number], confirmed_at=None)
            make.MilestoneFactory(commitment=commitment)
            update = make.UpdateFactory(commitment=commitment)
            make.EvidenceFactory(commitment=commitment, update=update, audience="public")
            make.EvidenceFactory(commitment=commitment, update=update, audience="partners")
            make.EvidenceFactory(commitment=commitment, audience="secretariat")
            make.VerificationFactory(commitment=commitment)
            declaration = make.DeclarationFactory(organizer=houses[0], launched_at=workshop)
            make.DeclarationAreaFactory(declaration=declaration)
            with change(by=None, what="test.linked"):
                sessions[0].pillars.set(pillars[:2])
                group.pillars.set(pillars[1:])
                resource.workshops.set([workshop])
                resource.sessions.set(sessions)
                recommendation.pillars.set(pillars)
                recommendation.themes.set([theme])
                recommendation.provisions.set(provisions)
                commitment.answers.set([recommendation])
                commitment.pillars.set(pillars)
                commitment.provisions.set(provisions)
                houses[0].pillars.set(pillars[:1])

    # -- what can happen ------------------------------------------------------------------------------

    def any_of(self, model: type[Record]) -> Any:
        rows = list(model._base_manager.order_by("pk"))
        return self.pick.choice(rows) if rows else None

    def edit(self) -> None:
        """Change a text or number of any record of any model."""
        record = self.any_of(self.pick.choice(records()))
        if record is None:
            return
        names = [
            field.name
            for field in record._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField"} and not field.choices and not field.unique
            and not field.name.endswith("_en")
        ]  # fmt: skip
        if names:
            if isinstance(record, ProgressUpdate):
                return  # never overwritten
            setattr(record, self.pick.choice(names), f"edited {next(self.count)}"[:12])
            record.save()

    def choose(self) -> None:
        """State, disclosure and appearance: who may see it."""
        record = self.any_of(self.pick.choice([kind.model for kind in KINDS.values()]))
        if record is None:
            return
        if hasattr(record, "disclosure"):
            record.disclosure = self.pick.choice(Disclosure.values)
        if hasattr(record, "state"):
            record.state = self.pick.choice(["draft", "published", "withdrawn"])
        if hasattr(record, "progress"):
            record.progress = self.pick.choice(["not_reported", "in_progress", "completed"])
        if isinstance(record, Organization):
            record.appearance = self.pick.choice(Appearance.values)
            if record.appearance_consent is None and record.source is None:
                record.appearance_consent = make.ConsentFactory()
            record.sharing_consent = self.pick.choice([None, make.ConsentFactory()])
        record.save()

    def relink(self) -> None:
        """Point a foreign key somewhere else, or set a many-to-many relation anew, from either side."""
        record = self.any_of(self.pick.choice(records()))
        if record is None:
            return
        links = [
            field
            for field in record._meta.get_fields()
            if not field.auto_created
            and field.is_relation
            and isinstance(field.related_model, type)
            and issubclass(field.related_model, Record)
            and (field.many_to_many or not _is_key(record, field))
        ]
        if not links:
            return
        field = self.pick.choice(links)
        if field.many_to_many:
            rows = list(field.related_model._base_manager.order_by("pk"))
            getattr(record, field.name).set(self.pick.sample(rows, self.pick.randint(0, len(rows))))
            return
        if isinstance(record, ProgressUpdate):
            return
        other = self.any_of(field.related_model)
        if other == record:  # nothing repeats, or is a part of, itself
            return
        if isinstance(record, Answer) and field.name in {"addressee", "organization"}:
            if other is None:
                return
            record.addressee = record.organization = None  # one of the two answers
            setattr(record, field.name, other)
        else:
            setattr(record, field.name, None if field.null and self.pick.random() < 0.5 else other)
        record.save()

    def unlink_from_the_other_side(self) -> None:
        pillar = self.any_of(make.PillarFactory._meta.model)
        if pillar is not None:
            self.pick.choice(
                [pillar.sessions, pillar.recommendations, pillar.working_groups, pillar.commitments]
            ).clear()
        recommendation = self.any_of(make.RecommendationFactory._meta.model)
        if recommendation is not None:
            recommendation.commitments.clear()

    def remove(self) -> None:
        from django.db.models import ProtectedError

        record = self.any_of(self.pick.choice(records()))
        if record is not None:
            try:
                record.delete()
            except ProtectedError:
                return

    def add(self) -> None:
        workshop = self.any_of(make.WorkshopFactory._meta.model)
        if workshop is not None:
            factory = self.pick.choice([make.SessionFactory, make.OutputFactory, make.RoleFactory])
            factory(workshop=workshop)

    def update_in_bulk(self) -> None:
        self.pick.choice(
            [
                lambda: make.SessionFactory._meta.model.objects.filter(order__gt=1).update(title="In bulk"),
                lambda: make.OrganizationFactory._meta.model.objects.update(acronym="B"),
                lambda: make.OutputFactory._meta.model.objects.update(session=None),
            ]
        )()

    def merge(self) -> None:
        houses = list(Organization.objects.order_by("pk"))
        if len(houses) > 1:
            old, into = self.pick.sample(houses, 2)
            merge_organizations(old=old, into=into, why="the same", by=None)


def _is_key(record: Record, field: Any) -> bool:
    """A child stays with its parent here: unique places within it would only raise."""
    return any(field.name in constraint.fields for constraint in record._meta.constraints
               if hasattr(constraint, "fields"))  # fmt: skip


HAPPENINGS: list[Callable[[World], None]] = [
    World.edit, World.choose, World.choose, World.relink, World.relink, World.unlink_from_the_other_side,
    World.remove, World.add, World.update_in_bulk, World.merge,
]  # fmt: skip


#: What two writers can do to each other shows on PostgreSQL alone (``net4u.base.change``).
EXAMPLES = 10 if connection.vendor == "postgresql" else 5


class EveryDocumentIsFresh(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 2**32 - 1), steps=st.integers(3, 10), together=st.integers(1, 3))
    def test_whatever_happens(self, seed: int, steps: int, together: int) -> None:
        world = World(random.Random(seed))
        with change(by=None, what="test.filled"):
            world.fill()
        for _ in range(steps):
            out_before = set(Document.objects.current().values_list("object_id", "audience"))
            number_before = ChangeCounter.objects.get().value
            with change(by=None, what="test.happening"):
                for _ in range(together):
                    world.pick.choice(HAPPENINGS)(world)
            self.assert_one_tombstone_each(out_before)
            self.assert_no_gap(number_before)
        assert list(check()) == []

    def assert_one_tombstone_each(self, out_before: set[Any]) -> None:
        """What was out and is out no more has one tombstone an audience: no content left behind."""
        for object_id, audience in out_before - set(Document.objects.current().values_list("object_id", "audience")):
            row = Document.objects.get(object_id=object_id, audience=audience)
            assert (row.text, row.digest) == ("", "")

    def assert_no_gap(self, before: int) -> None:
        """A change's documents have exactly the numbers between the counter before it and after it."""
        after = ChangeCounter.objects.get().value
        written = Document.objects.filter(number__gt=before).order_by("number").values_list("number", flat=True)
        assert list(written) == list(range(before + 1, after + 1))
