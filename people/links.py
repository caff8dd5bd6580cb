"""Links that open one thing for whoever holds them: kept as a digest, for a time, used once.

A package says with :func:`opens` which page shows a purpose. GET shows, POST spends: a program that looks at every
link of a mail changes nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.addresses import absolute
from net4u.base.change import current
from net4u.base.forgetting import forgets
from net4u.base.states import TransitionError
from people.models import OneTimeLink

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from people.models import User

    Page = Callable[[HttpRequest, OneTimeLink], HttpResponse | None]

#: Which page a purpose opens.
PAGES: dict[str, Page] = {}
#: How long a link is remembered after its end, so that its page can say that it is over.
REMEMBERED = timedelta(days=30)


class LinkGone(TransitionError):
    """Used, or too old."""


def opens(purpose: str) -> Callable[[Page], Page]:
    """Decorator: this view shows links of a purpose; its None says that what the link is about is over."""

    def register(page: Page) -> Page:
        PAGES[purpose] = page
        return page

    return register


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, purpose: str, about: UUID, lasts: timedelta, person: User | None = None, email: str = "") -> str:
    """The address of a new link, for a person or for whoever reads the mails of an address.

    Only here the token is known; it must go into a mail and nowhere else.
    """
    token = secrets.token_urlsafe(24)
    OneTimeLink.objects.create(
        digest=digest_of(token), purpose=purpose, object_id=about, person=person, email=email,
        expires_at=timezone.now() + lasts,
    )  # fmt: skip
    return absolute(reverse("link", args=[token]))


def read_link(token: str) -> OneTimeLink | None:
    """What this token opens today; None for what is unknown, used or too old."""
    found: OneTimeLink | None = OneTimeLink.objects.alive(at=timezone.now()).filter(digest=digest_of(token)).first()
    return found


def spend_link(link: OneTimeLink) -> None:
    """Use it up, inside the caller's change: of two clicks in one instant one counts. Raises :class:`LinkGone`."""
    current("spend_link()")
    now = timezone.now()
    if not OneTimeLink.objects.alive(at=now).filter(pk=link.pk).update(used_at=now):
        raise LinkGone(_("This link was used already or is too old."))


@forgets
def forget_dead_links(now: datetime) -> int:
    """Delete what nobody can use any more; returns how many."""
    dead = OneTimeLink.objects.filter(expires_at__lt=now - REMEMBERED)
    # Nothing is written when there is nothing: on SQLite one writer is all there is.
    deleted: int = dead.delete()[0] if dead.exists() else 0
    return deleted


def show(request: HttpRequest, token: str) -> Any:
    """The page of what this link opens, or None."""
    link = read_link(token)
    page = PAGES.get(link.purpose) if link is not None else None
    return page(request, link) if page is not None and link is not None else None
