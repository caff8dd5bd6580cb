"""Writing the parts of a workshop: a session in its place on the page, everything else on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, FormView

from net4u.base.change import Conflict, change
from net4u.base.forms import told_of
from vocabulary.models import Source
from vocabulary.services import record_source
from workshops import forms
from workshops.enums import CorrectionKind
from workshops.models import Session
from workshops.services import add_session, correct, curate, record_naming, remove
from workshops.services.order import last_place
from workshops.workspaces import OfWorkshop, Workspace

if TYPE_CHECKING:
    from net4u.base.models import Record


class Part(NamedTuple):
    """A kind of row that a workshop has: where it hangs, its form, what it is called, and where it is listed."""

    relation: str
    form: type[forms.CuratedForm]
    name: Any
    anchor: str


PARTS = {
    "groups": Part("working_groups", forms.GroupForm, gettext_lazy("Working group"), "#groups"),
    "roles": Part("roles", forms.RoleForm, gettext_lazy("Role of an organization"), "#roles"),
    "participants": Part("participations", forms.ParticipationForm, gettext_lazy("Taking part"), "#participations"),
    "figures": Part("figures", forms.FigureForm, gettext_lazy("Figure"), "#figures"),
    "people": Part("contributions", forms.ContributionForm, gettext_lazy("Who did what"), "#contributions"),
    "names": Part("names", forms.NameForm, gettext_lazy("Other title"), "#names"),
    "outputs": Part("outputs", forms.OutputForm, gettext_lazy("Output"), "#capture"),
}


class Curating(OfWorkshop, FormView):
    """A form about one record of the workshop; ``save`` writes it."""

    anchor: ClassVar[str] = ""
    request: HttpRequest

    @property
    def record(self) -> Any:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.record}

    def save(self, record: Record, links: dict[str, Any]) -> None:
        curate(record=record, by=self.person, links=links)

    def form_valid(self, form: forms.CuratedForm) -> HttpResponse:
        linked = {field.name for field in form.instance._meta.many_to_many}
        links = {name: value for name, value in form.cleaned_data.items() if name in linked}
        try:
            with change(by=self.person, what=f"{form.instance._meta.model_name}.curated"):
                self.save(form.save(commit=False), links)
                if "agreed" in form.cleaned_data:
                    record_naming(contribution=form.instance, agreed=form.cleaned_data["agreed"], by=self.person)
                if said := form.cleaned_data.get("correction"):
                    correct(workshop=self.workshop, kind=CorrectionKind.TEXT, text=said, by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            return self.form_invalid(form, status=409)
        messages.success(self.request, _("Saved."))
        return self.after(form)

    def after(self, form: forms.CuratedForm) -> HttpResponse:
        return self.to_workspace(self.anchor)

    def form_invalid(self, form: forms.CuratedForm, status: int = 0) -> HttpResponse:
        status = status or (409 if form.theirs is not None else 200)
        return self.render_to_response(self.get_context_data(form=form), status=status)


class EditWorkshop(Curating):
    """What is told of the workshop as a whole, in each language side by side."""

    template_name = "workshops/desk/edit.html"
    form_class = forms.WorkshopForm

    @property
    def record(self) -> Any:
        return self.workshop


class EditSession(Workspace, Curating):
    """A session, written where it stands in the agenda."""

    form_class = forms.SessionForm
    anchor = "#agenda"

    @cached_property
    def record(self) -> Any:
        return get_object_or_404(self.workshop.sessions, pk=self.kwargs["part"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"editing": self.record, "is_new": self.record._state.adding}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" not in request.POST:
            return super().post(request, *args, **kwargs)
        return removed(self, self.record, self.anchor)


class NewSession(EditSession):
    """On a day of the workshop; it becomes the last one there."""

    @cached_property
    def record(self) -> Any:
        day = self.request.GET.get("day", "")
        number = int(day) if day.isascii() and day.isdigit() and 1 <= int(day[:4]) <= self.workshop.days else None
        return Session(workshop=self.workshop, day=number, disclosure=self.workshop.disclosure, order=0)

    def save(self, record: Any, links: dict[str, Any]) -> None:
        add_session(session=record, by=self.person, links=links)


class EditPart(Curating):
    """Any other part of the workshop; "new" instead of an id is one that is not there yet."""

    template_name = "workshops/desk/part.html"

    @property
    def part(self) -> Part:
        if self.kwargs["kind"] not in PARTS:
            raise Http404
        return PARTS[self.kwargs["kind"]]

    @property
    def anchor(self) -> str:  # type: ignore[override]
        return self.part.anchor

    def get_form_class(self) -> Any:
        return self.part.form

    @cached_property
    def record(self) -> Any:
        rows: Any = getattr(self.workshop, self.part.relation)
        if "part" in self.kwargs:
            return get_object_or_404(rows, pk=self.kwargs["part"])
        new = rows.model(workshop=self.workshop)
        columns = {field.name for field in new._meta.fields}
        if "order" in columns:
            new.order = last_place(rows) + 1
        # A source publishes the name of a person, so that one is never chosen for somebody.
        if "source" in columns and "person_name" not in columns:
            new.source = self.source_at_hand()
        return new

    def source_at_hand(self) -> Source | None:
        """Rows are copied from one text after the other: the last one's source, else that of the workshop."""
        asked = self.request.GET.get("source", "")
        return next((each for each in Source.objects.all() if str(each.pk) == asked), self.workshop.source)

    def after(self, form: forms.CuratedForm) -> HttpResponse:
        if "another" not in self.request.POST:
            return super().after(form)
        source = getattr(form.instance, "source_id", None)
        address = reverse("workspace_new_part", args=[self.workshop.pk, self.kwargs["kind"]])
        return redirect(f"{address}?source={source}" if source else address)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "part": self.part,
            "record": self.record,
            "is_new": self.record._state.adding,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" not in request.POST:
            return super().post(request, *args, **kwargs)
        return removed(self, self.record, self.anchor)


def removed(page: OfWorkshop, record: Any, anchor: str) -> HttpResponse:
    """Take a part away; what others refer to stays, and the sentence says why."""
    try:
        with change(by=page.person, what="workshop.part_removed"):
            remove(record=record, by=page.person)
            correct(workshop=page.workshop, kind=CorrectionKind.REMOVED, by=page.person)
    except ProtectedError:
        messages.error(page.request, _("Something else refers to this, so it stays. Change that first."))
    else:
        messages.success(page.request, _("Removed. The journal keeps what it was."))
    return page.to_workspace(anchor)


class NewSource(OfWorkshop, CreateView):
    """A text that this workshop's record is taken from."""

    template_name = "workshops/desk/source.html"
    form_class = forms.SourceForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            source = record_source(source=form.save(commit=False), by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The source can be chosen now."))
        address = reverse("workspace", args=[self.workshop.pk])
        return redirect(f"{address}?source={source.pk}#capture")
