"""A list or a table as a workbook to go on with: numbers are numbers, dates are dates, and it says whom it is for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from net4u.base.cells import guarded
from net4u.base.exports import Column, in_batches, wrong_filter
from net4u.base.tables import TYPES, XLSX
from net4u.base.templatetags.ui import when
from net4u.base.views import RecordList

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

#: Rows go to the disk as they come, and no text becomes a formula, a link or a number on its own.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
#: In characters: of the first column, and of the others.
WIDE, NARROW = 28, 16


class Sheet(NamedTuple):
    name: str
    heads: Sequence[Any]
    rows: Iterable[Sequence[Any]]


def workbook(request: HttpRequest, about: Iterable[tuple[str, str]], sheets: Iterable[Sheet]) -> FileResponse:
    """A file named as its address ends. The first sheet tells what it is; whoever gets it alone needs that."""
    # Closed by the response, which reads it after this function is left.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        first = book.add_worksheet(str(_("About this file"))[:31])
        first.set_column(0, 0, WIDE)
        for place, (name, words) in enumerate(about):
            first.write_string(place, 0, guarded(name), bold)
            first.write_string(place, 1, guarded(words))
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, bold)
    file.seek(0)
    name = request.path.rpartition("/")[2]
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[XLSX])


def _write(page: Any, sheet: Sheet, bold: Any) -> None:
    page.set_column(0, 0, WIDE)
    page.set_column(1, max(len(sheet.heads) - 1, 1), NARROW)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, guarded(head), bold)
    for line, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            write_cell(page, line, column, value)


def write_cell(page: Any, line: int, column: int, value: Any) -> None:
    """What is not stated stays empty; what people wrote stays text."""
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(line, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(line, column, timezone.make_naive(value))
    elif isinstance(value, date):
        page.write_datetime(line, column, value)
    else:
        page.write_string(line, column, guarded(value))


def for_the_secretariat(title: str, asked: str, rows: Any) -> list[tuple[str, str]]:
    """The first sheet of what is not for everybody, made of these ``rows``."""
    told = [
        (_("What this is"), title),
        (_("Whom it is for"), _("Only for the secretariat of NET4U Europe. Not for publication.")),
        (_("Filter"), asked),
        (_("As of"), when(timezone.localdate())),
    ]
    if rows.filter(is_demonstration=True).exists():
        told.append((_("Demonstration"), _("Some of this is invented.")))
    return told


class RecordSheet(RecordList):
    """The sibling of a list page of the secretariat. Set ``title``, ``columns`` and ``order``, as for a CSV."""

    title: Any
    columns: Sequence[Column]
    order: Sequence[str] = ("pk",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.filterset = self.get_filterset(self.get_filterset_class())
        if self.filterset.is_bound and not self.filterset.is_valid():
            return wrong_filter()
        return self.workbook()

    def workbook(self) -> HttpResponse | FileResponse:
        title = str(self.title)
        heads = [capfirst(str(column.name)) for column in self.columns]
        about = for_the_secretariat(title, self.asked(), self.filterset.qs)
        return workbook(self.request, about, [Sheet(title, heads, self.cells(self.filterset.qs))])

    def cells(self, queryset: Any) -> Iterable[list[Any]]:
        for rows in in_batches(queryset, self.order):
            self.prepare(rows)
            yield from ([column.value(row) for column in self.columns] for row in rows)
