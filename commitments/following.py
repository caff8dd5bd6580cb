"""The secretariat sees what is late or silent, reminds who promised it, and says what it found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, FormView

from commitments.enums import ASSESSABLE, Completion
from commitments.filters import ProgressFilter
from commitments.models import Commitment, Verification
from commitments.reminders import people_to_tell, remind_now, reminder_of
from commitments.services import verify_commitment
from net4u.base.forms import told_of
from net4u.base.languages import language_for
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import Editorial, NotAllowed, TransitionError
from net4u.base.views import RecordList

DUE = [
    ("overdue", gettext_lazy("overdue")),
    ("30", gettext_lazy("due within 30 days")),
    ("90", gettext_lazy("due within 90 days")),
]
VERIFY = [("open", gettext_lazy("completed, and not verified"))]
SILENT = [
    ("30", gettext_lazy("no report for 30 days")),
    ("90", gettext_lazy("no report for 90 days")),
    ("180", gettext_lazy("no report for half a year")),
]


class FollowUpFilter(ProgressFilter):
    """What is asked before a conference: what is late, who is silent, what somebody has to look at."""

    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Date"), choices=DUE, empty_label=gettext_lazy("Any date"), method="by_due_date"
    )
    silent = django_filters.ChoiceFilter(
        label=gettext_lazy("Silence"),
        choices=SILENT,
        empty_label=gettext_lazy("Heard from or not"),
        method="by_silence",
    )
    completion = django_filters.ChoiceFilter(
        label=gettext_lazy("Found by others"), choices=Completion.choices, empty_label=gettext_lazy("Anything")
    )
    verify = django_filters.ChoiceFilter(
        label=gettext_lazy("To verify"), choices=VERIFY, empty_label=gettext_lazy("Verified or not"),
        method="by_verification",
    )  # fmt: skip

    class Meta(ProgressFilter.Meta):
        fields = ("due", "silent", "completion", "verify", "pillar", "country")

    def by_due_date(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        found: QuerySet[Any] = (
            queryset.overdue(today)
            if value == "overdue"
            else queryset.coming(today).filter(due_on__lte=today + timedelta(days=int(value)))
        )
        return found

    def by_silence(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Open, published for that long, and not reported on since."""
        since = timezone.localdate() - timedelta(days=int(value))
        silent = Q(last_reported=None) | Q(last_reported__lte=since)
        found: QuerySet[Any] = queryset.open().filter(silent, published_at__date__lte=since)
        return found

    def by_verification(self, queryset: Any, _name: str, _value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.to_verify()
        return found


class FollowUp(ForSecretariat, RecordList):
    """Published commitments, the one that is due first on top; the address keeps the question."""

    permission_required = "commitments.review_commitment"
    door = "follow_up"
    model = Commitment
    filterset_class = FollowUpFilter
    template_name = "commitments/follow_up.html"
    paginate_by = 50

    def get_queryset(self) -> Any:
        rows = Commitment.objects.filter(state=Editorial.PUBLISHED).as_rows()
        return rows.annotate(last_reported=Max("updates__reported_on")).order_by(
            F("due_on").asc(nulls_last=True), "reference", "id"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"today": timezone.localdate()}


class OfPublished(ForSecretariat):
    """A page about one published commitment."""

    door = "follow_up"
    kwargs: dict[str, Any]

    @cached_property
    def commitment(self) -> Commitment:
        rows = Commitment.objects.filter(state=Editorial.PUBLISHED).select_related("organization")
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
