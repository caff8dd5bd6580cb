"""What every template may say about the portal itself."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.guards import records
from net4u.base.models import ChangeCounter
from net4u.base.states import EditorialRecord


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
    ("commitments", _("Commitments")),
    ("progress", _("Progress")),
    ("resources", _("Resources")),
)
#: The word leads to the list of its name space, or here.
ADDRESSES = {"progress": "progress"}
#: Pages without a list of their own stand under the word they belong to.
UNDER = {"declarations": "recommendations", "instruments": "pillars", "progress_dates": "progress"}


def has_demonstration() -> bool:
    """Whether any invented record exists: one query of a few index look-ups, asked only by pages with the bar."""
    kinds = [kind for kind in records() if issubclass(kind, EditorialRecord)]
    invented = (Exists(QuerySet(kind).filter(is_demonstration=True)) for kind in kinds)
    return ChangeCounter.objects.filter(reduce(or_, map(Q, invented))).exists()


def portal(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    space = (match.app_name or match.url_name or "") if match else ""
    space = UNDER.get(space, space)
    return {
        "site_name": "NET4U Europe",
        "site_url": settings.SITE_URL,
        "navigation": [
            Door(name, reverse(ADDRESSES.get(key, f"{key}:list")), key == space) for key, name in NAVIGATION
        ],
        "data_controller": settings.DATA_CONTROLLER,
        "data_licence": settings.DATA_LICENCE,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "has_demonstration": has_demonstration,
        "mailbox": settings.MAILBOX,
        "second_factor_is_off": settings.LOOPBACK and not settings.SECOND_FACTOR_REQUIRED,
    }
