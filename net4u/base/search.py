"""Search over the stored documents: PostgreSQL's full text or SQLite's FTS5, one function in front.

What a reader may not see has no document for their audience, so nothing here can find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from net4u.base.kinds import KINDS
from net4u.base.models import Document
from net4u.base.words import AUDIENCE, IN_NAME, KIND, PART, Question, mark

#: So many are found, and ranked, at most: whoever gets more adds a word.
MOST = 1000


class Hit(NamedTuple):
    pk: int
    kind: str


@dataclass(frozen=True)
class Found:
    """The best hits in their order, at most one more than :data:`MOST`, and the question they answer."""

    audience: str
    question: Question
    hits: list[Hit] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: slice) -> list[Hit]:
        return self.hits[:MOST][place]

    @property
    def is_capped(self) -> bool:
        return len(self.hits) > MOST

    @cached_property
    def by_kind(self) -> Mapping[str, int]:
        """How many of each kind, each at most one more than :data:`MOST`."""
        counts: dict[str, int] = {}
        kinds = [hit.kind for hit in self.hits]
        others = set(KINDS)
        while len(kinds) > MOST:  # what is found most is asked for alone, then all the others at once
            ((most, number),) = Counter(kinds).most_common(1)
            others.remove(most)
            counts[most] = number if number > MOST else len(_asked(self.question, self.audience, [most]))
            ids = _asked(self.question, self.audience, others) if others else []
            kinds = list(Document.objects.filter(pk__in=ids).values_list("kind", flat=True))
        return counts | Counter(kinds)

    def of_kind(self, kind: str) -> Found:
        if self.is_capped:
            return search(self.audience, self.question, kind=kind)
        return Found(self.audience, self.question, [hit for hit in self.hits if hit.kind == kind])


def search(audience: str, question: Question, *, kind: str = "") -> Found:
    """What is called so first, then what has the words in its name, then what has them anywhere."""
    if not question:
        return Found(audience, question)
    if question.start:  # beginnings cost more, and many are found without
        whole = search(audience, question.whole(), kind=kind)
        if whole.is_capped:
            return whole
    kinds = [kind] if kind else []
    ids: dict[int, int] = {}
    for rank, found in enumerate(_ranks(question, audience, kinds)):
        ids = dict.fromkeys(found, rank) | ids
        if len(ids) > MOST:
            break
    # Whose documents these are does not hang on a mark.
    rows = Document.objects.for_audience(audience).current().filter(pk__in=list(ids))
    ranked = sorted(
        (_rank(question, ids[pk], text), pk, kind) for pk, kind, text in rows.values_list("pk", "kind", "search")
    )
    return Found(audience, question, [Hit(pk, kind) for _rank, pk, kind in ranked[: MOST + 1]])


def _ranks(question: Question, audience: str, kinds: Sequence[str]) -> Iterator[list[int]]:
    yield _holding(audience, kinds, [question.name])
    yield _asked(question, audience, kinds, sign=IN_NAME)
    yield _asked(question, audience, kinds)


def _rank(question: Question, rank: int, text: str) -> tuple[int, int, int]:
    """Among alike: the very words, then those begun so, then scattered ones; the shorter text says more about them."""
    _marks, _part, after = text.partition(PART)
    names, _part, texts = after.partition(PART)
    part = names if rank < 2 else texts
    together = f" {' '.join(question.all)}"
    return rank, (f"{together} " not in part) + (together not in part), len(part)


def _asked(question: Question, audience: str, kinds: Iterable[str], *, sign: str = "") -> list[int]:
    words = [sign + word for word in question.words]
    return _holding(audience, kinds, words, sign + question.start if question.start else "", question.phrases)


class Engine(NamedTuple):
    """How a database is asked. Words are letters and digits; they are quoted, so that none is an operator."""

    sql: str
    phrase: str
    word: str
    start: str
    every: str
    either: str

    def question(self, words: Iterable[str], start: str, any_of: Iterable[str]) -> str:
        either = self.either.join(self.word.format(word) for word in sorted(any_of))
        parts = [f"({either})", *(self.word.format(word) for word in words)]
        return self.every.join([*parts, self.start.format(start)] if start else parts)


ENGINES = {
    # The expression of the index, to the letter: an index over another one is never used.
    "postgresql": Engine(
        "SELECT id FROM base_document WHERE text <> '' AND to_tsvector('simple'::regconfig, COALESCE(search, ''))"
        " @@ to_tsquery('simple'::regconfig, %s)",
        " AND strpos(search, %s) > 0",
        "'{}'", "'{}':*", " & ", " | ",
    ),
    "sqlite": Engine(
        "SELECT rowid FROM base_document_words WHERE base_document_words MATCH %s",
        " AND instr(search, %s) > 0",
        '"{}"', '"{}" *', " AND ", " OR ",
    ),
}  # fmt: skip


def _holding(
    audience: str, kinds: Iterable[str], words: Iterable[str], start: str = "", phrases: Sequence[str] = (),
    *, explain: str = "",
) -> list[Any]:  # fmt: skip
    """Ids of documents of these kinds that hold all of it, at most one more than :data:`MOST`.

    In the order in which the index gives them: sorting all that a frequent word finds would cost more than the rest.
    """
    engine = ENGINES[connection.vendor]
    whose = [mark(KIND, audience + kind) for kind in kinds] or [mark(AUDIENCE, audience)]
    asked = engine.question(words, start, whose)
    sql = f"{explain}{engine.sql}{engine.phrase * len(phrases)} LIMIT {MOST + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, *(f" {phrase} " for phrase in phrases)])
        return [row[-1] for row in cursor.fetchall()]
