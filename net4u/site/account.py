"""What belongs to a person and not to an organization: name, mails, devices, data, and going away."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, UpdateView, View

from net4u.base.personal import everything_about, hindrances
from net4u.base.states import TransitionError
from organizations.models import Affiliation, Invitation
from people.forms import AccountForm, LeaveForm, MailsForm
from people.models import User
from people.services import choose_mails, erase_account, save_account


class OwnAccount(LoginRequiredMixin):
    request: HttpRequest

    @property
    def person(self) -> User:
        return self.request.user  # type: ignore[return-value]


class Account(OwnAccount, TemplateView):
    """Everything that one can do with an account, and where."""

    template_name = "site/account.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        own = Affiliation.objects.current(on=timezone.localdate()).filter(person=self.person)
        kinds = set(Authenticator.objects.filter(user=self.person).values_list("type", flat=True))
        return super().get_context_data(**context) | {
            "affiliations": own.select_related("organization"),
            "invitations": Invitation.objects.open(at=timezone.now()).for_person(self.person),
            "language": dict(settings.LANGUAGES).get(self.person.language, self.person.language),
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "has_code": Authenticator.Type.TOTP in kinds,
            "devices": UserSession.objects.filter(user=self.person).count(),
        }


class EditAccount(OwnAccount, UpdateView):
    """Name, language of mails, time zone."""

    form_class = AccountForm
    template_name = "site/account_edit.html"
    success_url = reverse_lazy("account")

    def get_object(self, queryset: Any = None) -> User:
        return User.objects.get(pk=self.person.pk)  # a copy: a wrong value does not reach the page's own user

    def form_valid(self, form: Any) -> HttpResponse:
        save_account(user=form.instance)
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())


class Mails(OwnAccount, FormView):
    """Which mails one wants."""

    form_class = MailsForm
    template_name = "site/account_mails.html"
    success_url = reverse_lazy("account")

    def get_initial(self) -> dict[str, Any]:
        unwanted = set(self.person.unwanted_mails.values_list("kind", flat=True))
        return {"kinds": [kind for kind in MailsForm.KINDS if kind not in unwanted]}

    def form_valid(self, form: Any) -> HttpResponse:
        choose_mails(user=self.person, wanted=form.cleaned_data["kinds"])
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)


class Download(OwnAccount, View):
    """Everything that is kept about oneself, as a file that programs can read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        content = json.dumps(everything_about(self.person), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        response = HttpResponse(content, content_type="application/json")
        response.headers["Content-Disposition"] = 'attachment; filename="net4u-my-data.json"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


@method_decorator(reauthentication_required, name="dispatch")
class Leave(OwnAccount, FormView):
    """What goes and what stays, and the button; asked with the password typed a moment ago."""

    form_class = LeaveForm
    template_name = "site/account_leave.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"hindrances": hindrances(self.person)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            erase_account(user=self.person)
        except TransitionError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        logout(self.request)
        messages.success(self.request, _("Your account is erased."))
        return redirect("home")
