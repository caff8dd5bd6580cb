"""The printable report: what the page tells everybody, as data; and an accessible PDF made of it."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
import typst
from django.test import Client
from django.utils import translation

from net4u.base import pdf
from net4u.base.change import change
from net4u.base.models import Document
from organizations.models import Organization
from tests.factories import (
    AddresseeFactory,
    CommitmentFactory,
    ContributionFactory,
    DeclarationFactory,
    FigureFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    PillarFactory,
    RecommendationFactory,
    ResourceFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    TerritoryFactory,
    WorkingGroupFactory,
    WorkshopFactory,
    WorkshopNameFactory,
)
from workshops import report
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

ADDRESS = "/workshops/rome/report.pdf"
AT = datetime(2025, 12, 3, tzinfo=UTC)


def record(slug: str = "rome") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report.Report(report.published(slug)).told()[0])
    return found


@change(by=None, what="test.made")
def full_workshop() -> Workshop:
    source = SourceFactory(publisher="The Alliance", title="A report", published_on="2025-12-03")
    other = SourceFactory(
        publisher="SecurityWomen", title="Another", published_on="2025-12-01", url="https://example.org/"
    )
    workshop = WorkshopFactory(
        slug="rome", title="Workshop in Rome", ends_on="2025-11-21", source=source, summary="One.\n\nTwo.",
        quote="a quote", place="Rome", country=TerritoryFactory(), mode="in_person", venue="Via Stamira 5",
        date_note="As told.", time_zone="Europe/Rome", title_is_verbatim=False,
    )  # fmt: skip
    pillar = PillarFactory(name="Prevention")
    session = SessionFactory(
        workshop=workshop, day=1, number=3, starts_at="09:30", ends_at="11:00", title="Opening", format="plenary",
        summary="What we heard.", source=source,
    )  # fmt: skip
    SessionFactory(workshop=workshop, title="Loose")
    group = WorkingGroupFactory(workshop=workshop, name="Group A", method="In pairs", source=source)
    output = OutputFactory(
        workshop=workshop, working_group=group, text="Train.", note="Ours.", read_with_care=True, source=other
    )
    resource = ResourceFactory(title="Toolkit")
    with change(by=None, what="test.linked"):
        session.pillars.add(pillar)
        group.pillars.add(pillar)
        resource.workshops.add(workshop)
    FigureFactory(
        workshop=workshop, unit="experts", value=1400, qualifier="more_than", wording="many", note="Staff included.",
        read_with_care=True, source=other,
    )  # fmt: skip
    alliance = OrganizationFactory(legal_name="Alliance of NGOs")
    RoleFactory(workshop=workshop, organization=alliance, role="co_organizer", source=source)
    RoleFactory(workshop=workshop, organization=alliance, role="partner", source=other, named_as="The Alliance")
    ParticipationFactory(workshop=workshop, organization=alliance, source=other)
    ContributionFactory(
        workshop=workshop, session=session, person_name="Zofia", person_role="Chair", organization=alliance,
        quote="We did.", source=source,
    )  # fmt: skip
    ContributionFactory(
        workshop=workshop, person_name="Vuk", affiliation_text="A house", reported="Spoke.", source=other
    )
    recommendation = RecommendationFactory(
        workshop=workshop, output=output, working_group=group, text="States should train.", reference="R-2025-0001",
        source=source,
    )  # fmt: skip
    AddresseeFactory(recommendation=recommendation, inferred=True)
    CommitmentFactory(
        workshop=workshop, output=output, working_group=group, reference="C-2025-0001", title="Train 40", language="it",
        organization=alliance,
    )  # fmt: skip
    DeclarationFactory(launched_at=workshop, title="A call", source=source)
    WorkshopFactory(part_of=workshop, title="A part", starts_on="2025-11-20")
    WorkshopNameFactory(workshop=workshop, name="Another title", source=other)
    return workshop


def test_the_report_tells_what_the_page_tells() -> None:
    full_workshop()
    told = record()
    words = told.pop("words")
    changed = told.pop("changed")
    assert re.fullmatch(r"Record last changed on \d+\s\w+\s\d{4}\.", changed)
    assert words["roles"] == "Who convened and supported it"
    assert told == {
        "language": "en",
        "direction": "ltr",
        "address": "http://localhost:8000/workshops/rome/",
        "head": {
            "title": "Workshop in Rome",
            "language": "en",
            "short_title": "Workshop in Rome",
            "tags": ["Regional workshop"],
            "invented": "",
            "when": "19\N{EN DASH}21\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2025",
            "where": "Rome, Italy · in person",
            "notes": ["The sources give no title; this one is ours.", "Via Stamira 5.", "As told."],
        },
        "figures": [
            {
                "number": ">\N{NO-BREAK SPACE}1,400", "unit": "experts", "wording": "many", "note": "Staff included.",
                "care": True, "mark": "B",
            }
        ],
        "summary": ["One.", "Two."],
        "summary_language": "en",
        "quote": {"text": "a quote", "language": "en", "mark": "A"},
        "roles": {
            "columns": [
                {"title": "According to The Alliance", "mark": "A"},
                {"title": "According to SecurityWomen", "mark": "B"},
            ],
            "rows": [
                {"role": "Co-organized by", "cells": [["Alliance of NGOs"], []]},
                {"role": "In partnership with", "cells": [[], ["Alliance of NGOs (named as “The Alliance”)"]]},
            ],
            "note": "",
        },
        "agenda": [
            {
                "title": "Day 1 · Wednesday 19 November",
                "sessions": [
                    {
                        "number": "3", "time": "09:30\N{EN DASH}11:00",
                        "title": "Opening", "language": "en", "mark": "A",
                        "summary": ["What we heard."], "summary_language": "en",
                        "facts": "Plenary · Prevention", "notice": "",
                        "said": [
                            {
                                "who": "Zofia, Chair, Alliance of NGOs", "what": "remarks", "quote": "We did.",
                                "language": "en", "reported": [], "mark": "A",
                            }
                        ],
                    }
                ],
            },
            {
                "title": "Day not stated",
                "sessions": [
                    {
                        "number": "\N{EN DASH}", "time": "",
                        "title": "Loose", "language": "en", "mark": "", "summary": [],
                        "summary_language": "en", "facts": "", "notice": "", "said": [],
                    }
                ],
            },
        ],
        "zone": "Times are those of Europe/Rome. A dash stands where the source gives a session no number.",
        "participants": {"rows": [{"name": "Alliance of NGOs", "mark": "B"}], "note": ""},
        "named": [{"who": "Vuk, A house", "what": "remarks", "quote": "", "language": "en",
                   "reported": ["Spoke."], "mark": "B"}],
        "groups": [
            {
                "name": "Group A", "method": "In pairs", "pillars": ["Prevention"],
                "followed": "R-2025-0001, 1 commitment", "mark": "A",
            }
        ],
        "outputs": [
            {
                "title": "Proposal",
                "rows": [
                    {
                        "text": "Train.", "language": "en", "note": ["Ours."], "group": "Group A", "care": True,
                        "followed": "R-2025-0001, 1 commitment", "mark": "B",
                    }
                ],
            }
        ],
        "recommendations": [
            {
                "reference": "R-2025-0001", "text": "States should train.", "language": "en",
                "addressees": "all States (our reading)", "mark": "A",
            }
        ],
        "declarations": [{"title": "A call", "mark": "A"}],
        "commitments": [
            {
                "reference": "C-2025-0001", "title": "Train 40", "language": "it", "organization": "Alliance of NGOs",
                "due": "31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2027", "reported": "Nothing reported yet",
                "found": "Not yet assessed",
            }
        ],
        "more_commitments": None,
        "parts": [{"title": "A part", "when": "20\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2025"}],
        "resources": [{"title": "Toolkit", "kind": "Toolkit"}],
        "sources": [
            {
                "letter": "A", "publisher": "The Alliance", "when": "3\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2025",
                "title": "A report", "url": "", "note": "",
            },
            {
                "letter": "B", "publisher": "SecurityWomen",
                "when": "1\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2025", "title": "Another",
                "url": "https://example.org/", "note": "",
            },
        ],
        "names": [{"text": "Another title", "mark": "B"}],
    }  # fmt: skip


def test_what_nobody_states_is_left_out() -> None:
    WorkshopFactory(slug="rome", starts_on=None, date_precision="unknown", is_demonstration=True)
    told = record()
    empty = ("figures", "summary", "agenda", "named", "groups", "outputs", "recommendations", "commitments", "sources")
    assert {name: told[name] for name in empty} == {name: [] for name in empty}
    assert (told["quote"], told["roles"], told["participants"]) == (None, None, None)
    assert told["head"]["when"] == "Date not stated"
    assert told["head"]["invented"] == "Demonstration: everything in this report is invented."
    assert told["zone"].startswith("Times are not recorded.")


# -- who may see what ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"disclosure": "off_record"}])
def test_what_is_not_public_has_no_report_whoever_asks(client: Client, sam: Any, fields: dict[str, str]) -> None:
    WorkshopFactory(slug="rome", **fields)
    client.force_login(sam)
    hidden, missing = client.get(ADDRESS), client.get("/workshops/none/report.pdf")
    assert (hidden.status_code, hidden.content) == (404, missing.content.replace(b"/none/", b"/rome/"))


def test_nothing_that_somebody_may_not_see_is_in_it(house: Organization) -> None:
    workshop, source = WorkshopFactory(slug="rome"), SourceFactory()
    closed = SessionFactory(workshop=workshop, title="Closed", day=1, disclosure="chatham_house")
    off = SessionFactory(workshop=workshop, title="Canary session", disclosure="off_record")
    hidden = OrganizationFactory(appearance="hidden", legal_name="Canary hidden")
    for organization in (house, hidden):
        RoleFactory(workshop=workshop, organization=organization, named_as="Canary role")
        ParticipationFactory(workshop=workshop, organization=organization, named_as="Canary participant")
        CommitmentFactory(workshop=workshop, organization=organization, title="Canary commitment")
    ContributionFactory(workshop=workshop, session=closed, person_name="Canary speaker", source=source)
    ContributionFactory(workshop=workshop, session=off, person_name="Canary off", source=source)
    ContributionFactory(workshop=workshop, person_name="Canary without consent")
    OutputFactory(workshop=workshop, session=off, text="Canary output")
    WorkingGroupFactory(workshop=workshop, session=off, name="Canary group")
    RecommendationFactory(workshop=workshop, text="Canary draft", state="draft", reference=None)
    CommitmentFactory(workshop=workshop, title="Canary withdrawn", state="withdrawn")
    WorkshopFactory(part_of=workshop, title="Canary part", state="draft")
    FigureFactory(workshop=workshop, value=4, wording="Canary figure")
    DeclarationFactory(launched_at=workshop, title="Canary declaration", state="draft")
    told = record()
    assert "Canary" not in json.dumps(told)
    assert house.legal_name not in json.dumps(told)
    assert told["roles"]["note"] == "And 2 more roles that are not shown."
    assert told["participants"]["note"] == "And 2 more organizations that are not shown."
    [session] = told["agenda"][0]["sessions"]
    assert (session["title"], session["notice"], session["said"]) == (
        "Closed", "Held under the Chatham House Rule: no names are shown.", [],
    )  # fmt: skip


def test_under_the_chatham_house_rule_the_head_says_so() -> None:
    workshop = WorkshopFactory(slug="rome", disclosure="chatham_house")
    SessionFactory(workshop=workshop, day=1, disclosure="chatham_house")
    ContributionFactory(workshop=workshop, person_name="Canary", source=SourceFactory())
    told = record()
    assert told["head"]["notes"] == ["Held under the Chatham House Rule: no names are shown."]
    assert told["agenda"][0]["sessions"][0]["notice"] == ""
    assert "Canary" not in json.dumps(told)


def test_commitments_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_COMMITMENTS", 1)
    CommitmentFactory.create_batch(3, workshop=WorkshopFactory(slug="rome"))
    told = record()
    assert len(told["commitments"]) == 1
    assert told["more_commitments"] == {
        "text": "And 2 more commitments:", "address": "http://localhost:8000/commitments/?workshop=rome",
    }  # fmt: skip


# -- the PDF ------------------------------------------------------------------------------------------------


def streams(pdf: bytes) -> bytes:
    """The PDF with its packed parts unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for each in packed:
        try:
            unpacked.append(zlib.decompress(each))
        except zlib.error:
            unpacked.append(each)
    return pdf + b"\n".join(unpacked)


def test_the_pdf_is_tagged_titled_and_in_a_language(client: Client) -> None:
    full_workshop()
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="rome.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    inside = streams(response.content)
    for part in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en", b"/DisplayDocTitle true", b"<pdfuaid:part>1</",
                 b"Workshop in Rome", b"/S/H1", b"/S/Table", b"/S/TH", b"Libertinus"):  # fmt: skip
        assert part in inside, part


def test_the_same_data_are_the_same_bytes_and_are_not_sent_twice(client: Client) -> None:
    workshop = full_workshop()
    first = client.get(ADDRESS)
    assert client.get(ADDRESS).content == first.content
    known = {"If-None-Match": first.headers["ETag"]}
    unchanged = client.get(ADDRESS, headers=known)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    with change(by=None, what="test.changed"):
        workshop.summary = "Another."
        workshop.save()
    assert client.get(ADDRESS, headers=known).status_code == 200


def test_the_date_is_that_of_the_last_change_of_anything_in_it() -> None:
    workshop = WorkshopFactory(slug="rome")
    commitment = CommitmentFactory(workshop=workshop)
    with change(by=None, what="test.changed"):
        commitment.expected_result = "More."
        commitment.save()
    latest = Document.objects.get(object_id=commitment.pk, audience="public").at
    assert report.Report(report.published("rome")).told()[1] == latest.replace(microsecond=0)


def test_no_text_is_read_as_markup() -> None:
    """What would be an error, a heading, a file or a program in the template's language is printed as it stands."""
    evil = '#panic("x") = Heading *bold* $x$ `raw` <label> @ref #read("/etc/passwd") \\ "]} #{ \\u{41}'
    workshop = WorkshopFactory(slug="rome", title=evil, summary=evil, place=evil, venue=evil, quote=evil)
    SessionFactory(workshop=workshop, title=evil, day=1)
    text, at = report.Report(report.published("rome")).told()
    pdf.made(report.TEMPLATE, text, at=at)
    assert json.loads(text)["summary"] == [evil]
    found = typst.query(
        report.TEMPLATE, "heading", field="body", root=pdf.ROOT, sys_inputs={"record": text},
        ignore_system_fonts=True,
    )  # fmt: skip
    assert [each.get("text") for each in json.loads(found)] == [
        "In short", "In the words of the report", "Agenda", "Day 1 · Wednesday 19 November", "About this copy",
    ]  # fmt: skip


def test_every_character_that_is_kept_can_be_printed() -> None:
    """A character without a glyph would be an error of the engine, and of the page."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    kept = {each for each in pdf.printable(everything) if unicodedata.category(each) != "Cs"}
    assert {"é", "à", "Ω", "Ж", "ğ", "ş", "ł", "ა", "Ա", "□", "≈", "\N{EN DASH}", "“"} <= kept
    assert not {"\0", "\x0b", "\ud800", "日", "😀"} & kept
    WorkshopFactory(slug="rome", summary=" ".join(sorted(kept)))
    text, at = report.Report(report.published("rome")).told()
    assert pdf.made(report.TEMPLATE, text, at=at).startswith(b"%PDF")


def test_what_cannot_be_printed_is_a_box(client: Client) -> None:
    WorkshopFactory(slug="rome", title="Emoji 😀 and 日本\t\x07")
    assert record()["head"]["title"] == "Emoji □ and □□ □"
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize(("code", "short"), [("it", "it"), ("pt-br", "pt"), ("Fr", "fr"), ("", "en"), ("x#", "en")])
def test_the_language_is_told_in_two_or_three_letters(code: str, short: str) -> None:
    assert pdf.tongue(code) == short


def test_it_is_in_the_language_of_the_page_and_names_that_of_other_texts(client: Client) -> None:
    WorkshopFactory(slug="rome", title="Workshop", title_fr="Atelier", summary="Three days.")
    with translation.override("fr"):
        told = record()
    assert (told["language"], told["head"]["title"], told["head"]["language"]) == ("fr", "Atelier", "fr")
    assert (told["summary"], told["summary_language"]) == (["Three days."], "en")
    inside = streams(client.get("/fr/workshops/rome/report.pdf").content)
    assert b"/Lang(fr" in inside
    assert b"/Lang(en" in inside


def test_it_can_be_read_from_right_to_left(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "get_language_bidi", lambda: True)
    full_workshop()
    assert record()["direction"] == "rtl"
    assert client.get(ADDRESS).content.startswith(b"%PDF")


@pytest.mark.parametrize("item_count", [1, 3])
def test_it_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    workshop = full_workshop()
    for _ in range(item_count):
        organization = OrganizationFactory()
        session = SessionFactory(workshop=workshop, source=SourceFactory())
        ContributionFactory(workshop=workshop, session=session, organization=organization, source=SourceFactory())
        RoleFactory(workshop=workshop, organization=organization, source=SourceFactory())
        group = WorkingGroupFactory(workshop=workshop, source=SourceFactory())
        output = OutputFactory(workshop=workshop, working_group=group, source=SourceFactory())
        recommendation = RecommendationFactory(workshop=workshop, output=output)
        AddresseeFactory(recommendation=recommendation, kind="state", territory=TerritoryFactory())
        CommitmentFactory(workshop=workshop, organization__country=TerritoryFactory())
    with django_assert_num_queries(27):
        client.get(ADDRESS)
