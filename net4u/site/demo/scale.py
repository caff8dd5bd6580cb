"""A network of the size the portal is built for: 10,000 organizations and 100,000 commitments, all made up.

What a record says depends on the seed, its number and the day alone, so the same call gives the same network, and an
interrupted one goes on where it stopped. Rows are written in bulk, one ``change()`` for each 500: documents, journal
and reminders follow as they always do, and memory stays flat.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db.models import Model
from django.utils import translation

from commitments.enums import Completion, Horizon, Progress
from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from net4u.base.change import change
from net4u.base.references import next_references
from net4u.base.states import Editorial
from net4u.base.viewers import Audience
from net4u.site.demo.network import NotReady
from organizations.enums import OPEN_APPEARANCES, Appearance, CivilSocietyKind, MembershipStatus, OrganizationKind
from organizations.models import Membership, Organization, RegionalNetwork
from people.enums import ConsentPurpose
from people.models import Consent
from vocabulary.models import Pillar, Provision, SdgTarget, Territory
from workshops.enums import WorkshopKind
from workshops.models import Workshop

#: Records of one change: bounds memory, and how long others wait.
BATCH = 500
#: Ids are made from this name space, the seed, the kind and the number.
IDS = UUID("5ca1ab1e-0000-4000-8000-000000000000")
#: One organization in so many holds a workshop.
WORKSHOP_EVERY = 500
#: The first organization made one commitment in so many: 2,000 of 100,000.
LARGEST_EVERY = 50

FIRST = ("Amber", "Birch", "Clear", "Delta", "Elder", "Ferry", "Granite", "Harbour", "Island", "Juniper")
SECOND = ("Bridge", "Circle", "Field", "Gate", "Lantern", "Light", "Path", "Signal", "Stone", "Watch")
THIRD = ("Alliance", "Association", "Centre", "Collective", "Forum", "Foundation", "Initiative", "Network")
DEEDS = (
    "Train {who} to recognize {harm}", "Open a helpline for {who} affected by {harm}",
    "Publish a guide for {who} about {harm}", "Bring {who} together in each region against {harm}",
    "Collect figures on {harm} with {who}", "Run a school programme on {harm} with {who}",
)  # fmt: skip
WHO = ("social workers", "teachers", "journalists", "prosecutors", "young people", "survivors", "bank staff", "nurses")
HARMS = ("trafficking in persons", "online fraud", "smuggling of migrants", "money laundering", "wildlife crime")
UNITS = ("people trained", "calls answered", "schools reached", "cases followed", "guides handed out")
PROBLEM = (
    "In this made-up example {who} meet {harm} in their daily work and have nobody to ask. Cases are noticed late, "
    "and what one office learns does not reach the next one."
)
RESULT = (
    "Within the time of this commitment {who} know the signs of {harm}, know whom to call, and report once a year "
    "what changed. The materials stay free for others to use."
)
#: How long a commitment of each horizon runs, in days.
DAYS = {Horizon.SHORT: (90, 365), Horizon.MEDIUM: (365, 1095), Horizon.LONG: (1095, 2190)}


@dataclass(frozen=True)
class Plan:
    """What to make, as seen on which day."""

    today: date
    organizations: int = 10_000
    commitments: int = 100_000
    seed: int = 1

    def id_of(self, kind: str, number: int | str) -> UUID:
        return uuid5(IDS, f"{self.seed} {kind} {number}")

    def pick(self, kind: str, number: int) -> Random:
        return Random(f"{self.seed} {kind} {number}")  # noqa: S311 -- to be repeated, not to be secret

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def lead(self, number: int) -> int:
        """Which organization made this commitment: the largest a fiftieth of all, the others the same share each."""
        return 0 if number % LARGEST_EVERY == 0 else number % self.organizations


class Words(NamedTuple):
    """The word lists that records point to, in an order that is the same in every database."""

    countries: Sequence[Territory]
    pillars: Sequence[Pillar]
    provisions: Sequence[Provision]
    targets: Sequence[SdgTarget]
    network: RegionalNetwork | None

    @classmethod
    def load(cls) -> Words:
        return cls(
            list(Territory.objects.europe().order_by("iso2")),
            list(Pillar.objects.canonical().order_by("code")),
            list(Provision.objects.order_by("instrument__code", "article")),
            list(SdgTarget.objects.order_by("code")),
            RegionalNetwork.objects.filter(code="net4u-europe").first(),
        )


@dataclass
class Rows:
    """The rows of one change by model; a model comes after those its rows point to because it was added later."""

    by_model: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Any) -> None:
        self.by_model[type(row)].append(row)

    def link(self, relation: Any, source: UUID, targets: Sequence[Any]) -> None:
        """Rows of an automatic table: the change knows already that the side which declares it is new."""
        names = (relation.field.m2m_column_name(), relation.field.m2m_reverse_name())
        for target in targets:
            self.add(relation.through(**dict(zip(names, (source, target.pk), strict=True))))

    def save(self) -> None:
        for model, rows in self.by_model.items():
            model._base_manager.bulk_create(rows, batch_size=BATCH)


def fill(plan: Plan, *, say: Callable[[str], object] = print) -> None:
    """Make what of the plan is not there yet."""
    words = Words.load()
    if not words.pillars:
        raise NotReady("The word lists are not loaded yet: run manage.py prepare first.")
    kinds = (
        (Workshop, -(-plan.organizations // WORKSHOP_EVERY), workshop),
        (Organization, plan.organizations, organization),
        (Commitment, plan.commitments, commitment),
    )
    with translation.override("en"):
        for model, count, make in kinds:
            for numbers in _missing(plan, model, count):
                _write(plan, words, numbers, make)
                say(f"{model._meta.verbose_name_plural}: {numbers.stop:,} of {count:,}")


def _missing(plan: Plan, model: type[Model], count: int) -> Iterator[range]:
    """A batch is one change, so it is there as a whole or not at all."""
    for start in range(0, count, BATCH):
        if not model._base_manager.filter(pk=plan.id_of(model.__name__, start)).exists():
            yield range(start, min(start + BATCH, count))


def _write(plan: Plan, words: Words, numbers: range, make: Callable[[Plan, Words, int, Rows], None]) -> None:
    rows = Rows()
    for number in numbers:
        make(plan, words, number, rows)
    with change(by=None, what="demo.filled"):
        _give_references(rows.by_model[Commitment])
        rows.save()


def _give_references(commitments: Sequence[Commitment]) -> None:
    """From the series of the year each was published in, as the service takes them."""
    years = Counter(each.published_at.year for each in commitments if each.published_at)
    given = {year: iter(next_references("C", year, count)) for year, count in years.items()}
    for each in commitments:
        if each.published_at:
            each.reference = next(given[each.published_at.year])


# -- workshops and organizations ----------------------------------------------------------------------------


def workshop(plan: Plan, words: Words, number: int, rows: Rows) -> None:
    starts_on = plan.day(-60 * number - 30)
    rows.add(
        Workshop(
            id=plan.id_of("Workshop", number),
            slug=f"example-workshop-{number:03d}",
            kind=WorkshopKind.REGIONAL_WORKSHOP,
            title=f"Example workshop {number + 1} (made up)",
            title_is_verbatim=False,
            starts_on=starts_on,
            country=words.countries[number % len(words.countries)],
            state=Editorial.PUBLISHED,
            published_at=_noon(starts_on),
            is_demonstration=True,
        )
    )


def organization(plan: Plan, words: Words, number: int, rows: Rows) -> None:
    """Four in five show their profile, one in ten its name and country, the others less."""
    pick = plan.pick("Organization", number)
    name = f"Example {FIRST[number % 10]} {SECOND[number // 10 % 10]} {THIRD[number // 100 % 8]} {number:05d}"
    made = Organization(
        id=plan.id_of("Organization", number),
        slug=f"example-{number:05d}",
        legal_name=name,
        acronym=f"EX{number:05d}",
        kind=OrganizationKind.CIVIL_SOCIETY if number % 5 else OrganizationKind.ACADEMIA,
        civil_society_kind=pick.choice(CivilSocietyKind.values) if number % 5 else "",
        year_founded=pick.randrange(1950, plan.today.year),
        country=pick.choice(words.countries),
        languages=["en"],
        website=f"https://{number:05d}.example.org",
        mission=PROBLEM.format(who=pick.choice(WHO), harm=pick.choice(HARMS)),
        mission_language="en",
        appearance=_appearance(number),
        state=Editorial.PUBLISHED,
        published_at=_noon(plan.day(-pick.randrange(1200, 1500))),
        is_demonstration=True,
    )
    if made.appearance in OPEN_APPEARANCES:
        made.appearance_consent = _consent(plan, made, ConsentPurpose.APPEARANCE, rows)
    if number % 4 == 2:
        made.sharing_consent = _consent(plan, made, ConsentPurpose.SISTER_NETWORKS, rows)
    rows.add(made)
    rows.link(Organization.pillars, made.pk, pick.sample(words.pillars, pick.randint(1, 3)))
    if words.network and number % 2 == 0:
        rows.add(_membership(plan, made, words.network))


def _appearance(number: int) -> Appearance:
    last = number % 20
    if last < 16:
        return Appearance.PUBLIC
    if last < 18:
        return Appearance.NAME_AND_COUNTRY
    return Appearance.MEMBERS_ONLY if last == 18 else Appearance.HIDDEN


def _consent(plan: Plan, made: Organization, purpose: ConsentPurpose, rows: Rows) -> Consent:
    consent = Consent(
        id=plan.id_of(purpose, made.slug),
        subject_kind=made._meta.label_lower,
        subject_id=made.pk,
        purpose=purpose,
        text_version="made up",
        given_at=made.published_at or _noon(plan.today),
    )
    rows.add(consent)
    return consent


def _membership(plan: Plan, made: Organization, network: RegionalNetwork) -> Membership:
    return Membership(
        id=plan.id_of("Membership", made.slug), organization=made, network=network, status=MembershipStatus.MEMBER
    )


# -- commitments --------------------------------------------------------------------------------------------


def commitment(plan: Plan, words: Words, number: int, rows: Rows) -> None:
    """Published before it starts; a tenth has steps, some have reports, evidence, findings and partners."""
    pick = plan.pick("Commitment", number)
    who, harm = pick.choice(WHO), pick.choice(HARMS)
    horizon = pick.choice(list(DAYS))
    start_on = plan.day(pick.randrange(-1200, 200))
    made = Commitment(
        id=plan.id_of("Commitment", number),
        organization_id=plan.id_of("Organization", plan.lead(number)),
        title=pick.choice(DEEDS).format(who=who, harm=harm),
        problem=PROBLEM.format(who=who, harm=harm),
        expected_result=RESULT.format(who=who, harm=harm),
        horizon=horizon,
        start_on=start_on,
        due_on=start_on + timedelta(days=pick.randrange(*DAYS[horizon])),
        state=Editorial.PUBLISHED,
        published_at=_noon(min(start_on, plan.today) - timedelta(days=20)),
        is_demonstration=True,
    )
    if number % 2:
        made.workshop_id = plan.id_of("Workshop", number // 2 % -(-plan.organizations // WORKSHOP_EVERY))
    if number % 3:
        made.indicator = f"Number of {pick.choice(UNITS)}, counted each quarter"
        made.baseline, made.target, made.unit = 0, pick.randrange(20, 2000, 10), pick.choice(UNITS)
    rows.add(made)
    rows.link(Commitment.pillars, made.pk, pick.sample(words.pillars, pick.randint(1, 2)))
    rows.link(Commitment.provisions, made.pk, pick.sample(words.provisions, pick.choice((0, 0, 1, 2))))
    rows.link(Commitment.sdg_targets, made.pk, pick.sample(words.targets, pick.choice((0, 0, 1))))
    if number % 10 == 1:
        _add_milestones(plan, made, rows)
    if number % 20 == 2:
        _add_partner(plan, made, number, rows)
    _add_progress(plan, made, pick, rows)


def _add_milestones(plan: Plan, made: Commitment, rows: Rows) -> None:
    """Three steps at the quarters of its time; those behind us are reached."""
    assert made.start_on is not None  # noqa: S101 -- narrows the type
    quarter = (made.due_on - made.start_on) / 4
    for step in (1, 2, 3):
        due_on = made.start_on + quarter * step
        rows.add(
            Milestone(
                id=plan.id_of("Milestone", f"{made.pk} {step}"),
                commitment_id=made.pk,
                title=f"Step {step} of the example",
                due_on=due_on,
                done_on=due_on if due_on < plan.today else None,
            )
        )


def _add_partner(plan: Plan, made: Commitment, number: int, rows: Rows) -> None:
    other = (plan.lead(number) + 1) % plan.organizations
    rows.add(
        CommitmentPartner(
            id=plan.id_of("CommitmentPartner", number),
            commitment_id=made.pk,
            organization_id=plan.id_of("Organization", other),
            confirmed_at=made.published_at if number % 100 != 2 else None,
        )
    )


def _add_progress(plan: Plan, made: Commitment, pick: Random, rows: Rows) -> None:
    """The latest report stands on the commitment as well, as the service writes it."""
    due, seen = made.due_on < plan.today, pick.random()
    if seen > (0.8 if due else 0.25):
        return  # nothing reported yet: late where it is due
    made.progress = Progress.COMPLETED if due and seen < 0.6 else Progress.IN_PROGRESS
    if made.unit:
        made.value = pick.randrange(10, 2000)
    update = ProgressUpdate(
        id=plan.id_of("ProgressUpdate", str(made.pk)),
        commitment_id=made.pk,
        reported_on=min(made.due_on, plan.day(-1)),
        progress=made.progress,
        value=made.value,
        text="The first courses were held; this report is an example.",
        next_step="" if made.progress == Progress.COMPLETED else "A second round in spring",
    )
    rows.add(update)
    if made.progress == Progress.COMPLETED and seen < 0.2:
        _add_findings(plan, made, update, pick, rows)


def _add_findings(plan: Plan, made: Commitment, update: ProgressUpdate, pick: Random, rows: Rows) -> None:
    made.completion = pick.choice((Completion.LIMITED, Completion.SUBSTANTIAL, Completion.COMPLETE))
    rows.add(
        Evidence(
            id=plan.id_of("Evidence", str(made.pk)),
            commitment_id=made.pk,
            update_id=update.pk,
            title="Photographs and attendance lists (example)",
            url=f"https://example.org/evidence/{made.pk}",
            audience=pick.choice((Audience.PUBLIC, Audience.PUBLIC, Audience.PARTNERS, Audience.SECRETARIAT)),
        )
    )
    rows.add(
        Verification(
            id=plan.id_of("Verification", str(made.pk)),
            commitment_id=made.pk,
            completion=made.completion,
            basis="The report and its annexes were read (example).",
            value=made.value,
            verified_on=plan.day(-1),
        )
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12, tzinfo=UTC))
