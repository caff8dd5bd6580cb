"""What search makes of texts and of what people type.

Words are cut out here and not by the databases, so that all of them answer alike: without case and accents, letters
and digits only, parted by blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

#: Letters that no decomposition takes apart.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "þ": "th", "æ": "ae",
     "œ": "oe"}
)  # fmt: skip
WORD = re.compile(r"[^\W_]+")
#: In a text as it was written, where accents may be characters of their own.
WRITTEN_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
#: Signs that nobody types: control characters but for line ends and tabs, and those that turn text around.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
#: After these the last word is whole.
ENDS = ' "“”„«»'
#: Longer words are cut, in texts as in questions.
LONGEST = 60
#: Of a question.
MOST_TYPED, MOST_WORDS = 300, 12
#: The last word may go on when it has so many letters.
SHORTEST_START = 3
#: Of one document, in characters: what PostgreSQL takes as one text.
MOST_SEARCHED = 200_000


def words_of(text: str) -> list[str]:
    if text.isascii():
        plain = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text)
        plain = "".join(each for each in apart if not unicodedata.combining(each)).casefold().translate(PLAIN)
    return [word[:LONGEST] for word in WORD.findall(plain)]


class Said(NamedTuple):
    """A text of a document, with its language where the document tells it."""

    text: str
    language: str = ""


def said_at(data: Any, path: str) -> Iterator[Said]:
    """The texts under a path such as ``milestones.title``; lists are followed, ``{"en": …}`` gives each language."""
    head, _dot, rest = path.partition(".")
    if isinstance(data, list | tuple):
        for each in data:
            yield from said_at(each, path)
    elif isinstance(data, Mapping) and head:
        yield from said_at(data.get(head), rest)
    elif isinstance(data, Mapping):
        for language, text in data.items():
            yield from (Said(each.text, language) for each in said_at(text, ""))
    elif isinstance(data, str) and data and not head:
        yield Said(data)


# -- what is stored -----------------------------------------------------------------------------------------

#: Marks, names and texts of a document; within each, one line for each text.
PART = "\n\n"
#: Put before what nobody types: audience, its kinds, whole names and words of names become plain words, too, so that
#: each question is one look-up in one index.
AUDIENCE, KIND, NAME, IN_NAME = "for0", "kind0", "name0", "in0"


def mark(sign: str, text: str) -> str:
    return sign + "".join(words_of(text))[:LONGEST]


def line(text: str) -> str:
    """Blanks at both ends, so that a phrase is found by the letters of its words."""
    return f" {' '.join(words_of(text))} "


def search_text(audience: str, kind: str, names: Iterable[str], texts: Iterable[str]) -> str:
    """What the databases read: marks, then names, then the other texts."""
    named = list(names)
    marks = {mark(NAME, name): None for name in named}
    marks |= {IN_NAME + word: None for name in named for word in words_of(name)}
    parts = (
        " ".join([mark(AUDIENCE, audience), mark(KIND, audience + kind), *marks]),
        "\n".join(map(line, named)),
        "\n".join(map(line, texts)),
    )
    return PART.join(parts)[:MOST_SEARCHED]


# -- what is asked ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """``words`` must all be there, ``start`` begins one, and the words of each phrase stand side by side."""

    words: tuple[str, ...] = ()
    start: str = ""
    phrases: tuple[str, ...] = ()
    #: All of it as one name.
    name: str = ""

    @classmethod
    def of(cls, typed: str) -> Question:
        typed = typed[:MOST_TYPED]
        words = words_of(typed)[:MOST_WORDS]
        quoted = [words_of(each) for each in QUOTED.findall(typed)]
        goes_on = bool(words) and len(words[-1]) >= SHORTEST_START and typed[-1] not in ENDS
        return cls(
            words=tuple(dict.fromkeys(words[:-1] if goes_on else words)),
            start=words[-1] if goes_on else "",
            phrases=tuple(" ".join(each) for each in quoted if 1 < len(each) <= MOST_WORDS),
            name=mark(NAME, typed),
        )

    def whole(self) -> Question:
        """The last word as it stands."""
        return replace(self, words=tuple(dict.fromkeys(self.all)), start="")

    def __bool__(self) -> bool:
        return bool(self.words or self.start)

    @property
    def all(self) -> list[str]:
        return [*self.words, *filter(None, [self.start])]

    def fits(self, written: str) -> bool:
        """Whether a word of a text is one of those asked for."""
        found = words_of(written)
        return any(word in self.words or (self.start and word.startswith(self.start)) for word in found)


# -- what is shown ------------------------------------------------------------------------------------------

#: Characters of an excerpt, and how many of them come before its first word that was asked for.
EXCERPT, BEFORE = 240, 60
#: A long text is looked through up to so many words that were asked for.
LOOKED_AT = 40


class Part(NamedTuple):
    """A piece of a text as it was written, and whether it is a word that was asked for."""

    text: str
    is_marked: bool = False


def excerpt(text: str, question: Question) -> list[Part]:
    """The stretch of a text that has the most of what was asked for, with these words marked; none has none."""
    hits = list(islice((hit for hit in WRITTEN_WORD.finditer(text) if question.fits(hit[0])), LOOKED_AT))
    if not hits:
        return []
    first = max(hits, key=lambda hit: (len(_near(hits, hit.start())), -hit.start())).start()
    start, end = cut(text, max(0, first - BEFORE))
    parts = [Part("… " if start else "")]
    for hit in hits:
        if start <= hit.start() and hit.end() <= end:
            parts += [Part(text[start : hit.start()]), Part(hit[0], is_marked=True)]
            start = hit.end()
    parts += [Part(text[start:end].rstrip()), Part(" …" if end < len(text) else "")]
    return [part for part in parts if part.text]


def _near(hits: Iterable[re.Match[str]], start: int) -> set[str]:
    return {hit[0].lower() for hit in hits if start <= hit.start() < start + EXCERPT - BEFORE}


def cut(text: str, start: int, most: int = EXCERPT) -> tuple[int, int]:
    """From the first whole word after ``start`` to the last one that fits."""
    if start:
        start = text.find(" ", start) + 1 or start
    if len(text) <= start + most:
        return start, len(text)
    end = text.rfind(" ", start, start + most)
    return start, end if end > start else start + most
