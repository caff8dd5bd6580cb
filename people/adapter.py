"""allauth's mail takes the same way as every other: a row of the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from net4u.base.change import change
from net4u.base.mail import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail allauth would send now. Each is wanted for itself, so its key is a new one."""
        message = self.render_mail(template_prefix, email, context)
        html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
        with change(by=None, what="account.mail") as work:
            queue_mail(
                work, key=f"account:{uuid.uuid4()}", to=email, subject=message.subject,
                text=message.body, html=html,
            )  # fmt: skip
