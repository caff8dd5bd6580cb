"""What the secretariat sets for its network: curators read, administrators write. Below stands who changed what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import FormView

from net4u.base.change import Conflict
from net4u.base.decisions import decisions
from net4u.base.models import JournalEntry
from net4u.base.secretariat import ForSecretariat
from organizations.forms import NetworkSettingsForm
from organizations.models import OURS, NetworkSettings, RegionalNetwork
from organizations.services import save_network_settings
from vocabulary.models import Territory

if TYPE_CHECKING:
    from datetime import datetime

    from people.models import User

#: How many changes the history shows.
SHOWN = 50


class Changed(NamedTuple):
    """One change of the settings: of each field its name, and the words before and after."""

    by: User | None
    at: datetime
    rows: list[tuple[str, str, str]]


class SettingsPage(ForSecretariat, FormView):
    template_name = "secretariat/settings.html"
    door = "settings"
    permission_required = "organizations.view_networksettings"
    form_class = NetworkSettingsForm

    @cached_property
    def stored(self) -> NetworkSettings:
        """The row, or a new one where nobody has saved yet."""
        network = RegionalNetwork.objects.filter(code=OURS).first()
        if network is None:
            raise Http404
        row: NetworkSettings | None = NetworkSettings.objects.visible_to(self.viewer).filter(network=network).first()
        return row or NetworkSettings(network=network)

    def holding(self) -> dict[str, Any]:
        """What is stored, and where that is empty what the portal was started with."""
        told = decisions()
        stored = {field: getattr(self.stored, field) for field in _fields()}
        return {**stored, "data_controller": told.data_controller, "data_licence": told.data_licence}

    @property
    def may_write(self) -> bool:
        return self.person.has_perm("organizations.change_networksettings", self.stored)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.stored}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "may_write": self.may_write,
            "values": [(_name_of(field), in_words(value)) for field, value in self.holding().items()],
            "eligible": Territory.objects.eligible().count(),
            "history": list(history(self.stored)),
            "here": "settings",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_write:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: NetworkSettingsForm) -> HttpResponse:
        try:
            save_network_settings(settings=form.instance, by=self.person)
        except Conflict as conflict:
            form.theirs = conflict.theirs
            form.add_error(None, _("Somebody else changed this while you wrote. Compare both, then send it again."))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. It holds from now on."))
        return redirect("settings")

    def form_invalid(self, form: NetworkSettingsForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=409 if form.theirs else 200)


def history(settings: NetworkSettings) -> Iterator[Changed]:
    """Newest first. What was written the first time replaced the defaults."""
    entries = JournalEntry.objects.filter(object_id=settings.pk, model=NetworkSettings._meta.label_lower)
    defaults = NetworkSettings()
    for entry in entries.select_related("by")[:SHOWN]:
        rows = []
        for field in filter(entry.diff.__contains__, _fields()):  # in the order of the form
            before, after = entry.diff[field]
            was = getattr(defaults, field) if entry.verb == JournalEntry.Verb.CREATED else before
            if was != after:
                rows.append((_name_of(field), in_words(was), in_words(after)))
        yield Changed(entry.by, entry.at, rows)


def _fields() -> tuple[str, ...]:
    return NetworkSettingsForm.Meta.fields


def _name_of(field: str) -> str:
    column: Any = NetworkSettings._meta.get_field(field)
    return capfirst(str(column.verbose_name))


def in_words(value: Any) -> str:
    """Sentences each in a line, numbers with commas."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        numbers = all(isinstance(each, int) for each in value)
        return (", " if numbers else "\n").join(map(str, value)) or _("none")
    return str(value) or _("not stated")
