"""Every way around the door, tried. Each guard was seen failing with its receiver or method taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import serializers
from django.db import connection, transaction
from django.db.models import F
from django.db.models.query import QuerySet

from net4u.base.change import WriteOutsideChange, change
from net4u.base.models import ChangeCounter, Document, JournalEntry
from organizations.models import Organization
from tests.conftest import RawWrite
from tests.factories import (
    OrganizationFactory,
    OutputFactory,
    PillarFactory,
    RoleFactory,
    SessionFactory,
    TerritoryFactory,
    WorkshopFactory,
)  # fmt: skip
from vocabulary.models import Pillar, Territory
from workshops.models import Output, Session, Workshop, WorkshopRole

pytestmark = pytest.mark.django_db


@dataclass
class World:
    workshop: Workshop
    session: Session
    output: Output
    pillar: Pillar
    role: WorkshopRole
    italy: Territory


@pytest.fixture
def world() -> World:
    workshop = WorkshopFactory(title="Before")
    session = SessionFactory(workshop=workshop)
    with change(by=None, what="test"):
        pillar = PillarFactory()
        session.pillars.add(pillar)
    return World(
        workshop,
        session,
        OutputFactory(workshop=workshop, session=session),
        pillar,
        RoleFactory(workshop=workshop, organization=OrganizationFactory(legal_name="Named")),
        TerritoryFactory(),
    )


def fresh(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


def save(world: World) -> None:
    world.workshop.title = "After"
    world.workshop.save()


def bulk_update(world: World) -> None:
    world.workshop.title = "After"
    Workshop.objects.bulk_update([world.workshop], ["title"])


def save_base(world: World) -> None:
    world.workshop.title = "After"
    world.workshop.save_base(update_fields=["title"])


def loaddata(world: World) -> None:
    rows = json.loads(serializers.serialize("json", [fresh(world.workshop)]))
    rows[0]["fields"]["title"] = "After"
    for row in serializers.deserialize("json", json.dumps(rows)):
        row.save()


WAYS: dict[str, Callable[[World], object]] = {
    "save": save,
    "save_base": save_base,
    "create": lambda w: Session.objects.create(workshop=w.workshop, order=90, title="New"),
    "related create": lambda w: w.workshop.sessions.create(order=90, title="New"),
    "get_or_create": lambda w: Session.objects.get_or_create(workshop=w.workshop, order=90, title="New"),
    "update_or_create": lambda w: Workshop.objects.update_or_create(pk=w.workshop.pk, defaults={"title": "After"}),
    "m2m create": lambda w: w.session.pillars.create(scheme=w.pillar.scheme, code="new", name="New", order=90),
    "delete": lambda w: fresh(w.output).delete(),
    "queryset delete": lambda w: Output.objects.filter(pk=w.output.pk).delete(),
    "cascade": lambda w: fresh(w.session).delete(),
    "queryset update": lambda w: Workshop.objects.filter(pk=w.workshop.pk).update(title="After"),
    "queryset update with F": lambda w: Session.objects.filter(pk=w.session.pk).update(order=F("order") + 50),
    "bulk_update": bulk_update,
    "bulk_create": lambda w: Session.objects.bulk_create([Session(workshop=w.workshop, order=90, title="New")]),
    "related add": lambda w: w.workshop.outputs.add(fresh(w.output)),
    "related set": lambda w: w.session.outputs.set([]),
    "related clear": lambda w: w.session.outputs.clear(),
    "related remove": lambda w: w.session.outputs.remove(w.output),
    "related update": lambda w: w.workshop.outputs.update(text="After"),
    "base manager update": lambda w: Output._base_manager.filter(pk=w.output.pk).update(text="After"),
    "default manager update": lambda w: Output._default_manager.filter(pk=w.output.pk).update(text="After"),
    "m2m add": lambda w: w.session.pillars.add(Pillar.objects.exclude(pk=w.pillar.pk).first() or w.pillar),
    "m2m remove": lambda w: w.session.pillars.remove(w.pillar),
    "m2m set": lambda w: w.session.pillars.set([]),
    "m2m clear": lambda w: w.session.pillars.clear(),
    "m2m remove, other side": lambda w: w.pillar.sessions.remove(w.session),
    "m2m clear, other side": lambda w: w.pillar.sessions.clear(),
    "loaddata": loaddata,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_refused_outside_a_change(world: World, way: Callable[[World], object]) -> None:
    before = list(Document.objects.order_by("pk").values_list("number", "digest"))
    rows = [fresh(each) for each in (world.workshop, world.session, world.output)]
    titles = [str(each) for each in rows]
    with pytest.raises(WriteOutsideChange), transaction.atomic():
        way(world)
    assert list(Document.objects.order_by("pk").values_list("number", "digest")) == before
    assert [str(fresh(each)) for each in rows] == titles
    assert list(world.session.pillars.all()) == [world.pillar]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_seen_inside_a_change(world: World, way: Callable[[World], object]) -> None:
    """What a change writes is in the journal, and every document is what it should be."""
    PillarFactory()
    JournalEntry.objects.all().delete()
    with change(by=None, what="test.way"):
        way(world)
    assert JournalEntry.objects.filter(what="test.way").exists()
    from net4u.base.documents import check

    assert list(check()) == []


def test_set_null_through_a_deleted_parent_is_seen(world: World) -> None:
    """Deleting a session empties `Output.session` by SET_NULL: the output's version and document follow."""
    output = fresh(world.output)
    with change(by=None, what="test"):
        fresh(world.session).delete()
    after = fresh(world.output)
    assert (after.session_id, after.version) == (None, output.version + 1)
    text = Document.objects.get(object_id=after.pk, audience="public").text
    assert json.loads(text)["session"] is None


def test_upserts_and_raw_deletes_are_refused_even_inside(world: World) -> None:
    with change(by=None, what="test"):
        with pytest.raises(NotImplementedError):
            Session.objects.bulk_create([world.session], ignore_conflicts=True)
        with pytest.raises(NotImplementedError):
            Session.objects.all()._raw_delete(using=None)


def test_raw_sql_and_automatic_through_tables_are_caught_by_the_guard_of_the_tests(world: World) -> None:
    with pytest.raises(RawWrite), connection.cursor() as cursor:
        cursor.execute('UPDATE "workshops_workshop" SET "title" = %s', ["After"])
    with pytest.raises(RawWrite), transaction.atomic():
        Session.pillars.through.objects.filter(session=world.session).delete()
    assert fresh(world.workshop).title == "Before"


def test_a_change_does_not_reach_into_another_thread(world: World) -> None:
    from contextvars import Context

    with change(by=None, what="test"), pytest.raises(WriteOutsideChange):
        Context().run(save, world)


def test_version_goes_up_once_a_change_whatever_the_ways(world: World) -> None:
    workshop, session = fresh(world.workshop), fresh(world.session)
    start = workshop.version, session.version
    with change(by=None, what="test"):
        workshop.title = "One"
        workshop.save()
        Workshop.objects.filter(pk=workshop.pk).update(title="Two")
        workshop.title = "Three"
        workshop.save(update_fields=["title"])
        session.pillars.clear()
        session.pillars.add(world.pillar)
        session.title = "After"
        session.save()
    after = fresh(workshop)
    assert (after.title, after.version, fresh(session).version) == ("Three", start[0] + 1, start[1] + 1)


def test_counter_comes_back_after_a_flush() -> None:
    from net4u.base.guards import ensure_counter

    ChangeCounter.objects.all().delete()
    ensure_counter()
    ensure_counter()
    assert ChangeCounter.objects.count() == 1


def test_every_record_is_guarded_by_its_managers() -> None:
    from net4u.base.guards import records
    from net4u.base.querysets import RecordQuerySet

    assert Organization in records()
    for model in records():
        for manager in (model._base_manager, model._default_manager):
            assert isinstance(manager.get_queryset(), RecordQuerySet), model
        assert isinstance(model._base_manager.none(), QuerySet)


def test_a_bulk_update_of_a_translated_text_reaches_the_language_column(world: World) -> None:
    with change(by=None, what="test"):
        Workshop.objects.filter(pk=world.workshop.pk).update(title="After")
    after = fresh(world.workshop)
    assert (after.title, after.title_en, after.version) == ("After", "After", world.workshop.version + 1)
