"""Organizations from a list: drafts for what is new, and nothing changed of what is here."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from net4u.base import imports
from net4u.base.import_runs import RunState
from net4u.base.imports import KINDS
from net4u.base.models import Document, ImportRun
from net4u.base.tables import Table, read_table
from organizations.duplicates import Candidate
from organizations.matching import Matching
from organizations.models import Identifier, Organization
from people.models import User
from tests.factories import IdentifierFactory, OrganizationFactory, PillarFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

HEAD = [column.key for column in KINDS["organizations"].columns]


def row(**given: str) -> list[str]:
    return [given.get(key, "") for key in HEAD]


def checked(sam: User, *rows: list[str]) -> ImportRun:
    table = Table(HEAD, list(enumerate(rows, 2)))
    run = imports.begin(kind=KINDS["organizations"], about=None, name="a.csv", table=table, by=sam)
    assert imports.map_columns(run=run, mapping=HEAD, by=sam) == []
    run.refresh_from_db()
    return run


def test_new_ones_become_drafts_with_all_that_the_list_says(sam: User) -> None:
    TerritoryFactory()
    pillar = PillarFactory(code="p4")
    house = OrganizationFactory(legal_name="Second House Cooperative", website="https://house.example")
    run = checked(
        sam,
        row(legal_name="Associazione Porto Nuovo", english_name="New Harbour", acronym="APN", country="italy",
            kind="civil society organization", civil_society_kind="ngo", website="porto.example", languages="it; EN",
            pillars="p4", numbers="GB-CHC 1234567"),
        row(legal_name="Another name", website="https://www.house.example/it/"),
    )  # fmt: skip
    assert list(run.rows.values_list("verdict", "organization", "certainty")) == [
        ("create", None, 0), ("match", house.pk, 90),
    ]  # fmt: skip
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert run.result == {"organizations": 1, "matched": 1, "rows": 2, "left_out": 0}
    new = Organization.objects.exclude(pk=house.pk).get()
    assert (new.slug, new.state, new.acronym, new.civil_society_kind, new.website, new.languages) == (
        "new-harbour", "draft", "APN", "ngo", "https://porto.example", ["it", "en"]
    )  # fmt: skip
    assert list(new.pillars.all()) == [pillar]
    assert list(Identifier.objects.values_list("organization", "scheme", "value")) == [(new.pk, "GB-CHC", "1234567")]
    assert not Document.objects.filter(object_id=new.pk).exclude(text="").exists()
    assert Client().get("/organizations/new-harbour/").status_code == 404


FAULTS = {
    "no name": ({"legal_name": ""}, "The legal name is missing."),
    "long": ({"legal_name": "x" * 201}, "“Legal name” is longer than 200 letters."),
    "english": ({"english_name": "x" * 201}, "“Name in English” is longer than 200 letters."),
    "acronym": ({"acronym": "x" * 41}, "“Acronym” is longer than 40 letters."),
    "country": ({"country": "Atlantis"}, "There is no country “Atlantis”."),
    "kind": ({"kind": "club"}, "There is no kind “club”."),
    "second kind": ({"civil_society_kind": "club"}, "There is no kind “club”."),
    "both": (
        {"kind": "academia", "civil_society_kind": "ngo"}, "Only a civil society organization has this second kind."
    ),
    "website": ({"website": "not a site"}, "“not a site” is not the address of a website."),
    "script": ({"website": "javascript://a.example"}, "“javascript://a.example” is not the address of a website."),
    "language": ({"languages": "en; xx"}, "There is no language “xx”."),
    "pillar": ({"pillars": "p9"}, "There is no pillar “p9”."),
    "register": ({"numbers": "NOWHERE 12"}, "There is no register “NOWHERE”."),
    "number": ({"numbers": "GB-CHC 12"}, "GB-CHC: Write the six or seven digits of the number."),
    "twice": ({"legal_name": "first one"}, "Row 2 names the same organization."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_in_its_row(fault: str, sam: User) -> None:
    told, sentence = FAULTS[fault]
    run = checked(sam, row(legal_name="First One"), row(**{"legal_name": "Second House"} | told))
    assert list(run.rows.values_list("number", "verdict", "reasons")) == [
        (2, "create", []), (3, "refuse", [sentence])
    ]  # fmt: skip


MATCHES = {
    "number": (Candidate(("x",), numbers=(("GB-CHC", "1234567"),)), "", 100),
    "name": (Candidate(("cooperative SECOND house APS",)), "", 95),
    "website": (Candidate(("x",), website="http://house.example/a"), "", 90),
    "mail": (Candidate(("x",)), "mira@house.example", 85),
    "similar": (Candidate(("Second House Coperative",)), "", 78),
    "acronym": (Candidate(("x",), acronym="shc"), "", 70),
    "acronym for a name": (Candidate(("SHC",)), "", 70),
    "nobody's mail": (Candidate(("x",)), "mira@gmail.com", 0),
    "another": (Candidate(("Third Window",)), "mira@window.example", 0),
}


@pytest.mark.parametrize("by", MATCHES)
def test_each_way_of_finding_is_as_certain_as_it_is(by: str) -> None:
    house = OrganizationFactory(
        legal_name="Second House Cooperative", acronym="SHC", website="https://www.house.example"
    )
    IdentifierFactory(organization=house, scheme="GB-CHC", value="1234567")
    OrganizationFactory(legal_name="Clear Signal Institute")
    told, mail, certainty = MATCHES[by]
    found = Matching().find(told, mail=mail)
    assert (found.organization, found.certainty) == (house.pk if certainty else None, certainty)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_what_is_gone_is_nobodys_match(state: str) -> None:
    OrganizationFactory(legal_name="Second House", state=state)
    assert Matching().find(Candidate(("Second House",))).organization is None


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_export_is_the_import_and_changes_nothing(ending: str, sam: User, client: Client) -> None:
    TerritoryFactory()
    first = checked(
        sam, row(legal_name="=Equal", country="IT", website="a.example"), row(legal_name="Porto", acronym="P")
    )
    imports.confirm(run=first, by=sam)
    before = list(Organization.objects.order_by("pk").values())
    client.force_login(sam)
    table = read_table(client.get(f"/secretariat/organizations/import/organizations.{ending}").getvalue())
    run = checked(sam, *(cells for _number, cells in table.rows))
    assert set(run.rows.values_list("verdict", flat=True)) == {"match"}
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert run.result == {"organizations": 0, "matched": 2, "rows": 2, "left_out": 0}
    assert list(Organization.objects.order_by("pk").values()) == before


def test_the_template_has_the_columns_and_nothing_else(sam: User, client: Client) -> None:
    client.force_login(sam)
    text = client.get("/secretariat/organizations/import/template.csv").getvalue().decode("utf-8-sig")
    assert text.split() == [",".join(HEAD)]
    assert client.get("/secretariat/organizations/import/template.exe").status_code == 404


def test_two_thousand_organizations_are_written_in_seconds(sam: User) -> None:
    run = checked(sam, *(row(legal_name=f"House {n} of {n * 7919} and {n * 104729}") for n in range(2000)))
    began = time.monotonic()
    imports.take_up(run.created_at)
    run.refresh_from_db()
    seen = time.monotonic()
    imports.confirm(run=run, by=sam)
    imports.take_up(run.created_at)
    run.refresh_from_db()
    print(f"2,000 organizations: checked {seen - began:.1f} s, written {time.monotonic() - seen:.1f} s")
    assert (run.state, Organization.objects.count()) == (RunState.DONE, 2000)
