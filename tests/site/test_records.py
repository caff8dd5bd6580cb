"""The secretariat's lists, and one decision about many records."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from net4u.base.bulk import LISTED
from net4u.base.change import change
from net4u.base.models import JournalEntry, OutboxMessage
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial
from organizations.models import Organization
from people.models import User
from recommendations.models import Recommendation
from recommendations.services import tag_recommendation
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    UserFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def waiting(name: str = "Harbour Watch") -> Organization:
    organization: Organization = OrganizationFactory(legal_name=name, state="submitted", published_at=None)
    AffiliationFactory(organization=organization)
    return organization


def confirm(client: Client, address: str, records: list[Any], **told: Any) -> Any:
    """What the preview sends on: each record with the version that was looked at."""
    tokens = [f"{each.pk}:{each.version}" for each in records]
    return client.post(address, {"confirmed": "yes", "chosen": tokens, **told})


# -- the lists ----------------------------------------------------------------------------------------------


def test_every_list_holds_all_states_with_what_is_not_published_on_top(as_sam: Client) -> None:
    published = RecommendationFactory(text="Published")
    draft = RecommendationFactory(text="Draft", state="draft", reference=None, published_at=None)
    response = as_sam.get("/secretariat/records/recommendation/")
    assert list(response.context["object_list"]) == [draft, published]
    only = as_sam.get("/secretariat/records/recommendation/?state=draft")
    assert list(only.context["object_list"]) == [draft]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["organization", "recommendation", "commitment"])
def test_a_list_costs_the_same_for_one_row_and_for_three(
    as_sam: Client, kind: str, count: int, django_assert_max_num_queries: Any
) -> None:
    factory = {
        "organization": OrganizationFactory, "recommendation": RecommendationFactory, "commitment": CommitmentFactory,
    }[kind]  # fmt: skip
    for _ in range(count):
        factory()
    as_sam.get(f"/secretariat/records/{kind}/")
    with django_assert_max_num_queries(18):
        assert as_sam.get(f"/secretariat/records/{kind}/").status_code == 200


def test_all_three_kinds_are_listed_and_nothing_else_is(as_sam: Client) -> None:
    assert set(LISTED) == {"organization", "recommendation", "commitment"}
    assert as_sam.get("/secretariat/records/user/").status_code == 404
    assert as_sam.get("/secretariat/records/workshop/published/").status_code == 404
    assert as_sam.post("/secretariat/records/organization/deleted/", {"chosen": str(uuid4())}).status_code == 404


@pytest.mark.parametrize("path", ["organization/", "organization/published/", "recommendation/tagged/"])
def test_nobody_but_the_secretariat_reaches_them(client: Client, path: str) -> None:
    organization, address = waiting(), f"/secretariat/records/{path}"
    told = {"confirmed": "yes", "chosen": f"{organization.pk}:{organization.version}"}
    assert client.post(address, told).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == client.post(address, told).status_code == 403
    assert Organization.objects.get(pk=organization.pk).state == Editorial.SUBMITTED


# -- what would change --------------------------------------------------------------------------------------


def test_the_preview_says_what_would_change_and_why_something_stays_and_changes_nothing(as_sam: Client) -> None:
    going, unsent = waiting(), OrganizationFactory(legal_name="Unsent", state="draft", published_at=None)
    AffiliationFactory(organization=unsent)
    response = as_sam.post("/secretariat/records/organization/published/", {"chosen": [going.pk, unsent.pk]})
    assert [(each.record, each.before, each.after) for each in response.context["going"]] == [
        (going, "submitted", "published")
    ]
    assert [(each.record, each.refused) for each in response.context["staying"]] == [
        (unsent, "Its own people have not sent it yet. Only they can.")
    ]
    assert set(Organization.objects.filter(pk__in=[going.pk, unsent.pk]).values_list("state", flat=True)) == {
        "submitted", "draft",
    }  # fmt: skip
    assert not OutboxMessage.objects.exists()


def test_a_draft_without_people_of_its_own_is_published_by_the_secretariat(as_sam: Client) -> None:
    imported = OrganizationFactory(legal_name="Imported", state="draft", published_at=None)
    confirm(as_sam, "/secretariat/records/organization/published/", [imported])
    assert Organization.objects.get(pk=imported.pk).state == Editorial.PUBLISHED


@pytest.mark.parametrize("told", [{}, {"chosen": "nonsense"}, {"chosen": str(uuid4())}, {"chosen": "\x00"}])
def test_without_a_tick_it_asks_for_one(as_sam: Client, told: dict[str, str]) -> None:
    response = as_sam.post("/secretariat/records/organization/published/", told, follow=True)
    assert "Tick at least one row" in response.content.decode()


def test_who_comes_back_to_the_address_of_a_button_finds_the_list(as_sam: Client) -> None:
    response = as_sam.get("/secretariat/records/organization/published/")
    assert response["Location"] == "/secretariat/records/organization/"


# -- the decision -------------------------------------------------------------------------------------------


def test_many_organizations_are_published_with_one_yes_and_each_is_told(as_sam: Client) -> None:
    several = [waiting("One"), waiting("Two")]
    confirm(as_sam, "/secretariat/records/organization/published/", several)
    assert {each.state for each in Organization.objects.filter(pk__in=[each.pk for each in several])} == {"published"}
    assert OutboxMessage.objects.count() == 2


def test_changes_are_asked_of_many_in_the_same_words_which_each_finds_on_its_desk(as_sam: Client) -> None:
    several = [waiting("One"), waiting("Two")]
    address = "/secretariat/records/organization/changes_requested/"
    missing = confirm(as_sam, address, several)
    assert missing.context["form"].errors == {"words": ["This field is required."]}
    confirm(as_sam, address, several, words="Name your country, please.")
    stored = list(Organization.objects.filter(pk__in=[each.pk for each in several]))
    assert {each.state for each in stored} == {Editorial.CHANGES_REQUESTED}
    assert {reviewers_words(each) for each in stored} == {"Name your country, please."}


@pytest.mark.parametrize("kind", ["organization", "recommendation", "commitment"])
def test_a_pillar_is_added_to_many_and_those_they_have_stay(as_sam: Client, kind: str) -> None:
    factory = {
        "organization": OrganizationFactory, "recommendation": RecommendationFactory, "commitment": CommitmentFactory,
    }[kind]  # fmt: skip
    first, second = PillarFactory(code="p8", name="Eight"), PillarFactory(code="p9", name="Nine")
    record = factory()
    with change(by=None, what="test"):
        record.pillars.set([first])
    record.refresh_from_db()
    preview = as_sam.post(f"/secretariat/records/{kind}/tagged/", {"chosen": record.pk})
    assert preview.context["going"][0].record == record
    confirm(as_sam, f"/secretariat/records/{kind}/tagged/", [record], pillar=second.pk)
    assert set(type(record).objects.get(pk=record.pk).pillars.values_list("code", flat=True)) == {"p8", "p9"}
    assert JournalEntry.objects.filter(object_id=record.pk, what=f"{kind}.tagged").count() == 1


def test_without_a_pillar_none_is_shown_as_if_it_were_chosen(as_sam: Client) -> None:
    pillar, record = PillarFactory(code="p8", name="Eight"), RecommendationFactory()
    response = confirm(as_sam, "/secretariat/records/recommendation/tagged/", [record])
    assert response.context["form"].errors == {"pillar": ["This field is required."]}
    assert f"<ins>{record.get_state_display()} · {pillar}" not in " ".join(response.content.decode().split())
    assert not response.context["is_told"]
    assert not record.pillars.exists()


def test_organizations_come_in_by_a_list_too(as_sam: Client) -> None:
    link = 'href="/secretariat/organizations/import/"'
    assert link in as_sam.get("/secretariat/records/").content.decode()
    assert link not in as_sam.get("/secretariat/records/commitment/").content.decode()


def test_one_that_was_changed_meanwhile_stops_all_of_them(as_sam: Client, sam: User) -> None:
    drafts = [RecommendationFactory(text=text, state="draft", reference=None, published_at=None) for text in "ab"]
    tag_recommendation(recommendation=Recommendation.objects.get(pk=drafts[1].pk), pillar=PillarFactory(), by=sam)
    late = Recommendation.objects.get(pk=drafts[1].pk)
    with_save(late, sam)
    response = confirm(as_sam, "/secretariat/records/recommendation/published/", drafts)
    assert response.status_code == 409
    assert "Nothing was changed." in response.content.decode()
    assert set(Recommendation.objects.values_list("state", flat=True)) == {"draft"}


def with_save(recommendation: Recommendation, by: User) -> None:
    with change(by=by, what="recommendation.edited"):
        recommendation.save()


def test_a_refusal_in_the_middle_undoes_what_came_before(as_sam: Client) -> None:
    draft = RecommendationFactory(text="a", state="draft", reference=None, published_at=None)
    published = RecommendationFactory(text="b")
    response = confirm(as_sam, "/secretariat/records/recommendation/published/", [draft, published])
    assert response.status_code == 409
    assert Recommendation.objects.get(pk=draft.pk).state == Editorial.DRAFT


def test_a_commitment_that_its_people_have_not_sent_is_not_published(as_sam: Client) -> None:
    unsent = CommitmentFactory(state="draft", reference=None, published_at=None)
    AffiliationFactory(organization=unsent.organization)
    response = as_sam.post("/secretariat/records/commitment/published/", {"chosen": unsent.pk})
    assert [each.refused for each in response.context["staying"]] == [
        "Its own people have not sent it yet. Only they can."
    ]
