"""What is kept of curated texts in several languages, and which of them a reader gets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from net4u.base.change import change
from net4u.base.models import Document, JournalEntry
from net4u.base.templatetags.ui import lang, original
from net4u.base.translations import add_translations, language_of_text
from tests.factories import (
    CommitmentFactory,
    OrganizationFactory,
    OutputFactory,
    RecommendationFactory,
    SessionFactory,
    TerritoryFactory,
    WorkshopFactory,
)
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def columns(workshop: Workshop) -> tuple[Any, ...]:
    """As they are stored: the column itself, and the one of each language."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, title_en, title_fr, title_it FROM workshops_workshop")
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("fields", [None, ["title"]])
def test_the_column_itself_is_english_whoever_writes_in_which_language(fields: list[str] | None) -> None:
    workshop = WorkshopFactory(title="A title")
    with translation.override("fr"), change(by=None, what="test.translated"):
        workshop.title = "Un titre"
        workshop.save(update_fields=fields)
    assert columns(workshop) == ("A title", "A title", "Un titre", None)
    with change(by=None, what="test.changed"):
        workshop.title = "Another title"
        workshop.save(update_fields=fields)
    assert columns(workshop) == ("Another title", "Another title", "Un titre", None)


def test_rows_written_together_are_english_in_the_column_itself() -> None:
    row = Workshop(slug="rome", kind="training", title_en="A title", title_fr="Un titre", date_precision="unknown")
    with translation.override("fr"), change(by=None, what="test.recorded"):
        Workshop.objects.bulk_create([row])
    assert columns(row) == ("A title", "A title", "Un titre", None)


def test_the_journal_keeps_each_translation() -> None:
    workshop = WorkshopFactory(title="A title")
    with change(by=None, what="test.translated"):
        workshop.title_fr = "Un titre"
        workshop.save()
    assert JournalEntry.objects.get(what="test.translated").diff == {"title_fr": [None, "Un titre"]}


def test_documents_hold_every_language_that_there_is() -> None:
    workshop = WorkshopFactory(title="A title", title_it="Un titolo", summary="")
    row = json.loads(Document.objects.get(object_id=workshop.pk, audience="public").text)
    assert (row["title"], row["summary"]) == ({"en": "A title", "it": "Un titolo"}, {})


def test_what_nobody_translated_is_read_in_english() -> None:
    workshop = WorkshopFactory(title="A title", title_it="Un titolo")
    read = {}
    for code in ("en", "fr", "it"):
        with translation.override(code):
            read[code] = str(workshop), language_of_text(workshop, "title"), original(workshop, "title")
    assert read == {
        "en": ("A title", "en", ""),
        "fr": ("A title", "en", ""),
        "it": ("Un titolo", "it", "A title"),
    }


@pytest.mark.parametrize(
    ("page", "attributes"),
    [
        ("en", ["", 'lang="fr"', 'lang="it"', "", 'lang="ar" dir="rtl"']),
        ("fr", ['lang="en"', "", 'lang="it"', 'lang="en"', 'lang="ar" dir="rtl"']),
        ("ar", ['lang="en" dir="ltr"', 'lang="fr" dir="ltr"', 'lang="it" dir="ltr"', 'lang="en" dir="ltr"', ""]),
    ],
)
def test_words_in_another_language_than_the_page_say_so(page: str, attributes: list[str]) -> None:
    english = OutputFactory(text="Train judges.")
    french = RecommendationFactory(text="Former les juges.", language="fr")
    italian = CommitmentFactory(title="Formare", language="it")
    untranslated = SessionFactory(title="Opening")
    with translation.override(page):
        found = [lang(english), lang(french, "text"), lang(italian), lang(untranslated, "title"), lang("ar")]
        assert found == [each and f" {each}" for each in attributes]


@pytest.mark.parametrize(("code", "here"), [("", "fr"), ("fr", "fr"), ("fr-ca", "fr"), ("en-gb", "en")])
def test_nothing_is_said_of_the_pages_own_language_and_of_none(code: str, here: str) -> None:
    with translation.override(here):
        assert (lang(code), lang(OrganizationFactory())) == ("", "")


def test_later_translations_are_added_to_what_is_as_it_was_loaded() -> None:
    facts = {"name": "Italy", "name_fr": "Italie", "name_it": "Italia"}
    fresh, own, renamed = (
        TerritoryFactory(iso2="IA", name="Italy"),
        TerritoryFactory(iso2="IB", name="Italy", name_fr="La belle Italie"),
        TerritoryFactory(iso2="IC", name="Republic of Italy"),
    )
    with change(by=None, what="test.loaded"):
        assert [add_translations(each, facts) for each in (fresh, own, renamed)] == [True, True, False]
        assert add_translations(fresh, facts) is False
    assert [(each.name_en, each.name_fr, each.name_it) for each in (fresh, own, renamed)] == [
        ("Italy", "Italie", "Italia"),
        ("Italy", "La belle Italie", "Italia"),
        ("Republic of Italy", None, None),
    ]


@pytest.mark.parametrize("words", ["opening", "ouverture"])
@pytest.mark.parametrize("code", ["en", "fr", "it"])
def test_the_words_of_each_language_find_a_record(client: Client, words: str, code: str) -> None:
    WorkshopFactory(slug="found", title="The opening", title_fr="Une ouverture")
    WorkshopFactory(slug="other", title="Something else")
    prefix = "" if code == "en" else f"/{code}"
    page = client.get(f"{prefix}/workshops/?q={words}").content.decode()
    assert (f"{prefix}/workshops/found/" in page, f"{prefix}/workshops/other/" in page) == (True, False)
