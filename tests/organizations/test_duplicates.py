from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest

from net4u.base.change import change
from net4u.base.viewers import PUBLIC, SECRETARIAT
from organizations.duplicates import Candidate, similar_to
from organizations.models import Organization
from tests.factories import IdentifierFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        (Candidate(("Lanterna",)), ["the same name"]),
        (Candidate(("LANTERNA, Associazione",)), ["the same name"]),
        (Candidate(("Lantérna Onlus",)), ["the same name"]),
        (Candidate(("Lanternna",)), ["a similar name"]),
        (Candidate(("The Lantern",)), ["the same name"]),
        (Candidate(("Else",), "al"), ["the same short name"]),
        (Candidate(("Else",), "", "http://lanterna.example/about"), ["the same website"]),
        (Candidate(("Lanterna",), "AL", "https://lanterna.example/"),
         ["the same website", "the same name", "the same short name"]),
        (Candidate(("Else",), numbers=(("EU-TR", "123456789012-34"),)), ["the same register number"]),
        (Candidate(("Else",), numbers=(("IT-CF", "123456789012-34"),)), None),
        (Candidate(("Lighthouse",)), None),
        (Candidate(("Associazione",)), None),
        (Candidate(("",)), None),
    ],
)  # fmt: skip
def test_why_two_organizations_may_be_one(told: Candidate, reasons: list[str] | None) -> None:
    known = OrganizationFactory(
        legal_name="Associazione Lanterna", english_name="Lantern Foundation", acronym="AL",
        website="https://www.lanterna.example/", appearance="public",
    )  # fmt: skip
    IdentifierFactory(organization=known, scheme="EU-TR", value="123456789012-34")
    found = similar_to(told, PUBLIC)
    assert [(each.organization, each.reasons) for each in found] == ([(known, reasons)] if reasons else [])


def test_each_viewer_finds_only_what_they_may_see() -> None:
    for appearance in ("hidden", "members_only", "public"):
        OrganizationFactory(legal_name="Lanterna", slug=appearance, appearance=appearance)
    OrganizationFactory(legal_name="Lanterna", state="draft")
    assert [each.organization.slug for each in similar_to(Candidate(("Lanterna",)), PUBLIC)] == ["public"]
    assert len(similar_to(Candidate(("Lanterna",)), SECRETARIAT)) == 3


@pytest.mark.parametrize(
    "told",
    [
        Candidate(("Hush House",)),
        Candidate(("Else",), website="https://lanterna.example/"),
        Candidate(("Else",), numbers=(("EU-TR", "123456789012-34"),)),
    ],
)
def test_a_search_confirms_nothing_that_is_not_shown(told: Candidate) -> None:
    """Of name and country alone: its former name, website and number are seen in no page, and found by nobody."""
    known = OrganizationFactory(
        legal_name="Lanterna", aliases=["Hush House"], website="https://lanterna.example/",
        appearance="name_and_country",
    )  # fmt: skip
    IdentifierFactory(organization=known, scheme="EU-TR", value="123456789012-34")
    assert similar_to(told, PUBLIC) == []
    assert [each.organization for each in similar_to(told, SECRETARIAT)] == [known]
    assert [each.organization for each in similar_to(Candidate(("Lanterna",)), PUBLIC)] == [known]


def test_among_ten_thousand_organizations_hardly_a_name_is_compared_letter_by_letter(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """Counted, not timed: the letters of one pair of names take longer than all the rest of the pair together."""
    with change(by=None, what="test"):
        Organization.objects.bulk_create(
            Organization(
                slug=f"o-{n}", legal_name=f"Association for the {n} houses of {n % 97} streets",
                kind="civil_society", state="published",
            )
            for n in range(10_000)
        )  # fmt: skip
    compared = []

    class Counted(SequenceMatcher[str]):
        def ratio(self) -> float:
            compared.append(self.b)
            return super().ratio()

    monkeypatch.setattr("organizations.duplicates.SequenceMatcher", Counted)
    with django_assert_num_queries(2):
        similar_to(Candidate(("Neighbours of the harbour and its bridges",), "NHB"), SECRETARIAT)
    assert len(compared) < 100
