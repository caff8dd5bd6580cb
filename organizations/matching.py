"""Which organization is meant by a row of a list: one index for all rows, with how certain each match is.

Names are compared as in ``duplicates``. Comparing each row with each organization would take minutes, so only those
are compared letter by letter that share most groups of three letters with the row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from net4u.base.states import Editorial
from net4u.base.words import words_of
from organizations.duplicates import ALIKE, Candidate, alike, host_of, said
from organizations.models import Identifier, Organization

#: Drafts count: a list that is imported twice finds what it made. What was declined or withdrawn is nobody's match.
LIVING = (Editorial.DRAFT, Editorial.SUBMITTED, Editorial.CHANGES_REQUESTED, Editorial.PUBLISHED)
#: How certain each way of finding is, in per cent. A similar name gets its likeness, and never more than this.
BY_NUMBER, BY_NAME, BY_WEBSITE, BY_MAIL, BY_ACRONYM, BY_SIMILAR_NAME = 100, 95, 90, 85, 70, 80
#: Hosts that say nothing of who writes.
ANYBODYS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.it",
        "hotmail.fr",
        "live.com",
        "yahoo.com",
        "yahoo.it",
        "yahoo.fr",
        "icloud.com",
        "proton.me",
        "protonmail.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "web.de",
        "libero.it",
        "orange.fr",
        "free.fr",
        "aol.com",
        "mail.com",
        "facebook.com",
        "instagram.com",
        "linkedin.com",
    ]
)
#: So many are compared letter by letter.
MOST_COMPARED = 8


class Match(NamedTuple):
    """``among`` has the ids of all that fit equally well, where it is more than one."""

    organization: UUID | None
    certainty: int = 0
    reason: str = ""
    among: tuple[UUID, ...] = ()


NONE = Match(None)
Words = tuple[str, ...]


def key_of(name: str) -> Words:
    """The same for names that differ in case, accents, order and legal form."""
    return next((tuple(sorted(each)) for each in said([name])), ())


def host_in(address: str) -> str:
    """Of a website or an e-mail address; "" where it is anybody's."""
    try:
        host = address.rpartition("@")[2].lower() if "@" in address else host_of(address)
    except ValueError:
        return ""
    return "" if host in ANYBODYS else host.removeprefix("www.")


def _threes(words: Iterable[str]) -> set[str]:
    letters = "".join(words)
    return {letters[at : at + 3] for at in range(max(1, len(letters) - 2))}


class Matching:
    """Built once for a run: two queries, whatever the number of rows."""

    def __init__(self) -> None:
        self.names: dict[UUID, str] = {}
        self.by_name: dict[Words, set[UUID]] = defaultdict(set)
        self.by_acronym: dict[str, set[UUID]] = defaultdict(set)
        self.by_host: dict[str, set[UUID]] = defaultdict(set)
        self.by_number: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        self.spelled: list[tuple[UUID, list[str], int]] = []
        self.by_three: dict[str, list[int]] = defaultdict(list)
        self.known: dict[Words, Match] = {}
        rows = Organization.objects.filter(state__in=LIVING).order_by("pk")
        columns = ("pk", "legal_name", "english_name", "acronym", "aliases", "website")
        for pk, legal, english, acronym, aliases, website in rows.values_list(*columns):
            self._add(pk, Candidate((legal, english, *aliases), acronym, website))
        for pk, scheme, value in Identifier.objects.values_list("organization", "scheme", "value"):
            if pk in self.names:
                self.by_number[scheme, value].add(pk)

    def _add(self, pk: UUID, told: Candidate) -> None:
        self.names[pk] = told.names[1] or told.names[0]
        for words in said(told.names):
            self.by_name[tuple(sorted(words))].add(pk)
            threes = _threes(words)
            for three in threes:
                self.by_three[three].append(len(self.spelled))
            self.spelled.append((pk, words, len(threes)))
        if short := " ".join(words_of(told.acronym)):
            self.by_acronym[short].add(pk)
        if host := host_in(told.website):
            self.by_host[host].add(pk)

    def find(self, told: Candidate, *, mail: str = "") -> Match:
        """The most certain one. Whatever two organizations fit equally well is left to a person."""
        for pks, certainty, reason in self._exact(told, mail):
            if len(pks) == 1:
                return Match(next(iter(pks)), certainty, reason)
            if pks and certainty >= BY_NAME:
                return Match(None, 0, _("more than one organization is called so"), tuple(sorted(pks)))
        return self._similar(told)

    def _exact(self, told: Candidate, mail: str) -> Iterator[tuple[set[UUID], int, str]]:
        nobody: set[UUID] = set()
        for number in told.numbers:
            yield self.by_number.get(number, nobody), BY_NUMBER, _("the same register number")
        for name in told.names:
            yield self.by_name.get(key_of(name), nobody), BY_NAME, _("the same name")
        yield self.by_host.get(host_in(told.website), nobody), BY_WEBSITE, _("the same website")
        yield self.by_host.get(host_in(mail), nobody), BY_MAIL, _("an e-mail address of its website")
        # A name that is an acronym is found, too.
        for short in (told.acronym, *told.names):
            yield self.by_acronym.get(" ".join(words_of(short)), nobody), BY_ACRONYM, _("the same short name")

    def _similar(self, told: Candidate) -> Match:
        best = NONE
        for words in said(told.names):
            key = tuple(sorted(words))
            if key not in self.known:
                self.known[key] = self._most_alike(words)
            best = max(best, self.known[key], key=lambda match: match.certainty)
        return best

    def _most_alike(self, words: list[str]) -> Match:
        threes = _threes(words)
        shared = Counter(at for three in threes for at in self.by_three.get(three, ()))
        nearest = sorted(shared, key=lambda at: (-shared[at] / (len(threes) + self.spelled[at][2]), at))
        likeness, pk = max(
            ((alike(words, self.spelled[at][1]), self.spelled[at][0]) for at in nearest[:MOST_COMPARED]),
            default=(0.0, None),
        )
        if pk is None or likeness < ALIKE:
            return NONE
        return Match(pk, min(round(likeness * BY_SIMILAR_NAME), BY_SIMILAR_NAME), _("a similar name"))


def choices() -> list[tuple[str, Any]]:
    """Every organization that a row may be, by name, with its country."""
    rows = Organization.objects.filter(state__in=LIVING).select_related("country").order_by("legal_name", "pk")
    return [(str(row.pk), f"{row} ({row.country.name})" if row.country else str(row)) for row in rows]


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    return {pk: str(row) for pk, row in Organization.objects.in_bulk(list(ids)).items()}
