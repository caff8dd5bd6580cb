"""What every template may say about the portal itself."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from net4u.base import inbox
from net4u.base.guards import records
from net4u.base.languages import codes, in_language, preferred
from net4u.base.models import ChangeCounter
from net4u.base.states import EditorialRecord
from organizations.models import OURS, NetworkSettings


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


class Language(NamedTuple):
    """This page in one of our languages."""

    code: str
    name: str
    url: str
    here: bool


def languages(request: HttpRequest) -> list[Language]:
    """The same path and query under each prefix; nothing for pages that have one language only."""
    address, here = request.get_full_path(), get_language()
    if getattr(request, "has_no_page", False):  # from net4u.site.errors
        address = "/"
    elif request.resolver_match and not _has_other_languages(request.path, here):
        return []
    return [Language(code, name, in_language(address, code), code == here) for code, name in settings.LANGUAGES]


def _has_other_languages(path: str, here: str | None) -> bool:
    return translate_url(path, next(code for code in codes() if code != here)) != path


def offered(request: HttpRequest) -> dict[str, Any] | None:
    """The language that the browser prefers, where it is ours and the page is not in it, and the offer in it."""
    request.language_was_offered = True  # type: ignore[attr-defined] # so that the answer varies with it
    code = preferred(request.headers.get("Accept-Language", ""))
    found = next((each for each in languages(request) if each.code == code and not each.here), None)
    if found is None:
        return None
    with override(found.code):
        # Translators: offered to who reads another language than the page's. Write "in <your language>".
        words = gettext("This page is available in English.")
    return {"language": found, "words": words}


class Frame(NamedTuple):
    """What the frame around every page says: whether anything is invented, and what the owner decided."""

    has_demonstration: bool
    data_controller: str
    data_licence: str


def frame() -> Frame:
    """One query of a few index look-ups, asked only by pages with a frame. What is stored comes first."""
    kinds = [kind for kind in records() if issubclass(kind, EditorialRecord)]
    invented = (Exists(QuerySet(kind).filter(is_demonstration=True)) for kind in kinds)
    ours = NetworkSettings.objects.filter(network__code=OURS)
    told = ChangeCounter.objects.annotate(
        invented=ExpressionWrapper(reduce(or_, map(Q, invented)), BooleanField()),
        controller=Subquery(ours.values("data_controller")),
        licence=Subquery(ours.values("data_licence")),
    ).values_list("invented", "controller", "licence")
    has_demonstration, controller, licence = told.get()
    return Frame(has_demonstration, controller or settings.DATA_CONTROLLER, licence or settings.DATA_LICENCE)


def portal(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    space = (match.app_name or match.url_name or "") if match else ""
    space = UNDER.get(space, space)
    asked: Any = SimpleLazyObject(frame)
    return {
        "site_name": "NET4U Europe",
        "site_url": settings.SITE_URL,
        "navigation": [
            Door(name, reverse(ADDRESSES.get(key, f"{key}:list")), key == space) for key, name in NAVIGATION
        ],
        "data_controller": lambda: asked.data_controller,
        "data_licence": lambda: asked.data_licence,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "languages": lambda: languages(request),
        "offered": lambda: offered(request),
        "has_demonstration": lambda: asked.has_demonstration,
        "inbox_count": SimpleLazyObject(inbox.count),  # asked once, and only where it is shown
        "mailbox": settings.MAILBOX,
        "second_factor_is_off": settings.LOOPBACK and not settings.SECOND_FACTOR_REQUIRED,
    }
