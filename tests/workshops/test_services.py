from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import Document, JournalEntry
from net4u.base.states import Editorial, TransitionError
from people.models import User
from tests.factories import (
    OutputFactory,
    PillarFactory,
    RecommendationFactory,
    SessionFactory,
    WorkshopFactory,
)  # fmt: skip
from workshops import services
from workshops.models import Output, Session, Workshop

pytestmark = pytest.mark.django_db


def test_a_curator_records_a_session_with_its_pillars(sam: User) -> None:
    workshop, pillar = WorkshopFactory(), PillarFactory(code="p6")
    session = services.curate(
        record=Session(workshop=workshop, order=1, title="Working groups"), by=sam, links={"pillars": [pillar]}
    )
    assert list(session.pillars.all()) == [pillar]
    entries = JournalEntry.objects.filter(object_id=session.pk).values_list("what", "by", "verb")
    assert list(entries) == [("session.recorded", sam.pk, "created")]
    services.curate(record=session, by=sam)
    assert JournalEntry.objects.filter(object_id=session.pk, what="session.edited").count() == 1


@pytest.mark.parametrize("actor", ["alice", "bob", "charlie"])
def test_workshop_records_are_the_secretariats(actor: str, request: pytest.FixtureRequest) -> None:
    workshop, person = WorkshopFactory(title="Before"), request.getfixturevalue(actor)
    workshop.title = "After"
    for act in (
        lambda: services.curate(record=workshop, by=person),
        lambda: services.remove(record=workshop, by=person),
        lambda: services.publish_workshop(workshop=workshop, by=person),
        lambda: services.withdraw_workshop(workshop=workshop, why="?", by=person),
        lambda: services.restore_workshop(workshop=workshop, why="?", by=person),
    ):
        with pytest.raises(PermissionDenied, match="Your account may not do this"):
            act()
    assert Workshop.objects.get().title == "Before"


@pytest.mark.parametrize("state", Editorial.values)
def test_every_move_of_a_workshop(state: str, ada: User) -> None:
    moves = {
        "publish": (lambda w: services.publish_workshop(workshop=w, by=ada), {"draft", "submitted"}, "published"),
        "withdraw": (
            lambda w: services.withdraw_workshop(workshop=w, why="Asked to.", by=ada),
            {"submitted", "changes_requested", "published"},
            "withdrawn",
        ),
        "restore": (lambda w: services.restore_workshop(workshop=w, why="Back.", by=ada), {"withdrawn"}, "published"),
    }
    for name, (act, starts, to) in moves.items():
        workshop = WorkshopFactory(state=state)
        if state in starts:
            act(workshop)
        else:
            with pytest.raises(TransitionError):
                act(workshop)
        assert Workshop.objects.get(pk=workshop.pk).state == (to if state in starts else state), name


def test_restoring_a_workshop_is_for_administrators(sam: User) -> None:
    workshop = WorkshopFactory(state="withdrawn")
    with pytest.raises(PermissionDenied):
        services.restore_workshop(workshop=workshop, why="Back.", by=sam)


def test_taking_a_workshop_down_takes_everything_of_it_down(sam: User) -> None:
    workshop = WorkshopFactory()
    session = SessionFactory(workshop=workshop)
    output = OutputFactory(workshop=workshop, session=session)
    recommendation = RecommendationFactory(workshop=workshop, output=output)
    records = {each.pk for each in (workshop, session, output, recommendation)}
    assert Document.objects.filter(object_id__in=records).current().count() == 8
    services.withdraw_workshop(workshop=workshop, why="A participant is in danger.", by=sam)
    assert Document.objects.filter(object_id__in=records).current().count() == 0
    assert Document.objects.filter(object_id__in=records, text="").count() == 8
    assert list(check()) == []


def test_a_stricter_workshop_makes_its_sessions_as_strict(sam: User) -> None:
    workshop = WorkshopFactory()
    for disclosure in ("on_record", "chatham_house", "off_record"):
        SessionFactory(workshop=workshop, disclosure=disclosure)
    services.set_disclosure(workshop=workshop, disclosure="chatham_house", by=sam)
    assert list(workshop.sessions.order_by("order").values_list("disclosure", flat=True)) == [
        "chatham_house", "chatham_house", "off_record",
    ]  # fmt: skip


def test_a_session_is_never_more_open_than_its_workshop(sam: User) -> None:
    workshop = WorkshopFactory(disclosure="chatham_house")
    with pytest.raises(ValidationError) as error:
        services.curate(record=Session(workshop=workshop, order=1, title="S", disclosure="on_record"), by=sam)
    assert error.value.message_dict == {
        "disclosure": ["A session can be as open as its workshop, or less open, but not more."]
    }
    assert not Session.objects.exists()


def test_a_part_belongs_to_its_own_workshop(sam: User) -> None:
    elsewhere = SessionFactory()
    output = Output(workshop=WorkshopFactory(), kind="finding", order=1, text="T", session=elsewhere)
    with pytest.raises(ValidationError) as error:
        services.curate(record=output, by=sam)
    assert error.value.message_dict == {"session": ["This belongs to another workshop."]}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"starts_on": "2025-11-21", "ends_on": "2025-11-19"}, "The last day is before the first."),
        ({"starts_on": None, "date_precision": "day"}, "Give a date, or say that none is stated."),
        ({"starts_on": "2025-11-21", "date_precision": "unknown"}, "Give a date, or say that none is stated."),
    ],
)
def test_impossible_dates_get_a_sentence(sam: User, fields: dict[str, str | None], message: str) -> None:
    workshop = Workshop(slug="w", kind="training", title="W", **fields)
    with pytest.raises(ValidationError) as error:
        services.curate(record=workshop, by=sam)
    assert message in error.value.messages


def test_removing_a_session_leaves_a_tombstone(sam: User) -> None:
    session = SessionFactory()
    former = session.pk
    services.remove(record=session, by=sam, why="It did not take place.")
    assert set(Document.objects.filter(object_id=former).values_list("text", flat=True)) == {""}
    assert JournalEntry.objects.get(object_id=former, verb="deleted").why == "It did not take place."


def test_a_curated_change_joins_a_larger_one(sam: User) -> None:
    workshop = WorkshopFactory()
    with pytest.raises(ValidationError), change(by=sam, what="import"):
        services.curate(record=Session(workshop=workshop, order=1, title="One"), by=sam)
        services.curate(record=Session(workshop=workshop, order=1, title="Two"), by=sam)
    assert not Session.objects.exists()
