"""Fills the word lists from ``vocabulary/data``; what is there already stays as administrators left it.

Only translations that came later are added.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import translation

from net4u.base.change import change
from net4u.base.translations import add_translations
from vocabulary.models import (
    Instrument,
    Pillar,
    PillarScheme,
    Provision,
    Reference,
    SdgTarget,
    Source,
    Territory,
    Theme,
    Word,
)  # fmt: skip
from vocabulary.services import record_word

DATA = Path(__file__).parent / "data"

Row = dict[str, Any]


def load_vocabulary() -> int:
    """Record every word that is missing, by its code, in one change; returns how many were."""
    with translation.override("en"), change(by=None, what="vocabulary.loaded"):
        return (
            _load(Source, "slug", read("sources.json"))
            + _load_pillars(read("pillars.json"))
            + _load(Theme, "code", read("themes.json"))
            + _load_instruments(read("instruments.json"))
            + _load(Reference, "code", read("references.json"))
            + _load(SdgTarget, "code", read("sdg_targets.json"))
            + _load(Territory, "iso2", read_territories())
        )


def read(name: str) -> list[Row]:
    rows: list[Row] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return rows


def read_territories() -> list[Row]:
    """The table as its columns are named in the model; ``eligible`` is not in it: the owner decides."""
    with (DATA / "territories.csv").open(encoding="utf-8", newline="") as table:
        return [
            row
            | {"m49": int(row["m49"]) if row["m49"] else None}
            | {name: row[name] == "1" for name in ("eu", "eea", "coe")}
            for row in csv.DictReader(table)
        ]


def _load(model: type[Word], key: str, rows: list[Row]) -> int:
    words: Iterable[Word] = model.objects.all()
    known = {getattr(word, key): word for word in words}
    missing = [row for row in rows if row[key] not in known]
    for row in missing:
        record_word(word=model(**_with_source(row)), by=None)
    for row in rows:
        if row[key] in known:
            add_translations(known[row[key]], row)
    return len(missing)


def _with_source(row: Row) -> Row:
    return row | {"source": Source.objects.get(slug=row["source"])} if row.get("source") else row


def _load_pillars(schemes: list[Row]) -> int:
    """The canonical scheme comes first in the file: the others' pillars point to its pillars."""
    heads = [{name: value for name, value in row.items() if name != "pillars"} for row in schemes]
    count = _load(PillarScheme, "code", heads)
    for scheme in schemes:
        head = PillarScheme._base_manager.get(code=scheme["code"])
        count += sum(_load_pillar(head, order, dict(row)) for order, row in enumerate(scheme["pillars"], start=1))
    return count


def _load_pillar(scheme: PillarScheme, order: int, row: Row) -> int:
    corresponds_to = row.pop("corresponds_to", [])
    if (known := Pillar.objects.filter(code=row["code"]).first()) is not None:
        add_translations(known, row)
        return 0
    pillar = record_word(word=Pillar(scheme=scheme, order=order, **row), by=None)
    pillar.corresponds_to.set(Pillar.objects.filter(code__in=corresponds_to))
    return 1


def _load_instruments(instruments: list[Row]) -> int:
    heads = [{name: value for name, value in row.items() if name != "provisions"} for row in instruments]
    return _load(Instrument, "code", heads) + sum(
        _load_provisions(Instrument.objects.get(code=row["code"]), row["provisions"]) for row in instruments
    )


def _load_provisions(instrument: Instrument, rows: list[Row]) -> int:
    """Which cluster an article belongs to is from no published table, so none is ``cluster_verified``."""
    known = set(instrument.provisions.values_list("article", flat=True))
    missing = [row for row in rows if row["article"] not in known]
    for row in missing:
        record_word(word=Provision(instrument=instrument, cluster_verified=False, **row), by=None)
    return len(missing)
