"""The secretariat sees drafts and hidden records, so it needs more than a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from net4u.base.languages import in_language
from net4u.base.rules import is_secretariat

if TYPE_CHECKING:
    from people.models import User

#: Where somebody without a second factor can still go: to set one up, to sign out, and what knows no session.
OPEN = ("/accounts/", "/api/", "/health/")

#: Recovery codes alone are none.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """An account of the secretariat without a second factor is sent to set one up, whatever it asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and not in_language(request.path, settings.LANGUAGE_CODE).startswith((*OPEN, settings.STATIC_URL))
            and lacks_second_factor(request.user)
        ):
            messages.warning(request, _("Set up a second factor first: the secretariat works with two."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def lacks_second_factor(user: Any) -> bool:
    return is_secretariat(user) and not is_mfa_enabled(user, types=FACTORS)


def with_second_factor(people: QuerySet[User]) -> QuerySet[Any]:
    """Each with ``has_second_factor``."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return people.annotate(has_second_factor=Exists(factors))
