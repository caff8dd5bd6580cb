"""Search over the stored documents: PostgreSQL's full text or SQLite's FTS5, one function in front.

What a reader may not see has no document for their audience, so nothing here can find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from net4u.base.models import Document
from net4u.base.words import AUDIENCE, IN_NAME, KIND, PART, Question, mark

#: So many are found, and ranked, at most: whoever gets more adds a word.
MOST = 1000


class Hit(NamedTuple):
    pk: int
    kind: str


@dataclass(frozen=True)
class Found:
    """The best hits in their order, at most one more than :data:`MOST`."""

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
        if not self.is_capped:
            return Counter(hit.kind for hit in self.hits)
        kinds = Document.objects.for_audience(self.audience).order_by().values_list("kind", flat=True).distinct()
        return {kind: len(_ids(_holding(self.audience, self.question, kind=kind))) for kind in kinds}

    def of_kind(self, kind: str) -> Found:
        if self.is_capped:
            return search(self.audience, self.question, kind=kind)
        return Found(self.audience, self.question, [hit for hit in self.hits if hit.kind == kind])


def search(audience: str, question: Question, *, kind: str = "") -> Found:
    """What is called so first, then what has the words in its name, then what has them anywhere."""
    if not question:
        return Found(audience, question)
    ids: dict[int, int] = {}
    for rank, rows in enumerate(
        (
            _marked(audience, [question.name], kind=kind),
            _holding(audience, question, sign=IN_NAME, kind=kind),
            _holding(audience, question, kind=kind),
        )
    ):
        if len(ids) <= MOST:
            for pk in _ids(rows):
                ids.setdefault(pk, rank)
    found = Document.objects.filter(pk__in=list(ids)).values_list("pk", "kind", "search")
    ranked = sorted((_rank(question, ids[pk], text), pk, kind) for pk, kind, text in found)
    return Found(audience, question, [Hit(pk, kind) for _rank, pk, kind in ranked[: MOST + 1]])


def _rank(question: Question, rank: int, text: str) -> tuple[int, bool, int]:
    """Among alike: words side by side before scattered ones, then the shorter text, which says more about them."""
    _marks, _part, after = text.partition(PART)
    names, _part, texts = after.partition(PART)
    part = names if rank < 2 else texts
    return rank, f" {' '.join(question.all)}" not in part, len(part)


def _ids(rows: QuerySet[Document]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _holding(audience: str, question: Question, *, sign: str = "", kind: str = "") -> QuerySet[Document]:
    words = [sign + word for word in question.words]
    start = sign + question.start if question.start else ""
    rows = _marked(audience, words, start=start, kind=kind)
    for phrase in question.phrases:
        rows = rows.filter(search__contains=f" {phrase} ")
    return rows


def _marked(audience: str, words: Iterable[str], *, start: str = "", kind: str = "") -> QuerySet[Document]:
    """Documents that hold all of the words. That they are this audience's does not hang on a word."""
    words = [mark(AUDIENCE, audience), *([mark(KIND, kind)] if kind else ()), *words]
    rows = Document.objects.for_audience(audience).current()
    return _in_postgresql(rows, words, start) if connection.vendor == "postgresql" else _in_sqlite(rows, words, start)


def _in_postgresql(rows: QuerySet[Document], words: list[str], start: str) -> QuerySet[Document]:
    query = " & ".join([f"'{word}'" for word in words] + ([f"'{start}':*"] if start else []))
    return rows.alias(vector=SearchVector("search", config="simple")).filter(
        vector=SearchQuery(query, config="simple", search_type="raw")
    )


def _in_sqlite(rows: QuerySet[Document], words: list[str], start: str) -> QuerySet[Document]:
    query = " AND ".join([f'"{word}"' for word in words] + ([f'"{start}" *'] if start else []))
    sql = "SELECT rowid FROM base_document_words WHERE base_document_words MATCH %s"
    return rows.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 -- the words are a parameter, and quoted in it
