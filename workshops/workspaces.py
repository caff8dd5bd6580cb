"""The desk on which the secretariat writes a workshop's record: the agenda, what came out of it, and publishing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Case, F, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import CreateView, FormView, ListView, TemplateView, View

from net4u.base.forms import told_of
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial, TransitionError
from net4u.base.viewers import Audience, Viewer
from net4u.base.views import WindowPaginator
from workshops.checklist import Shown, checklist, what_is_shown
from workshops.enums import OutputKind
from workshops.forms import BeginWorkshopForm, CaptureForm, ScheduleForm
from workshops.models import Output, Session, Workshop
from workshops.previewing import as_published
from workshops.services import (
    begin_workshop,
    capture_outputs,
    move_output,
    move_session,
    publish_workshop,
    schedule_workshop,
)
from workshops.views import Day, WorkshopDetail, grouped


class ForCurators(ForSecretariat):
    permission_required = "workshops.curate_workshop"
    door = "workspaces"


class Workspaces(ForCurators, ListView):
    """Every workshop in every state, drafts on top."""

    template_name = "workshops/desk/list.html"
    context_object_name = "workshops"
    paginate_by = 100
    paginator_class = WindowPaginator

    def get_queryset(self) -> Any:
        rows = Workshop.objects.select_related("country", "network").counting(self.viewer, "sessions", "outputs")
        is_published = Case(When(state=Editorial.PUBLISHED, then=1), default=0)
        return rows.order_by(is_published, F("starts_on").desc(nulls_last=True), "title", "id")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        rows = known["workshops"]
        return known | {
            "drafts": [each for each in rows if not each.is_published],
            "published": [each for each in rows if each.is_published],
        }


class BeginWorkshop(ForCurators, CreateView):
    template_name = "workshops/desk/begin.html"
    form_class = BeginWorkshopForm

    def form_valid(self, form: Any) -> HttpResponse:
        workshop = begin_workshop(workshop=form.save(commit=False), by=self.person, like=form.cleaned_data["like"])
        messages.success(self.request, _("Begun. Only the secretariat sees it until it is published."))
        return redirect("workspace", pk=workshop.pk)


class OfWorkshop(ForCurators):
    """A page about one workshop, in whatever state."""

    kwargs: dict[str, Any]

    @cached_property
    def workshop(self) -> Workshop:
        rows = Workshop.objects.select_related("source", "country")
        found: Workshop = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"workshop": self.workshop}

    def to_workspace(self, anchor: str = "") -> HttpResponse:
        return redirect(f"{reverse('workspace', args=[self.workshop.pk])}{anchor}")


def days_of(workshop: Workshop, sessions: list[Session]) -> list[Day]:
    """Every day of the workshop, empty ones too; then what no day is stated of."""
    rows = grouped(sessions, "day")
    days = [Day(number, workshop.date_of(number), rows.get(number, [])) for number in range(1, workshop.days + 1)]
    return [*days, Day(None, None, rows[None])] if None in rows else days


class Workspace(OfWorkshop, TemplateView):
    """The agenda, what came out of it, who did what, and what is missing: all on one page."""

    template_name = "workshops/desk/workspace.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        workshop = self.workshop
        sessions = list(workshop.sessions.select_related("source").prefetch_related("pillars").order_by("order"))
        outputs = workshop.outputs.select_related("source", "working_group").order_by("order")
        capture = CaptureForm(workshop=workshop, initial=self.remembered())
        return {
            "days": days_of(workshop, sessions),
            "outputs": outputs.prefetch_related("recommendations", "commitments"),
            "groups": workshop.working_groups.select_related("session").prefetch_related("pillars"),
            "roles": workshop.roles.select_related("organization", "source"),
            "participations": workshop.participations.select_related("organization"),
            "figures": workshop.figures.select_related("source"),
            "contributions": workshop.contributions.select_related("session", "organization", "source", "consent"),
            "names": workshop.names.select_related("source"),
            "checks": checklist(workshop, sessions),
            "capture": capture,
            "new": self.request.GET.get("new", ""),
            "audiences": AUDIENCES,
        } | super().get_context_data(**context)

    def remembered(self) -> dict[str, Any]:
        """What was chosen for the last line stays chosen for the next one."""
        chosen = {name: self.request.GET.get(name, "") for name in ("kind", "working_group", "source")}
        last = self.workshop.outputs.order_by("-order").first()
        if last is not None and not any(chosen.values()):
            return {"kind": last.kind, "working_group": last.working_group_id, "source": last.source_id}
        return {name: value for name, value in chosen.items() if value}


class Capture(OfWorkshop, FormView):
    """Lines become outputs; with a mistake the workspace comes back with what was typed."""

    form_class = CaptureForm
    http_method_names = ("post",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"workshop": self.workshop}

    def form_valid(self, form: CaptureForm) -> HttpResponse:
        given = form.cleaned_data | {"kind": OutputKind(form.cleaned_data["kind"])}
        try:
            made = capture_outputs(workshop=self.workshop, by=self.person, **given)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        if made:
            words = ngettext("%(number)s output added.", "%(number)s outputs added.", len(made))
            messages.success(self.request, words % {"number": len(made)})
        else:
            messages.info(self.request, _("Nothing was added: these lines are here already."))
        return self.to_workspace("#capture")

    def form_invalid(self, form: CaptureForm) -> HttpResponse:
        return again(self.request, self.workshop, capture=form)


def again(request: HttpRequest, workshop: Workshop, *, status: int = 200, **context: Any) -> HttpResponse:
    """The workspace, with a form that somebody filled in."""
    page = Workspace()
    page.setup(request, pk=workshop.pk)
    return page.render_to_response(page.get_context_data(**context), status=status)


class MoveSession(OfWorkshop, View):
    """A button: one place up or down."""

    def post(self, request: HttpRequest, pk: Any, part: Any) -> HttpResponse:
        session = get_object_or_404(self.workshop.sessions, pk=part)
        move_session(session=session, up="up" in request.POST, by=self.person)
        return self.to_workspace(f"#move-{session.pk}")


class MoveOutput(OfWorkshop, View):
    def post(self, request: HttpRequest, pk: Any, part: Any) -> HttpResponse:
        output = get_object_or_404(Output.objects.filter(workshop=self.workshop), pk=part)
        move_output(output=output, up="up" in request.POST, by=self.person)
        return self.to_workspace(f"#move-{output.pk}")


#: As whom a draft can be looked at before it is published.
AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS, Audience.PARTNERS)


class Preview(OfWorkshop, View):
    """The page itself as somebody else would see it: published for as long as it takes to write it, then undone."""

    def get(self, request: HttpRequest, pk: Any, audience: str) -> HttpResponse:
        if audience not in AUDIENCES:
            raise Http404
        return as_published(workshop=self.workshop, by=self.person, look=lambda: self.seen_by(Audience(audience)))

    def seen_by(self, audience: Audience) -> HttpResponse:
        request: Any = self.request
        person, viewer = request.user, request.viewer
        request.user, request.viewer = AnonymousUser(), Viewer(audience)
        try:
            page = WorkshopDetail()
            page.setup(request, slug=self.workshop.slug)
            response: Any = page.get(request)
            response.context_data |= {
                "preview": audience,
                "preview_back": reverse("workspace", args=[self.workshop.pk]),
            }
            rendered: HttpResponse = response.render()
            return rendered
        except Http404:
            messages.info(request, _("Nobody outside the secretariat sees this: it is off the record."))
            return self.to_workspace()
        finally:
            request.user, request.viewer = person, viewer


class Publish(OfWorkshop, FormView):
    """What is missing and what everybody will see; then publish, now or by itself later."""

    template_name = "workshops/desk/publish.html"
    form_class = ScheduleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        known = super().get_form_kwargs() | {"zone": self.workshop.time_zone or self.person.time_zone}
        return known if "schedule" in self.request.POST else known | {"data": None}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        sessions = list(self.workshop.sessions.prefetch_related("pillars").order_by("order"))
        return super().get_context_data(**context) | {
            "checks": checklist(self.workshop, sessions),
            "shown": as_published(workshop=self.workshop, by=self.person, look=self.shown),
            "audiences": AUDIENCES,
        }

    def shown(self) -> list[Shown]:
        return what_is_shown(self.workshop, [Viewer(each) for each in AUDIENCES])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "schedule" in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            if "unschedule" in request.POST:
                schedule_workshop(workshop=self.workshop, at=None, by=self.person)
                messages.success(request, _("It stays a draft until you publish it."))
            else:
                publish_workshop(workshop=self.workshop, by=self.person)
                messages.success(request, _("Published. Everybody can read it now."))
        except (TransitionError, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return self.to_workspace()

    def form_valid(self, form: ScheduleForm) -> HttpResponse:
        try:
            schedule_workshop(workshop=self.workshop, at=form.cleaned_data["at"], by=self.person)
        except ValidationError as error:
            form.add_error("at", error.messages[0])
            return self.form_invalid(form)
        messages.success(self.request, _("It will be published by itself."))
        return self.to_workspace()
