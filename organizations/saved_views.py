"""Questions that the secretariat asks often: kept under a name, offered above their list, renamed and deleted.

A package hands its list in with ``keeps_views``; what is kept is no more than the filters which that list knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from net4u.base.forms import PlainText, told_of
from net4u.base.secretariat import ForSecretariat
from organizations.models import SavedView
from organizations.services import drop_view, keep_view

if TYPE_CHECKING:
    from django.http import QueryDict

    from net4u.base.filters import ViewerFilterSet
    from net4u.base.viewers import Viewer


class Offered(NamedTuple):
    """A view as it stands above its list."""

    name: str
    address: str
    here: bool
    #: Whose it is, where somebody else shares it.
    by: str


class KeepsViews(ForSecretariat):
    """A list of the secretariat whose filters can be kept. ``route`` is the name of its address."""

    filterset: Any
    filterset_class: Any
    model: Any
    route: ClassVar[str]
    title: ClassVar[str | Promise]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        here = query_of(self.filterset, self.request.GET) if self.filterset.is_bound else ""
        rows = SavedView.objects.offered_to(self.person, self.route)
        offered = [
            Offered(
                row.name, address_of(row), row.query == here, "" if row.person_id == self.person.pk else str(row.person)
            )
            for row in rows
        ]
        keep = f"{reverse('keep_view', args=[self.route])}?{here}" if here else ""
        return known | {
            "offered_views": offered, "keep_view": keep, "route": self.route, "here": self.route, "title": self.title,
        }  # fmt: skip


LISTS: dict[str, type[KeepsViews]] = {}
V = TypeVar("V", bound=type[KeepsViews])


def keeps_views(view: V) -> V:
    """Class decorator: the filters of this list can be kept."""
    LISTS[view.route] = view
    return view


def query_of(filterset: ViewerFilterSet, parameters: QueryDict) -> str:
    """Filters in use, in the order in which the list has them: two addresses of one question are one query."""
    filterset.form.is_valid()
    in_use = filterset.in_use
    return urlencode({name: parameters[name] for name in filterset.filters if name in in_use})


def address_of(view: SavedView) -> str:
    return f"{reverse(view.page)}?{view.query}"


class OfList(ForSecretariat):
    """A page about the views of one list, which the address names."""

    permission_required = "organizations.keep_savedview"
    door = "follow_up"
    kwargs: dict[str, Any]

    @cached_property
    def list(self) -> type[KeepsViews]:
        try:
            return LISTS[self.kwargs["page"]]
        except KeyError:
            raise Http404 from None

    @property
    def back(self) -> str:
        return reverse("saved_views", args=[self.list.route])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        return known | {"list_title": self.list.title, "list_address": reverse(self.list.route), "back": self.back}


class SavedViews(OfList, TemplateView):
    """Those that the reader may rename or delete."""

    template_name = "secretariat/saved_views.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = SavedView.objects.offered_to(self.person, self.list.route) & SavedView.objects.kept_by(self.person)
        views = [(row, address_of(row)) for row in rows]
        return super().get_context_data(**context) | {"views": views, "person": self.person}


class ViewForm(forms.ModelForm):
    name = PlainText(label=gettext_lazy("What do you call this view?"), max_length=60)

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        labels = {"shared": gettext_lazy("Show it to the whole secretariat")}


class Writes(OfList, FormView):
    """Name and tick of one view; ``view`` is the row."""

    template_name = "secretariat/saved_view.html"
    form_class = ViewForm
    view: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.view}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            view = keep_view(view=form.instance, by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(name)s” is kept.") % {"name": view})
        return redirect(address_of(view))


class Keep(Writes):
    """The filters in the address, under a name."""

    @cached_property
    def view(self) -> SavedView:
        return SavedView(person=self.person, page=self.list.route, query=self.query)

    @cached_property
    def query(self) -> str:
        """What the list knows of this address; everything else in it is left out."""
        given = self.request.GET
        viewer: Viewer = self.viewer
        rows = self.list.model.objects.none()
        return query_of(self.list.filterset_class(given, queryset=rows, viewer=viewer), given)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Without a filter there is nothing to keep: back to the list, where one can be chosen."""
        if request.user.has_perm(self.permission_required) and not self.query:
            return redirect(self.list.route)
        return super().dispatch(request, *args, **kwargs)


class Rename(Writes):
    """A new name or another tick; or away with it."""

    @cached_property
    def view(self) -> SavedView:
        rows = SavedView.objects.kept_by(self.person).filter(page=self.list.route)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"saved": self.view}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "delete" not in request.POST:
            return super().post(request, *args, **kwargs)
        drop_view(view=self.view, by=self.person)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": self.view})
        return redirect(self.back)
