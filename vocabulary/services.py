from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from net4u.base.change import change
from net4u.base.slugs import numbered, stem_of
from net4u.base.states import require
from vocabulary.models import Source, Word

if TYPE_CHECKING:
    from people.models import User

W = TypeVar("W", bound=Word)


def record_word(*, word: W, by: User | None) -> W:
    """Save an entry of a word list, checked as a whole."""
    name = word._meta.model_name
    require(by, f"vocabulary.change_{name}", word)
    with change(by=by, what=f"{name}.recorded"):
        word.full_clean()
        word.save()
    return word


def record_source(*, source: Source, by: User | None) -> Source:
    """Save a new source; its slug is made from its publisher and title, and stays."""
    require(by, "vocabulary.record_source")
    stem = stem_of(f"{source.publisher} {source.title}", otherwise="source", most=50)
    with change(by=by, what="source.recorded"):
        source.slug = numbered(stem, set(Source.objects.filter(slug__startswith=stem).values_list("slug", flat=True)))
        source.full_clean()
        source.save()
    return source
