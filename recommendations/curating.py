"""The secretariat writes recommendations: out of what a workshop put forward, checked, published, and followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from net4u.base.change import Conflict
from net4u.base.forms import told_of
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import TransitionError
from recommendations.forms import AnswerForm, AssessmentForm, FromOutputForm, RecommendationForm
from recommendations.models import Answer, Assessment, Recommendation
from recommendations.services import (
    assess_recommendation,
    edit_recommendation,
    publish_recommendation,
    record_answer,
    record_recommendation,
)
from workshops.models import Output

if TYPE_CHECKING:
    from uuid import UUID


class FromOutput(ForSecretariat, FormView):
    """One step: what the output knows already is filled in."""

    permission_required = "recommendations.curate_recommendation"
    door = "workspaces"
    template_name = "recommendations/from_output.html"
    form_class = FromOutputForm
    kwargs: dict[str, Any]

    @cached_property
    def output(self) -> Any:
        rows = Output.objects.select_related("workshop", "working_group", "session", "pillar", "source")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        output = self.output
        held = output.workshop.starts_on or timezone.localdate()
        begun = Recommendation(
            text=output.text, made_in=held.year, workshop=output.workshop, session=output.session,
            working_group=output.working_group, output=output, order=output.order,
            source=output.source or output.workshop.source,
        )  # fmt: skip
        return super().get_form_kwargs() | {"instance": begun}

    def get_initial(self) -> dict[str, Any]:
        return {"pillars": [self.output.pillar] if self.output.pillar else []}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "output": self.output,
            "already": self.output.recommendations.all(),
        }

    def form_valid(self, form: FromOutputForm) -> HttpResponse:
        links = {"pillars": form.cleaned_data["pillars"]}
        try:
            record_recommendation(
                recommendation=form.save(commit=False), by=self.person, links=links, addressees=form.addressed()
            )
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The recommendation is a draft. Publish it when it is checked."))
        return redirect(f"{reverse('workspace', args=[self.output.workshop_id])}#capture")


class OfRecommendation(ForSecretariat, FormView):
    """A form about one recommendation in any state."""

    permission_required = "recommendations.curate_recommendation"
    door = "records"
    kwargs: dict[str, Any]

    @cached_property
    def recommendation(self) -> Any:
        rows = Recommendation.objects.visible_to(self.viewer).with_details(self.viewer)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"recommendation": self.recommendation}

    def save(self, form: Any) -> None:
        """Call the service; what it refuses is told beside the fields."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.save(form)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except (TransitionError, Conflict) as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return redirect("curate_recommendation", pk=self.recommendation.pk)


class Curate(OfRecommendation):
    """All of it in one form, with the button that publishes it beside."""

    template_name = "recommendations/curate.html"
    form_class = RecommendationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.recommendation}

    def save(self, form: RecommendationForm) -> None:
        edit_recommendation(
            recommendation=form.save(commit=False), links=form.links(), addressees=form.addressed(), by=self.person
        )
        messages.success(self.request, _("Saved."))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=409 if form.theirs else 200)


class Publish(ForSecretariat, View):
    """A button."""

    permission_required = "recommendations.publish_recommendation"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        recommendation = get_object_or_404(Recommendation.objects.visible_to(self.viewer), pk=pk)
        try:
            publish_recommendation(recommendation=recommendation, by=self.person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Published. Everybody can read it now."))
        return redirect("curate_recommendation", pk=pk)


#: What the pages say on which others' words are written down.
ANSWER: dict[str, Any] = {
    "title": gettext_lazy("Record an answer"),
    "lead": gettext_lazy("Only what a source states is an answer. Silence is not."),
    "keeps": "answer",
}
ASSESSMENT: dict[str, Any] = {
    "title": gettext_lazy("Record an assessment"),
    "lead": gettext_lazy("How far was it followed? Findings of different people stand side by side."),
    "keeps": "assessment",
}


class RecordAnswer(OfRecommendation):
    permission_required = "recommendations.answer_recommendation"
    template_name = "recommendations/said.html"
    extra_context = ANSWER
    form_class = AnswerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Answer(recommendation=self.recommendation)}

    def save(self, form: AnswerForm) -> None:
        record_answer(answer=form.save(commit=False), by=self.person)
        messages.success(self.request, _("The answer is kept."))


class Assess(OfRecommendation):
    permission_required = "recommendations.assess_recommendation"
    template_name = "recommendations/said.html"
    extra_context = ASSESSMENT
    form_class = AssessmentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        begun = Assessment(recommendation=self.recommendation, assessed_on=timezone.localdate())
        return super().get_form_kwargs() | {"instance": begun}

    def save(self, form: AssessmentForm) -> None:
        assess_recommendation(assessment=form.save(commit=False), by=self.person)
        messages.success(self.request, _("The finding is kept."))
