"""The thread: where a record comes from, step by step, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.text import capfirst


class Knot(NamedTuple):
    """One step of a thread; without a record the source leaves it open."""

    kind: str
    record: Any


def origin_of(record: Any, steps: Iterable[str]) -> Iterator[Knot]:
    """The steps (names of foreign keys) that lead to a record. One that is not for this reader is left out.

    The record was read with ``with_details``: a key whose record is missing then is hidden, not unstated.
    """
    for step in steps:
        origin = getattr(record, step)
        if origin is not None or getattr(record, f"{step}_id") is None:
            kind = capfirst(record._meta.get_field(step).related_model._meta.verbose_name)
            yield Knot(kind, origin)
