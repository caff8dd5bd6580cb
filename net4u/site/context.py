"""What every template may say about the portal itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Door(NamedTuple):
    """A word of the navigation."""

    name: Any
    url: str
    here: bool


NAVIGATION = (
    ("organizations", _("Organizations")),
    ("workshops", _("Workshops")),
    ("pillars", _("Pillars")),
    ("recommendations", _("Recommendations")),
    ("resources", _("Resources")),
)
#: Pages without a list of their own stand under the word they belong to.
UNDER = {"declarations": "recommendations", "instruments": "pillars"}


def portal(request: HttpRequest) -> dict[str, Any]:
    space = request.resolver_match.app_name if request.resolver_match else ""
    space = UNDER.get(space, space)
    return {
        "site_name": "NET4U Europe",
        "site_url": settings.SITE_URL,
        "navigation": [Door(name, reverse(f"{key}:list"), key == space) for key, name in NAVIGATION],
        "data_controller": settings.DATA_CONTROLLER,
        "data_licence": settings.DATA_LICENCE,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "mailbox": settings.MAILBOX,
        "second_factor_is_off": settings.LOOPBACK and not settings.SECOND_FACTOR_REQUIRED,
    }
