"""The desk of the secretariat: what its pages have in common, in every package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from net4u.base.views import ForViewer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from people.models import User

#: The words of the desk, in their order, each with the name of its first page.
DOORS = (
    ("secretariat", gettext_lazy("Inbox")),
    ("workspaces", gettext_lazy("Workshops")),
    ("records", gettext_lazy("Records")),
    ("follow_up", gettext_lazy("Follow-up")),
    ("settings", gettext_lazy("Settings")),
)


class Door(NamedTuple):
    """A word of a desk's navigation."""

    name: Any
    url: str
    here: bool


class ForSecretariat(LoginRequiredMixin, PermissionRequiredMixin, ForViewer):
    """Nobody signed in: to the door. Somebody else signed in: refused, whether or not there is anything.

    ``door`` is the word under which the page stands.
    """

    request: HttpRequest
    permission_required: str
    door: ClassVar[str] = "secretariat"

    @cached_property
    def person(self) -> User:
        return self.request.user  # type: ignore[return-value]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        upper: Any = super()
        known: dict[str, Any] = upper.get_context_data(**context)
        return known | {"doors": [Door(name, reverse(key), key == self.door) for key, name in DOORS]}
