from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from net4u.base.change import change
from net4u.base.states import require
from vocabulary.models import Word

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
