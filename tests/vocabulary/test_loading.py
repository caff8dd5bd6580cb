"""The word lists as they are after ``load_vocabulary``, once for the whole module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import ChangeCounter, JournalEntry
from vocabulary.loading import load_vocabulary
from vocabulary.models import (
    Instrument,
    Pillar,
    PillarScheme,
    Provision,
    Reference,
    SdgTarget,
    Source,
    Territory,
    Theme,
)

pytestmark = pytest.mark.django_db

LISTS = (Source, PillarScheme, Pillar, Theme, Instrument, Provision, Reference, SdgTarget, Territory)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once, in a transaction around the tests' own; rolled back after the last of them."""

    class Loaded(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            load_vocabulary()

    with django_db_blocker.unblock():
        Loaded.setUpClass()
    yield
    with django_db_blocker.unblock():
        Loaded.tearDownClass()
        Loaded.doClassCleanups()


def test_every_list_has_its_words() -> None:
    assert {model.__name__: model.objects.count() for model in LISTS} == {
        "Source": 9,
        "PillarScheme": 2,
        "Pillar": 11,
        "Theme": 9,
        "Instrument": 4,
        "Provision": 107,
        "Reference": 9,
        "SdgTarget": 17,
        "Territory": 61,
    }


def test_four_instruments_with_their_articles_numbered_without_gaps() -> None:
    found = {
        each.code: (each.adopted_on, each.in_force_on, each.in_force_verified, each.provisions.count())
        for each in Instrument.objects.all()
    }

    assert found == {
        "UNTOC": (date(2000, 11, 15), date(2003, 9, 29), True, 41),
        "TIP": (date(2000, 11, 15), date(2003, 12, 25), True, 20),
        "SOM": (date(2000, 11, 15), date(2004, 1, 28), False, 25),
        "FA": (date(2001, 5, 31), date(2005, 7, 3), True, 21),
    }
    for instrument in Instrument.objects.all():
        articles = list(instrument.provisions.values_list("article", flat=True))
        assert articles == list(range(1, len(articles) + 1))


def test_review_clusters_part_articles_2_and_5_to_31_of_the_convention_and_none_is_verified() -> None:
    clustered = Provision.objects.filter(cluster__isnull=False)

    assert {(each.instrument.code, each.article) for each in clustered} == {
        ("UNTOC", article) for article in [2, *range(5, 32)]
    }
    assert set(clustered.filter(cluster=2).values_list("article", flat=True)) == {24, 25, 29, 30, 31}
    assert not Provision.objects.filter(cluster_verified=True).exists()


def test_themes_are_of_two_schemes_each_in_its_sources_order() -> None:
    found = [(each.scheme, each.code, each.source.slug) for each in Theme.objects.all()]

    assert found == [
        ("across_pillars", "survivor-leadership", "alliance-2025-12-03"),
        ("across_pillars", "digital-safety", "alliance-2025-12-03"),
        ("across_pillars", "fraud-prevention", "alliance-2025-12-03"),
        ("across_pillars", "trauma-informed", "alliance-2025-12-03"),
        ("across_pillars", "gender-equality", "securitywomen-2025-12-01"),
        ("four_ps", "prevention", "securitywomen-2025-12-01"),
        ("four_ps", "protection", "securitywomen-2025-12-01"),
        ("four_ps", "prosecution", "securitywomen-2025-12-01"),
        ("four_ps", "partnership", "securitywomen-2025-12-01"),
    ]


def test_nobody_is_eligible_before_the_owner_decides() -> None:
    assert not Territory.objects.filter(eligible=True).exists()


@pytest.mark.parametrize(
    ("iso2", "facts"),
    [
        ("IT", ("ITA", 380, "Italy", "Southern Europe", True, True, True, "WEOG")),
        ("CY", ("CYP", 196, "Cyprus", "Western Asia", True, True, True, "APG")),
        ("XK", ("XKX", None, "Kosovo", "Southern Europe", False, False, False, "")),
        ("US", ("USA", 840, "United States", "", False, False, False, "")),
    ],
)
def test_territories_say_what_the_table_says(iso2: str, facts: tuple[object, ...]) -> None:
    columns = ("iso3", "m49", "name", "subregion", "eu", "eea", "coe", "un_group")

    assert Territory.objects.values_list(*columns).get(iso2=iso2) == facts


def test_europe_has_57_territories_and_the_unions_their_members() -> None:
    assert {
        "Europe": Territory.objects.exclude(subregion="").count(),
        "EU": Territory.objects.filter(eu=True).count(),
        "EEA": Territory.objects.filter(eea=True).count(),
        "Council of Europe": Territory.objects.filter(coe=True).count(),
    } == {"Europe": 57, "EU": 27, "EEA": 30, "Council of Europe": 46}


def test_a_source_without_a_whole_address_has_none_and_says_so() -> None:
    without = Source.objects.filter(url="")

    assert set(without.values_list("slug", flat=True)) == {
        "unodc-csu-2024-10-21",
        "unodc-net4u",
        "unodc-review-mechanism",
        "cross-unimi-2019",
        "treaties-english-text",
    }
    assert all("address" in source.note for source in without)


def test_loading_again_writes_nothing() -> None:
    def written() -> tuple[int, int]:
        return JournalEntry.objects.count(), ChangeCounter.objects.get().value

    before = written()

    assert load_vocabulary() == 0
    assert written() == before


def test_what_an_administrator_changed_stays_and_what_is_missing_comes_back() -> None:
    with change(by=None, what="test.edited"):
        pillar = Pillar.objects.get(code="p1")
        pillar.description = "Ours."
        pillar.save()
        Territory.objects.filter(iso2="IT").update(eligible=True)
        SdgTarget.objects.get(code="16.4").delete()

    assert load_vocabulary() == 1

    assert Pillar.objects.get(code="p1").description == "Ours."
    assert Territory.objects.get(iso2="IT").eligible
    assert SdgTarget.objects.filter(code="16.4").exists()


@pytest.mark.parametrize("model", [PillarScheme, Pillar, Theme, Territory])
def test_translations_that_came_later_are_added(model: Any) -> None:
    names = set(model.objects.values_list("name_fr", "name_it"))
    with change(by=None, what="test.earlier"):
        model.objects.update(name_fr=None, name_it=None)
    load_vocabulary()
    assert set(model.objects.values_list("name_fr", "name_it")) == names
    assert not {None, ""} & {name for both in names for name in both}


def test_the_documents_of_words_are_what_would_be_written_now() -> None:
    assert list(check()) == []


def test_the_command_says_how_much_was_missing() -> None:
    out = StringIO()

    call_command("load_vocabulary", stdout=out)

    assert out.getvalue() == "0 words were missing from the lists and are recorded now.\n"
