"""Importing tables: which kinds there are, and the way of a run from its file to its end.

Runs and their rows are no records: nothing of them is published or in the journal, and moves are compare-and-swap.
What a run makes is written by services, in one ``change()``. Every step can be done twice: checking writes verdicts
only, and importing is one transaction that also says that the run is done. So a worker that was killed leaves nothing
half done, and the next one begins again when its lease is over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from net4u.base.change import change
from net4u.base.forgetting import forgets
from net4u.base.import_runs import AT_WORK, ENDED, RUN_MOVES, RunState, Verdict
from net4u.base.models import ImportRow, ImportRun
from net4u.base.regular import regularly
from net4u.base.states import TransitionError, check_move, require
from net4u.base.tables import Table
from net4u.base.words import words_of

if TYPE_CHECKING:
    from people.models import User

log = logging.getLogger(__name__)

#: Longer than a batch of rows takes to check, or the largest import to write.
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
BATCH = 200
#: So many rows are checked and imported at once, without a worker.
AT_ONCE = 200
#: Rows that nobody confirmed are forgotten.
KEPT_DAYS = 14


class Column(NamedTuple):
    """A column of a kind of import; its key is its name in exports and templates."""

    key: str
    label: Any
    is_required: bool = False
    help: Any = ""
    aliases: tuple[str, ...] = ()


class ImportKind:
    """What can be imported. One instance of each is registered; ``permission`` says who may."""

    key: ClassVar[str]
    name: ClassVar[Any]
    permission: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    #: What the numbers count that ``write`` returns, in words and in their order.
    counted: ClassVar[dict[str, Any]]

    def judge(self, run: ImportRun, rows: Sequence[ImportRow]) -> Iterator[ImportRow]:
        """Give each row its verdict, in their order; nothing is written."""
        raise NotImplementedError

    def write(self, run: ImportRun, rows: Sequence[ImportRow], by: User | None) -> dict[str, int]:
        """Write all rows inside the open change; the numbers are kept as the result."""
        raise NotImplementedError

    def back(self, run: ImportRun) -> str:
        """The address where what was imported is seen."""
        raise NotImplementedError

    def choices(self) -> list[tuple[str, Any]]:
        """Every record that a row may be, by id, with its name."""
        raise NotImplementedError

    def names(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """What the records are called that rows were matched with."""
        raise NotImplementedError


KINDS: dict[str, ImportKind] = {}


def can_be_imported(kind: ImportKind) -> None:
    """Packages say so in ``AppConfig.ready()``."""
    KINDS[kind.key] = kind


def kind_of(run: ImportRun) -> ImportKind:
    return KINDS[run.kind]


def guess(kind: ImportKind, header: Sequence[str]) -> list[str]:
    """For each column of the file the key it most likely is, each key once; "" where nothing fits."""
    known: dict[str, str] = {}
    for column in kind.columns:
        for name in (column.key, str(column.label), *column.aliases):
            known.setdefault(" ".join(words_of(name.replace("_", " "))), column.key)
    found: list[str] = []
    for name in header:
        key = known.get(" ".join(words_of(name.replace("_", " "))), "")
        found.append("" if key in found else key)
    return found


def begin(*, kind: ImportKind, about: UUID | None, name: str, table: Table, by: User) -> ImportRun:
    """Keep what the file says; nothing is checked before its columns are known."""
    require(by, kind.permission)
    run = ImportRun(kind=kind.key, about=about, by=by, file_name=name[:200], header=table.header)
    run.mapping, run.total = guess(kind, table.header), len(table.rows)
    with transaction.atomic():
        run.save()
        rows = (ImportRow(run=run, number=number, cells=cells) for number, cells in table.rows)
        ImportRow.objects.bulk_create(rows, batch_size=500)
    return run


def unknown(name: str) -> str:
    return _("The column “%(name)s” is not known. Say what it is, or take it out of the file.") % {"name": name}


def mapping_faults(kind: ImportKind, header: Sequence[str], mapping: Sequence[str]) -> list[str]:
    """Sentences: what is unknown, twice, or missing."""
    labels = {column.key: column.label for column in kind.columns}
    faults = [unknown(name) for name, key in zip(header, mapping, strict=True) if key not in labels]
    twice = sorted({key for key in mapping if key in labels and mapping.count(key) > 1})
    faults += [_("Two columns are “%(name)s”.") % {"name": labels[key]} for key in twice]
    missing = [column.label for column in kind.columns if column.is_required and column.key not in mapping]
    return faults + [_("There is no column “%(name)s”.") % {"name": label} for label in missing]


def map_columns(*, run: ImportRun, mapping: list[str], by: User) -> list[str]:
    """Say what the columns are, and have the rows checked; returns what is wrong with it instead."""
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.CHECKING)
    if faults := mapping_faults(kind_of(run), run.header, mapping):
        return faults
    run.mapping = mapping
    run.save(update_fields=["mapping"])
    _set_to_work(run, RunState.CHECKING)
    return []


def edit_row(
    *, row: ImportRow, cells: list[str], organization: UUID | None, is_chosen: bool, is_left_out: bool, by: User
) -> None:
    """Correct a row. A short list is checked again at once; of a long one several rows are edited first."""
    run = row.run
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.CHECKING)
    row.cells, row.organization, row.is_chosen, row.is_left_out = cells, organization, is_chosen, is_left_out
    row.verdict, row.reasons, row.certainty = "", [], 0
    row.save()
    if run.total <= AT_ONCE:
        _set_to_work(run, RunState.CHECKING)


def leave_out_refused(*, run: ImportRun, by: User) -> None:
    """Everything that is refused stays out; the others are checked again."""
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.CHECKING)
    run.rows.filter(verdict=Verdict.REFUSE).update(is_left_out=True)
    _set_to_work(run, RunState.CHECKING)


def check_again(*, run: ImportRun, by: User) -> None:
    """All rows, since one can be refused for what another one says."""
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.CHECKING)
    _set_to_work(run, RunState.CHECKING)


def confirm(*, run: ImportRun, by: User) -> None:
    """Import what was checked, all of it."""
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.IMPORTING)
    if _refused(run).filter(verdict="").exists():
        raise TransitionError(_("Rows were edited. Have them checked again first."))
    if _refused(run).exists():
        raise TransitionError(_("Rows are refused. Correct each of them, or leave it out."))
    if not run.rows.filter(is_left_out=False).exists():
        raise TransitionError(_("Every row is left out: there is nothing to import."))
    _set_to_work(run, RunState.IMPORTING)


def drop(*, run: ImportRun, by: User) -> None:
    """Give it up: its rows are deleted at once."""
    require(by, kind_of(run).permission)
    check_move(RUN_MOVES, run, "state", RunState.DROPPED)
    _moved(run, RunState.DROPPED)
    _end(run, RunState.DROPPED)


def _moved(run: ImportRun, state: RunState) -> None:
    """Compare and swap: of two who press a button at once, the second is told."""
    fresh = {"state": state, "done": 0, "attempts": 0, "lease_until": None}
    if not ImportRun.objects.filter(pk=run.pk, state=run.state).update(**fresh):
        raise TransitionError(_("This import went on meanwhile. Look at where it stands."))
    run.state = state


def numbers(run: ImportRun) -> dict[str, int]:
    """How many rows have which verdict; those left out are counted apart."""
    rows = run.rows.order_by()
    counted = rows.filter(is_left_out=False).values_list("verdict").annotate(Count("pk"))
    return dict(counted) | {"left_out": rows.filter(is_left_out=True).count()}


def _refused(run: ImportRun) -> QuerySet[ImportRow]:
    return run.rows.filter(is_left_out=False).exclude(verdict__in=[Verdict.CREATE, Verdict.MATCH])


def _end(run: ImportRun, state: RunState, **result: Any) -> None:
    with transaction.atomic():
        run.state, run.result, run.ended_at, run.lease_until = state, result, timezone.now(), None
        run.save(update_fields=["state", "result", "ended_at", "lease_until"])
        run.rows.all().delete()


# -- what a worker does -------------------------------------------------------------------------------------


def _set_to_work(run: ImportRun, state: RunState) -> None:
    """A short list at once; a long one is left to the worker, and found by the sweep if nobody rings."""
    _moved(run, state)
    if run.total <= AT_ONCE:
        work_on(run.pk)
        run.refresh_from_db()
    elif settings.REDIS_URL:
        try:
            current_app.send_task("base.import", [str(run.pk)])
        except OperationalError:
            log.warning("The broker does not answer. The next sweep takes the import up.")


@regularly
def take_up(now: datetime) -> None:
    """Whatever waits for a worker, or was in the hands of one that is gone."""
    for pk in _free(now).values_list("pk", flat=True):
        work_on(pk)


def _free(now: datetime) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), state__in=AT_WORK)


def work_on(pk: UUID | str) -> None:
    """Claim the run with a lease and do what its state says; whoever comes second finds it claimed."""
    now = timezone.now()
    if not _free(now).filter(pk=pk).update(lease_until=now + LEASE, attempts=F("attempts") + 1):
        return
    run = ImportRun.objects.select_related("by").get(pk=pk)
    if run.attempts > MOST_ATTEMPTS:
        _end(run, RunState.FAILED)
        return
    with translation.override(run.by.language if run.by else settings.LANGUAGE_CODE):
        try:
            _check(run) if run.state == RunState.CHECKING else _import(run)
        except Exception as error:  # noqa: BLE001 -- its text may quote a row, so only its kind is logged
            log.error("Import %s failed: %s", run.pk, type(error).__name__)
            _end(run, RunState.FAILED)


def _check(run: ImportRun) -> None:
    """Verdicts are written in batches; each moves the progress on and renews the lease."""
    rows = list(run.rows.order_by("number"))
    batch = []
    for done, row in enumerate(_judged(run, rows), 1):
        batch.append(row)
        if len(batch) == BATCH or done == len(rows):
            ImportRow.objects.bulk_update(batch, ["verdict", "reasons", "organization", "certainty"])
            lease = timezone.now() + LEASE
            ImportRun.objects.filter(pk=run.pk).update(done=done, lease_until=lease)
            batch = []
    check_move(RUN_MOVES, run, "state", RunState.CHECKED)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.CHECKED, lease_until=None)


def _judged(run: ImportRun, rows: Sequence[ImportRow]) -> Iterator[ImportRow]:
    """Rows left out are judged by nobody, and are in nobody's way."""
    for row in rows:
        row.run = run
    yield from (row for row in rows if row.is_left_out)
    yield from kind_of(run).judge(run, [row for row in rows if not row.is_left_out])


def _import(run: ImportRun) -> None:
    """Judge once more inside the transaction that writes: what changed since the table was shown stops all of it."""
    stale = False
    with change(by=run.by, what=f"{run.kind}.imported"):
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != RunState.IMPORTING:
            return
        rows = list(run.rows.filter(is_left_out=False).order_by("number"))
        shown = [(row.verdict, row.organization) for row in rows]
        rows = list(_judged(run, rows))
        stale = shown != [(row.verdict, row.organization) for row in rows]
        if not stale:
            left_out = run.rows.filter(is_left_out=True).count()
            written = kind_of(run).write(run, rows, run.by)
            _end(run, RunState.DONE, **written, rows=len(rows), left_out=left_out)
    if stale:
        ImportRun.objects.filter(pk=run.pk).update(state=RunState.CHECKING, lease_until=None)
        work_on(run.pk)


@forgets
def forget_rows(now: datetime) -> None:
    """Whoever did not confirm in time begins again with the file."""
    old = ImportRun.objects.filter(created_at__lt=now - timedelta(days=KEPT_DAYS)).exclude(state__in=(*ENDED, *AT_WORK))
    for run in old:
        _end(run, RunState.DROPPED)
