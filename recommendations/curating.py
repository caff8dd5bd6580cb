"""The secretariat turns what a workshop put forward into a recommendation; the thread stays whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from net4u.base.forms import told_of
from net4u.base.secretariat import ForSecretariat
from recommendations.forms import FromOutputForm
from recommendations.models import Recommendation
from recommendations.services import record_recommendation
from workshops.models import Output


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
