"""Participants from a list: what is created, matched and refused, and that nothing is half done."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from net4u.base import imports
from net4u.base.change import change
from net4u.base.exports import lines
from net4u.base.import_runs import RunState
from net4u.base.imports import KINDS
from net4u.base.models import ImportRun, JournalEntry
from net4u.base.personal import everything_about
from net4u.base.states import TransitionError
from net4u.base.tables import read_table
from organizations.models import Organization
from organizations.services import merge_organizations
from people.models import User
from people.services import erase_account
from tests.factories import OrganizationFactory, TerritoryFactory, UserFactory, WorkshopFactory
from workshops.models import Delegate, Participation, Workshop
from workshops.services import forget_delegates

pytestmark = pytest.mark.django_db

HEAD = ["name", "email", "function", "organization", "acronym", "organization_kind", "country", "modality", "named_on"]


@pytest.fixture
def workshop() -> Workshop:
    TerritoryFactory()
    found: Workshop = WorkshopFactory(slug="genoa", title="Harbour days", state="draft", starts_on="2026-11-02")
    return found


def row(**given: str) -> list[str]:
    return [given.get(key, "") for key in HEAD]


def good(number: int, **given: str) -> list[str]:
    told = {"name": "Mira Person", "email": f"mira{number}@house.example", "organization": "Second House Cooperative"}
    return row(**told | given)


def uploaded(workshop: Workshop, sam: User, rows: list[list[str]], head: list[str] | None = None) -> ImportRun:
    data = "".join(lines(head or HEAD, rows)).encode()
    return imports.begin(kind=KINDS["participants"], about=workshop.pk, name="list.csv", table=read_table(data), by=sam)


def checked(workshop: Workshop, sam: User, rows: list[list[str]]) -> ImportRun:
    run = uploaded(workshop, sam, rows)
    assert imports.map_columns(run=run, mapping=run.mapping, by=sam) == []
    imports.take_up(run.created_at)
    run.refresh_from_db()
    return run


def verdicts(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    return list(run.rows.values_list("number", "verdict", "reasons"))


def test_a_list_is_checked_and_imported(workshop: Workshop, sam: User) -> None:
    house = OrganizationFactory(legal_name="Second House Cooperative")
    run = checked(workshop, sam, [
        good(1, country="IT", modality="in person", named_on="2026-10-01", function="Director"),
        good(2, organization="New Harbour Association", country="Italy"),
        good(3, organization="new harbour", country="IT"),
    ])  # fmt: skip
    assert run.state == RunState.CHECKED
    assert verdicts(run) == [(2, "match", ["the same name"]), (3, "create", []), (4, "create", [])]
    assert (Delegate.objects.count(), Organization.objects.count()) == (0, 1)
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (RunState.DONE, 0)
    assert run.result == {
        "delegates": 3, "changed": 0, "same": 0, "organizations": 1, "participations": 2, "rows": 3, "left_out": 0,
    }  # fmt: skip
    new = Organization.objects.exclude(pk=house.pk).get()
    assert (new.legal_name, new.state, new.country.iso2) == ("New Harbour Association", "draft", "IT")
    assert set(Participation.objects.values_list("organization", "attribution")) == {
        (house.pk, "anonymous"), (new.pk, "anonymous")
    }  # fmt: skip
    assert "mira" not in str(list(JournalEntry.objects.values())).lower()


def test_a_long_list_takes_seconds(workshop: Workshop, sam: User) -> None:
    with change(by=None, what="test"):
        for number in range(300):
            OrganizationFactory(legal_name=f"House of {chr(65 + number % 26)}{number} and its neighbours {number * 7}")
    rows = [
        good(
            n,
            name=f"Person No {n}",
            organization=f"House of {chr(65 + n % 26)}{n % 400} and its neighbour {n % 400 * 7}",
        )
        for n in range(1000)
    ]
    began = time.monotonic()
    run = checked(workshop, sam, rows)
    seen = time.monotonic()
    assert run.state == RunState.CHECKED
    imports.confirm(run=run, by=sam)
    imports.take_up(run.created_at)
    run.refresh_from_db()
    print(f"1,000 rows: checked in {seen - began:.1f} s, imported in {time.monotonic() - seen:.1f} s", run.result)
    assert run.state == RunState.DONE
    assert Delegate.objects.count() == 1000
    assert time.monotonic() - began < 60


#: Each kind of fault in one row, with what is said of it. What is wrong with a file as a whole: tests/base/test_tables.
LONG = "x" * 201
FAULTS: dict[str, tuple[dict[str, str], list[str]]] = {
    "no name": ({"name": ""}, ["The name is missing."]),
    "an address for a name": ({"name": "a@b.example"}, ["“a@b.example” is not the name of a person."]),
    "a number for a name": ({"name": "007"}, ["“007” is not the name of a person."]),
    "signs for a name": ({"name": "???"}, ["“???” is not the name of a person."]),
    "a long name": ({"name": "x" * 151}, ["“Name” is longer than 150 letters."]),
    "no address": ({"email": "mira"}, ["“mira” is not an e-mail address."]),
    "two addresses": (
        {"email": "a@b.example, c@d.example"}, ["“a@b.example, c@d.example” is not an e-mail address."]
    ),
    "an address without a host": ({"email": "mira@"}, ["“mira@” is not an e-mail address."]),
    "an address with a blank": ({"email": "mi ra@b.example"}, ["“mi ra@b.example” is not an e-mail address."]),
    "a long function": ({"function": LONG}, ["“Function” is longer than 200 letters."]),
    "no organization": ({"organization": ""}, ["The organization is missing."]),
    "signs for an organization": ({"organization": "---"}, ["The organization is missing."]),
    "a long organization": ({"organization": LONG}, ["“Organization” is longer than 200 letters."]),
    "a long acronym": ({"acronym": "x" * 41}, ["“Acronym of the organization” is longer than 40 letters."]),
    "no such kind": ({"organization_kind": "club"}, ["There is no kind “club”."]),
    "no such country": ({"country": "Atlantis"}, ["There is no country “Atlantis”."]),
    "no such code": ({"country": "XX"}, ["There is no country “XX”."]),
    "no such modality": ({"modality": "perhaps"}, ["“perhaps” is neither in person nor online."]),
    "a day of two meanings": (
        {"named_on": "03/04/2026"}, ["“03/04/2026” is not a day. Write it like this: 2026-03-04."]
    ),
    "no such day": ({"named_on": "2026-02-30"}, ["“2026-02-30” is not a day. Write it like this: 2026-03-04."]),
    "yes for a day": ({"named_on": "yes"}, ["“yes” is not a day. Write it like this: 2026-03-04."]),
    "a day to come": ({"named_on": "2999-01-01"}, ["The consent is from a day that is still to come."]),
    "the same address": ({"email": "MIRA0@house.example"}, ["Row 2 is the same person."]),
    "the same person": (
        {"name": "NO ADDRESS", "email": "", "organization": "second house cooperative"}, ["Row 3 is the same person."]
    ),
    "two organizations": (
        {"organization": "Twin Harbours"},
        ["More than one organization is called so (Twin Harbours, Twin Harbours). Choose one."],
    ),
    "a web address for a name": ({"name": "https://a.example"}, ["“https://a.example” is not the name of a person."]),
    "a dash for a name": ({"name": "--"}, ["“--” is not the name of a person."]),
    "two dots in an address": ({"email": "a..b@c.example"}, ["“a..b@c.example” is not an e-mail address."]),
    "an address without a domain": ({"email": "mira@house"}, ["“mira@house” is not an e-mail address."]),
    "nobody at a host": ({"email": "@b.example"}, ["“@b.example” is not an e-mail address."]),
    "a link to write to": ({"email": "mailto:mira@b.example"}, ["“mailto:mira@b.example” is not an e-mail address."]),
    "two hosts": ({"email": "mira@b@c.example"}, ["“mira@b@c.example” is not an e-mail address."]),
    "a host that cannot be": ({"email": "mira@-b.example"}, ["“mira@-b.example” is not an e-mail address."]),
    "a name with an address": ({"email": "mira <m@b.example>"}, ["“mira <m@b.example>” is not an e-mail address."]),
    "a web address to write to": ({"email": "http://b.example"}, ["“http://b.example” is not an e-mail address."]),
    "a month too many": ({"named_on": "2026-13-01"}, ["“2026-13-01” is not a day. Write it like this: 2026-03-04."]),
    "a day as spreadsheets count": ({"named_on": "46085"}, ["“46085” is not a day. Write it like this: 2026-03-04."]),
    "a day in words": ({"named_on": "4 March 2026"}, ["“4 March 2026” is not a day. Write it like this: 2026-03-04."]),
    "two countries": ({"country": "IT, FR"}, ["There is no country “IT, FR”."]),
    "a number for a country": ({"country": "0"}, ["There is no country “0”."]),
    "a number for a modality": ({"modality": "1"}, ["“1” is neither in person nor online."]),
    "a web address for an organization": (
        {"organization": "https://h.example"}, ["“https://h.example” is not the name of an organization."]
    ),
    "a number for an organization": ({"organization": "12345"}, ["“12345” is not the name of an organization."]),
    "two faults": ({"name": "", "country": "XX"}, ["The name is missing.", "There is no country “XX”."]),
}  # fmt: skip


def test_each_kind_of_fault_is_told_with_its_row_and_nothing_is_imported(workshop: Workshop, sam: User) -> None:
    """The faulty rows stand among 5,000 right ones; until each is mended or left out nothing is written."""
    OrganizationFactory(legal_name="Second House Cooperative")
    for _twin in range(2):
        OrganizationFactory(legal_name="Twin Harbours")
    rows = [good(0), good(1, name="No address", email="")]
    rows += [good(n) for n in range(2, 5000 - len(FAULTS))]
    at = len(rows) + 2
    rows += [good(n, **told) for n, (told, _words) in enumerate(FAULTS.values(), 5000)]
    run = checked(workshop, sam, rows)
    refused = {number: reasons for number, verdict, reasons in verdicts(run) if verdict == "refuse"}
    assert refused == {at + n: words for n, (_told, words) in enumerate(FAULTS.values())}
    with pytest.raises(TransitionError, match="Rows are refused"):
        imports.confirm(run=run, by=sam)
    assert (Delegate.objects.count(), Participation.objects.count()) == (0, 0)
    imports.leave_out_refused(run=run, by=sam)
    imports.take_up(run.created_at)
    run.refresh_from_db()
    imports.confirm(run=run, by=sam)
    imports.take_up(run.created_at)
    run.refresh_from_db()
    assert (run.state, run.result["left_out"]) == (RunState.DONE, len(FAULTS))
    assert Delegate.objects.count() == 5000 - len(FAULTS)


def test_signs_that_nobody_sees_are_left_out(workshop: Workshop, sam: User) -> None:
    run = checked(workshop, sam, [good(1, name="Mi\u202era Person")])
    imports.confirm(run=run, by=sam)
    assert Delegate.objects.get().name == "Mira Person"


def test_an_erased_account_takes_its_name_from_the_lists(workshop: Workshop, sam: User) -> None:
    run = checked(workshop, sam, [good(1, email="Bob@Example.org"), good(2, name="Ana Person")])
    imports.confirm(run=run, by=sam)
    erase_account(user=UserFactory(email="bob@example.org"))
    assert [each.name for each in Delegate.objects.all()] == ["Ana Person"]


def test_a_row_is_matched_by_hand(workshop: Workshop, sam: User) -> None:
    twins = [OrganizationFactory(legal_name="Twin Harbours") for _twin in range(2)]
    run = checked(workshop, sam, [good(1, organization="Twin Harbours")])
    row = run.rows.get()
    assert row.verdict == "refuse"
    imports.edit_row(row=row, cells=row.cells, organization=twins[1].pk, is_chosen=True, is_left_out=False, by=sam)
    row.refresh_from_db()
    assert (row.verdict, row.certainty, row.reasons) == ("match", 100, ["chosen by hand"])
    run.refresh_from_db()
    imports.confirm(run=run, by=sam)
    assert Delegate.objects.get().organization == twins[1]


def test_the_export_is_the_import_and_changes_nothing(workshop: Workshop, sam: User) -> None:
    OrganizationFactory(legal_name="Second House Cooperative", acronym="SHC")
    run = checked(workshop, sam, [
        good(1, country="IT", modality="online", named_on="1.10.2026", function="=cmd"[1:]),
        good(2, email="", function="+1 Director", organization="New Harbour"),
    ])  # fmt: skip
    imports.confirm(run=run, by=sam)
    before = list(Delegate.objects.values())
    client = Client()
    client.force_login(sam)
    for ending in ("csv", "xlsx"):
        response = client.get(f"/secretariat/workshops/{workshop.pk}/participants/participants.{ending}")
        data = response.getvalue()
        again = imports.begin(kind=KINDS["participants"], about=workshop.pk, name="x", table=read_table(data), by=sam)
        assert imports.map_columns(run=again, mapping=again.mapping, by=sam) == []
        assert {tuple(reasons[:1]) for _n, _v, reasons in verdicts(again)} == {("on the list already",)}
        again.refresh_from_db()
        imports.confirm(run=again, by=sam)
        again.refresh_from_db()
        assert again.result["same"] == 2
        assert list(Delegate.objects.values()) == before


def test_what_changed_since_the_table_was_shown_stops_the_import(workshop: Workshop, sam: User) -> None:
    run = checked(workshop, sam, [good(1)])
    OrganizationFactory(legal_name="Second House Cooperative")
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert (run.state, Delegate.objects.count()) == (RunState.CHECKED, 0)
    assert run.rows.get().verdict == "match"


def test_a_fault_while_writing_undoes_all_of_it(
    workshop: Workshop, sam: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = checked(workshop, sam, [good(1), good(2, organization="Another")])

    def fails(**_given: object) -> int:
        msg = "Mira Person"
        raise RuntimeError(msg)

    monkeypatch.setattr("workshops.imports.record_delegates", fails)
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert (run.state, run.rows.count(), Organization.objects.count()) == (RunState.FAILED, 0, 0)
    assert "RuntimeError" in caplog.text
    assert "Mira" not in caplog.text


def test_names_are_forgotten_when_the_settings_say_so(workshop: Workshop, sam: User) -> None:
    run = checked(workshop, sam, [good(1)])
    imports.confirm(run=run, by=sam)
    last = datetime(2026, 11, 2, 12, tzinfo=UTC) + timedelta(days=90)
    forget_delegates(last)
    assert Delegate.objects.count() == 1
    forget_delegates(last + timedelta(days=1))
    assert (Delegate.objects.count(), Participation.objects.count()) == (0, 1)


def test_a_list_of_a_workshop_whose_names_are_past_is_refused(workshop: Workshop, sam: User) -> None:
    old = WorkshopFactory(starts_on="2020-01-01")
    run = checked(old, sam, [good(1)])
    words = "Names of this workshop are kept no longer: the time that the settings give is over."
    assert verdicts(run) == [(2, "refuse", [words])]


def test_a_merge_moves_delegates(workshop: Workshop, sam: User, ada: User) -> None:
    old, into = OrganizationFactory(legal_name="Second House Cooperative"), OrganizationFactory()
    run = checked(workshop, sam, [good(1)])
    imports.confirm(run=run, by=sam)
    merge_organizations(old=old, into=into, why="one", by=ada)
    assert Delegate.objects.get().organization == into


def test_what_names_a_person_is_in_the_copy_of_their_data(workshop: Workshop, sam: User) -> None:
    run = checked(workshop, sam, [good(1, email="Bob@Example.org")])
    imports.confirm(run=run, by=sam)
    bob = UserFactory(email="bob@example.org")
    told = everything_about(bob)["lists_of_participants_that_name_you"]
    assert [each["name"] for each in told] == ["Mira Person"]


# -- the pages ----------------------------------------------------------------------------------------------


def test_a_list_is_imported_on_the_pages(workshop: Workshop, sam: User, client: Client) -> None:
    OrganizationFactory(legal_name="Second House Cooperative")
    client.force_login(sam)
    address = f"/secretariat/workshops/{workshop.pk}/participants/"
    assert "Nobody is on the list yet" in client.get(address).content.decode()
    data = "".join(lines(["Full name", "Affiliation", "Shoe size"], [["Mira", "Second House Cooperative", "38"]]))
    page = client.post(address, {"file": SimpleUploadedFile("a.csv", data.encode())}, follow=True)
    run = page.redirect_chain[-1][0]
    assert "What each column says" in page.content.decode()
    sent = {"do": "map", "column_0": "name", "column_1": "organization", "column_2": ""}
    words = "The column “Shoe size” is not known. Say what it is, or take it out of the file."
    assert words in client.post(run, sent).content.decode()
    page = client.post(run, sent | {"column_2": "function"}, follow=True)
    assert "certain to 95" in page.content.decode()
    assert client.get(f"{run}rows/2/").status_code == 200
    edited = {"cell_0": "", "cell_1": "Second House Cooperative", "cell_2": "", "organization": ""}
    page = client.post(f"{run}rows/2/", edited, follow=True)
    assert "The name is missing." in page.content.decode()
    assert "Import all of it" not in page.content.decode()
    client.post(f"{run}rows/2/", edited | {"cell_0": "Mira Person"})
    page = client.post(run, {"do": "confirm"}, follow=True)
    assert "Everything is imported" in page.content.decode()
    assert "Mira Person" in client.get(address).content.decode()
    assert Delegate.objects.get().name == "Mira Person"
    assert "a.csv" in client.get("/secretariat/imports/").content.decode()


def test_a_refused_file_says_so_beside_its_field(workshop: Workshop, sam: User, client: Client) -> None:
    client.force_login(sam)
    sent = {"file": SimpleUploadedFile("a.csv", b"name\n=1\n")}
    page = client.post(f"/secretariat/workshops/{workshop.pk}/participants/", sent)
    assert "Row 2 has a formula" in page.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_long_list_is_left_to_the_worker_and_the_page_looks_again(
    workshop: Workshop, sam: User, client: Client
) -> None:
    run = uploaded(workshop, sam, [good(n) for n in range(201)])
    imports.map_columns(run=run, mapping=run.mapping, by=sam)
    client.force_login(sam)
    page = client.get(f"/secretariat/imports/{run.pk}/")
    assert page["Refresh"] == "3"
    assert '<progress id="progress" value="0" max="201">' in page.content.decode()
    imports.take_up(timezone.now())
    page = client.get(f"/secretariat/imports/{run.pk}/")
    assert "Refresh" not in page
    assert "of 201" in page.content.decode()
    assert "Row 3 " not in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_the_secretariat_reaches_any_of_it(
    method: str, workshop: Workshop, sam: User, alice: User, bob: User, charlie: User
) -> None:
    run = checked(workshop, sam, [good(1)])
    paths = [
        f"workshops/{workshop.pk}/participants/", f"workshops/{workshop.pk}/participants/participants.csv",
        f"workshops/{workshop.pk}/participants/template.xlsx", "imports/", f"imports/{run.pk}/",
        f"imports/{run.pk}/rows/2/", "organizations/import/", "organizations/import/organizations.csv",
    ]  # fmt: skip
    sent = {"do": "confirm", "file": SimpleUploadedFile("a.csv", b"name,organization\na,b\n"), "is_left_out": "on"}
    for path in paths:
        answer = getattr(Client(), method)(f"/secretariat/{path}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), path
        for person in (alice, bob, charlie, UserFactory()):
            client = Client()
            client.force_login(person)
            answer = getattr(client, method)(f"/secretariat/{path}", sent)
            assert answer.status_code == 403, path
            assert "mira" not in answer.content.decode().lower()
    run.refresh_from_db()
    assert (run.state, run.rows.get().is_left_out) == (RunState.CHECKED, False)
    assert (ImportRun.objects.count(), Delegate.objects.count()) == (1, 0)
