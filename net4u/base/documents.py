"""Documents: the finished text of what leaves the house, one row for each object and audience.

Written by ``change()`` alone, under the lock of the counter; read by the API, the feed, search and the checks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils import timezone, translation

from net4u.base.kinds import KINDS, DocumentKind, Pending, follow
from net4u.base.models import ChangeCounter, Document
from net4u.base.viewers import DOCUMENT_VIEWERS
from net4u.base.work import CHUNK, chunks

if TYPE_CHECKING:
    from net4u.base.models import Record


class Difference(NamedTuple):
    """A stored document that is not what would be written now."""

    kind: str
    audience: str
    object_id: UUID
    problem: str


def digest(text: str) -> str:
    """Of a document's text; a tombstone has none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


class Fresh(NamedTuple):
    """What would be written now: the text and what search reads of it; both "" for a tombstone."""

    text: str = ""
    search: str = ""


GONE = Fresh()


def build(kind: type[DocumentKind], audience: str, ids: Iterable[UUID]) -> dict[UUID, Fresh]:
    """Fresh texts of those objects the audience may see: no request, no clock, English, UTC, sorted keys."""
    viewer = DOCUMENT_VIEWERS[audience]  # type: ignore[index]
    with translation.override("en"), timezone.override(UTC):
        rows = kind.queryset(viewer).filter(pk__in=list(ids))
        serializer = kind.serializer(rows, many=True, context={"viewer": viewer})
        return {UUID(str(row["id"])): Fresh(dumps(row), kind.search(audience, row)) for row in serializer.data}


def dumps(row: Mapping[str, Any]) -> str:
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS).decode()


def write(
    pending: Pending,
    *,
    touched: Mapping[type[Record], Iterable[UUID]],
    merged: Mapping[UUID, UUID],
) -> None:
    """Lock the counter, then build, compare, number and store. The caller commits right after."""
    if not any(ids for ids in touched.values()) and not any(pending.values()):
        return
    counter = ChangeCounter.objects.select_for_update().get(pk=1)
    for model, ids in touched.items():
        for chunk in chunks(ids):
            follow(model, chunk, pending)
    start = counter.value
    for name in sorted(pending):
        for chunk in chunks(pending[name]):
            for audience in DOCUMENT_VIEWERS:
                _write_chunk(KINDS[name], audience, chunk, merged, counter)
    if counter.value != start:
        counter.save(update_fields=["value"])


def _write_chunk(
    kind: type[DocumentKind],
    audience: str,
    ids: list[UUID],
    merged: Mapping[UUID, UUID],
    counter: ChangeCounter,
) -> None:
    fresh = build(kind, audience, ids)
    out = Document.objects.for_audience(audience).filter(object_id__in=ids)
    stored = {row.object_id: row for row in out.defer("text")}
    now = timezone.now()
    rows, searched_anew = [], []
    for pk in ids:
        text, search = fresh.get(pk, GONE)
        before = stored.get(pk)
        if before is None and not text:
            continue  # was never out: nothing to take back
        successor = None if text else merged.get(pk) or (before.merged_into if before else None)
        if before and (before.digest, before.merged_into) == (digest(text), successor):
            if before.search != search:  # nothing that partners have to fetch again
                before.search = search
                searched_anew.append(before)
            continue
        counter.value += 1
        rows.append(
            Document(
                number=counter.value, kind=kind.kind, object_id=pk, audience=audience,
                text=text, digest=digest(text), search=search, merged_into=successor, at=now,
            )
        )  # fmt: skip
    Document.objects.bulk_update(searched_anew, ["search"], batch_size=CHUNK)
    Document.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["object_id", "audience"],
        update_fields=["number", "kind", "text", "digest", "search", "merged_into", "at"],
    )


def feed(audience: str, *, after: int, limit: int) -> QuerySet[Document]:
    """What changed after this number, each object once at its latest number, in commit order."""
    return Document.objects.for_audience(audience).filter(number__gt=after).order_by("number")[:limit]


def changed_at(ids: Iterable[UUID], audience: str) -> dict[UUID, datetime]:
    """When the documents of these objects last changed; what has none is left out."""
    rows = Document.objects.for_audience(audience).filter(object_id__in=list(ids)).current()
    return dict(rows.values_list("object_id", "at"))


def check(kind: type[DocumentKind] | None = None) -> Iterator[Difference]:
    """Compare every stored document with a fresh one, in chunks."""
    for each in [kind] if kind else list(KINDS.values()):
        for audience in DOCUMENT_VIEWERS:
            everything = set(QuerySet(each.model).values_list("pk", flat=True))
            out = Document.objects.for_audience(audience).filter(kind=each.kind).current()
            for chunk in chunks(everything.union(out.values_list("object_id", flat=True))):
                yield from _compare(each, audience, chunk)


def _compare(kind: type[DocumentKind], audience: str, ids: list[UUID]) -> Iterator[Difference]:
    fresh = build(kind, audience, ids)
    rows = Document.objects.for_audience(audience).filter(object_id__in=ids)
    stored = {row.object_id: row for row in rows}
    for pk in ids:
        row, (text, search) = stored.get(pk), fresh.get(pk, GONE)
        if row is None:
            if text:
                yield Difference(kind.kind, audience, pk, "missing")
        elif digest(row.text) != row.digest:
            yield Difference(kind.kind, audience, pk, "digest does not fit the text")
        elif row.text != text:
            problem = "must be a tombstone" if not text else "stale" if row.text else "wrongly a tombstone"
            yield Difference(kind.kind, audience, pk, problem)
        elif row.search != search:
            yield Difference(kind.kind, audience, pk, "search reads something else")
