"""Who changed a record, and taking it down."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from net4u.base.change import change
from net4u.base.column_words import column_in_words
from net4u.base.guards import records
from net4u.base.models import Document, JournalEntry, Record
from net4u.base.takedown import KINDS_TO_TAKE_DOWN
from people.models import User
from tests.factories import (
    CommitmentFactory,
    DeclarationFactory,
    OrganizationFactory,
    RecommendationFactory,
    SessionFactory,
    TerritoryFactory,
    WorkshopFactory,
)  # fmt: skip
from workshops.services import curate, remove

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", records(), ids=lambda model: model._meta.label)
def test_every_column_of_the_journal_has_words_that_can_be_translated(model: type[Record]) -> None:
    for column in model.journal_fields:
        words = column_in_words(model, column)
        assert words
        assert "_" not in words


def journal(record: Any, kind: str = "") -> str:
    return f"/secretariat/journal/{kind or record._meta.model_name}/{record.pk}/"


def down(record: Any) -> str:
    return f"/secretariat/take-down/{record._meta.model_name}/{record.pk}/"


# -- the journal --------------------------------------------------------------------------------------------


def test_it_tells_who_changed_what_from_what_to_what_and_why(as_sam: Client, sam: User) -> None:
    workshop = WorkshopFactory(title="Harbour days")
    session = SessionFactory(workshop=workshop, title="Oppening", disclosure="on_record", title_is_verbatim=False)
    with change(by=sam, what="session.edited", why="The programme says so."):
        session.title, session.disclosure, session.title_is_verbatim = "Opening", "chatham_house", True
        session.save()
    line = as_sam.get(journal(session)).context["lines"][0]
    assert (line.what, line.who, line.entry.why) == ("changed", str(sam), "The programme says so.")
    assert {(field.name, field.before, field.after) for field in line.fields} == {
        ("title", "Oppening", "Opening"),
        ("what may be told outside", "on the record", "Chatham House Rule"),
        ("title is word for word", "no", "yes"),
    }
    page = as_sam.get(journal(session)).content.decode()
    assert "<del>Oppening</del>" in page
    assert "<ins>Opening</ins>" in page


def test_related_records_are_named_and_not_numbered(as_sam: Client, sam: User) -> None:
    workshop = WorkshopFactory()
    country = TerritoryFactory(iso2="AT", name="Austria")
    with change(by=sam, what="workshop.edited"):
        workshop.country = country
        workshop.save()
    fields = {field.name: field for field in as_sam.get(journal(workshop)).context["lines"][0].fields}
    assert fields["country"].after == str(country)


def test_lists_are_read_as_lists(as_sam: Client, sam: User) -> None:
    organization = OrganizationFactory()
    with change(by=sam, what="organization.edited"):
        organization.aliases = ["Lantern", "Lamp"]
        organization.save()
    fields = {field.name: field.after for field in as_sam.get(journal(organization)).context["lines"][0].fields}
    assert "Lantern, Lamp" in fields.values()


def test_parts_are_told_with_the_record_also_those_that_are_gone(as_sam: Client, sam: User) -> None:
    workshop = WorkshopFactory()
    other = SessionFactory(title="Of another workshop")
    session = SessionFactory(workshop=workshop, title="Opening")
    remove(record=session, by=sam, why="There was none.")
    lines = as_sam.get(journal(workshop)).context["lines"]
    assert [(line.part, line.what) for line in lines if line.part] == [("session", "deleted"), ("session", "created")]
    assert str(other) not in as_sam.get(journal(workshop)).content.decode()


def test_what_was_deleted_keeps_its_journal(as_sam: Client, sam: User) -> None:
    session = SessionFactory(title="Opening")
    pk = session.pk
    remove(record=session, by=sam, why="There was none.")
    response = as_sam.get(f"/secretariat/journal/session/{pk}/")
    assert "This record was deleted." in response.content.decode()
    assert response.context["lines"][0].what == "deleted"


def test_who_acts_for_an_organization_is_named_to_administrators_alone(as_sam: Client, alice: User, ada: User) -> None:
    organization = OrganizationFactory()
    with change(by=alice, what="organization.edited"):
        organization.mission = "Another one."
        organization.save()
    assert as_sam.get(journal(organization)).context["lines"][0].who == "somebody of an organization"
    assert str(alice) not in as_sam.get(journal(organization)).content.decode()
    as_sam.force_login(ada)
    assert as_sam.get(journal(organization)).context["lines"][0].who == str(alice)


def test_what_is_nowhere_has_no_journal(as_sam: Client) -> None:
    assert as_sam.get(f"/secretariat/journal/workshop/{uuid4()}/").status_code == 404
    assert as_sam.get(f"/secretariat/journal/poem/{uuid4()}/").status_code == 404
    assert as_sam.get(f"/secretariat/journal/user/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_number_of_queries(
    as_sam: Client, sam: User, django_assert_num_queries: Any, number: int
) -> None:
    session = SessionFactory(title="0")
    for each in range(number):
        session.title = str(each + 1)
        session.source = WorkshopFactory().source
        curate(record=session, by=sam)
    with django_assert_num_queries(12):
        as_sam.get(journal(session))


@pytest.mark.parametrize("person", [None, "alice", "charlie"])
def test_only_the_secretariat_reads_it_and_takes_down(
    client: Client, request: pytest.FixtureRequest, person: str | None
) -> None:
    commitment = CommitmentFactory(title="A canary")
    if person:
        client.force_login(request.getfixturevalue(person))
    for address in (journal(commitment), down(commitment)):
        response = client.get(address)
        assert response.status_code == (403 if person else 302)
        assert "A canary" not in response.content.decode()
        assert client.post(address, {"why": "Mine"}).status_code in {302, 403}
    commitment.refresh_from_db()
    assert commitment.state == "published"


# -- taking down --------------------------------------------------------------------------------------------


MAKERS = {
    "organization": OrganizationFactory,
    "workshop": WorkshopFactory,
    "recommendation": RecommendationFactory,
    "declaration": DeclarationFactory,
    "commitment": CommitmentFactory,
}


def test_every_kind_of_record_with_a_life_of_its_own_can_be_taken_down() -> None:
    assert set(MAKERS) == set(KINDS_TO_TAKE_DOWN)


@pytest.mark.parametrize("kind", MAKERS)
def test_it_is_gone_at_once_partners_get_a_tombstone_and_an_administrator_undoes_it(
    as_sam: Client, ada: User, kind: str
) -> None:
    record = MAKERS[kind]()
    address, stranger = record.get_absolute_url(), Client()
    assert stranger.get(address).status_code == 200
    cursor = stranger.get("/api/v1/changes/").json()["next"]
    assert "why" in as_sam.post(down(record), {"why": ""}).context["form"].errors
    page = as_sam.post(down(record), {"why": "Somebody is in danger."}, follow=True).content.decode()
    assert "Taken down." in page
    assert "Somebody is in danger." in page
    assert stranger.get(address).status_code == 404
    pulled = stranger.get("/api/v1/changes/", {"after": cursor}).json()["results"]
    assert [each["document"] for each in pulled if each["id"] == str(record.pk)] == [None]
    assert as_sam.post(down(record), {"why": "A mistake."}).status_code == 403
    as_sam.force_login(ada)
    assert "It is shown again." in as_sam.post(down(record), {"why": "A mistake."}, follow=True).content.decode()
    assert stranger.get(address).status_code == 200


def test_it_says_before_what_goes_with_it_and_changes_nothing_by_saying_so(as_sam: Client) -> None:
    organization = OrganizationFactory()
    commitment = CommitmentFactory(organization=organization)
    RecommendationFactory()
    before = dict(Document.objects.values_list("object_id", "number"))
    found = as_sam.get(down(organization)).context["vanishing"]
    assert found.gone == {"organization": 1, "commitment": 1}
    assert dict(Document.objects.values_list("object_id", "number")) == before
    assert not JournalEntry.objects.filter(object_id=commitment.pk, what__contains="withdrawn").exists()


def test_what_is_not_public_has_nothing_to_take_down(as_sam: Client) -> None:
    draft = WorkshopFactory(state="draft")
    assert "nothing to take down" in as_sam.get(down(draft)).content.decode()
    response = as_sam.post(down(draft), {"why": "Mine"})
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_public_pages_lead_the_secretariat_there_and_nobody_else(as_sam: Client) -> None:
    commitment = CommitmentFactory()
    page = as_sam.get(commitment.get_absolute_url()).content.decode()
    assert journal(commitment) in page
    assert down(commitment) in page
    page = Client().get(commitment.get_absolute_url()).content.decode()
    assert "/secretariat/" not in page
