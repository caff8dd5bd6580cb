"""The secretariat's own pages: what waits, and where it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View
from django.views.generic.edit import FormMixin

from net4u.base import inbox
from net4u.base.decisions import decisions
from net4u.base.forms import WordsForm
from net4u.base.given_up import given_up, put_aside, send_again, words_of
from net4u.base.models import Report
from net4u.base.reports import about, settle_report
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import TransitionError

#: How many of what waits one page shows.
SHOWN = 50


class Inbox(ForSecretariat, TemplateView):
    """Everything that waits, or one kind of it."""

    template_name = "secretariat/inbox.html"
    permission_required = "base.view_report"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        numbers = inbox.numbers()
        chosen = self.request.GET.get("kind", "")
        chosen = chosen if chosen in numbers else ""
        total = numbers[chosen] if chosen else sum(numbers.values())
        page = Paginator(range(total), SHOWN).get_page(self.request.GET.get("page"))
        after = SHOWN * (page.number - 1)
        items = inbox.waiting(most=SHOWN, kind=chosen, after=after)
        return super().get_context_data(**context) | {
            "items": items,
            "page_obj": page,
            "query_of_pages": f"kind={chosen}&" if chosen else "",
            "late": sum(item.is_late for item in items),
            "total": total,
            "everything": sum(numbers.values()),
            "chosen": chosen,
            "kinds": [(key, kind.name, numbers[key]) for key, kind in inbox.KINDS.items() if numbers[key]],
            "promised": inbox.PROMISED,
        }


class Take(ForSecretariat, View):
    """A button: "I take this", or I give it back. Whoever takes something is led to where it is done."""

    permission_required = "base.take_inbox"

    def post(self, request: HttpRequest, kind: str, item: str) -> HttpResponse:
        if kind not in inbox.KINDS:
            raise Http404
        act = inbox.let_go if "let_go" in request.POST else inbox.take
        try:
            act(kind=kind, item=item, by=self.person)
        except (TransitionError, ValidationError, ValueError) as error:
            if not isinstance(error, TransitionError):
                raise Http404 from error
            messages.error(request, str(error))
        return redirect(f"{reverse('secretariat')}?kind={kind}" if request.POST.get("back") == kind else "secretariat")


class ReportDetail(ForSecretariat, FormMixin, DetailView):
    """One message, and the words that settle it."""

    template_name = "site/report.html"
    permission_required = "base.view_report"
    context_object_name = "report"
    form_class = WordsForm

    def get_queryset(self) -> Any:
        return Report.objects.visible_to(self.viewer).select_related("settled_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        report: Report = self.object
        found = about(report.about_kind, [report.about_id], self.viewer).first() if report.about_id else None
        item = next(inbox.KINDS["reports"].items([report]))
        return super().get_context_data(**context) | {
            "record": found,
            "item": item,
            "kept_days": decisions().reports_kept_days,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            settle_report(report=self.object, words=form.cleaned_data["words"], by=self.person)
        except TransitionError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, _("Settled. The answer is on its way.") if self.object.email else _("Settled."))
        return redirect("secretariat")


class GivenUp(ForSecretariat, DetailView):
    """A mail that was not delivered. Its content is shown to nobody: links in mails are keys."""

    template_name = "site/given_up.html"
    permission_required = "base.settle_outboxmessage"
    context_object_name = "given_up"

    def get_queryset(self) -> Any:
        return given_up()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"words": words_of(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decide, words = (
            (send_again, _("It will be sent again within a minute."))
            if "again" in request.POST
            else (put_aside, _("Put aside. It is not sent any more."))
        )
        try:
            decide(message=self.get_object(), by=self.person)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
        return redirect("secretariat")
