"""The secretariat turns what a workshop put forward into the draft of an organization's commitment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from commitments.forms import BeginCommitmentForm
from commitments.services import begin_commitment
from net4u.base.forms import told_of
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial
from organizations.models import Organization
from workshops.models import Output


class FromOutputForm(BeginCommitmentForm):
    """Whose commitment it becomes; its people go on with the draft and send it themselves."""

    organization = forms.ModelChoiceField(
        Organization.objects.filter(state=Editorial.PUBLISHED).order_by("legal_name"),
        label=gettext_lazy("Which organization promised it?"),
        help_text=gettext_lazy("Its people find the draft on their desk. Only they can send it."),
    )
    field_order = ("organization", "title", "due_on", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("What is promised?")


class FromOutput(ForSecretariat, FormView):
    permission_required = "commitments.review_commitment"
    door = "workspaces"
    template_name = "commitments/from_output.html"
    form_class = FromOutputForm
    kwargs: dict[str, Any]

    @cached_property
    def output(self) -> Any:
        return get_object_or_404(Output.objects.select_related("workshop", "working_group"), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """The output's own words, where they are short enough for one sentence."""
        most = FromOutputForm.base_fields["title"].max_length  # type: ignore[attr-defined]
        words = self.output.text if len(self.output.text) <= most else ""
        return {"title": words, "language": get_language() or "en"}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "output": self.output,
            "already": self.output.commitments.select_related("organization"),
        }

    def form_valid(self, form: FromOutputForm) -> HttpResponse:
        output = self.output
        came_from = {"workshop": output.workshop, "working_group": output.working_group, "output": output}
        try:
            begin_commitment(**form.cleaned_data, **came_from, by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        words = _("The draft is on the desk of %(organization)s now.")
        messages.success(self.request, words % {"organization": form.cleaned_data["organization"]})
        return redirect(f"{reverse('workspace', args=[output.workshop_id])}#capture")
