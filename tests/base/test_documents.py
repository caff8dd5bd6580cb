from __future__ import annotations

import inspect
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from net4u.base.change import change
from net4u.base.documents import Difference, check, digest, feed
from net4u.base.models import ChangeCounter, Document
from net4u.base.rebuild import catch_up, fingerprint, rebuild
from net4u.base.serializers import TranslatedField
from tests.factories import OrganizationFactory, RoleFactory, WorkshopFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def numbers() -> dict[str, int]:
    return {f"{row.kind} {row.audience}": row.number for row in Document.objects.all()}


def test_what_was_never_published_has_no_row_at_all() -> None:
    WorkshopFactory(state="draft")
    OrganizationFactory(appearance="hidden")
    assert not Document.objects.exists()
    assert ChangeCounter.objects.get().value == 0


def test_equal_content_keeps_its_number() -> None:
    workshop = WorkshopFactory()
    before = numbers()
    with change(by=None, what="test"):
        workshop.save()
    assert numbers() == before
    with change(by=None, what="test"):
        workshop.place = "Rome"
        workshop.save()
    assert numbers() == {"workshop public": 3, "workshop partners": 4}


def test_the_feed_holds_each_object_once_at_its_latest_number() -> None:
    one, two = WorkshopFactory(), WorkshopFactory()
    with change(by=None, what="test"):
        one.place = "Rome"
        one.save()
    rows = feed("public", after=0, limit=10)
    assert [(row.number, row.object_id) for row in rows] == [(3, two.pk), (5, one.pk)]
    assert [row.object_id for row in feed("public", after=3, limit=10)] == [one.pk]


def test_a_document_is_english_absolute_and_knows_no_reader(settings: object) -> None:
    from django.utils import timezone, translation

    with translation.override("fr"), timezone.override("Asia/Tokyo"):
        workshop = WorkshopFactory(slug="rome", title_en="A title", title_fr="Un titre", title=None)
    row = json.loads(Document.objects.get(object_id=workshop.pk, audience="public").text)
    assert (row["title"], row["kind"], row["url"]) == (
        {"en": "A title", "fr": "Un titre"}, "regional_workshop", f"{settings.SITE_URL}/workshops/rome/",
    )  # fmt: skip


def test_embedded_records_are_identity_only() -> None:
    role = RoleFactory(organization=OrganizationFactory(slug="o", legal_name="O", mission="Long text"))
    row = json.loads(Document.objects.get(object_id=role.workshop_id, audience="public").text)
    assert [set(each["organization"]) for each in row["roles"]] == [{"id", "name", "url"}]


def test_check_finds_every_kind_of_difference_and_rebuild_mends_it() -> None:
    shown = [WorkshopFactory() for _ in range(4)]
    hidden = WorkshopFactory(state="draft")
    assert list(check()) == []
    of = {each.pk: Document.objects.get(object_id=each.pk, audience="public") for each in shown}
    Document.objects.filter(pk=of[shown[0].pk].pk).delete()
    Document.objects.filter(pk=of[shown[1].pk].pk).update(text="{}", digest=digest("{}"))
    Document.objects.filter(pk=of[shown[2].pk].pk).update(digest="0" * 64)
    Document.objects.filter(pk=of[shown[3].pk].pk).update(text="", digest="")
    planted = Document(
        number=900, kind="workshop", object_id=hidden.pk, audience="public", text="{}", digest=digest("{}"),
        at=of[shown[1].pk].at,
    )  # fmt: skip
    planted.save()
    ChangeCounter.objects.update(value=900)
    assert set(check()) == {
        Difference("workshop", "public", shown[0].pk, "missing"),
        Difference("workshop", "public", shown[1].pk, "stale"),
        Difference("workshop", "public", shown[2].pk, "digest does not fit the text"),
        Difference("workshop", "public", shown[3].pk, "wrongly a tombstone"),
        Difference("workshop", "public", hidden.pk, "must be a tombstone"),
    }
    with pytest.raises(CommandError, match="5 documents differ. Run `manage.py documents --rebuild`."):
        call_command("documents", "--check", stderr=StringIO())
    call_command("documents", "--rebuild", stdout=StringIO())
    assert list(check()) == []
    out = StringIO()
    call_command("documents", "--check", stdout=out)
    assert out.getvalue() == "Every stored document is what would be written now.\n"


def test_rebuild_clears_a_document_whose_object_is_gone() -> None:
    """As after a data migration that deleted rows past the door."""
    workshop = WorkshopFactory()
    Workshop._base_manager.filter(pk=workshop.pk)
    former = workshop.pk
    from django.db import connection

    from net4u.base.work import _current

    token = _current.set(object())
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM "workshops_workshop"')
    _current.reset(token)
    assert {each.problem for each in check()} == {"must be a tombstone"}
    rebuild("workshop")
    assert list(check()) == []
    assert set(Document.objects.filter(object_id=former).values_list("text", flat=True)) == {""}


def test_a_second_publication_replaces_the_tombstone() -> None:
    workshop = WorkshopFactory()
    for state in ("withdrawn", "published"):
        with change(by=None, what="test"):
            workshop.state = state
            workshop.save()
    row = Document.objects.get(object_id=workshop.pk, audience="public")
    assert json.loads(row.text)["slug"] == workshop.slug
    assert Document.objects.count() == 2


def test_a_portal_that_moves_writes_its_addresses_again(settings: Any) -> None:
    workshop = WorkshopFactory(slug="rome")
    assert catch_up() == 0, "the first start has nothing to write again"
    settings.SITE_URL = "https://net4u.example.org"
    assert {each.problem for each in check()} == {"stale"}
    assert catch_up() == 1
    text = Document.objects.get(object_id=workshop.pk, audience="public").text
    assert json.loads(text)["url"] == "https://net4u.example.org/workshops/rome/"
    assert (list(check()), catch_up()) == ([], 0)


def test_a_release_that_writes_documents_in_another_way_writes_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = WorkshopFactory(slug="rome", title="Rome")
    assert catch_up() == 0
    monkeypatch.setattr(TranslatedField, "to_representation", lambda _self, _value: {"en": "Otherwise"})
    assert (catch_up(), {each.problem for each in check()}) == (0, {"stale"}), "the code is the same"
    monkeypatch.setattr("net4u.base.rebuild.fingerprint", lambda: "of the new code")
    assert catch_up() == 1
    row = json.loads(Document.objects.get(object_id=workshop.pk, audience="public").text)
    assert (row["title"], catch_up()) == ({"en": "Otherwise"}, 0)


def test_the_fingerprint_is_of_the_code_that_writes_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = fingerprint(), []

    def source(module: Any) -> str:
        seen.append(module.__name__)
        return "changed"

    monkeypatch.setattr(inspect, "getsource", source)
    assert (fingerprint() == before, fingerprint() == fingerprint()) == (False, True)
    assert {"workshops.serializers", "workshops.querysets", "vocabulary.documents", "net4u.base.serializers"} < set(
        seen
    )
