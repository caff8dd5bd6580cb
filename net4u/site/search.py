"""Search across everything that is public: one page over the stored documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from commitments.models import Commitment
from net4u.base.kinds import KINDS
from net4u.base.models import Document
from net4u.base.search import Found, search
from net4u.base.templatetags.ui import when
from net4u.base.viewers import PUBLIC, Audience
from net4u.base.views import ForViewer, WindowPaginator
from net4u.base.words import EXCERPT, Part, Question, Said, cut, excerpt, said_at
from vocabulary.models import Pillar, Territory
from workshops.enums import OutputKind, ResourceKind, WorkshopKind


class Words(NamedTuple):
    """What a kind is called: one of it, many, and that none was found."""

    one: Any
    many: Any
    none: Any


#: In the order of the filter.
IN_WORDS = {
    "organization": Words(_("Organization"), _("Organizations"), _("No organization matches “%(words)s”.")),
    "commitment": Words(_("Commitment"), _("Commitments"), _("No commitment matches “%(words)s”.")),
    "recommendation": Words(_("Recommendation"), _("Recommendations"), _("No recommendation matches “%(words)s”.")),
    "declaration": Words(_("Declaration"), _("Declarations"), _("No declaration matches “%(words)s”.")),
    "workshop": Words(_("Workshop or event"), _("Workshops and events"), _("No workshop matches “%(words)s”.")),
    "session": Words(_("Session"), _("Sessions"), _("No session matches “%(words)s”.")),
    "working_group": Words(_("Working group"), _("Working groups"), _("No working group matches “%(words)s”.")),
    "output": Words(_("Output"), _("Outputs"), _("No output matches “%(words)s”.")),
    "resource": Words(_("Resource"), _("Resources"), _("No resource matches “%(words)s”.")),
    "pillar": Words(_("Pillar"), _("Pillars"), _("No pillar matches “%(words)s”.")),
    "provision": Words(_("Article"), _("Articles"), _("No article matches “%(words)s”.")),
    "network": Words(_("Regional network"), _("Regional networks"), _("No regional network matches “%(words)s”.")),
}
#: Of these the document says more exactly what they are.
EXACTLY = {"workshop": WorkshopKind, "output": OutputKind, "resource": ResourceKind}
#: Whose title is what somebody else wrote.
VOICES = {"commitment", "recommendation", "output"}
#: What stands beside the title; a country is a code there, a date several fields.
FACTS = {
    "organization": ("acronym", "country"),
    "commitment": ("reference", "organization.name", "country"),
    "recommendation": ("reference", "workshop.name"),
    "declaration": ("organizer.name",),
    "workshop": ("date", "place", "country"),
    "session": ("workshop.name",),
    "working_group": ("workshop.name",),
    "output": ("workshop.name",),
    "resource": ("publisher",),
    "provision": ("code",),
    "network": ("place",),
}
#: Of no use in an excerpt.
CODES = {"kind", "slug", "code", "reference"}
EXAMPLES = (_("trafficking"), _("asset recovery"), _("corruption"), _("young people"))
#: A verbatim text may be long.
LONGEST_TITLE = 200


class Row(NamedTuple):
    label: Any
    title: Said
    is_voice: bool
    address: str
    facts: list[str]
    pillars: list[Pillar]
    shown: Shown
    is_demonstration: bool


class Shown(NamedTuple):
    """What a row shows of the texts of its document."""

    parts: list[Part]
    language: str = ""
    is_text: bool = True

    def worth(self) -> tuple[int, bool, bool]:
        words = {part.text.lower() for part in self.parts if part.is_marked}
        return len(words), self.is_text, self.language == get_language()


class Kind(NamedTuple):
    """A kind in the filter, with what was found of it."""

    code: str
    name: Any
    number: str


class FoundPaginator(WindowPaginator):
    @cached_property
    def count(self) -> int:
        return len(self.object_list)


class SearchPage(ForViewer, ListView):
    template_name = "site/search.html"
    paginate_by = 25
    paginator_class = FoundPaginator

    @cached_property
    def typed(self) -> str:
        return self.request.GET.get("q", "").strip()

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in IN_WORDS else ""

    @cached_property
    def found(self) -> Found:
        """Of every kind. Also for who may see more than the public: search reads what is public."""
        return search(Audience.PUBLIC, Question.of(self.typed))

    def get_queryset(self) -> Any:
        return self.found.of_kind(self.kind) if self.kind else self.found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        question = self.found.question
        return context | {
            "typed": self.typed,
            "kind": self.kind,
            "rows": rows_of(context["page_obj"].object_list, question),
            "kinds": kinds_of(self.found),
            "all": in_words(len(self.found)),
            "nothing": IN_WORDS[self.kind].none % {"words": self.typed} if self.kind else "",
            "each_word": question.all if len(question.all) > 1 else [],
            "examples": () if self.typed else [*map(str, EXAMPLES), *a_reference()],
        }


def in_words(number: int) -> str:
    return FoundPaginator(range(number), 1).count_in_words


def kinds_of(found: Found) -> list[Kind]:
    return [
        Kind(code, words.many, in_words(number))
        for code, words in IN_WORDS.items()
        if (number := found.by_kind.get(code, 0))
    ]


def a_reference() -> list[str]:
    """Of the latest commitment, to show that it can be typed."""
    latest = Commitment.objects.visible_to(PUBLIC).exclude(reference=None).order_by("-reference")
    return list(latest.values_list("reference", flat=True)[:1])


# -- rows ---------------------------------------------------------------------------------------------------


def rows_of(hits: Any, question: Question) -> list[Row]:
    """Read from the documents, with the names of the codes in them."""
    kinds = {hit.pk: hit.kind for hit in hits}
    texts = dict(Document.objects.filter(pk__in=kinds).values_list("pk", "text"))
    documents = [(kinds[hit.pk], json.loads(texts[hit.pk])) for hit in hits if texts.get(hit.pk)]
    countries = {str(data["country"]) for _kind, data in documents if data.get("country")}
    codes = {code for _kind, data in documents for code in pillars_in(data)}
    territories = Territory.objects.visible_to(PUBLIC).filter(iso2__in=countries)
    names = dict(territories.values_list("iso2", "name"))
    pillars = {each.code: each for each in Pillar.objects.visible_to(PUBLIC).canonical().filter(code__in=codes)}
    return [row_of(kind, data, question, names, pillars) for kind, data in documents]


def pillars_in(data: Mapping[str, Any]) -> list[str]:
    return [*(data.get("pillars") or ()), *filter(None, [data.get("pillar")])]


def row_of(
    kind: str, data: Mapping[str, Any], question: Question, countries: Mapping[str, str], pillars: Mapping[str, Pillar]
) -> Row:
    title = in_reader_language(said_at(data, KINDS[kind].named_by[0]))
    facts = [fact for path in FACTS.get(kind, ()) for fact in facts_at(data, path, countries)]
    told = {*facts, *([title.text] if len(title.text) <= LONGEST_TITLE else ())}
    return Row(
        label=EXACTLY[kind](data["kind"]).label if kind in EXACTLY else IN_WORDS[kind].one,
        title=Said(shortened(title.text, LONGEST_TITLE), title.language or data.get("language") or ""),
        is_voice=kind in VOICES,
        address=address_of(data["url"]),
        facts=facts,
        pillars=[pillars[code] for code in pillars_in(data) if code in pillars],
        shown=shown_of(kind, data, question, told),
        is_demonstration=bool(data.get("is_demonstration")),
    )


def address_of(url: str) -> str:
    """Documents have absolute addresses without a language: here it is the same page in the reader's."""
    parts = urlsplit(url)
    return reverse("home").rstrip("/") + parts._replace(scheme="", netloc="").geturl()


def in_reader_language(texts: Iterator[Said]) -> Said:
    """English where there is none in theirs."""
    order = {get_language(): 0, "": 1, "en": 2}
    return min(texts, key=lambda said: order.get(said.language, 3), default=Said(""))


def facts_at(data: Mapping[str, Any], path: str, countries: Mapping[str, str]) -> Iterator[str]:
    if path == "date":
        start, end = (date.fromisoformat(day) if day else None for day in (data["starts_on"], data["ends_on"]))
        yield when(start, end, data["date_precision"])
        return
    for said in said_at(data, path):
        yield countries.get(said.text, said.text) if path == "country" else said.text


def shown_of(kind: str, data: Mapping[str, Any], question: Question, told: set[str]) -> Shown:
    """Of the texts that the row does not tell anyhow the one with most of what was asked for, else how it begins."""
    read = KINDS[kind].searched
    found = [
        Shown([*named(path), *parts], "" if named(path) else language_of(said, path, data), not named(path))
        for path in (*read, *KINDS[kind].named_by)
        if path not in CODES
        for said in said_at(data, path)
        if said.text not in told and (parts := excerpt(said.text, question))
    ]
    if found:
        return max(found, key=Shown.worth)
    begins = in_reader_language(said_at(data, read[0])) if read and not named(read[0]) else Said("")
    parts = [Part(shortened(begins.text, EXCERPT))] if begins.text and begins.text not in told else []
    return Shown(parts, language_of(begins, read[0] if read else "", data))


def named(path: str) -> list[Part]:
    """What a name is of, since it stands there alone: ``Working group: …``."""
    *_before, record, last = ["", *path.split(".")]
    return [Part(f"{IN_WORDS[record].one}: ")] if last == "name" and record in IN_WORDS else []


def language_of(said: Said, path: str, data: Mapping[str, Any]) -> str:
    return said.language or data.get("mission_language" if path == "mission" else "language") or ""


def shortened(text: str, most: int) -> str:
    _start, end = cut(text, 0, most)
    return text if end == len(text) else f"{text[:end]} …"
