"""The portal's own texts: what is shipped, what was written instead, and what is filled in.

The shipped ones are files, ``data/texts/<language>/<key>.md``: title and day of the last change on top, then the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from net4u.base.decisions import Decisions, decisions
from net4u.base.markdown import Written, escape, write
from organizations.enums import TextKey
from organizations.models import EditableText

FOLDER = Path(__file__).parent / "data" / "texts"
#: The language that every text exists in.
FIRST = "en"

PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


def _stated(words: str) -> str:
    return escape(words or _("not stated"))


def _page(name: str) -> Callable[[Decisions], str]:
    return lambda _told: reverse(name)


#: What a text may ask to be filled in, and with what: decisions of the owner, and addresses of this portal.
PLACEHOLDERS: dict[str, Callable[[Decisions], str]] = {
    "data_controller": lambda told: _stated(told.data_controller),
    "data_licence": lambda told: _stated(told.data_licence),
    "secretariat_email": lambda _told: _stated(settings.SECRETARIAT_EMAIL),
    "site_url": lambda _told: settings.SITE_URL,
    "reports_kept_days": lambda told: str(told.reports_kept_days),
    "about_page": _page("about"),
    "privacy_page": _page("privacy"),
    "accessibility_page": _page("accessibility"),
    "imprint_page": _page("imprint"),
    "house_rules_page": _page("house_rules"),
    "contact_page": _page("contact"),
    "organizations_page": _page("organizations:list"),
    "workshops_page": _page("workshops:list"),
    "commitments_page": _page("commitments:list"),
    "api_page": _page("api:docs"),
}


class PortalText(NamedTuple):
    """A text as it is shown: in ``language``, which is the reader's own where there is one."""

    key: str
    language: str
    title: str
    body: str
    changed_on: date
    is_shipped: bool

    def written(self, *, anchored: bool = True) -> Written:
        """As HTML, with what is filled in, in its own language."""
        with translation.override(self.language):
            return write(filled(self.body), anchored=anchored)

    @property
    def html(self) -> SafeString:
        """To stand beside other texts."""
        return self.written(anchored=False).html


def filled(body: str) -> str:
    """The placeholders of the fixed list replaced; whatever else stands in braces stays as it is."""
    told: Any = SimpleLazyObject(decisions)  # asked once, and only where something of it is filled in
    return PLACEHOLDER.sub(partial(_fill, told), body)


def _fill(told: Decisions, found: re.Match[str]) -> str:
    fill = PLACEHOLDERS.get(found[1])
    return fill(told) if fill else found[0]


def unknown_placeholders(body: str) -> list[str]:
    return sorted({name for name in PLACEHOLDER.findall(body) if name not in PLACEHOLDERS})


@cache
def shipped(key: str, language: str) -> PortalText | None:
    path = FOLDER / language / f"{TextKey(key)}.md"
    if not path.exists():
        return None
    head, _blank, body = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return PortalText(key, language, facts["title"], body, date.fromisoformat(facts["changed"]), is_shipped=True)


def text_in(key: str, language: str) -> PortalText | None:
    """What the secretariat wrote in this language, else what is shipped in it."""
    row = EditableText.objects.filter(key=key, language=language).first()
    return as_shown(row) if row is not None and not row.is_shipped else shipped(key, language)


def as_shown(row: EditableText) -> PortalText:
    return PortalText(row.key, row.language, row.title, row.body, row.changed_on, is_shipped=False)


def text_for(key: str, language: str) -> PortalText:
    """In the reader's language, or in English."""
    found = text_in(key, language) or text_in(key, FIRST)
    assert found is not None  # noqa: S101 -- every text is shipped in English, which a test sees to
    return found
