"""What people send is looked into before it is kept."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from net4u.base import files
from net4u.base.files import cleaned_file


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), *, turned: bool = False) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Nora"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (41.9, 0.0, 0.0)  # where it was taken
    Image.new("RGB", size, "red").save(out, format=kind, exif=exif)
    return out.getvalue()


def archive(*names: str, text: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as document:
        for name in names:
            document.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_pixels_and_nothing_else(kind: str) -> None:
    content = picture(kind)
    assert b"Camera of Nora" in content or kind == "WEBP"
    kept = cleaned_file(sent(f"holiday.{kind.lower()}", content))
    whole = kept.read()
    assert b"Camera" not in whole
    with Image.open(io.BytesIO(whole)) as drawn:
        assert (drawn.size, drawn.format, dict(drawn.getexif())) == ((40, 20), kind, {})
    assert "holiday" not in str(kept.name)


def test_a_picture_stands_upright() -> None:
    kept = cleaned_file(sent("p.jpg", picture(turned=True)))
    with Image.open(kept) as drawn:
        assert drawn.size == (20, 40)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF"),
        ("list.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("list.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("list.csv", "name;città\n".encode()),
        ("list.txt", "Zürich".encode("cp1252")),
    ],
)
def test_documents_and_texts_are_kept_as_they_are(name: str, content: bytes) -> None:
    assert cleaned_file(sent(name, content)).read() == content


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "This kind of file is not taken."),
        ("page.html", b"<html>", "This kind of file is not taken."),
        ("drawing.svg", b"<svg/>", "This kind of file is not taken."),
        ("list.pdf.exe", b"%PDF-1.7", "This kind of file is not taken."),
        ("list", b"%PDF-1.7", "This kind of file is not taken."),
        ("list.pdf", b"", "This file is empty."),
        ("list.pdf", b"MZ\x90", "not what its name says"),
        ("list.csv", b"<html><script>", "not what its name says"),
        ("list.txt", b"\x00\x01\x02", "not what its name says"),
        ("list.docx", b"PK\x03\x04", "not what its name says"),
        ("list.docx", archive("xl/workbook.xml"), "not what its name says"),
        ("list.docx", archive("word/document.xml", "word/vbaProject.bin"), "not what its name says"),
        ("list.png", b"\x89PNG\r\n\x1a\n", "This picture cannot be read."),
        ("list.png", picture("JPEG"), "This picture cannot be read."),
    ],
)
def test_what_is_refused_is_told(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        cleaned_file(sent(name, content))


def test_what_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_PIXELS", 100)
    with pytest.raises(ValidationError, match="too many pixels"):
        cleaned_file(sent("big.png", picture("PNG")))
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    with pytest.raises(ValidationError, match="not what its name says"):
        cleaned_file(sent("bomb.docx", archive("word/document.xml", text=b"0" * 2000)))
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ValidationError, match="larger than"):
        cleaned_file(sent("large.txt", b"0" * 11))
