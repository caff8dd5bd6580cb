"""A small world built through the services, with a canary in everything that somebody may not see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils import timezone

from net4u.base.change import change
from net4u.base.models import ImportRow, ImportRun, OutboxMessage, Report
from net4u.base.reports import file_report, settle_report
from net4u.base.viewers import Audience
from organizations.enums import Appearance, MembershipStatus
from organizations.models import (
    Affiliation,
    Approval,
    Claim,
    EditableText,
    Identifier,
    Invitation,
    Membership,
    NetworkSettings,
    Organization,
    ProfileChange,
    RegionalNetwork,
    SavedView,
)  # fmt: skip
from organizations.services import (
    affiliate,
    draft_organization,
    merge_organizations,
    publish_organization,
    record_network,
    record_standing,
    save_network_settings,
    set_appearance,
    share_with_sister_networks,
    submit_organization,
    withdraw_organization,
    write_text,
)  # fmt: skip
from people.enums import ConsentPurpose, SecretariatRole
from people.models import Consent, User
from people.services import record_consent
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation
from recommendations.services import (
    assess_recommendation,
    publish_declaration,
    publish_recommendation,
    record_answer,
    record_declaration,
    record_recommendation,
    withdraw_recommendation,
)  # fmt: skip
from tests.sweep import promises
from tests.sweep.actors import ACTORS, ADMINISTRATOR, MEMBERS, NOBODY, NONE, OWN, PARTNERS, SECRETARIAT
from tests.sweep.canaries import Canaries
from vocabulary.enums import ReferenceKind
from vocabulary.models import (
    Instrument,
    Pillar,
    PillarScheme,
    Provision,
    Reference,
    SdgTarget,
    Source,
    Territory,
    Theme,
)
from vocabulary.services import record_word
from workshops.models import (
    Contribution,
    Correction,
    Delegate,
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
from workshops.services import curate, publish_workshop, withdraw_workshop


@dataclass
class World:
    canaries: Canaries = field(default_factory=Canaries)
    people: dict[str, User | None] = field(default_factory=dict)
    #: Named records, for the addresses of the matrix.
    at: dict[str, Any] = field(default_factory=dict)

    def hidden(self, model: type[Any], allowed: frozenset[str], **given: Any) -> Any:
        """An unsaved record full of canaries."""
        return model(**self.canaries.filled(model, allowed, **given))

    def why(self, allowed: frozenset[str] = SECRETARIAT) -> str:
        return self.canaries.plant("base.JournalEntry.why", allowed)


def build() -> World:
    world = World()
    words(world)
    people(world)
    organizations(world)
    open_record(world)
    hidden_workshops(world)
    names_in_open_workshops(world)
    lists_of_participants(world)
    hidden_recommendations(world)
    promises.commitments(world)
    messages(world)
    reports(world)
    return world


@change(by=None, what="world.made")
def words(world: World) -> None:
    """Public word lists, with nothing to hide."""
    source = record_word(word=Source(slug="report", title="Report", publisher="The Alliance"), by=None)
    scheme = record_word(
        word=PillarScheme(code="six-pillars", name="Six pillars", canonical=True, source=source), by=None
    )
    pillar = record_word(word=Pillar(scheme=scheme, code="p1", name="Prevention", order=1), by=None)
    convention = Instrument(
        code="UNTOC", name="The Convention", order=1, resolution="A/RES/55/25", adopted_on=date(2000, 11, 15),
        in_force_on=date(2003, 9, 29),
    )  # fmt: skip
    record_word(word=convention, by=None)
    provision = record_word(word=Provision(instrument=convention, article=31, title="Prevention"), by=None)
    italy = record_word(word=Territory(iso2="IT", name="Italy"), by=None)
    record_word(word=Theme(code="survivors", name="Survivors", scheme="across_pillars", source=source), by=None)
    record_word(word=Reference(code="resolution", name="A resolution", kind=ReferenceKind.values[0]), by=None)
    record_word(word=SdgTarget(code="16.4", name="By 2030 …"), by=None)
    Group.objects.create(name="from Django")
    network = record_network(
        network=RegionalNetwork(code="net4u-europe", name="NET4U Europe", region="Europe", source=source), by=None
    )
    world.at |= {
        "source": source, "pillar": pillar, "instrument": convention, "provision": provision, "italy": italy,
        "network": network,
    }  # fmt: skip


def people(world: World) -> None:
    roles = {"curator": SecretariatRole.CURATOR, "administrator": SecretariatRole.ADMINISTRATOR}
    world.people[NOBODY] = None
    for actor in ACTORS[1:]:
        world.people[actor] = person(world, actor, roles.get(actor, SecretariatRole.NONE))
    Authenticator.objects.create(
        user=world.people["person"], type=Authenticator.Type.TOTP,
        data={"secret": world.canaries.plant("mfa.Authenticator.data", NONE)},
    )  # fmt: skip


#: Who reads somebody's name: colleagues each other's, and whoever decides about a claim that of who asks.
KNOWN_TO = {
    **dict.fromkeys(("viewer", "editor", "admin"), OWN),
    **dict.fromkeys(("curator", "administrator"), SECRETARIAT),
    "person": SECRETARIAT | {"admin"},
}


def person(world: World, actor: str, role: SecretariatRole) -> User:
    """Only they themselves and administrators see who it is; nobody sees the password."""
    seen = ADMINISTRATOR | {actor}
    told = {"name": world.canaries.plant("people.User.name", seen | KNOWN_TO.get(actor, NONE))}
    if actor in {"person", *SECRETARIAT}:  # asks to join the house: who decides reads the address; so does the team
        told["email"] = f"{world.canaries.plant('people.User.email', seen | KNOWN_TO[actor])}@example.org"
    given = world.canaries.filled(
        User, seen, **told, secretariat_role=role, password="!" + world.canaries.plant("people.User.password", NONE)
    )
    user = User.objects.create(**given)
    address = EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    key = world.canaries.plant("account.EmailConfirmation.key", NONE)
    EmailConfirmation.objects.create(email_address=address, sent=timezone.now(), key=key)
    world.canaries.planted.add("account.EmailAddress.email")  # the same word
    return user


def organization(world: World, allowed: frozenset[str], appearance: Appearance, **given: Any) -> Organization:
    """Registered, approved, and shown as ``appearance`` says."""
    row = world.hidden(Organization, allowed, kind="civil_society", **given, **inside(world))
    draft_organization(organization=row, by=None)
    submit_organization(organization=row, by=None)
    publish_organization(organization=row, by=None)
    appear(world, row, appearance)
    return row


def inside(world: World) -> dict[str, list[str]]:
    """What no member and no partner reads of an organization that they see."""
    columns = ("self_description", "other_networks")
    return {name: [world.canaries.plant(f"organizations.Organization.{name}", OWN)] for name in columns}


def appear(world: World, row: Organization, appearance: Appearance) -> None:
    version = world.canaries.plant("people.Consent.text_version", ADMINISTRATOR)
    set_appearance(organization=row, appearance=appearance, text_version=version, by=None)


def organizations(world: World) -> None:
    everybody = frozenset(ACTORS) | PARTNERS | {Audience.PUBLIC.value}
    public = Organization(slug="open", legal_name="Open Hands", kind="civil_society", country=world.at["italy"])
    draft_organization(organization=public, by=None)
    publish_organization(organization=_submitted(public), by=None)
    appear(world, public, Appearance.PUBLIC)
    house = organization(world, OWN, Appearance.HIDDEN)
    # Everybody sees its name, members its profile.
    named = {name: world.canaries.plant(f"organizations.Organization.{name}", everybody)
             for name in ("slug", "legal_name", "english_name", "acronym")}  # fmt: skip
    elsewhere = organization(world, MEMBERS, Appearance.NAME_AND_COUNTRY, **named, id=uuid4())
    members_only = organization(world, MEMBERS, Appearance.MEMBERS_ONLY)
    shared = organization(world, MEMBERS | PARTNERS, Appearance.MEMBERS_ONLY)
    consent = world.canaries.plant("people.Consent.text_version", ADMINISTRATOR)
    share_with_sister_networks(organization=shared, text_version=consent, by=None)
    draft = world.hidden(Organization, SECRETARIAT, kind="civil_society")
    draft_organization(organization=draft, by=None)
    withdrawn = organization(world, SECRETARIAT, Appearance.PUBLIC, id=uuid4())  # tombstones name it
    withdraw_organization(organization=withdrawn, why=world.why(), by=None)
    settings_and_approvals(world, draft)
    merge_hidden(world)
    standings(world, house, public)
    waiting(world, house, elsewhere)
    world.at |= {
        "public": public, "house": house, "elsewhere": elsewhere, "members_only": members_only, "shared": shared,
        "draft": draft, "withdrawn": withdrawn,
    }  # fmt: skip
    for number, actor in enumerate(("viewer", "editor", "admin"), 424243):
        # A number of its own: what an address says is left out of comparing answers, and 2 stands everywhere.
        Affiliation.objects.create(pk=number, person=world.people[actor], organization=house, role=actor)
    world.at["affiliation"] = house.affiliations.get(person=world.people["editor"])
    affiliate(person=world.people["other"], organization=elsewhere, role="editor", by=None)
    today = timezone.localdate()
    Affiliation.objects.create(
        person=world.people["former"], organization=house, role="admin",
        since=today - timedelta(days=800), until=today - timedelta(days=300),
    )  # fmt: skip


def waiting(world: World, house: Organization, elsewhere: Organization) -> None:
    """Who asks and is asked, and what waits for the secretariat."""
    with change(by=None, what="world.numbers"):
        world.hidden(Identifier, OWN, organization=house, scheme="other").save()
        world.hidden(Identifier, MEMBERS, organization=elsewhere, scheme="other").save()
    asked = SECRETARIAT | {"admin"}
    claim = world.hidden(Claim, asked | {"person"}, organization=house, person=world.people["person"], kind="join")
    claim.save()
    invitation = world.hidden(
        Invitation, asked | {"editor"}, organization=house, expires_at=timezone.now() + timedelta(days=9)
    )
    invitation.save()
    wanted = {
        name: {"legal_name": world.canaries.plant(f"organizations.ProfileChange.{name}", OWN)}
        for name in ("before", "after")
    }
    request = world.hidden(ProfileChange, OWN, organization=house, **wanted)
    request.save()
    world.at |= {"claim": claim, "invitation": invitation, "profile_change": request}


def settings_and_approvals(world: World, draft: Organization) -> None:
    """What the secretariat asks of registrations, and what it found."""
    settings = world.hidden(NetworkSettings, SECRETARIAT, network=world.at["network"])
    save_network_settings(settings=settings, by=None)
    found = [[world.canaries.plant("organizations.Approval.criteria", SECRETARIAT), True]]
    curator = world.people["curator"]
    world.hidden(Approval, SECRETARIAT, organization=draft, version=draft.version, by=curator, criteria=found).save()
    # Its number is as unlike every other as one that does not exist: the answers are compared without them.
    given = {"id": 4242424203, "page": "follow_up", "query": "due=overdue"}
    kept = world.hidden(SavedView, frozenset({"curator"}), person=curator, **given)
    kept.save()
    world.at["saved_view"] = kept


def _submitted(row: Organization) -> Organization:
    submit_organization(organization=row, by=None)
    return row


def merge_hidden(world: World) -> None:
    """A former slug and a former id of what was never out."""
    old = organization(world, SECRETARIAT, Appearance.HIDDEN)
    into = organization(world, SECRETARIAT, Appearance.HIDDEN)
    world.canaries.planted |= {"organizations.OrganizationAlias.former_slug"}  # the slug of ``old``
    world.at["former_slug"] = old.slug
    merge_organizations(old=old, into=into, why=world.why(), by=None)


def standings(world: World, house: Organization, public: Organization) -> None:
    network = world.at["network"]
    own = world.hidden(Membership, OWN, organization=house, network=network, status=MembershipStatus.MEMBER)
    record_standing(membership=own, by=None)
    applied = world.hidden(Membership, SECRETARIAT, organization=public, network=network, status="applied")
    record_standing(membership=applied, by=None)


@change(by=None, what="world.made")
def open_record(world: World) -> None:
    """One public record of each kind, so that there is something to see next to what is hidden."""
    source, pillar = world.at["source"], world.at["pillar"]
    workshop = Workshop(
        slug="rome", kind="regional_workshop", title="Open workshop", starts_on=date(2025, 11, 19), source=source
    )
    curate(record=workshop, by=None)
    publish_workshop(workshop=workshop, by=None)
    session = curate(record=Session(workshop=workshop, order=1, title="Opening"), by=None)
    group = curate(record=WorkingGroup(workshop=workshop, session=session, code="a", name="Group A"), by=None)
    output = curate(record=Output(workshop=workshop, kind="proposal", order=1, text="Train.", pillar=pillar), by=None)
    resource = Resource(slug="toolkit", kind="toolkit", title="Toolkit", source=source)
    curate(record=resource, by=None, links={"workshops": [workshop], "pillars": [pillar]})
    recommendation = Recommendation(text="States should train.", made_in=2025, workshop=workshop, source=source)
    record_recommendation(
        recommendation=recommendation, by=None, links={"pillars": [pillar]}, addressees=[Addressee(kind="all_states")]
    )
    publish_recommendation(recommendation=recommendation, by=None)
    said_to_it(world, recommendation)
    declaration = Declaration(slug="call", title="A call", source=source, launched_at=workshop)
    record_declaration(declaration=declaration, areas=["Prevention"], by=None)
    publish_declaration(declaration=declaration, by=None)
    world.at |= {
        "workshop": workshop, "session": session, "group": group, "output": output, "resource": resource,
        "recommendation": recommendation, "declaration": declaration,
    }  # fmt: skip


def said_to_it(world: World, recommendation: Recommendation) -> None:
    """Read by everybody; beside it what an organization said that only its own people and the secretariat see."""
    source, addressee, day = world.at["source"], recommendation.addressees.get(), date(2026, 1, 1)
    told: dict[str, Any] = {"recommendation": recommendation}
    by_all = Answer(**told, addressee=addressee, kind="noted", text="Noted.", source=source)
    record_answer(answer=by_all, by=None)
    found = Assessment(**told, assessor="secretariat", level="partly", basis="A list.", assessed_on=day)
    assess_recommendation(assessment=found, by=None)
    house = world.at["house"]
    record_answer(answer=world.hidden(Answer, OWN, **told, organization=house, kind="noted", source=source), by=None)
    own = world.hidden(Assessment, OWN, **told, organization=house, assessor="own", level="fully", assessed_on=day)
    assess_recommendation(assessment=own, by=None)


def answered_in_secret(world: World, recommendation: Recommendation) -> None:
    """Answers and findings of what is not out itself."""
    told: dict[str, Any] = {"recommendation": recommendation, "organization": world.at["public"]}
    record_answer(answer=world.hidden(Answer, SECRETARIAT, **told, kind="noted", source=world.at["source"]), by=None)
    finding = {"assessor": "own", "level": "fully", "assessed_on": date(2026, 1, 1)}
    assess_recommendation(assessment=world.hidden(Assessment, SECRETARIAT, **told, **finding), by=None)


def hidden_workshops(world: World) -> None:
    """A draft, one taken down, one off the record: each with all its parts."""
    world.at["draft_workshop"] = workshop_with_parts(world)
    withdrawn = workshop_with_parts(world, was_public=True)
    publish_workshop(workshop=withdrawn, by=None)
    withdraw_workshop(workshop=withdrawn, why=world.why(), by=None)
    off_the_record = workshop_with_parts(world, disclosure="off_record")
    publish_workshop(workshop=off_the_record, by=None)
    world.at |= {"withdrawn_workshop": withdrawn, "off_the_record": off_the_record}


@change(by=None, what="world.made")
def workshop_with_parts(world: World, disclosure: str = "on_record", *, was_public: bool = False) -> Workshop:
    """Everything in it is the secretariat's own, though its parts would be public in a public workshop.

    Of what was public, tombstones name the id.
    """
    source, public = world.at["source"], world.at["public"]

    def made(model: type[Any], **given: Any) -> Any:
        known = {"id": uuid4()} if was_public else {}
        return curate(record=world.hidden(model, SECRETARIAT, **known, **given), by=None)

    workshop: Workshop = made(
        Workshop, kind="training", starts_on=date(2025, 1, 1), disclosure=disclosure, source=source
    )

    def part(model: type[Any], **given: Any) -> Any:
        return made(model, workshop=workshop, **given)

    session = part(Session, order=1, disclosure=disclosure, source=source)
    group = part(WorkingGroup, session=session)
    part(Output, kind="proposal", order=1, session=session, working_group=group)
    part(WorkshopName, source=source)
    part(WorkshopFigure, unit="participants", value=40, source=source)
    made(Statement, difference=part(SourceDifference, order=1), source=source)
    part(WorkshopRole, organization=public, role="host", source=source)
    part(Participation, organization=public, attribution="named", source=source)
    part(Contribution, session=session, kind="spoke", source=source)
    part(Correction, made_on=date(2026, 1, 1))
    return workshop


def names_in_open_workshops(world: World) -> None:
    """Names that the rules of disclosure, a missing consent or a hidden organization keep out of public records."""
    workshop, source = world.at["workshop"], world.at["source"]
    chatham = Workshop(
        slug="chatham", kind="training", title="Under the Rule", starts_on=date(2025, 2, 1), disclosure="chatham_house"
    )
    curate(record=chatham, by=None)
    publish_workshop(workshop=chatham, by=None)
    closed = curate(record=Session(workshop=workshop, order=2, title="Closed", disclosure="chatham_house"), by=None)

    def secret(model: type[Any], allowed: frozenset[str] = SECRETARIAT, **given: Any) -> Any:
        return curate(record=world.hidden(model, allowed, **given), by=None)

    public, members_only = world.at["public"], world.at["members_only"]
    secret(Contribution, workshop=chatham, kind="spoke", source=source)
    secret(Contribution, workshop=workshop, session=closed, kind="spoke", source=source)
    secret(Contribution, workshop=workshop, kind="spoke")  # without consent and source
    consented(world, secret(Contribution, workshop=chatham, kind="spoke"))
    secret(Contribution, MEMBERS, workshop=workshop, kind="spoke", organization=members_only, source=source)
    secret(Contribution, OWN, workshop=workshop, kind="met", organization=world.at["house"], source=source)
    secret(Participation, workshop=workshop, organization=public)  # anonymous
    secret(Participation, workshop=chatham, organization=public, attribution="named")
    secret(Participation, OWN, workshop=workshop, organization=world.at["house"], attribution="named")
    secret(WorkshopRole, OWN, workshop=workshop, organization=world.at["house"], role="host")
    secret(WorkshopRole, workshop=chatham, organization=public, role="host")  # no source told it
    secret(WorkshopFigure, workshop=workshop, unit="participants", value=3, source=source)
    session = secret(Session, workshop=workshop, order=3, disclosure="off_record")
    group = secret(WorkingGroup, workshop=workshop, session=session)
    output = secret(Output, workshop=workshop, kind="proposal", order=2, working_group=group)
    secret(Contribution, workshop=workshop, session=session, kind="spoke", source=source)
    world.at |= {
        "chatham": chatham, "hidden_session": session, "off_record_group": group, "hidden_output": output,
    }  # fmt: skip


def lists_of_participants(world: World) -> None:
    """Delegates are nobody's business but the secretariat's, in an open workshop, too; nor is a list on its way."""
    for name in ("workshop", "chatham", "draft_workshop"):
        email = f"{world.canaries.plant('workshops.Delegate.email', SECRETARIAT)}@example.org"
        delegate = {"workshop": world.at[name], "organization": world.at["public"], "email": email}
        world.hidden(Delegate, SECRETARIAT, **delegate).save()
    header = [world.canaries.plant("base.ImportRun.header", SECRETARIAT) for _column in range(2)]
    run = world.hidden(
        ImportRun, SECRETARIAT, kind="participants", about=world.at["draft_workshop"].pk, state="checked",
        header=header, mapping=["name", "organization"], result={}, total=1,
    )  # fmt: skip
    run.save()
    cells = [world.canaries.plant("base.ImportRow.cells", SECRETARIAT) for _cell in header]
    reasons = [world.canaries.plant("base.ImportRow.reasons", SECRETARIAT)]
    # A number unlike any other in the page.
    ImportRow.objects.create(run=run, number=4242425, cells=cells, reasons=reasons, verdict="refuse")
    world.at["import_run"] = run


def consented(world: World, contribution: Contribution) -> None:
    """Even with a consent, no name is told under the Rule; the consent's id is nobody's business at all."""
    consent = Consent(
        **world.canaries.filled(
            Consent, ADMINISTRATOR, subject_kind="workshops.contribution", subject_id=contribution.pk,
            purpose=ConsentPurpose.NAME_IN_RECORD, given_by=world.people["person"],
        )
    )  # fmt: skip
    with change(by=None, what="consent.given"):
        consent.save()
        contribution.consent = consent
        contribution.save()
    record_consent(
        subject=contribution, purpose=ConsentPurpose.NAME_IN_RECORD,
        text_version="2026-11", by=world.people["editor"],
    )  # fmt: skip


def hidden_recommendations(world: World) -> None:
    source = world.at["source"]
    draft = world.hidden(Recommendation, SECRETARIAT, made_in=2025, source=source)
    record_recommendation(recommendation=draft, by=None)
    withdrawn = world.hidden(Recommendation, SECRETARIAT, made_in=2025, source=source, id=uuid4())
    record_recommendation(recommendation=withdrawn, by=None)
    publish_recommendation(recommendation=withdrawn, by=None)
    withdraw_recommendation(recommendation=withdrawn, why=world.why(), by=None)
    # Published itself, but out of a workshop that is not.
    buried = world.hidden(Recommendation, SECRETARIAT, made_in=2025, source=source, workshop=world.at["off_the_record"])
    record_recommendation(recommendation=buried, by=None)
    publish_recommendation(recommendation=buried, by=None)
    answered_in_secret(world, draft)
    answered_in_secret(world, buried)
    declaration = world.hidden(Declaration, SECRETARIAT, source=source)
    area = world.canaries.plant(f"{DeclarationArea._meta.label}.text", SECRETARIAT)
    record_declaration(declaration=declaration, areas=[area], by=None)
    # A public declaration names its organizer to those who may see it.
    organized = Declaration(slug="organized", title="Another call", source=source, organizer=world.at["house"])
    record_declaration(declaration=organized, areas=[], by=None)
    publish_declaration(declaration=organized, by=None)
    world.at |= {"draft_recommendation": draft, "buried": buried, "draft_declaration": declaration}


def messages(world: World) -> None:
    """What waits to be sent; its content is shown to nobody, not even in the admin."""
    key = world.canaries.plant("base.OutboxMessage.key", ADMINISTRATOR)
    with change(by=world.people["editor"], what="test.sent", why=world.why()) as work:
        work.send("mail", key=key, to="nobody@example.org", text=_payload(world))
    error = world.canaries.plant("base.OutboxMessage.error", ADMINISTRATOR)
    OutboxMessage.objects.filter(key=key).update(error=error)
    # One that was given up waits for the secretariat, with its reason.
    error = world.canaries.plant("base.OutboxMessage.error", SECRETARIAT)
    world.at["given_up"] = OutboxMessage.objects.create(
        id=4242424201,  # unlike any other number in the page
        key=world.canaries.plant("base.OutboxMessage.key", ADMINISTRATOR), kind="mail", error=error,
        gave_up_at=timezone.now(), payload={"to": _payload(world)},
    )  # fmt: skip


def reports(world: World) -> None:
    """What somebody wrote to the secretariat, about a record and about none; and what became of it."""

    def sent(**given: Any) -> Report:
        return file_report(report=world.hidden(Report, SECRETARIAT, answer="", kind="at_risk", **given))

    sent()
    world.at["report"] = sent(about_kind="organization", about_id=world.at["public"].pk)
    settled = sent()
    words = world.canaries.plant("base.Report.answer", SECRETARIAT)
    settle_report(report=settled, words=words, by=None)
    write_text(text=EditableText(key="imprint", language="en", title="Imprint", body="Nobody."), by=None)


def _payload(world: World) -> str:
    return world.canaries.plant("base.OutboxMessage.payload", NONE)
