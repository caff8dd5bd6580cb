"""Mail goes out through the outbox, one row a recipient."""

from __future__ import annotations

import hashlib
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from net4u.base.models import OutboxMessage
from net4u.base.outbox import Refused, register_sender
from net4u.base.work import Work

#: The lowest SMTP answer that means "never".
PERMANENT = 500


def queue_mail(work: Work, *, key: str, to: str, subject: str, text: str, html: str = "", **extra: Any) -> None:
    """Queue one mail to one address in the open change. ``key`` names the business reason, once ever."""
    work.send("mail", key=key, to=to, subject=" ".join(subject.split()), text=text, html=html, **extra)


def message_id(key: str) -> str:
    """The same for each repeat of one message, so that a receiver recognises a repeat."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


@register_sender("mail")
def send_mail(message: OutboxMessage) -> None:
    content = message.payload
    mail = EmailMultiAlternatives(
        subject=content["subject"],
        body=content["text"],
        to=[content["to"]],
        headers={"Message-ID": message_id(message.key)},
    )
    if content.get("html"):
        mail.attach_alternative(content["html"], "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        answers = [code for code, _text in refusal.recipients.values()]
        if all(code >= PERMANENT for code in answers):
            # The address stays out of the log and of the error text.
            reason = f"The mail server refused the address for good ({answers[0]})."
            raise Refused(reason) from refusal
        raise
