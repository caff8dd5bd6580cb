"""What is kept about people who took part in workshops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from net4u.base.personal import collects, goes_along
from workshops.models import Delegate

if TYPE_CHECKING:
    from people.models import User


@collects("lists_of_participants_that_name_you")
def _delegates(person: User) -> list[Any]:
    """By the address of the account, the only thing both have in common. They are deleted with time."""
    rows = Delegate.objects.filter(email__iexact=person.email).order_by("added_on", "id")
    return list(rows.values("workshop__title", "name", "email", "function", "organization_name", "named_on"))


@goes_along
def _forget(person: User) -> None:
    Delegate.objects.filter(email__iexact=person.email).delete()
