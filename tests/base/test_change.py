from __future__ import annotations

import json

import pytest
from django.db import transaction

from net4u.base.change import Conflict, WriteOutsideChange, change, current
from net4u.base.documents import check
from net4u.base.models import ChangeCounter, Document, JournalEntry, OutboxMessage
from people.models import User
from tests.factories import OrganizationFactory, RoleFactory, UserFactory, WorkshopFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def test_journal_tells_who_what_why_and_the_difference() -> None:
    person = UserFactory()
    workshop = WorkshopFactory(title="Before", place="Rome")
    JournalEntry.objects.all().delete()
    with change(by=person, what="workshop.edited", why="a slip of the pen") as work:
        workshop.title = "After"
        workshop.save()
    (entry,) = JournalEntry.objects.all()
    assert (entry.change, entry.by, entry.what, entry.why) == (work.id, person, "workshop.edited", "a slip of the pen")
    assert (entry.model, entry.object_id, entry.verb) == ("workshops.workshop", workshop.pk, "changed")
    assert entry.diff == {"title": ["Before", "After"]}


def test_journal_of_creation_and_deletion() -> None:
    organization = OrganizationFactory()
    JournalEntry.objects.all().delete()
    with change(by=None, what="one"):
        workshop = Workshop.objects.create(slug="new", kind="training", title="New", date_precision="unknown")
    with change(by=None, what="two"):
        workshop.delete()
    with change(by=None, what="three"):
        organization.delete()
    assert [(e.what, e.verb, e.diff.get("title")) for e in JournalEntry.objects.order_by("id")] == [
        ("one", "created", [None, "New"]),
        ("two", "deleted", ["New", None]),
        ("three", "deleted", None),
    ]


def test_nothing_written_leaves_no_trace() -> None:
    workshop = WorkshopFactory()
    before = ChangeCounter.objects.get().value, JournalEntry.objects.count()
    with change(by=None, what="look") as work:
        work.touch(Workshop, [workshop.pk])
    with change(by=None, what="make and drop"):
        Workshop.objects.create(slug="x", kind="training", title="X", date_precision="unknown").delete()
    assert (ChangeCounter.objects.get().value, JournalEntry.objects.count()) == before


def test_inner_change_joins_the_outer_one() -> None:
    with change(by=None, what="outer", why="because") as outer:
        with change(by=None, what="inner") as inner:
            WorkshopFactory(slug="joined")
        assert inner is outer
    entries = JournalEntry.objects.all()
    assert {(entry.what, entry.why) for entry in entries} == {("outer", "because")}
    assert len({entry.change for entry in entries}) == 1


def test_an_exception_cancels_everything(django_capture_on_commit_callbacks: object) -> None:
    workshop = WorkshopFactory(title="Before")
    before = ChangeCounter.objects.get().value
    journal = JournalEntry.objects.count()
    with pytest.raises(ZeroDivisionError), change(by=None, what="test") as work:
        work.send("mail", key="never", to="a@example.org", subject="s", text="t")
        workshop.title = "After"
        workshop.save()
        raise ZeroDivisionError
    assert Workshop.objects.get(pk=workshop.pk).title == "Before"
    assert ChangeCounter.objects.get().value == before
    assert JournalEntry.objects.count() == journal
    assert not OutboxMessage.objects.exists()
    with pytest.raises(WriteOutsideChange):
        current()


def test_a_failed_inner_change_dooms_the_outer_one() -> None:
    workshop = WorkshopFactory(title="Before")
    with pytest.raises(transaction.TransactionManagementError), change(by=None, what="outer"):
        workshop.title = "After"
        workshop.save()
        try:
            with change(by=None, what="inner"):
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert Workshop.objects.get(pk=workshop.pk).title == "Before"


def test_a_stale_copy_is_refused_and_told_what_is_stored() -> None:
    workshop = WorkshopFactory(title="Before")
    mine, theirs = Workshop.objects.get(pk=workshop.pk), Workshop.objects.get(pk=workshop.pk)
    with change(by=None, what="theirs"):
        theirs.title = "Theirs"
        theirs.save()
    mine.title = "Mine"
    with pytest.raises(Conflict) as conflict, change(by=None, what="mine"):
        mine.save()
    assert conflict.value.theirs is not None
    assert (str(conflict.value.theirs), conflict.value.instance.title) == ("Theirs", "Mine")
    assert Workshop.objects.get(pk=workshop.pk).title == "Theirs"
    assert str(conflict.value) == "Somebody else changed it meanwhile. Look once more.", "pages show it as it stands"


def test_a_deleted_record_cannot_be_saved() -> None:
    workshop = WorkshopFactory()
    copy = Workshop.objects.get(pk=workshop.pk)
    with change(by=None, what="test"):
        workshop.delete()
    with pytest.raises(Conflict) as conflict, change(by=None, what="test"):
        copy.save()
    assert conflict.value.theirs is None


def test_a_failed_save_puts_the_version_back() -> None:
    from django.db import IntegrityError

    one, two = WorkshopFactory(slug="one"), WorkshopFactory(slug="two")
    version = two.version
    two.slug = one.slug
    with pytest.raises(IntegrityError), change(by=None, what="test"):
        two.save()
    assert two.version == version


def test_the_same_message_key_is_kept_once() -> None:
    for text in ("first", "second"):
        with change(by=None, what="test") as work:
            work.send("mail", key="welcome:1", to="a@example.org", subject="s", text=text)
            work.send("mail", key="welcome:1", to="a@example.org", subject="s", text="again")
    (message,) = OutboxMessage.objects.all()
    assert message.payload["text"] == "first"


def test_hiding_an_organization_takes_its_name_out_of_other_documents_at_once() -> None:
    organization: object = OrganizationFactory(legal_name="Soon hidden")
    role = RoleFactory(organization=organization)
    before = ChangeCounter.objects.get().value
    with change(by=None, what="hide"):
        organization.appearance, organization.appearance_consent = "hidden", None
        organization.save()
    workshop = Document.objects.get(object_id=role.workshop_id, audience="public")
    row = json.loads(workshop.text)
    assert (row["roles"], row["roles_not_shown"]) == ([], 1)
    gone = Document.objects.get(object_id=organization.pk, audience="public")
    assert (gone.text, gone.digest, gone.merged_into) == ("", "", None)
    # Two audiences, two objects each: four numbers, without a gap.
    assert ChangeCounter.objects.get().value == before + 4
    assert sorted(Document.objects.filter(number__gt=before).values_list("number", flat=True)) == list(
        range(before + 1, before + 5)
    )
    assert list(check()) == []


def test_the_portal_itself_may_act(sam: User) -> None:
    with change(by=sam, what="test"):
        WorkshopFactory()
    assert set(JournalEntry.objects.values_list("by", flat=True)) == {sam.pk}
