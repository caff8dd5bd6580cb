"""The portal's own texts: what is shipped, what was written instead, and what is filled in.

The shipped ones are files, ``data/texts/<language>/<key>.md``: title and day of the last change on top, then the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from net4u.base.markdown import Written, escape, write
from organizations.enums import TextKey
from organizations.models import EditableText

FOLDER = Path(__file__).parent / "data" / "texts"
#: The language that every text exists in.
FIRST = "en"

PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


def _stated(words: str) -> str:
    return escape(words or _("not stated"))


#: What a text may ask to be filled in, and with what: decisions of the owner, and addresses of this portal.
PLACEHOLDERS: dict[str, Callable[[], str]] = {
    "data_controller": lambda: _stated(settings.DATA_CONTROLLER),
    "data_licence": lambda: _stated(settings.DATA_LICENCE),
    "secretariat_email": lambda: _stated(settings.SECRETARIAT_EMAIL),
    "site_url": lambda: settings.SITE_URL,
    "reports_kept_days": lambda: str(settings.REPORTS_KEPT_DAYS),
    "about_page": partial(reverse, "about"),
    "privacy_page": partial(reverse, "privacy"),
    "accessibility_page": partial(reverse, "accessibility"),
    "imprint_page": partial(reverse, "imprint"),
    "house_rules_page": partial(reverse, "house_rules"),
    "contact_page": partial(reverse, "contact"),
    "organizations_page": partial(reverse, "organizations:list"),
    "workshops_page": partial(reverse, "workshops:list"),
    "commitments_page": partial(reverse, "commitments:list"),
    "api_page": partial(reverse, "api:docs"),
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
    return PLACEHOLDER.sub(_fill, body)


def _fill(found: re.Match[str]) -> str:
    fill = PLACEHOLDERS.get(found[1])
    return fill() if fill else found[0]


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
