"""Who is of the secretariat, and how safely they sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from net4u.base.models import JournalEntry
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import TransitionError
from net4u.site.second_factor import with_second_factor
from people.enums import SecretariatRole
from people.forms import RoleForm, TeamForm
from people.models import User
from people.services import add_to_team, give_role

if TYPE_CHECKING:
    from datetime import datetime

#: How many changes the history shows.
SHOWN = 50


class Given(NamedTuple):
    """Somebody gave or took a role; whose account is erased has no name."""

    by: User | None
    at: datetime
    person: User | None
    before: str
    after: str


class Team(ForSecretariat, FormView):
    """Curators look; administrators invite, and change roles."""

    template_name = "secretariat/team.html"
    door = "settings"
    permission_required = "people.view_team"
    form_class = TeamForm

    @property
    def may_write(self) -> bool:
        return self.person.has_perm("people.change_user")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "team": with_second_factor(User.objects.team()),
            "roles": SecretariatRole.choices,
            "may_write": self.may_write,
            "required": settings.SECOND_FACTOR_REQUIRED,
            "history": list(history()),
            "here": "team",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_write:
            raise PermissionDenied
        return self.change_role() if "person" in request.POST else super().post(request, *args, **kwargs)

    def change_role(self) -> HttpResponse:
        """Of somebody in the list. Whoever gives up their own has nothing more to see here."""
        form = RoleForm(self.request.POST)
        try:
            person = User.objects.team().filter(pk=self.request.POST["person"]).first()
        except ValidationError as error:
            raise Http404 from error
        if person is None or not form.is_valid():
            raise Http404
        try:
            give_role(person=person, role=SecretariatRole(form.cleaned_data["role"]), by=self.person)
        except TransitionError as error:
            messages.error(self.request, str(error))
            return redirect("team")
        messages.success(self.request, _("Saved. They are told by mail."))
        is_out = person == self.person and form.cleaned_data["role"] == SecretariatRole.NONE
        return redirect("home" if is_out else "team")

    def form_valid(self, form: TeamForm) -> HttpResponse:
        told = form.cleaned_data
        try:
            person = add_to_team(email=told["email"], role=SecretariatRole(told["role"]), by=self.person)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("%(name)s is of the secretariat now, and is told by mail.") % {"name": person})
        return redirect("team")


def history() -> Iterator[Given]:
    """Newest first, with a number of queries that does not grow."""
    entries = JournalEntry.objects.filter(model=User._meta.label_lower, what="team.role_given")
    shown = list(entries.select_related("by")[:SHOWN])
    people = User.objects.in_bulk([each.object_id for each in shown])
    words = dict(SecretariatRole.choices)
    for entry in shown:
        before, after = entry.diff["secretariat_role"]
        yield Given(entry.by, entry.at, people.get(entry.object_id), str(words[before]), str(words[after]))
