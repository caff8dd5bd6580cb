"""Ways to speak to the secretariat, for anybody and without an account."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from net4u.base import limits
from net4u.base.decisions import decisions
from net4u.base.forms import ContactForm, ReportForm, WrongForm
from net4u.base.models import Report
from net4u.base.reports import about, file_report
from net4u.base.views import ForViewer


class Contact(ForViewer, FormView):
    template_name = "site/contact.html"
    form_class: type[ReportForm] = ContactForm

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"kept_days": decisions().reports_kept_days}

    def form_valid(self, form: ReportForm) -> HttpResponse:
        who = get_adapter().get_client_ip(self.request)
        if not limits.allows("report", who, most=settings.REPORTS_A_DAY, now=timezone.now()):
            words = _("Too many messages came from your address today. Yours is still here: send it tomorrow.")
            form.add_error(None, words)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        report: Report = form.save(commit=False)
        report.language = get_language() or settings.LANGUAGE_CODE
        file_report(report=self.about_what(report))
        messages.success(self.request, _acknowledged(report))
        return redirect(self.get_success_url())

    def about_what(self, report: Report) -> Report:
        return report

    def get_success_url(self) -> str:
        return reverse("contact")


class Wrong(Contact):
    """About one record; of one that its reader may not see nothing can be said, as of one that is nowhere."""

    template_name = "site/wrong.html"
    form_class = WrongForm

    @cached_property
    def record(self) -> Any:
        record = about(self.kwargs["kind"], [self.kwargs["pk"]], self.viewer).first()
        if record is None:
            raise Http404
        return record

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.record  # noqa: B018 -- not found, whatever the method
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"record": self.record}

    def about_what(self, report: Report) -> Report:
        report.about_kind, report.about_id = self.kwargs["kind"], self.record.pk
        return report

    def get_success_url(self) -> str:
        return str(self.record.get_absolute_url())


def _acknowledged(report: Report) -> str:
    """With what to expect, and the reference to ask by."""
    words = (
        _(
            "Thank you. Your message stands on top of what the secretariat has to look at. "
            "Its reference is %(reference)s."
        )
        if report.is_urgent
        else _(
            "Thank you. Your message reached the secretariat, which reads it within ten working days. "
            "Its reference is %(reference)s."
        )
    )
    return words % {"reference": report.reference}
