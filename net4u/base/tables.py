"""Tables that people send and take away: CSV and XLSX, read without trusting them.

A spreadsheet is a program and an archive. So the archive's directory is looked at before anything is opened, formulas
are refused rather than computed, and everything has a limit. Rows have the numbers that a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from net4u.base.cells import FORMULA, guarded
from net4u.base.words import UNSEEN

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 10_000, 50, 2_000
#: With the empty rows in between, a spreadsheet is read so far.
FARTHEST_ROW, FARTHEST_COLUMN = 2 * MOST_ROWS, 250
#: What an archive may hold: a real list of 10,000 rows unpacks to some 10 MB, at most thirty times its size.
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 200, 40 * 1024 * 1024, 200
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ",;\t"
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Numbered = Iterator[tuple[int, list[str]]]


class RefusedTable(Exception):
    """The file is not taken; the sentence says why and where."""


class Table(NamedTuple):
    """The names of the columns, and each row that is not empty under its number in the spreadsheet."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(data: bytes) -> Table:
    """Whatever the file is called: its first bytes say what it is. Raises :class:`RefusedTable`."""
    if len(data) > MOST_BYTES:
        raise RefusedTable(_("This file is larger than 5 MB. Divide the list into several files."))
    if data.startswith(OLD_OFFICE):
        raise RefusedTable(
            _("This is an old or a protected spreadsheet. Save it as XLSX without a password, or as CSV.")
        )
    return _table(_xlsx_rows(data) if data.startswith(ZIP) else _csv_rows(data))


def _table(rows: Numbered) -> Table:
    filled = ((number, cells) for number, cells in rows if any(cells))
    _number, header = next(filled, (0, []))
    header = _without_empty_end(header)
    _check_header(header)
    found = []
    for number, cells in filled:
        if len(found) == MOST_ROWS:
            raise RefusedTable(_("This list has more than 10,000 rows. Divide it into several files."))
        found.append((number, _fitted(number, cells, header)))
    if not found:
        raise RefusedTable(_("There is no row below the names of the columns."))
    return Table(header, found)


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _check_header(header: list[str]) -> None:
    if not header:
        raise RefusedTable(_("This file is empty."))
    if len(header) > MOST_COLUMNS:
        raise RefusedTable(_("This list has more than 50 columns. Begin with the template."))
    if "" in header:
        words = _("Column %(number)s has no name. Each column needs a name in the first row.")
        raise RefusedTable(words % {"number": header.index("") + 1})
    folded = [name.casefold() for name in header]
    for name in header:
        if folded.count(name.casefold()) > 1:
            raise RefusedTable(_("Two columns are called “%(name)s”. Take one of them out.") % {"name": name})


def _fitted(number: int, cells: list[str], header: list[str]) -> list[str]:
    if any(cells[len(header) :]):
        raise RefusedTable(_("Row %(row)s has more cells than there are columns.") % {"row": number})
    for name, cell in zip(header, cells, strict=False):
        if len(cell) > MOST_CHARACTERS:
            words = _("Row %(row)s: “%(column)s” is longer than 2,000 characters.")
            raise RefusedTable(words % {"row": number, "column": name})
    return [*cells[: len(header)], *[""] * (len(header) - len(cells))]


def _cell(text: str, number: int) -> str:
    """As it was before our own export guarded it; a formula is refused, since nobody knows what it will say."""
    text = UNSEEN.sub("", text).strip()
    if text.startswith("'") and text[1:].startswith(FORMULA):
        return text[1:]
    if text.startswith(("=", "＝")):  # noqa: RUF001 -- its full-width twin
        raise _formula(number)
    return text


def _formula(number: int) -> RefusedTable:
    return RefusedTable(
        _("Row %(row)s has a formula. Copy the list and paste it as values, then save it again.") % {"row": number}
    )


# -- CSV ----------------------------------------------------------------------------------------------------


def _csv_rows(data: bytes) -> Numbered:
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = _("Row %(row)s cannot be read: a quotation mark is missing or too many.")
            raise RefusedTable(words % {"row": number}) from error
        yield number, [_cell(each, number) for each in cells]


def _decoded(data: bytes) -> str:
    """UTF-8 and UTF-16 as they say themselves, else what Western Windows writes."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(each < " " and each not in "\t\r\n" for each in set(text)):
            return text
    raise RefusedTable(_("The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX."))


def _delimiter(text: str) -> str:
    """The one that parts the first line into most columns."""
    first = text.lstrip().partition("\n")[0].rstrip("\r")
    return max(DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


# -- XLSX ---------------------------------------------------------------------------------------------------


def _xlsx_rows(data: bytes) -> Numbered:
    _check_archive(data)
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow, and seldom needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles that nobody reads
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its own size may be a lie
            # One more than may be, so that what lies beyond is refused and not left out unseen.
            for number, cells in enumerate(sheet.iter_rows(max_row=FARTHEST_ROW + 1, max_col=FARTHEST_COLUMN), 1):
                if number > FARTHEST_ROW:
                    raise RefusedTable(_("This list has more than 10,000 rows. Divide it into several files."))
                yield number, [_xlsx_cell(cell, number) for cell in cells]
    except RefusedTable:
        raise
    except Exception as error:  # whatever a library makes of a broken or hostile file is no fault of ours
        raise RefusedTable(_not_a_table()) from error


def _not_a_table() -> str:
    return _("This file cannot be read as a spreadsheet. Save it again as XLSX, or as CSV.")


def _check_archive(data: bytes) -> None:
    """Before anything is unpacked. The library stops at the sizes told here, so a lie about them gains nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise RefusedTable(_not_a_table()) from error
    unpacked = sum(each.file_size for each in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(data):
        raise RefusedTable(_("This spreadsheet unpacks to far more than a list needs. Save the list alone, as CSV."))
    if any(each.flag_bits & 0x1 for each in entries):
        raise RefusedTable(_("This spreadsheet is protected by a password. Save it without."))
    if "xl/workbook.xml" not in {each.filename for each in entries}:
        raise RefusedTable(_not_a_table())


def _xlsx_cell(cell: Any, number: int) -> str:
    if cell.data_type == "f":
        raise _formula(number)
    if cell.data_type == "e":
        raise RefusedTable(_("Row %(row)s has a cell with an error (%(what)s).") % {"row": number, "what": cell.value})
    value = cell.value
    if isinstance(value, datetime) and value.time() == time(0):
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else _cell(str(value), number)


# -- writing ------------------------------------------------------------------------------------------------


def as_xlsx(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """Every cell is text, guarded as in the CSV: what somebody copies into another sheet stays text."""
    import xlsxwriter  # noqa: PLC0415 -- seldom needed

    file = io.BytesIO()
    options = {"constant_memory": True, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for at, head in enumerate(heads):
            sheet.write_string(0, at, guarded(head), bold)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if text := guarded(value):
                    sheet.write_string(number, at, text)
    return file.getvalue()
