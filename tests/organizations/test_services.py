from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import Document, JournalEntry
from net4u.base.states import EDITORIAL_MOVES, Editorial, TransitionError
from organizations import services
from organizations.enums import MEMBERSHIP_MOVES, Appearance, MembershipStatus
from organizations.models import Membership, Organization, OrganizationAlias
from organizations.services import merging
from people.models import Consent, User
from tests.factories import (
    AffiliationFactory,
    ContributionFactory,
    DeclarationFactory,
    MembershipFactory,
    OrganizationFactory,
    ParticipationFactory,
    PillarFactory,
    RoleFactory,
    SourceFactory,
    WorkshopFactory,
)  # fmt: skip
from workshops.models import WorkshopRole

pytestmark = pytest.mark.django_db

#: What each action moves to, from where the table lets it.
ACTIONS: dict[str, tuple[Editorial, Callable[..., None]]] = {
    "submit": (Editorial.SUBMITTED, lambda o, by: services.submit_organization(organization=o, by=by)),
    "request_changes": (
        Editorial.CHANGES_REQUESTED,
        lambda o, by: services.request_changes(organization=o, words="Add a website.", by=by),
    ),
    "decline": (
        Editorial.DECLINED,
        lambda o, by: services.decline_organization(organization=o, words="Not in Europe.", by=by),
    ),
    "withdraw": (
        Editorial.WITHDRAWN,
        lambda o, by: services.withdraw_organization(organization=o, why="Asked to.", by=by),
    ),
}


@pytest.mark.parametrize("state", Editorial.values)
@pytest.mark.parametrize("action", ACTIONS)
def test_moves_follow_the_table_from_every_state(state: str, action: str, ada: User) -> None:
    organization = OrganizationFactory(state=state)
    to, act = ACTIONS[action]
    if to in EDITORIAL_MOVES[state]:
        act(organization, ada)
        assert Organization.objects.get(pk=organization.pk).state == to
    else:
        with pytest.raises(TransitionError):
            act(organization, ada)
        assert Organization.objects.get(pk=organization.pk).state == state


@pytest.mark.parametrize("state", Editorial.values)
def test_publishing_and_restoring_are_two_actions(state: str, ada: User) -> None:
    organization = OrganizationFactory(state=state)
    publishable = state in {"draft", "submitted"}
    try:
        services.publish_organization(organization=organization, by=ada)
        assert publishable
    except TransitionError:
        assert not publishable
        try:
            services.restore_organization(organization=organization, why="A mistake.", by=ada)
            assert state == "withdrawn"
        except TransitionError:
            assert state != "withdrawn"


WHO = {
    "submit": {"alice", "sam", "ada"},
    "request_changes": {"sam", "ada"},
    "decline": {"sam", "ada"},
    "withdraw": {"alice", "sam", "ada"},
}


@pytest.mark.parametrize("actor", ["alice", "bob", "charlie", "sam", "ada"])
@pytest.mark.parametrize("action", ACTIONS)
def test_who_may(action: str, actor: str, house: Organization, request: pytest.FixtureRequest) -> None:
    to, act = ACTIONS[action]
    start = next(state for state, moves in EDITORIAL_MOVES.items() if to in moves)
    with change(by=None, what="test"):
        house.state = start
        house.save()
    person = request.getfixturevalue(actor)
    if actor in WHO[action]:
        act(house, person)
    else:
        with pytest.raises(PermissionDenied):
            act(house, person)
    expected = to if actor in WHO[action] else start
    assert Organization.objects.get(pk=house.pk).state == expected


def test_restoring_is_for_administrators_and_wants_a_reason(house: Organization, sam: User, ada: User) -> None:
    services.withdraw_organization(organization=house, why="At risk.", by=sam)
    with pytest.raises(PermissionDenied):
        services.restore_organization(organization=house, why="No.", by=sam)
    with pytest.raises(ValidationError) as error:
        services.restore_organization(organization=house, why="  ", by=ada)
    assert error.value.message_dict == {"why": ["Give the reason for showing it again."]}
    services.restore_organization(organization=house, why="The danger is over.", by=ada)
    assert JournalEntry.objects.order_by("-id").values_list("what", "why", "by")[0] == (
        "organization.restored", "The danger is over.", ada.pk,
    )  # fmt: skip


def test_a_decision_against_needs_words(house: Organization, sam: User) -> None:
    with pytest.raises(ValidationError) as error:
        services.decline_organization(organization=house, words="", by=sam)
    assert error.value.message_dict == {"words": ["Say why, so that the organization knows what to do next."]}


def test_appearance_opens_with_a_consent_and_closes_with_its_end(house: Organization, alice: User) -> None:
    services.set_appearance(organization=house, appearance=Appearance.PUBLIC, text_version="2026-1", by=alice)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.subject_id, consent.given_by, consent.text_version, consent.withdrawn_at) == (
        "appearance", house.pk, alice, "2026-1", None,
    )  # fmt: skip
    assert Document.objects.get(object_id=house.pk, audience="public").text
    services.set_appearance(organization=house, appearance=Appearance.HIDDEN, text_version="2026-1", by=alice)
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert Document.objects.get(object_id=house.pk, audience="public").text == ""


def test_only_its_own_administrator_chooses_how_an_organization_appears(
    house: Organization, sam: User, bob: User, charlie: User
) -> None:
    for person in (sam, bob, charlie):
        with pytest.raises(PermissionDenied):
            services.set_appearance(organization=house, appearance=Appearance.PUBLIC, text_version="2026-1", by=person)
    assert not Consent.objects.filter(subject_id=house.pk).exists()


def test_sharing_with_sister_networks_is_off_until_agreed_and_ends_at_once(house: Organization, alice: User) -> None:
    def partners_read() -> str:
        return "".join(Document.objects.filter(object_id=house.pk, audience="partners").values_list("text", flat=True))

    assert partners_read() == ""
    services.share_with_sister_networks(organization=house, text_version="2026-1", by=alice)
    assert json.loads(partners_read())["legal_name"] == "Second House Cooperative"
    assert not Document.objects.filter(object_id=house.pk, audience="public").exists()
    services.stop_sharing(organization=house, by=alice)
    assert partners_read() == ""
    assert Consent.objects.in_force().count() == 0


def test_the_database_refuses_an_open_appearance_without_consent_or_source() -> None:
    with pytest.raises(IntegrityError, match="open_by_consent_or_source"), change(by=None, what="test"):
        Organization.objects.create(slug="x", legal_name="X", kind="civil_society", appearance="public")


def test_known_from_a_source_is_name_and_country_until_claimed() -> None:
    organization = services.record_known_organization(
        organization=Organization(slug="x", legal_name="X", kind="civil_society", mission="Not for all"),
        source=SourceFactory(), by=None,
    )  # fmt: skip
    row = json.loads(Document.objects.get(object_id=organization.pk, audience="public").text)
    shown = {name for name, value in row.items() if value not in (None, [])}
    assert shown == {"id", "url", "slug", "legal_name", "english_name", "acronym", "source", "is_demonstration",
                     "profile_shown"}  # fmt: skip
    assert row["profile_shown"] is False


@pytest.mark.parametrize("status", MembershipStatus.values)
@pytest.mark.parametrize("to", MembershipStatus.values)
def test_every_move_of_a_membership(status: str, to: str, sam: User) -> None:
    membership = MembershipFactory(status=status, source=SourceFactory())
    if to in MEMBERSHIP_MOVES[status]:
        services.move_membership(membership=membership, to=MembershipStatus(to), by=sam)
    else:
        with pytest.raises(TransitionError):
            services.move_membership(membership=membership, to=MembershipStatus(to), by=sam)
    assert Membership.objects.get().status == (to if to in MEMBERSHIP_MOVES[status] else status)


def test_no_organization_admits_itself(house: Organization, alice: User) -> None:
    membership = MembershipFactory(organization=house, status="applied")
    with pytest.raises(PermissionDenied):
        services.move_membership(membership=membership, to=MembershipStatus.MEMBER, by=alice)
    assert Membership.objects.get().status == "applied"


# -- merging ------------------------------------------------------------------------------------------------


def test_a_merge_moves_everything_and_the_former_names_answer(ada: User) -> None:
    old = OrganizationFactory(slug="old", legal_name="Old name")
    into = OrganizationFactory(slug="into", legal_name="Right name")
    workshop = WorkshopFactory()
    RoleFactory(workshop=workshop, organization=old, role="convener")
    RoleFactory(workshop=workshop, organization=into, role="partner")
    ParticipationFactory(workshop=workshop, organization=old)
    ParticipationFactory(workshop=workshop, organization=into)
    contribution = ContributionFactory(workshop=workshop, organization=old, source=SourceFactory())
    declaration = DeclarationFactory(organizer=old)
    unit = OrganizationFactory(part_of=old)
    person = AffiliationFactory(organization=old).person
    MembershipFactory(organization=old)
    former = old.pk
    services.merge_organizations(old=old, into=into, why="Registered twice.", by=ada)
    assert not Organization.objects.filter(pk=former).exists()
    assert list(OrganizationAlias.objects.values_list("former_id", "former_slug", "successor")) == [
        (former, "old", into.pk)
    ]
    assert sorted(WorkshopRole.objects.values_list("role", "organization")) == [
        ("convener", into.pk), ("partner", into.pk),
    ]  # fmt: skip
    assert [p.organization for p in workshop.participations.all()] == [into]
    for record, field in ((contribution, "organization"), (declaration, "organizer"), (unit, "part_of")):
        record.refresh_from_db()
        assert getattr(record, field) == into
    assert person.affiliations.get().organization == into
    assert into.memberships.count() == 1
    tombstones = Document.objects.filter(object_id=former).values_list("audience", "text", "merged_into")
    assert sorted(tombstones) == [("partners", "", into.pk), ("public", "", into.pk)]
    assert list(check()) == []


def test_an_alias_follows_a_second_merge(ada: User) -> None:
    first, second, third = (OrganizationFactory(slug=slug) for slug in ("first", "second", "third"))
    services.merge_organizations(old=first, into=second, why="Twice.", by=ada)
    services.merge_organizations(old=second, into=third, why="Thrice.", by=ada)
    assert dict(OrganizationAlias.objects.values_list("former_slug", "successor__slug")) == {
        "first": "third", "second": "third",
    }  # fmt: skip


def test_a_merge_refuses_when_a_relation_would_be_lost(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    RoleFactory(organization=old)
    kept: set[Any] = services.MOVED - {("workshops.WorkshopRole", "organization")}
    monkeypatch.setattr(merging, "MOVED", kept)
    with pytest.raises(ValidationError, match="workshops.WorkshopRole.organization would be lost"):
        services.merge_organizations(old=old, into=into, why="Twice.", by=ada)
    assert Organization.objects.filter(pk=old.pk).exists()
    assert WorkshopRole.objects.get().organization == old


def test_a_merge_keeps_the_many_to_many_links_of_both(ada: User) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    with change(by=None, what="test"):
        pillars = [PillarFactory(), PillarFactory()]
        old.pillars.set(pillars[:1])
        into.pillars.set(pillars[1:])
    old.refresh_from_db()
    into.refresh_from_db()
    services.merge_organizations(old=old, into=into, why="Twice.", by=ada)
    assert set(into.pillars.all()) == set(pillars)


def test_merging_is_for_administrators(sam: User) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    with pytest.raises(PermissionDenied):
        services.merge_organizations(old=old, into=into, why="Twice.", by=sam)
    assert Organization.objects.count() == 2


def test_an_organization_is_not_merged_into_itself(ada: User) -> None:
    organization = OrganizationFactory()
    with pytest.raises(ValidationError, match="cannot be merged into itself"):
        services.merge_organizations(old=organization, into=organization, why="?", by=ada)


# -- last confirmed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "may"),
    [("alice", True), ("bob", True), ("vera", False), ("charlie", False), ("sam", True), ("ada", True)],
)
def test_who_confirms_a_profile(request: pytest.FixtureRequest, house: Organization, person: str, may: bool) -> None:
    if person == "vera":
        by = AffiliationFactory(organization=house, role="viewer").person
    else:
        by = request.getfixturevalue(person)
    with time_machine.travel("2026-03-03 12:00Z", tick=False):
        if may:
            services.confirm_profile(organization=house, by=by)
        else:
            with pytest.raises(PermissionDenied):
                services.confirm_profile(organization=house, by=by)
    assert Organization.objects.get(pk=house.pk).confirmed_on == (date(2026, 3, 3) if may else None)
    assert JournalEntry.objects.filter(what="organization.confirmed", by=by).count() == may


def test_a_profile_that_nobody_of_it_wrote_cannot_be_confirmed(sam: User) -> None:
    known = OrganizationFactory(source=SourceFactory(), appearance="name_and_country")
    with pytest.raises(TransitionError, match="Nobody of this organization has registered it yet."):
        services.confirm_profile(organization=known, by=sam)


def test_the_day_is_in_the_profile_that_leaves_the_house_and_only_there(sam: User) -> None:
    shown, named = OrganizationFactory(), OrganizationFactory(appearance="name_and_country")
    with time_machine.travel("2026-03-03 12:00Z", tick=False):
        for each in (shown, named):
            services.confirm_profile(organization=each, by=sam)
    days = {
        each.pk: json.loads(Document.objects.get(object_id=each.pk, audience="public").text)["confirmed_on"]
        for each in (shown, named)
    }
    assert days == {shown.pk: "2026-03-03", named.pk: None}
