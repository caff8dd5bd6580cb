"""A registration is approved, by one person or by two, with the criteria of the network."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from net4u.base import inbox
from net4u.base.change import Conflict
from net4u.base.models import InboxClaim, JournalEntry, OutboxMessage
from net4u.base.states import Editorial, TransitionError
from organizations import services
from organizations.models import Approval, NetworkSettings, Organization
from people.models import User
from people.services import erase_account
from tests.factories import AffiliationFactory, MembershipFactory, NetworkFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db

CRITERIA = ["Works in Europe.", "Is no party."]


def settings(**given: Any) -> NetworkSettings:
    row = NetworkSettings.objects.first() or NetworkSettings(network=NetworkFactory())
    for name, value in given.items():
        setattr(row, name, value)
    return services.save_network_settings(settings=row, by=None)


def submitted(**given: Any) -> Organization:
    organization: Organization = OrganizationFactory(state=Editorial.SUBMITTED, legal_name="Lighthouse", **given)
    AffiliationFactory(person=UserFactory(), organization=organization, role="admin")
    return organization


def state(organization: Organization) -> str:
    return Organization.objects.get(pk=organization.pk).state


@pytest.fixture
def rita(db: None) -> User:
    """The second curator."""
    return UserFactory(email="rita@example.org", name="Rita", secretariat_role="curator")


def approve(organization: Organization, by: User, **given: Any) -> Approval:
    return services.approve_organization(organization=Organization.objects.get(pk=organization.pk), by=by, **given)


# -- one person ---------------------------------------------------------------------------------------------


def test_one_approval_publishes_and_is_kept_with_what_was_ticked(sam: User) -> None:
    settings(criteria=CRITERIA)
    organization = submitted()
    approve(organization, sam, words="Welcome.", criteria=[CRITERIA[0]])
    assert state(organization) == "published"
    approval = Approval.objects.get()
    assert (approval.by, approval.words) == (sam, "Welcome.")
    assert approval.criteria == [["Works in Europe.", True], ["Is no party.", False]]
    assert "Welcome." in OutboxMessage.objects.get().payload["text"]
    entry = JournalEntry.objects.get(what="organization.published")
    assert (entry.by, entry.why) == (sam, "Welcome.")


@pytest.mark.parametrize("actor", ["alice", "charlie"])
def test_only_the_secretariat_approves(request: pytest.FixtureRequest, actor: str) -> None:
    organization = submitted()
    with pytest.raises(PermissionDenied):
        approve(organization, request.getfixturevalue(actor))
    assert (state(organization), Approval.objects.count()) == ("submitted", 0)


@pytest.mark.parametrize("two", [False, True])
@pytest.mark.parametrize("before", [each for each in Editorial.values if each not in {"draft", "submitted"}])
def test_what_cannot_be_published_is_not_approved(sam: User, before: str, two: bool) -> None:
    settings(two_approvals=two)
    organization = OrganizationFactory(state=before)
    with pytest.raises(TransitionError):
        approve(organization, sam)
    assert Approval.objects.count() == 0


def test_somebody_who_read_an_older_version_approves_nothing(sam: User) -> None:
    organization = submitted()
    read = Organization.objects.get(pk=organization.pk)
    services.confirm_profile(organization=organization, by=None)
    with pytest.raises(Conflict):
        services.approve_organization(organization=read, by=sam)
    assert (state(organization), Approval.objects.count()) == ("submitted", 0)


# -- two people ---------------------------------------------------------------------------------------------


def test_the_first_of_two_publishes_nothing_and_the_second_does(sam: User, rita: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam, words="Welcome.")
    assert state(organization) == "submitted"
    assert OutboxMessage.objects.count() == 0
    approve(organization, rita, words="We look forward to it.")
    assert state(organization) == "published"
    text = OutboxMessage.objects.get().payload["text"]
    assert "Welcome.\n\nWe look forward to it." in text
    assert {each.by for each in Approval.objects.all()} == {sam, rita}


def test_the_same_person_is_not_two(sam: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam)
    with pytest.raises(TransitionError, match="Somebody else must approve it, too."):
        approve(organization, sam)
    assert (state(organization), Approval.objects.count()) == ("submitted", 1)


def test_what_is_sent_again_after_changes_is_approved_anew(sam: User, rita: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam)
    services.request_changes(organization=organization, words="Add a website.", by=rita)
    services.submit_organization(organization=organization, by=None)
    approve(organization, rita)
    assert state(organization) == "submitted"
    approve(organization, sam)
    assert state(organization) == "published"
    assert Approval.objects.count() == 3


def test_nobody_publishes_past_the_second_approval(sam: User, ada: User) -> None:
    settings(two_approvals=True)
    for before in ("draft", "submitted"):
        organization = OrganizationFactory(state=before)
        with pytest.raises(TransitionError, match="Two people approve an organization here."):
            services.publish_organization(organization=organization, by=ada)
        assert state(organization) == before
    with pytest.raises(TransitionError, match="Only what was sent"):
        approve(OrganizationFactory(state="draft"), sam)


def test_when_one_is_enough_again_whoever_approved_first_may_publish(sam: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam)
    settings(two_approvals=False)
    approve(organization, sam, words="Now.")
    assert state(organization) == "published"
    assert Approval.objects.get().words == "Now."


def test_an_approval_does_not_count_for_the_organization_it_was_merged_into(sam: User, rita: User, ada: User) -> None:
    settings(two_approvals=True)
    double, organization = submitted(), submitted()
    approve(double, sam)
    services.merge_organizations(old=Organization.objects.get(pk=double.pk), into=organization, why="Twice.", by=ada)
    assert Approval.objects.get().organization == organization
    approve(organization, rita)
    assert state(organization) == "submitted"


def test_who_leaves_takes_the_name_and_not_the_approval(sam: User, rita: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam)
    erase_account(user=User.objects.get(pk=sam.pk))
    approve(organization, rita)
    assert state(organization) == "published"


# -- the page -----------------------------------------------------------------------------------------------


def page_of(organization: Organization) -> str:
    return f"/secretariat/organizations/{organization.pk}/"


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_criteria_are_ticked_and_stand_with_the_approval(sam: User) -> None:
    organization = submitted()
    client = sign_in(sam)
    page = client.get(page_of(organization)).content.decode()
    assert "The network has not written its criteria yet." in page
    assert "Approve and publish" in page
    settings(criteria=CRITERIA)
    page = client.get(page_of(organization)).content.decode()
    assert page.count('name="criteria"') == 2
    assert "has not written its criteria" not in page
    sent = {"decision": "publish", "words": "Welcome.", "criteria": [CRITERIA[1]]}
    told = client.post(page_of(organization), sent, follow=True).content.decode()
    assert "Who asked is told by mail." in told
    assert f'<a href="/secretariat/take-down/organization/{organization.pk}/">Take it back</a>' in told
    page = " ".join(client.get(page_of(organization)).content.decode().split())
    assert "Approvals (inside)" in page
    assert "<span>Works in Europe. (not ticked)</span>" in page
    assert "Ticked:</span> <span>Is no party.</span>" in page


def test_admitting_somebody_offers_no_way_to_take_the_organization_down(sam: User) -> None:
    membership = MembershipFactory(organization=OrganizationFactory(), status="applied")
    page = sign_in(sam).post(page_of(membership.organization), {"decision": "member"}, follow=True).content.decode()
    membership.refresh_from_db()
    assert membership.status == "member"
    assert "Take it back" not in page


def test_a_criterion_that_was_changed_meanwhile_is_not_ticked(sam: User) -> None:
    settings(criteria=["Works in Europe or Asia."])
    organization = submitted()
    sent = {"decision": "publish", "words": "Keep me.", "criteria": ["Works in Europe."]}
    page = sign_in(sam).post(page_of(organization), sent).content.decode()
    assert "The criteria were changed meanwhile. Read them again." in page
    assert "Keep me." in page
    assert state(organization) == "submitted"


def test_two_people_approve_on_the_page_and_the_inbox_says_how_far_it_is(sam: User, rita: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    first, second = sign_in(sam), sign_in(rita)
    page = first.get(page_of(organization)).content.decode()
    assert "Two people approve an organization." in page
    assert "Approve, as the first of two" in page
    inbox.take(kind="registrations", item=str(organization.pk), by=sam)
    answer = first.post(page_of(organization), {"decision": "publish", "words": "Fine."}, follow=True)
    told = answer.content.decode()
    assert "That is one of two approvals. It stays in the inbox until somebody else approves it, too." in told
    assert "Lighthouse wants to be registered (one of two approvals)" in told
    assert InboxClaim.objects.count() == 0, "anybody may take it now"

    page = first.get(page_of(organization)).content.decode()
    assert "You have approved this already. Somebody else must approve it, too." in page
    assert 'value="publish"' not in page
    answer = first.post(page_of(organization), {"decision": "publish", "words": "Once more."})
    assert answer.status_code == 409
    assert "You have approved this already." in answer.content.decode()
    assert "Once more." in answer.content.decode()

    page = second.get(page_of(organization)).content.decode()
    assert "One of two approvals is given. Yours publishes it." in page
    assert "Fine." in page
    second.post(page_of(organization), {"decision": "publish"})
    assert state(organization) == "published"


def test_an_approval_of_an_earlier_version_is_told_as_such(sam: User, rita: User) -> None:
    settings(two_approvals=True)
    organization = submitted()
    approve(organization, sam)
    services.request_changes(organization=organization, words="Add a website.", by=rita)
    services.submit_organization(organization=organization, by=None)
    page = sign_in(sam).get(page_of(organization)).content.decode()
    assert "an earlier version: it does not count any more" in page
    assert "Approve, as the first of two" in page
    assert "wants to be registered (one" not in sign_in(sam).get("/secretariat/").content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    sam: User, item_count: int, django_assert_max_num_queries: Any
) -> None:
    organization = submitted()
    for number in range(item_count):
        Approval.objects.create(organization=organization, version=number + 50, by=UserFactory())
    client = sign_in(sam)
    with django_assert_max_num_queries(21):
        client.get(page_of(organization))
