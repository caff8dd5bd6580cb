"""The language is in the address: ``/fr/…`` is French, an address without a prefix is English."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language_from_path, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

if TYPE_CHECKING:
    from people.models import User


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_of(path: str) -> str:
    """Of an address; what has no prefix is English."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def in_language(address: str, code: str) -> str:
    """The same address under the prefix of another language: ``/fr/about/`` for ``/about/``.

    Without its prefix a path such as ``/fr//example.org/`` would lead to another host, so its slashes are escaped.
    """
    parts = urlsplit(address)
    path = parts.path
    for each in codes():
        if path.startswith(f"/{each}/"):
            path = path.removeprefix(f"/{each}")
            break
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    path = escape_leading_slashes(prefix + path)
    return urlunsplit(parts._replace(path=path))


def preferred(accept_language: str) -> str | None:
    """The first of our languages that a browser asks for."""
    for each, _quality in parse_accept_lang_header(accept_language):
        try:
            return get_supported_language_variant(each)
        except LookupError:
            continue
    return None


def alphabetical(text: str) -> str:
    """What to sort by, so that accents and capitals stand where readers look for them: Åland under A."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def language_for(person: User) -> str:
    """In which language somebody gets mail."""
    return person.language if person.language in codes() else settings.LANGUAGE_CODE
