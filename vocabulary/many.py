"""What is chosen from the word lists for many records at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from net4u.base.bulk import BulkAction
from vocabulary.forms import PillarForm
from vocabulary.models import Pillar

if TYPE_CHECKING:
    from people.models import User


def adding_a_pillar(do: Callable[[Any, dict[str, Any], User], object]) -> BulkAction:
    """Tried with any pillar before one is chosen: whether it may be added depends on none of them."""
    return BulkAction(
        "tagged", gettext_lazy("Add a pillar"), do, PillarForm, lambda: {"pillar": Pillar.objects.canonical().first()}
    )
