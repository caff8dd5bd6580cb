"""The secretariat sees what is late or silent, reminds who promised it, and says what it found."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, FormView

from commitments.enums import ASSESSABLE
from commitments.filters import FollowUpFilter
from commitments.models import Commitment, Verification
from commitments.reminders import people_to_tell, remind_now, reminder_of
from commitments.services import verify_commitment
from net4u.base.forms import told_of
from net4u.base.languages import language_for
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import NotAllowed, TransitionError
from net4u.base.views import RecordList
from organizations.saved_views import KeepsViews, keeps_views

#: What is asked most often: words, and the filters that answer.
QUESTIONS = (
    (gettext_lazy("What is overdue?"), "due=overdue"),
    (gettext_lazy("What is due within 30 days?"), "due=30"),
    (gettext_lazy("Who is silent for 90 days?"), "silent=90"),
    (gettext_lazy("What is to verify?"), "verify=open"),
)


@keeps_views
class FollowUp(KeepsViews, RecordList):
    """Published commitments, the one that is due first on top; the address keeps the question."""

    permission_required = "commitments.review_commitment"
    door = route = "follow_up"
    title = gettext_lazy("Follow-up of commitments")
    model = Commitment
    filterset_class = FollowUpFilter
    template_name = "commitments/follow_up.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = Commitment.objects.visible_to(self.viewer).published().as_rows()
        return rows.annotate(last_reported=Max("updates__reported_on")).order_by(
            F("due_on").asc(nulls_last=True), "reference", "id"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "questions": QUESTIONS,
            "xlsx": self._twin("follow_up_xlsx"),
        }


class OfPublished(ForSecretariat):
    """A page about one published commitment."""

    door = "follow_up"
    kwargs: dict[str, Any]

    @cached_property
    def commitment(self) -> Commitment:
        rows = Commitment.objects.visible_to(self.viewer).published().select_related("organization")
        found: Commitment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        upper: Any = super()
        known: dict[str, Any] = upper.get_context_data(**context)
        return known | {"commitment": self.commitment}


class Preview(NamedTuple):
    """A mail as it will be written, and to whom."""

    person: Any
    language: str
    subject: str
    text: str


class Remind(OfPublished, DetailView):
    """Each mail as it will arrive, then one button."""

    permission_required = "commitments.remind_commitment"
    template_name = "commitments/remind.html"

    def get_object(self, queryset: Any = None) -> Commitment:
        return self.commitment

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"mails": self.mails(), "is_open": self.commitment.is_open}

    def mails(self) -> list[Preview]:
        """Written without a link: one that opens a form is a key, and made only when it is sent."""
        previews = []
        for person in people_to_tell(self.commitment, on=timezone.localdate()):
            language = language_for(person)
            here = _("[the link is made when the mail is sent]")
            with translation.override(language):
                mail = reminder_of(self.commitment, person, link=here)
            previews.append(Preview(person, language, " ".join(mail.subject.split()), mail.text.strip()))
        return previews

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            number = remind_now(commitment=self.commitment, by=self.person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            words = ngettext("%(number)s person is reminded.", "%(number)s people are reminded.", number)
            messages.success(request, words % {"number": number})
        return redirect("follow_up")


class VerifyForm(forms.ModelForm):
    """What somebody without a part in it found."""

    completion = forms.ChoiceField(
        label=gettext_lazy("What did you find?"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in ASSESSABLE],
    )  # fmt: skip

    class Meta:
        model = Verification
        fields = ("completion", "basis", "value", "verified_on")
        labels = {
            "basis": gettext_lazy("On what basis?"),
            "value": gettext_lazy("Value found"),
            "verified_on": gettext_lazy("On which day?"),
        }
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 3}),
            "verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class Verify(OfPublished, FormView):
    """The five values, and on what basis; never by somebody with a part in it."""

    permission_required = "commitments.review_commitment"
    template_name = "commitments/verify.html"
    form_class = VerifyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Verification(commitment=self.commitment)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        updates = self.commitment.updates.order_by("-reported_on", "-pk")
        return super().get_context_data(**context) | {
            "updates": updates[:5],
            "evidence": self.commitment.evidence.all(),
            "may": self.person.has_perm("commitments.verify_commitment", self.commitment),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            verify_commitment(verification=form.instance, by=self.person)
        except ValidationError as error:
            told_of(form, error)
            return self.form_invalid(form)
        except (TransitionError, NotAllowed) as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("Kept. Everybody can read what you found."))
        return redirect(f"{reverse('follow_up')}?verify=open")
