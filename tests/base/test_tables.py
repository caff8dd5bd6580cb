"""Tables that people send: read without trusting them, refused with the row named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from net4u.base.exports import lines
from net4u.base.tables import RefusedTable, as_xlsx, read_table

LETTERS = "The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX."
BROKEN = "This file cannot be read as a spreadsheet. Save it again as XLSX, or as CSV."
TOO_MUCH = "This spreadsheet unpacks to far more than a list needs. Save the list alone, as CSV."
OLD = "This is an old or a protected spreadsheet. Save it as XLSX without a password, or as CSV."
TOO_MANY = "This list has more than 10,000 rows. Divide it into several files."


def xlsx(rows: Iterable[Iterable[Any]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def archive(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def rewritten(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with another text in one entry."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str) -> None:
    text = f"name{delimiter}place\r\nZoë{delimiter}Forlì\r\n\r\nÅsa{delimiter}\r\n"
    assert read_table(text.encode(encoding)) == (["name", "place"], [(2, ["Zoë", "Forlì"]), (4, ["Åsa", ""])])


def test_a_spreadsheet_is_read_as_it_shows_itself() -> None:
    at = datetime(2026, 3, 4, 10, 30)  # noqa: DTZ001 -- a spreadsheet knows no time zones
    rows = [["name", "n", "day", "at"], ["Zoë", 5.0, date(2026, 3, 4), at], [], ["b", 1.5]]
    told = [(2, ["Zoë", "5", "2026-03-04", "2026-03-04T10:30:00"]), (4, ["b", "1.5", "", ""])]
    assert read_table(xlsx(rows)) == (["name", "n", "day", "at"], told)


CELLS = ["=1+1", "+39 06", "-x", "@you", "＝1", "'quoted", "it's", "plain"]  # noqa: RUF001


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_export_comes_back_as_it_was(ending: str) -> None:
    rows = [[cell, "x"] for cell in CELLS]
    data = "".join(lines(["a", "b"], rows)).encode() if ending == "csv" else as_xlsx(["a", "b"], rows)
    assert [cells[0] for _number, cells in read_table(data).rows] == CELLS


FAULTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "This file is empty."),
    "blank": (b"\n\n,,\n", "This file is empty."),
    "only names": (b"name,place\n", "There is no row below the names of the columns."),
    "a name twice": (b"name,Name\na,b\n", "Two columns are called “name”. Take one of them out."),
    "no name": (b"name,,place\na,b,c\n", "Column 2 has no name. Each column needs a name in the first row."),
    "too many columns": (
        ",".join(f"c{n}" for n in range(51)).encode() + b"\na\n",
        "This list has more than 50 columns. Begin with the template.",
    ),
    "more cells": (b"name\na\nb,c\n", "Row 3 has more cells than there are columns."),
    "a long cell": (b"name\na\n" + b"x" * 2001 + b"\n", "Row 3: “name” is longer than 2,000 characters."),
    "a formula": (
        b"name\na\n=HYPERLINK(1)\n",
        "Row 3 has a formula. Copy the list and paste it as values, then save it again.",
    ),
    "a formula in XLSX": (
        xlsx([["name"], ["a"], ["b"], ["=1+1"]]),
        "Row 4 has a formula. Copy the list and paste it as values, then save it again.",
    ),
    "an error in XLSX": (xlsx([["name"], ["#REF!"]]), "Row 2 has a cell with an error (#REF!)."),
    "quotes": (b'name\n"a\n', "Row 2 cannot be read: a quotation mark is missing or too many."),
    "no text": (b"name\n\x00\x01\n", LETTERS),
    "UTF-16 without a mark": ("name\na\n".encode("utf-16-le"), LETTERS),
    "no letter": (b"name\n\x81\n", LETTERS),
    "half UTF-16": (b"\xff\xfen\x00a", LETTERS),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, OLD),
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00", LETTERS),
    "not an archive": (b"PK\x03\x04" + b"0" * 300, BROKEN),
    "another archive": (archive(a_xml=b"text"), BROKEN),
    "a document": (archive(word__document_xml=b"<w/>"), BROKEN),
    "an empty workbook": (archive(xl__workbook_xml=b"<w/>"), BROKEN),
    "a bomb": (archive(xl__workbook_xml=b"<w/>", xl__sheet_xml=b"0" * 45_000_000), TOO_MUCH),
    "a dense one": (archive(xl__workbook_xml=b"0" * 3_000_000), TOO_MUCH),
    "many entries": (archive(**{f"f{n}": b"" for n in range(201)}, xl__workbook_xml=b"<w/>"), TOO_MUCH),
    "too large": (b"name\n" + b"a\n" * 2_700_000, "This file is larger than 5 MB. Divide the list into several files."),
    "too many rows": (b"name\n" + b"a\n" * 10_001, TOO_MANY),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_refused_with_one_sentence(fault: str) -> None:
    data, sentence = FAULTS[fault]
    with pytest.raises(RefusedTable) as refused:
        read_table(data)
    assert str(refused.value) == sentence


def test_entities_are_not_unfolded() -> None:
    """“Billion laughs” in the sheet itself."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(RefusedTable, match="cannot be read as a spreadsheet"):
        read_table(rewritten(xlsx([["name"], ["a"]]), "xl/worksheets/sheet1.xml", laughs))


def test_a_sheet_that_lies_about_its_size_costs_nothing() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(RefusedTable, match="more than 10,000 rows"):
        read_table(rewritten(xlsx([["name"], ["a"]]), "xl/worksheets/sheet1.xml", sheet))


def test_a_password_is_asked_to_be_taken_off() -> None:
    data = bytearray(xlsx([["name"], ["a"]]))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(RefusedTable, match="protected by a password"):
        read_table(bytes(data))


def test_one_bad_row_in_ten_thousand_is_named() -> None:
    rows = b"".join(b"a%d\n" % n for n in range(9_998))
    with pytest.raises(RefusedTable, match="Row 10000 has a formula"):
        read_table(b"name\n" + rows + b"=1+1\n" + b"z\n")
    assert len(read_table(b"name\n" + b"a\n" * 10_000).rows) == 10_000
