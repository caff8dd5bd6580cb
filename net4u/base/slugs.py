"""The words of an address, made once and then fixed."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, count

from django.utils.text import slugify


def stem_of(text: str, *, otherwise: str, most: int = 70) -> str:
    """At most so long; ``otherwise`` where nothing of the text can stand in an address."""
    return slugify(text)[:most].strip("-") or otherwise


def numbered(stem: str, taken: Collection[str]) -> str:
    """The stem itself, or with the first number that is free."""
    return next(slug for slug in chain([stem], (f"{stem}-{n}" for n in count(2))) if slug not in taken)
