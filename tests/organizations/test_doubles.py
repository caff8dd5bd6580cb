"""Two records of one organization become one, on the desk of the secretariat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import CheckConstraint, Q
from django.test import Client
from django.utils import timezone

from commitments.models import PendingDraft
from net4u.base.change import Conflict, change
from net4u.base.models import Document, JournalEntry, Report
from organizations.models import (
    Affiliation,
    Approval,
    Claim,
    Invitation,
    Organization,
    OrganizationAlias,
    ProfileChange,
)
from organizations.services import MOVED, merging
from organizations.services.merging import relations_to
from people.models import User
from tests.factories import (
    AffiliationFactory,
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    ConsentFactory,
    ContributionFactory,
    DeclarationFactory,
    IdentifierFactory,
    MembershipFactory,
    OrganizationFactory,
    ParticipationFactory,
    PartnerFactory,
    RoleFactory,
    SourceFactory,
    UserFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)  # fmt: skip
from workshops.models import Delegate, WorkshopRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def at(old: Organization, into: Organization | None = None) -> str:
    return f"/secretariat/organizations/{old.pk}/merge/" + (f"{into.pk}/" if into else "")


def told(page: Any, **answers: str) -> dict[str, str]:
    """The form as it is offered, with a reason and what is said here."""
    form = page.context["form"]
    offered = {name: str(form.get_initial_for_field(field, name) or "") for name, field in form.fields.items()}
    return offered | {"why": "Registered twice.", "read": "on"} | answers


# -- a row of every kind ------------------------------------------------------------------------------------


def approval(organization: Organization) -> Approval:
    return Approval.objects.create(
        organization=organization, by=UserFactory(), version=organization.version, words="", criteria=[]
    )


def invitation(organization: Organization) -> Invitation:
    return Invitation.objects.create(
        organization=organization, email="new@example.org", role="editor", expires_at=timezone.now() + timedelta(days=9)
    )


def claim(organization: Organization) -> Claim:
    return Claim.objects.create(organization=organization, person=UserFactory(), kind="join", words="Let me in.")


def profile_change(organization: Organization) -> ProfileChange:
    return ProfileChange.objects.create(organization=organization, before={"kind": "a"}, after={"kind": "b"})


def pending(organization: Organization) -> PendingDraft:
    return PendingDraft.objects.create(
        organization=organization, working_group=WorkingGroupFactory(), email="new@example.org", texts={}
    )


def delegate(organization: Organization) -> Delegate:
    return Delegate.objects.create(
        workshop=WorkshopFactory(), organization=organization, name="Ana Example", organization_name="Double"
    )


def alias(organization: Organization) -> OrganizationAlias:
    with change(by=None, what="test"):
        found: OrganizationAlias = OrganizationAlias.objects.create(
            former_id="00000000-0000-4000-8000-000000000001", former_slug="earlier", successor=organization
        )
    return found


MAKERS: dict[str, Any] = {
    "organizations.Organization.part_of": lambda each: OrganizationFactory(part_of=each),
    "organizations.OrganizationAlias.successor": alias,
    "organizations.Membership.organization": lambda each: MembershipFactory(organization=each),
    "organizations.Identifier.organization": lambda each: IdentifierFactory(organization=each),
    "organizations.Approval.organization": approval,
    "organizations.Affiliation.organization": lambda each: AffiliationFactory(organization=each),
    "organizations.Invitation.organization": invitation,
    "organizations.Claim.organization": claim,
    "organizations.ProfileChange.organization": profile_change,
    "workshops.WorkshopRole.organization": lambda each: RoleFactory(organization=each),
    "workshops.Participation.organization": lambda each: ParticipationFactory(organization=each),
    "workshops.Delegate.organization": delegate,
    "workshops.Contribution.organization": lambda each: ContributionFactory(organization=each),
    "recommendations.Answer.organization": lambda each: AnswerFactory(organization=each, addressee=None),
    "recommendations.Assessment.organization": lambda each: AssessmentFactory(organization=each),
    "recommendations.Declaration.organizer": lambda each: DeclarationFactory(organizer=each),
    "commitments.Commitment.organization": lambda each: CommitmentFactory(organization=each),
    "commitments.CommitmentPartner.organization": lambda each: PartnerFactory(organization=each),
    "commitments.PendingDraft.organization": pending,
}


def named(relation: Any) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def test_every_relation_to_an_organization_is_moved_by_a_merge() -> None:
    found = {named(each) for each in relations_to(Organization)}
    assert found == set(MAKERS), "a new relation needs a maker here, and a place in MOVED"
    assert {f"{label}.{field}" for label, field in MOVED} == found


def test_rows_of_every_kind_are_with_the_successor_after_the_merge_and_none_is_lost(as_ada: Client) -> None:
    old, into = OrganizationFactory(legal_name="Double"), OrganizationFactory(legal_name="Harbour Watch")
    rows = {name: make(old) for name, make in MAKERS.items()}
    old.refresh_from_db()
    page = as_ada.get(at(old, into))
    assert sum(row.moved for row in page.context["moved"]) == len(MAKERS)
    assert all(row.names for row in page.context["moved"])
    assert Organization.objects.filter(pk=old.pk).exists(), "a look changes nothing"
    assert as_ada.post(at(old, into), told(page)).status_code == 302
    for name, row in rows.items():
        row.refresh_from_db()
        assert getattr(row, name.rpartition(".")[2]) == into, name
    assert not Organization.objects.filter(pk=old.pk).exists()


# -- the page -----------------------------------------------------------------------------------------------


def test_the_likely_ones_are_offered_first_and_any_by_its_name(as_ada: Client) -> None:
    old, into = OrganizationFactory(legal_name="Harbour Watch"), OrganizationFactory(legal_name="Harbour Watch e.V.")
    other = OrganizationFactory(legal_name="Something else")
    page = as_ada.get(at(old), {"q": "something"})
    assert [each.organization for each in page.context["similar"]] == [into]
    assert page.context["found"] == [other]
    assert at(old, into) in page.content.decode()
    assert "No organization has such a name." in as_ada.get(at(old), {"q": "nowhere"}).content.decode()


def test_field_by_field_one_value_is_kept_or_both_lists(as_ada: Client) -> None:
    old = OrganizationFactory(
        legal_name="Harbour Watch", website="https://old.example", aliases=["Watch"], year_founded=1999
    )
    into = OrganizationFactory(legal_name="Harbour Watch", website="https://new.example", aliases=["HW", "Watch"])
    page = as_ada.get(at(old, into))
    assert [row.name for row in page.context["form"].rows] == ["aliases", "year_founded", "website"]
    assert {row.name for row in page.context["same"]} >= {"legal_name", "kind"}
    sent = told(page)
    assert (sent["aliases"], sent["year_founded"], sent["website"]) == ("both", "old", "into")
    as_ada.post(at(old, into), sent | {"website": "old"})
    into.refresh_from_db()
    assert (into.website, into.aliases, into.year_founded) == ("https://old.example", ["HW", "Watch"], 1999)
    entry = JournalEntry.objects.get(object_id=into.pk, what="organization.merged", verb="changed")
    assert (entry.why, entry.diff["website"]) == ("Registered twice.", ["https://new.example", "https://old.example"])


def test_what_the_successor_has_already_is_told_and_left_out(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    IdentifierFactory(organization=into, scheme="other", value="17")
    IdentifierFactory(organization=old, scheme="other", value="17")
    row = as_ada.get(at(old, into)).context["moved"][0]
    assert (str(row.kind), row.moved, row.joined) == ("register numbers", 0, 1)


# -- what says more stays -----------------------------------------------------------------------------------


def merged(client: Client, old: Organization, into: Organization, **answers: str) -> None:
    response = client.post(at(old, into), told(client.get(at(old, into)), **answers))
    assert response.status_code == 302, response.context["form"].errors


@pytest.mark.parametrize(
    ("theirs", "held", "stays"),
    [("member", "declined", "member"), ("declined", "member", "member"), ("applied", "suspended", "suspended")],
)
def test_of_two_standings_the_one_that_says_more_stays(as_ada: Client, theirs: str, held: str, stays: str) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    network = MembershipFactory(organization=into, status=held).network
    MembershipFactory(organization=old, network=network, status=theirs)
    merged(as_ada, old, into)
    assert [each.status for each in into.memberships.all()] == [stays]


def test_a_consent_given_for_the_other_name_does_not_come_along(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    MembershipFactory(organization=old, status="considering", consent=ConsentFactory())
    merged(as_ada, old, into)
    assert into.memberships.get().consent is None


def test_nobody_loses_access_or_a_right_and_the_successors_focal_point_stays(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    stays = AffiliationFactory(organization=into, role="editor", contact="focal_point")
    moves = AffiliationFactory(organization=old, role="admin", contact="focal_point")
    both = AffiliationFactory(organization=into, role="viewer").person
    AffiliationFactory(organization=old, person=both, role="admin", contact="alternate")
    merged(as_ada, old, into)
    assert set(into.affiliations.values_list("person", "role", "contact")) == {
        (stays.person_id, "editor", "focal_point"), (moves.person_id, "admin", ""), (both.pk, "admin", "alternate"),
    }  # fmt: skip


def test_a_yes_to_a_partnership_stays(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    commitment = CommitmentFactory()
    PartnerFactory(commitment=commitment, organization=old, confirmed_at=timezone.now())
    PartnerFactory(commitment=commitment, organization=into, confirmed_at=None)
    merged(as_ada, old, into)
    assert commitment.partners.get().confirmed_at is not None


def test_whoever_makes_a_promise_is_no_partner_in_it_after_the_merge(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    PartnerFactory(commitment=CommitmentFactory(organization=into), organization=old)
    PartnerFactory(commitment=CommitmentFactory(organization=old), organization=into)
    merged(as_ada, old, into)
    assert (into.commitments.count(), into.partnerships.count()) == (2, 0)


@pytest.mark.parametrize("unit", ["old", "into"])
def test_nothing_becomes_a_part_of_itself(as_ada: Client, unit: str) -> None:
    whole = OrganizationFactory()
    part = OrganizationFactory(part_of=whole)
    old, into = (part, whole) if unit == "old" else (whole, part)
    merged(as_ada, old, into)
    into.refresh_from_db()
    assert into.part_of is None


def test_a_second_kind_goes_with_the_first(as_ada: Client) -> None:
    old = OrganizationFactory(kind="civil_society", civil_society_kind="ngo")
    into = OrganizationFactory(kind="academia", civil_society_kind="")
    merged(as_ada, old, into)
    into.refresh_from_db()
    assert (into.kind, into.civil_society_kind) == ("academia", "")


def test_what_is_invented_does_not_become_real(as_ada: Client) -> None:
    old, into = OrganizationFactory(is_demonstration=True), OrganizationFactory()
    page = as_ada.get(at(old, into)).content.decode()
    assert "One of the two is invented for show." in page
    assert "Merge them" not in page


def test_sharing_with_sister_networks_is_told_and_asked_for(as_ada: Client) -> None:
    old = OrganizationFactory(appearance="members_only")
    into = OrganizationFactory(appearance="members_only", sharing_consent=ConsentFactory())
    page = as_ada.get(at(old, into))
    assert "More people will see what it did." in page.content.decode()
    assert set(as_ada.post(at(old, into), told(page, wider="")).context["form"].errors) == {"wider"}


def test_a_change_after_the_page_was_read_stops_the_service(ada: User) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    read = Organization.objects.get(pk=into.pk)
    with change(by=None, what="test"):
        into.save()
    with pytest.raises(Conflict):
        merging.merge_organizations(old=old, into=read, why="Twice.", by=ada)


def test_it_is_not_merged_without_a_reason_and_without_having_read_it(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    page = as_ada.get(at(old, into))
    response = as_ada.post(at(old, into), told(page, why="", read=""))
    assert set(response.context["form"].errors) == {"why", "read"}
    assert Organization.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("quiet", ["hidden", "members_only"])
def test_what_fewer_people_saw_is_shown_to_more_only_after_asking(as_ada: Client, quiet: str) -> None:
    old, into = OrganizationFactory(appearance=quiet), OrganizationFactory()
    page = as_ada.get(at(old, into))
    assert "More people will see what it did." in page.content.decode()
    assert set(as_ada.post(at(old, into), told(page, wider="")).context["form"].errors) == {"wider"}
    assert as_ada.post(at(old, into), told(page, wider="on")).status_code == 302
    back = as_ada.get(at(into, OrganizationFactory(appearance=quiet)))
    assert "Fewer people will see what it did." in back.content.decode()
    assert "wider" not in back.context["form"].fields


def test_what_was_changed_meanwhile_is_read_once_more(as_ada: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    sent = told(as_ada.get(at(old, into)), why="Twice, I think.")
    with change(by=None, what="test"):
        into.save()
    response = as_ada.post(at(old, into), sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "One of the two was changed meanwhile." in page
    assert "Twice, I think." in page
    assert not response.context["form"]["read"].value(), "what was read is not what is there now"
    again = told(response) | {"version": response.context["form"].data["version"]}
    assert as_ada.post(at(old, into), again).status_code == 302


def test_a_relation_that_nobody_moves_stops_it_and_says_which(as_ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    RoleFactory(organization=old)
    sent = told(as_ada.get(at(old, into)))
    monkeypatch.setattr(merging, "MOVED", MOVED - {("workshops.WorkshopRole", "organization")})
    page = as_ada.get(at(old, into))
    assert "workshops.WorkshopRole.organization would be lost" in page.content.decode()
    assert "Merge them" not in page.content.decode()
    as_ada.post(at(old, into), sent)
    assert Organization.objects.filter(pk=old.pk).exists()


def test_who_registers_what_a_source_named_already_speaks_for_it_from_then_on(as_ada: Client) -> None:
    known = OrganizationFactory(
        legal_name="Harbour Watch", source=SourceFactory(), appearance="name_and_country", appearance_consent=None
    )
    old = OrganizationFactory(legal_name="Harbour Watch", state="submitted", published_at=None)
    person = AffiliationFactory(organization=old).person
    page = as_ada.get(at(old, known))
    assert as_ada.post(at(old, known), told(page, wider="on")).status_code == 302
    known.refresh_from_db()
    assert (known.is_known_from_source, known.appearance) == (False, "members_only")
    assert Affiliation.objects.get(person=person).organization == known


def test_the_former_address_leads_on_partners_learn_it_and_messages_follow(as_ada: Client) -> None:
    old, into = OrganizationFactory(slug="double"), OrganizationFactory(slug="harbour-watch")
    report = Report.objects.create(kind="wrong_fact", text="Wrong.", about_kind="organization", about_id=old.pk)
    former, cursor = old.pk, Client().get("/api/v1/changes/").json()["next"]
    as_ada.post(at(old, into), told(as_ada.get(at(old, into))))
    assert Client().get("/organizations/double/")["Location"] == "/organizations/harbour-watch/"
    assert Client().get(f"/api/v1/organizations/{former}/").status_code == 301
    pulled = Client().get("/api/v1/changes/", {"after": cursor}).json()["results"]
    assert [each["merged_into"] for each in pulled if each["id"] == str(former)] == [str(into.pk)]
    report.refresh_from_db()
    assert report.about_id == into.pk
    assert not Document.objects.filter(object_id=former).exclude(text="").exists()


def test_the_way_to_it_is_shown_to_administrators_alone(as_sam: Client, ada: User) -> None:
    old, into = OrganizationFactory(legal_name="Harbour Watch"), OrganizationFactory(legal_name="Harbour Watch e.V.")
    pages = (f"/secretariat/organizations/{old.pk}/", f"/secretariat/journal/organization/{old.pk}/")
    assert [at(old) in as_sam.get(page).content.decode() for page in pages] == [False, False]
    as_sam.force_login(ada)
    assert [at(old) in as_sam.get(page).content.decode() for page in pages] == [True, True]
    assert at(old, into) in as_sam.get(pages[0]).content.decode()


def test_only_a_row_that_may_not_stand_twice_is_left_out(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something else that is wrong with a row is no reason to drop it."""
    old, into = OrganizationFactory(), OrganizationFactory()
    role = RoleFactory(organization=old)
    refuses = CheckConstraint(condition=Q(role="never"), name="refuses_all")
    monkeypatch.setattr(WorkshopRole._meta, "constraints", [*WorkshopRole._meta.constraints, refuses])
    merging.merge_organizations(old=old, into=into, why="Twice.", by=ada)
    role.refresh_from_db()
    assert role.organization == into


@pytest.mark.parametrize(("person", "status"), [(None, 302), ("alice", 403), ("sam", 403), ("ada", 200)])
def test_only_administrators_merge(
    client: Client, request: pytest.FixtureRequest, person: str | None, status: int
) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    if person:
        client.force_login(request.getfixturevalue(person))
    for address in (at(old), at(old, into)):
        assert client.get(address).status_code == status
    if person != "ada":
        assert client.post(at(old, into), {"why": "Mine", "read": "on"}).status_code == status
    assert Organization.objects.filter(pk=old.pk).exists()
