"""Which combinations to look at: all of them, or so few that every two values still meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

Row = tuple[Any, ...]


def everything(factors: Sequence[Sequence[Any]]) -> list[Row]:
    return list(product(*factors))


def pairwise(factors: Sequence[Sequence[Any]]) -> list[Row]:
    """Rows in which every two values of two factors stand together at least once: the next row is always the one that
    brings most new pairs. The same factors give the same rows.
    """
    rows = everything(factors)
    missing = {pair for row in rows for pair in _pairs(row)}
    chosen = []
    while missing:
        best = max(rows, key=lambda row: len(missing & _pairs(row)))
        missing -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(row: Row) -> set[Any]:
    """A factor alone makes no pair: its values stand for themselves."""
    places = list(enumerate(row))
    return set(combinations(places, 2)) or {tuple(places)}
