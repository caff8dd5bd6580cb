"""What printed pages have in common: texts as data for a template of Typst, and an accessible PDF of the same bytes.

Texts go to the template as JSON and are never read as markup.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from net4u.base.translations import language_of_text

#: What templates may read: each other.
ROOT = settings.BASE_DIR / "templates"
#: What they have in common.
COMMON = ROOT / "print.typ"
#: Scripts that the fonts inside the PDF engine have; what they lack would make the PDF unreadable aloud.
UNPRINTABLE = re.compile(
    "[^\n -~\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"  # Latin, Greek, Cyrillic
    "\u0531-\u0556\u0561-\u0586\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u10d0-\u10f0"  # Armenian … Arabic, Georgian
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u203e\u20ac\u2116\u2122\u2190-\u22ff\u25a0-\u25ff]"  # accents, signs
)


LANGUAGE = re.compile("[a-z]{2,3}")

Data = dict[str, Any]


def answered(request: HttpRequest, template: Path, record: str, *, at: datetime, name: str) -> HttpResponse:
    """The PDF, or that it has not changed: asked before it is made, so that this costs no more than the look-up."""
    told = f"{digest(template)} {at.isoformat()} {record}"
    etag = quote_etag(hashlib.sha256(told.encode()).hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(made(template, record, at=at), content_type="application/pdf")
    response.headers.setdefault("ETag", etag)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@cache
def digest(template: Path) -> str:
    return hashlib.sha256(template.read_bytes() + COMMON.read_bytes()).hexdigest()


def made(template: Path, record: str, *, at: datetime) -> bytes:
    """PDF/UA-1 with the engine's own fonts, so that it is the same on every machine."""
    pdf: Any = typst.compile(
        Path(template), root=ROOT, sys_inputs={"record": record}, ignore_system_fonts=True, format="pdf",
        pdf_standards="ua-1", timestamp=int(at.timestamp()),
    )  # fmt: skip
    return bytes(pdf)


def printable(value: Any) -> Any:
    """Texts at any depth, with a box for what no font at hand can show."""
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return UNPRINTABLE.sub("□", value.replace("\r\n", "\n").replace("\t", " ")) if isinstance(value, str) else value


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def tongue(code: str) -> str:
    """The language alone, as the template hyphenates by it."""
    short = code.split("-", maxsplit=1)[0].lower()
    return short if LANGUAGE.fullmatch(short) else "en"


def language_of(record: Any, field: str) -> str:
    return tongue(language_of_text(record, field))
