"""What a page says of itself to search engines and to whoever shares its address: of public facts only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from net4u.base.addresses import absolute
from net4u.base.languages import codes

#: As Facebook and others name the languages: with a country.
LOCALES = {"en": "en_GB", "fr": "fr_FR", "it": "it_IT"}
#: So that no text can end the element it stands in.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """Title, description and address (Open Graph, canonical link), and facts in the words of schema.org."""

    title: str
    description: str = ""
    address: str = ""
    kind: str = "website"
    data: Sequence[Data] = field(default_factory=list)
    is_indexed: bool = True

    @property
    def short_title(self) -> str:
        return Truncator(self.title).chars(110)

    @property
    def short_description(self) -> str:
        return Truncator(" ".join(self.description.split())).chars(200)

    @property
    def locale(self) -> str:
        return LOCALES.get(get_language() or "", "")

    @property
    def other_locales(self) -> list[str]:
        return [LOCALES[code] for code in codes() if code != get_language() and code in LOCALES]

    @property
    def json_ld(self) -> list[SafeString]:
        return [as_json(each) for each in self.data]


#: Of pages that are made for one reader, or tell what is invented.
UNTOLD = Card("", is_indexed=False)


def as_json(data: Data) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **told(data)}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 -- nothing in it can be read as markup


def told(data: Data) -> dict[str, Any]:
    """Without what is not stated."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def trail(*steps: tuple[str, str]) -> Data:
    """Names and paths from the home page to this one."""
    places = [(_("Home"), reverse("home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(places, 1)
        ],
    }
