"""Reporting on a promise: one short form on the desk, and the same behind the link of a reminder."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, View

from commitments.desk import OfCommitment
from commitments.forms import EvidenceForm, ReachedForm, ReportForm
from commitments.models import Commitment, Evidence, Milestone, ProgressUpdate
from commitments.reminders import REPORT
from commitments.services import reach_milestone, report_progress
from net4u.base.change import change
from net4u.base.files import handed_out
from net4u.base.forms import told_of
from net4u.base.states import TransitionError
from net4u.base.viewers import PUBLIC
from net4u.base.views import ForViewer
from people.links import LinkGone, opens, spend_link
from people.models import OneTimeLink


def new_report(commitment: Commitment, corrects: ProgressUpdate | None = None) -> ProgressUpdate:
    return ProgressUpdate(commitment=commitment, corrects=corrects, language=get_language() or "en")


class Report(OfCommitment, FormView):
    """A report, or the correction of one: a row of its own that names the old one."""

    form_class = ReportForm
    template_name = "desk/report.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.affiliations:
            self.may_write()
            if not self.commitment.is_published:
                return self.page()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def corrected(self) -> ProgressUpdate | None:
        pk = self.request.GET.get("corrects")
        if not pk:
            return None
        try:
            found: ProgressUpdate | None = self.commitment.updates.filter(pk=pk).first()
        except ValidationError:
            found = None
        if found is None:
            raise Http404
        return found

    def get_initial(self) -> dict[str, Any]:
        old = self.corrected
        if old is not None:
            return {"progress": old.progress, "value": old.value, "text": old.text, "next_step": old.next_step}
        return {"progress": "in_progress", "value": None}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": new_report(self.commitment, self.corrected)}

    @cached_property
    def evidence(self) -> EvidenceForm:
        return EvidenceForm(self.request.POST or None, self.request.FILES or None, prefix="evidence")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "evidence": self.evidence,
            "corrected": self.corrected,
            "is_closed": not self.commitment.is_open and self.corrected is None,
            "milestones": self.commitment.milestones.filter(done_on=None),
            "is_public": Commitment.objects.visible_to(PUBLIC).filter(pk=self.commitment.pk).exists(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        right = form.is_valid() & self.evidence.is_valid()
        return self.form_valid(form) if right else self.form_invalid(form)

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            with change(by=self.person, what="progress.reported"):
                report_progress(update=form.instance, evidence=self.attached(), by=self.person)
                for milestone in self.commitment.milestones.filter(
                    done_on=None, pk__in=_uuids(self.request.POST.getlist("reached"))
                ):
                    reach_milestone(milestone=milestone, done_on=timezone.localdate(), by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except TransitionError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Your report is saved."))
        return self.page()

    def attached(self) -> list[Evidence]:
        told = self.evidence.cleaned_data
        if not told.get("title"):
            return []
        audience = told["audience"] or "secretariat"
        return [
            Evidence(
                commitment=self.commitment, title=told["title"], url=told["url"], file=told["file"] or "",
                audience=audience,
            )
        ]  # fmt: skip


def _uuids(values: list[str]) -> list[str]:
    """Those that are ids at all."""
    found = []
    for value in values:
        try:
            found.append(str(UUID(value)))
        except ValueError:
            continue
    return found


class ReachMilestone(OfCommitment, View):
    """Tick a step with the day on which it was reached: today, if no other is given."""

    def post(self, request: HttpRequest, pk: Any, milestone: Any) -> HttpResponse:
        self.may_write()
        step: Milestone | None = self.commitment.milestones.filter(pk=milestone).first()
        if step is None:
            raise Http404
        form = ReachedForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["done_on"])))
            return self.page()
        try:
            reach_milestone(
                milestone=step, done_on=form.cleaned_data["done_on"] or timezone.localdate(), by=self.person
            )
        except TransitionError as error:
            messages.error(request, str(error))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Ticked."))
        return self.page()


class EvidenceFile(ForViewer, DetailView):
    """Hands out a file to whoever may see it, asked anew each time; to all others it does not exist."""

    model = Evidence

    def get_queryset(self) -> Any:
        return Evidence.objects.visible_to(self.viewer).exclude(file="")

    def render_to_response(self, context: dict[str, Any], **options: Any) -> Any:
        return handed_out(self.object.file, self.object.title[:60])


@opens(REPORT)
def report_by_link(request: HttpRequest, link: OneTimeLink) -> HttpResponse | None:
    """The form behind the link of a reminder: for one commitment, without signing in, once.

    It shows nothing that is not public: of a commitment that strangers may not see, not even its title. It takes no
    files, since whoever found the mail could send them.
    """
    person = link.person
    commitment = Commitment.objects.open().select_related("organization").filter(pk=link.object_id).first()
    if commitment is None or person is None or not person.is_active:
        return None
    if not person.has_perm("commitments.report_commitment", commitment):
        return None
    is_public = Commitment.objects.visible_to(PUBLIC).filter(pk=commitment.pk).exists()
    form = ReportForm(request.POST or None, instance=new_report(commitment))
    if not is_public and "value" in form.fields:
        form.fields["value"].help_text = ""
    context = {"form": form, "commitment": commitment if is_public else None}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/report_by_link.html", context)
    try:
        with change(by=person, what="progress.reported_by_link"):
            spend_link(link)
            report_progress(update=form.instance, by=person)
    except LinkGone:
        return None
    except ValidationError as error:
        told_of(form, error)
        return render(request, "desk/report_by_link.html", context)
    return render(request, "desk/reported_by_link.html", {"commitment": context["commitment"]})
