"""The secretariat's lists: records of one kind in every state, and one decision about many of them."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Case, F, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from net4u.base.bulk import LISTED, MOST, REFUSALS, BulkAction, Listed, do_for_all, foresee, sentence
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial
from net4u.base.threads import kind_of
from net4u.base.views import RecordList


class Tab(NamedTuple):
    name: str
    url: str
    here: bool


class OfKind(ForSecretariat):
    """A page about the records of the kind that its address names."""

    permission_required = "base.view_journal"
    door = "records"
    kwargs: dict[str, Any]

    @cached_property
    def listed(self) -> Listed:
        if self.kwargs["kind"] not in LISTED:
            raise Http404
        return LISTED[self.kwargs["kind"]]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        kind = self.kwargs["kind"]
        return super().get_context_data(**context) | {
            "kind": kind,
            "page": self.listed.page,
            "tabs": [Tab(capfirst(kind_of(each.model, 2)), reverse("records_of", args=[key]), key == kind)
                     for key, each in LISTED.items()],
            "kind_in_words": capfirst(kind_of(self.listed.model, 2)),
        }  # fmt: skip


#: Drafts and what waits stand on top.
ORDER = (Case(When(state=Editorial.PUBLISHED, then=1), default=0), F("published_at").desc(nulls_first=True), "id")


class Records(OfKind, RecordList):
    """What is not published yet stands on top; a tick on each, and what can be done with the ticked ones."""

    template_name = "secretariat/records.html"
    paginate_by = MOST

    @property
    def model(self) -> Any:
        return self.listed.model

    @property
    def filterset_class(self) -> Any:
        return self.listed.filterset

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.viewer).prefetch_related("pillars").order_by(*ORDER)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"actions": self.listed.actions.values()}


class ForMany(OfKind, FormView):
    """First what would change, record by record; then the same with a yes. Nothing is done half."""

    template_name = "secretariat/bulk.html"

    @cached_property
    def action(self) -> BulkAction:
        if self.kwargs["action"] not in self.listed.actions:
            raise Http404
        return self.listed.actions[self.kwargs["action"]]

    @cached_property
    def records(self) -> list[Any]:
        """Those that were ticked, or come back from the preview with the version that was looked at."""
        chosen = {pk for each in self.request.POST.getlist("chosen")[:MOST] if (pk := key_in(each))}
        rows: Any = self.listed.model.objects.visible_to(self.viewer).filter(pk__in=chosen)  # type: ignore[attr-defined]
        return list(rows.prefetch_related("pillars").order_by(*ORDER))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody came back to an address that is made by a button."""
        _known = self.action  # or it is not found
        return redirect("records_of", kind=self.kwargs["kind"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Both are named in the address: neither may be anything else, whatever was ticked.
        if not (self.action and self.records):
            messages.error(request, _("Tick at least one row, then choose what to do."))
            return redirect("records_of", kind=self.kwargs["kind"])
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        return self.action.form or forms.Form

    def get_form_kwargs(self) -> dict[str, Any]:
        told = super().get_form_kwargs()
        return told if "confirmed" in self.request.POST else {"initial": told["initial"], "prefix": told["prefix"]}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        form = known["form"]
        told = form.cleaned_data if form.is_bound and form.is_valid() else {}
        foreseen = foresee(self.action, self.records, told=told, by=self.person)
        return known | {
            "action": self.action,
            # What is only assumed is not shown as what would be.
            "is_told": bool(told) or self.action.form is None,
            "going": [each for each in foreseen if not each.refused],
            "staying": [each for each in foreseen if each.refused],
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        tokens = self.request.POST.getlist("chosen")
        try:
            done = do_for_all(self.action, self.records, tokens=tokens, told=form.cleaned_data, by=self.person)
        except REFUSALS as error:
            form.add_error(None, _("Nothing was changed. %(why)s") % {"why": sentence(error)})
            return self.render_to_response(self.get_context_data(form=form), status=409)
        words = ngettext("Done for %(number)s record.", "Done for %(number)s records.", done)
        messages.success(self.request, words % {"number": done})
        return HttpResponseRedirect(reverse("records_of", args=[self.kwargs["kind"]]))


def key_in(token: str) -> UUID | None:
    try:
        return UUID(token.partition(":")[0])
    except ValueError:
        return None
