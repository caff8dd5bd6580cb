"""The way of an import from its file to its end, whatever becomes of the worker."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from net4u.base import imports, inbox
from net4u.base.import_runs import RUN_MOVES, RunState
from net4u.base.imports import KINDS, LEASE, MOST_ATTEMPTS, guess, mapping_faults
from net4u.base.models import ImportRow, ImportRun
from net4u.base.states import TransitionError
from net4u.base.tables import Table
from net4u.base.tasks import work_on_import
from organizations.models import Organization
from people.models import User

pytestmark = pytest.mark.django_db


def begun(sam: User, rows: int = 1) -> ImportRun:
    table = Table(["legal_name"], [(n + 2, [f"House {n} of {n * 7919}"]) for n in range(rows)])
    return imports.begin(kind=KINDS["organizations"], about=None, name="a.csv", table=table, by=sam)


def in_state(sam: User, state: str, rows: int = 1) -> ImportRun:
    run = begun(sam, rows)
    imports.map_columns(run=run, mapping=["legal_name"], by=sam)
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    run.refresh_from_db()
    return run


def test_columns_are_guessed_by_what_people_call_them() -> None:
    header = ["Legal NAME", "organisation", "Sigla", "web", "Shoe size"]
    assert guess(KINDS["organizations"], header) == ["legal_name", "", "acronym", "website", ""]


def test_what_is_wrong_with_columns_is_said() -> None:
    header = ["a", "b", "c"]
    assert mapping_faults(KINDS["organizations"], header, ["acronym", "acronym", "nothing"]) == [
        "The column “c” is not known. Say what it is, or take it out of the file.",
        "Two columns are “Acronym”.",
        "There is no column “Legal name”.",
    ]


DOES = {
    "map": (RunState.CHECKING, lambda run, by: imports.map_columns(run=run, mapping=["legal_name"], by=by)),
    "check": (RunState.CHECKING, lambda run, by: imports.check_again(run=run, by=by)),
    "leave out": (RunState.CHECKING, lambda run, by: imports.leave_out_refused(run=run, by=by)),
    "confirm": (RunState.IMPORTING, lambda run, by: imports.confirm(run=run, by=by)),
    "drop": (RunState.DROPPED, lambda run, by: imports.drop(run=run, by=by)),
}  # fmt: skip


@pytest.mark.parametrize("does", DOES)
@pytest.mark.parametrize("state", RunState.values)
def test_only_declared_moves_are_made(state: str, does: str, sam: User) -> None:
    run = in_state(sam, state)
    to, do = DOES[does]
    if to in RUN_MOVES[state]:
        do(run, sam)
        return
    with pytest.raises(TransitionError):
        do(run, sam)
    run.refresh_from_db()
    assert run.state == state


def test_nobody_else_imports(sam: User, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        begun(alice)
    run = in_state(sam, RunState.CHECKED)
    for _to, do in DOES.values():
        with pytest.raises(PermissionDenied):
            do(run, alice)
    assert ImportRun.objects.get().state == RunState.CHECKED


def test_a_long_list_waits_for_the_worker(sam: User) -> None:
    run = begun(sam, 201)
    imports.map_columns(run=run, mapping=["legal_name"], by=sam)
    assert (run.state, run.done) == (RunState.CHECKING, 0)
    work_on_import(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.done, run.lease_until) == (RunState.CHECKED, 201, None)
    imports.confirm(run=run, by=sam)
    assert Organization.objects.count() == 0
    work_on_import(str(run.pk))
    work_on_import(str(run.pk))  # a second time does nothing
    run.refresh_from_db()
    assert (run.state, Organization.objects.count(), run.rows.count()) == (RunState.DONE, 201, 0)
    assert set(Organization.objects.values_list("state", flat=True)) == {"draft"}


@pytest.mark.parametrize("state", [RunState.CHECKING, RunState.IMPORTING])
def test_the_run_of_a_killed_worker_comes_back_when_its_lease_is_over(state: str, sam: User) -> None:
    run = in_state(sam, state)
    now = timezone.now()
    ImportRun.objects.filter(pk=run.pk).update(lease_until=now + LEASE, attempts=1)
    imports.take_up(now)
    assert ImportRun.objects.get().state == state  # somebody has it in hand
    ImportRun.objects.filter(pk=run.pk).update(lease_until=now - timedelta(seconds=1))
    imports.take_up(now)
    run.refresh_from_db()
    assert run.state == (RunState.CHECKED if state == RunState.CHECKING else RunState.DONE)
    assert Organization.objects.count() == (0 if state == RunState.CHECKING else 1)


def test_what_kills_every_worker_is_given_up(sam: User) -> None:
    run = in_state(sam, RunState.IMPORTING)
    ImportRun.objects.filter(pk=run.pk).update(attempts=MOST_ATTEMPTS)
    imports.take_up(timezone.now())
    run.refresh_from_db()
    assert (run.state, run.rows.count(), Organization.objects.count()) == (RunState.FAILED, 0, 0)


def test_rows_that_nobody_confirms_are_forgotten(sam: User) -> None:
    run = in_state(sam, RunState.CHECKED)
    imports.forget_rows(run.created_at + timedelta(days=14))
    assert ImportRow.objects.count() == 1
    imports.forget_rows(run.created_at + timedelta(days=14, seconds=1))
    run.refresh_from_db()
    assert (run.state, ImportRow.objects.count()) == (RunState.DROPPED, 0)


def test_nothing_is_imported_when_every_row_is_left_out(sam: User) -> None:
    run = in_state(sam, RunState.CHECKED)
    row = run.rows.get()
    imports.edit_row(row=row, cells=row.cells, organization=None, is_chosen=False, is_left_out=True, by=sam)
    run.refresh_from_db()
    with pytest.raises(TransitionError, match="Every row is left out"):
        imports.confirm(run=run, by=sam)


def test_an_edited_row_of_a_long_list_is_checked_again_first(sam: User) -> None:
    run = begun(sam, 201)
    imports.map_columns(run=run, mapping=["legal_name"], by=sam)
    imports.work_on(run.pk)
    row = ImportRow.objects.filter(number=2).get()
    imports.edit_row(row=row, cells=[""], organization=None, is_chosen=False, is_left_out=False, by=sam)
    run.refresh_from_db()
    with pytest.raises(TransitionError, match="Have them checked again first"):
        imports.confirm(run=run, by=sam)
    imports.check_again(run=run, by=sam)
    imports.work_on(run.pk)
    run.refresh_from_db()
    with pytest.raises(TransitionError, match="Rows are refused"):
        imports.confirm(run=run, by=sam)


def test_of_two_who_press_at_once_the_second_is_told(sam: User) -> None:
    run = in_state(sam, RunState.CHECKED)
    other = ImportRun.objects.get()
    imports.confirm(run=run, by=sam)
    result = ImportRun.objects.get().result
    for late in (imports.drop, imports.check_again):
        with pytest.raises(TransitionError, match="went on meanwhile"):
            late(run=other, by=sam)
    assert (ImportRun.objects.get().state, ImportRun.objects.get().result) == (RunState.DONE, result)


def test_an_address_of_nothing_is_nothing() -> None:
    imports.work_on(uuid4())
    assert ImportRun.objects.count() == 0


def test_an_import_that_failed_waits_in_the_inbox_until_somebody_puts_it_aside(client: Client, sam: User) -> None:
    run = in_state(sam, RunState.FAILED)
    ImportRun.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    client.force_login(sam)
    page = client.get("/secretariat/?kind=imports").content.decode()
    assert "“a.csv” could not be imported" in page
    assert run.get_absolute_url() in page
    assert "Put aside" in client.get(run.get_absolute_url()).content.decode()
    client.post(run.get_absolute_url(), {"do": "drop"})
    run.refresh_from_db()
    assert run.state == RunState.DROPPED
    assert inbox.numbers()["imports"] == 0
