"""Files that people send: looked into before they are kept, kept where no web server reads, handed out one by one."""

from __future__ import annotations

import io
import secrets
import warnings
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

#: In bytes.
LARGEST = 10 * 1024 * 1024
#: Of an image, in pixels: a small file can unfold into one that fills the memory.
MOST_PIXELS = 40_000_000
#: Of a document that is an archive, in bytes once it is unpacked.
LARGEST_UNPACKED = 100 * 1024 * 1024

IMAGES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
ARCHIVES = {"docx": "word/", "xlsx": "xl/", "odt": "content.xml", "ods": "content.xml"}
TEXTS = ("csv", "txt")
#: How a text begins that a browser would open as a page.
MARKUP = ("<!doctype", "<html", "<svg", "<script", "<?xml")
TAKEN = (*IMAGES, "pdf", *ARCHIVES, *TEXTS)


def cleaned_file(upload: Any) -> ContentFile:
    """The file as it is kept, under a name that tells nothing. Raises ``ValidationError`` with what to do instead.

    What it is is read from the content, not from its name. Images are drawn anew, so that neither place nor camera
    nor anything hidden behind the picture stays.
    """
    ending = PurePath(upload.name).suffix.lower().removeprefix(".")
    if ending not in TAKEN:
        raise ValidationError(_("This kind of file is not taken. Send a PDF, a picture, a document or a table."))
    if upload.size == 0:
        raise ValidationError(_("This file is empty. Choose it again."))
    if upload.size > LARGEST:
        raise ValidationError(
            _("This file is larger than %(most)s MB. Send a smaller one, or a link.") % {"most": LARGEST // 1024**2}
        )
    content = upload.read()
    if ending in IMAGES:
        content = drawn_anew(content, IMAGES[ending])
    elif not _is_what_it_says(content, ending):
        raise ValidationError(_("The content of this file is not what its name says. Save it again and send that."))
    return ContentFile(content, name=f"{secrets.token_hex(16)}.{ending}")


def drawn_anew(content: bytes, kind: str) -> bytes:
    """The same picture, upright, with nothing else in the file."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("This picture has too many pixels. Make it smaller, then send it again."))
                upright = _turned(picture)
                upright.save(out, format=kind)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise ValidationError(_("This picture cannot be read. Save it again as JPEG or PNG and send that.")) from error
    return out.getvalue()


def _turned(picture: Image.Image) -> Image.Image:
    """As the camera held it; then only pixels are left, without what the file says about them."""
    upright = ImageOps.exif_transpose(picture)
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and (palette := upright.getpalette()):
        bare.putpalette(palette)
    bare.paste(upright)
    return bare


def _is_what_it_says(content: bytes, ending: str) -> bool:
    if ending in TEXTS:
        return _is_text(content)
    if ending in ARCHIVES:
        return _is_document(content, ARCHIVES[ending])
    found = {each.extension.removeprefix(".") for each in puremagic.magic_string(content[:4096])}
    return ending in found and content.startswith(b"%PDF-")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return "\x00" not in text and not text.lstrip().lower().startswith(MARKUP)


def _is_document(content: bytes, part: str) -> bool:
    """An office document with its main part, and not one that unfolds without end or brings programs."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except BadZipFile:
        return False
    names = [entry.filename for entry in entries]
    return (
        any(name.startswith(part) for name in names)
        and sum(entry.file_size for entry in entries) <= LARGEST_UNPACKED
        and not any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names)
    )


def handed_out(file: Any, name: str) -> FileResponse:
    """As a file to save, which no browser opens as a page; whoever calls has asked whether this reader may."""
    ending = PurePath(file.name).suffix
    response = FileResponse(file.open("rb"), as_attachment=True, filename=f"{name}{ending}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
