"""allauth's mail takes the same way as every other: a row of the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from net4u.base.change import change
from net4u.base.languages import in_language, language_for
from net4u.base.mail import queue_mail
from people.models import User


class AccountAdapter(DefaultAccountAdapter):
    def new_user(self, request: HttpRequest) -> User:
        """Whoever creates an account reads the language of the page."""
        user: User = super().new_user(request)
        user.language = translation.get_language() or user.language
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail allauth would send now. Each is wanted for itself, so its key is a new one.

        It is written in the language of the account, its links lead to pages in that language; to an address
        without an account it speaks as the page does.
        """
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        code = language_for(person) if person else translation.get_language() or settings.LANGUAGE_CODE
        links = {name: in_language(link, code) for name, link in context.items() if name.endswith("_url")}
        with translation.override(code):
            message = self.render_mail(template_prefix, email, context | links)
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        with change(by=None, what="account.mail") as work:
            queue_mail(
                work, key=f"account:{uuid.uuid4()}", to=email, subject=message.subject,
                text=message.body, html=html,
            )  # fmt: skip
