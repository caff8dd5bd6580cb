"""Search over the documents, on whichever database the suite runs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from net4u.base import search as module
from net4u.base.change import change
from net4u.base.documents import Difference, check
from net4u.base.kinds import KINDS
from net4u.base.models import ChangeCounter, Document
from net4u.base.rebuild import rebuild
from net4u.base.search import search
from net4u.base.words import Question, search_text
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(typed: str, audience: str = "public", kind: str = "") -> list[Any]:
    """Ids of the records, in their order."""
    hits = search(audience, Question.of(typed), kind=kind).hits
    ids = dict(Document.objects.values_list("pk", "object_id"))
    return [ids[hit.pk] for hit in hits]


@pytest.mark.parametrize(
    "typed",
    [
        "eleves",
        "ÉLÈVES",
        "e\u0301le\u0300ves",
        "élè",
        "securite eleves",
        "formons les eleves",
        '"les élèves"',
        "(élèves)",
    ],
)
def test_case_and_accents_do_not_matter_and_the_last_word_may_be_begun(typed: str) -> None:
    organization = make.OrganizationFactory(mission="Nous formons les élèves à la sécurité.")
    assert found(typed) == [organization.pk]


@pytest.mark.parametrize("typed", ["ele formons", "eleves police", '"élèves les"', "ele ", "", "   ", "el", '"'])
def test_every_word_must_be_there(typed: str) -> None:
    make.OrganizationFactory(mission="Nous formons les élèves à la sécurité.")
    assert found(typed) == []


def test_what_is_called_so_comes_first_then_names_then_texts_the_shorter_the_better() -> None:
    text = make.OrganizationFactory(legal_name="Seventh", mission="We know what Watch does, and more about it.")
    short = make.OrganizationFactory(legal_name="Eighth", mission="We know Watch.")
    named = make.CommitmentFactory(title="Ask the people of Watch", organization=text)
    called = make.OrganizationFactory(legal_name="An association", acronym="W.A.T.C.H", mission="")
    plain = make.OrganizationFactory(legal_name="Watch", mission="x")
    assert found("watch") == [plain.pk, called.pk, named.pk, short.pk, text.pk]


def test_words_side_by_side_come_before_scattered_ones() -> None:
    scattered = make.CommitmentFactory(title="Work with the social media")
    together = make.CommitmentFactory(title="Teach those who do social work in the whole country")
    assert found("social work") == [together.pk, scattered.pk]


def test_the_very_word_comes_before_what_it_begins() -> None:
    begun = make.CommitmentFactory(title="Watching")
    whole = make.CommitmentFactory(title="Keep a watch on it")
    assert found("watch") == [whole.pk, begun.pk]


def test_where_the_word_itself_is_found_often_enough_its_beginning_is_not_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    make.CommitmentFactory.create_batch(3, title="Guide")
    make.CommitmentFactory.create_batch(3, title="Guides")
    make.OrganizationFactory(legal_name="Guidelines")
    result = search("public", Question.of("guide"))
    assert (result.question, result.by_kind) == (Question(("guide",), "", (), "name0guide"), {"commitment": 3})
    assert search("public", Question.of("guid")).by_kind == {"commitment": 3, "organization": 1}


def test_a_reference_is_found_first() -> None:
    one, two = make.CommitmentFactory(reference="C-2025-0042"), make.CommitmentFactory(reference="C-2025-0043")
    other = make.CommitmentFactory(problem="As in C-2025-0042.", reference="C-2025-0044")
    assert found("c-2025-0042") == [one.pk, other.pk]
    assert found("C 2025 0042") == [one.pk, other.pk]
    assert sorted(found("C-2025-004")) == sorted([one.pk, two.pk, other.pk])


def test_each_kind_is_found_by_what_its_document_says() -> None:
    said: dict[str, Any] = {
        "network": make.NetworkFactory(name="Quokka network"),
        "organization": make.OrganizationFactory(legal_name="Quokka House"),
        "workshop": make.WorkshopFactory(title="Quokka days"),
        "pillar": make.PillarFactory(name="Quokkas", description="x"),
        "provision": make.ProvisionFactory(title="Quokkas"),
        "recommendation": make.RecommendationFactory(text="Protect quokkas."),
        "declaration": make.DeclarationFactory(title="On quokkas"),
        "resource": make.ResourceFactory(title="Counting quokkas"),
    }
    workshop = said["workshop"]
    said |= {
        "session": make.SessionFactory(workshop=workshop, summary="About quokkas."),
        "working_group": make.WorkingGroupFactory(workshop=workshop, method="Quokka by quokka."),
        "output": make.OutputFactory(workshop=workshop, text="A list of quokkas."),
        "commitment": make.CommitmentFactory(organization=said["organization"], title="Feed quokkas"),
    }
    assert set(said) == set(KINDS)
    result = search("public", Question.of("quokka"))
    assert result.by_kind == dict.fromkeys(KINDS, 1)
    for kind, record in said.items():
        assert found("quokka", kind=kind) == [record.pk]
        assert [hit.kind for hit in result.of_kind(kind).hits] == [kind]


def test_nothing_hidden_is_found() -> None:
    house = make.OrganizationFactory(legal_name="Quokka House", appearance="members_only")
    make.OrganizationFactory(legal_name="Quokka Hideout", appearance="hidden")
    make.OrganizationFactory(legal_name="Quokka Draft", state="draft")
    make.OrganizationFactory(legal_name="Some name", mission="Quokkas", appearance="name_and_country")
    make.CommitmentFactory(title="Quokkas of a house that members see", organization=house)
    make.CommitmentFactory(title="Quokkas one day", state="draft", reference=None)
    make.WorkshopFactory(title="Quokkas off the record", disclosure="off_record")
    assert found("quokka") == []
    assert Document.objects.filter(search__contains="quokka").count() == 0


def test_each_audience_finds_its_own() -> None:
    shared = make.OrganizationFactory(legal_name="Quokka House", appearance="members_only", sharing=True)
    assert (found("quokka"), found("quokka", "partners")) == ([], [shared.pk])


def test_what_is_withdrawn_or_renamed_is_found_no_more() -> None:
    workshop = make.WorkshopFactory(title="Quokka days")
    role = make.RoleFactory(workshop=workshop, organization=make.OrganizationFactory(legal_name="Numbat House"))
    assert found("numbat") == [role.organization_id, workshop.pk]
    with change(by=None, what="test"):
        role.organization.appearance = "hidden"
        role.organization.save()
    assert found("numbat") == []
    with change(by=None, what="test"):
        workshop.title = "Wombat days"
        workshop.save()
    assert (found("quokka"), found("wombat")) == ([], [workshop.pk])
    with change(by=None, what="test"):
        workshop.state = "withdrawn"
        workshop.save()
    assert found("wombat") == []
    assert Document.objects.get(object_id=workshop.pk, audience="public").search == ""


def test_a_mark_that_somebody_types_shows_nothing_of_another_audience() -> None:
    make.OrganizationFactory(legal_name="Quokka House", appearance="members_only", sharing=True)
    assert found("for0partners") == []
    assert found("kind0partnersorganization quokka") == []


def test_more_than_a_thousand_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    house = make.OrganizationFactory(legal_name="Quokka")
    make.CommitmentFactory.create_batch(5, title="About quokkas", organization=house)
    result = search("public", Question.of("quokka"))
    assert (result.is_capped, len(result), len(result[:100])) == (True, 4, 3)
    assert result.hits[0].kind == "organization"
    assert result.by_kind == {"organization": 1, "commitment": 4}
    assert len(result.of_kind("organization").hits) == 1
    assert [hit.kind for hit in result.of_kind("commitment").hits] == ["commitment"] * 4
    assert search("public", Question.of("quokka")) == result, "in the same order"


# -- what is stored -----------------------------------------------------------------------------------------


def test_check_finds_what_search_would_read_otherwise_and_rebuild_mends_it_without_a_number() -> None:
    workshop = make.WorkshopFactory(title="Quokka days")
    number = ChangeCounter.objects.get().value
    Document.objects.filter(audience="public").update(search="")
    assert list(check()) == [Difference("workshop", "public", workshop.pk, "search reads something else")]
    assert found("quokka") == []
    rebuild()
    assert (list(check()), found("quokka")) == ([], [workshop.pk])
    assert ChangeCounter.objects.get().value == number


def test_the_migration_fills_what_is_there_already() -> None:
    from importlib import import_module

    from django.apps import apps

    make.WorkshopFactory(title="Quokka days")
    make.WorkshopFactory(state="withdrawn")
    before = list(Document.objects.order_by("pk").values_list("search", flat=True))
    Document.objects.update(search="")
    import_module("net4u.base.migrations.0005_search").fill(apps, None)
    assert list(Document.objects.order_by("pk").values_list("search", flat=True)) == before
    assert list(check()) == []


def test_the_index_is_used() -> None:
    """The planner's own choice among rows enough; an index over another expression than the question's never is."""
    Document.objects.bulk_create(
        Document(
            number=number, kind="output", object_id=uuid4(), audience="public", text="{}", at=timezone.now(),
            search=search_text("public", "output", [f"Number {number}"], ["some words " * 20]),
        )
        for number in range(1, 3001)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE base_document")
    explain = {"postgresql": "EXPLAIN ", "sqlite": "EXPLAIN QUERY PLAN "}[connection.vendor]
    plan = "\n".join(module._holding("public", ["output"], ["number"], "299", explain=explain))
    index = {"postgresql": "Bitmap Index Scan on document_search", "sqlite": "SCAN base_document_words VIRTUAL TABLE"}
    assert index[connection.vendor] in plan
    assert len(search("public", Question.of("number 299"))) == 11


class NothingThatIsTypedIsAnError(TestCase):
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(typed=st.text() | st.text(alphabet="ab \"*:()\0^-+&|!<>'\\%_{}NEARORD", max_size=40))
    def test_whatever_it_is(self, typed: str) -> None:
        assert search("public", Question.of(typed)).hits == []
