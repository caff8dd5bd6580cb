"""Mail goes out through the outbox, one row a recipient."""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from net4u.base.languages import language_for
from net4u.base.models import OutboxMessage
from net4u.base.outbox import Refused, register_sender
from net4u.base.work import Work

if TYPE_CHECKING:
    from people.models import User

#: The lowest SMTP answer that means "never".
PERMANENT = 500


def queue_mail(work: Work, *, key: str, to: str, subject: str, text: str, html: str = "") -> None:
    """Queue one mail to one address in the open change. ``key`` names the business reason, once ever."""
    work.send("mail", key=key, to=to, subject=subject, text=text, html=html)


def message_id(key: str) -> str:
    """The same for each repeat of one message, so that a receiver recognises a repeat."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


class Mail(NamedTuple):
    """One mail, written."""

    subject: str
    text: str
    html: str = ""


def written(template: str, **context: Any) -> Mail:
    """The three files of a kind of mail; the plain text is written by hand."""
    context["site_url"] = settings.SITE_URL
    return Mail(
        subject=render_to_string(f"emails/{template}.subject.txt", context),
        text=render_to_string(f"emails/{template}.txt", context),
        html=render_to_string(f"emails/{template}.html", context),
    )


def queue_mails(work: Work, people: Iterable[User], template: str, *, key: str, **context: Any) -> None:
    """Queue one mail for each person, in that person's language; the key of each is ``<key>:<person>``.

    ``context`` may hold lazy texts and lazy addresses.
    """
    for person in people:
        with translation.override(language_for(person)):
            mail = written(template, person=person, **context)
        queue_mail(work, key=f"{key}:{person.pk}", to=person.email, **mail._asdict())


@register_sender("mail")
def send_mail(message: OutboxMessage) -> None:
    content = message.payload
    mail = Mail(content["subject"], content["text"], content.get("html", ""))
    deliver(mail, to=content["to"], key=message.key)


def deliver(mail: Mail, *, to: str, key: str) -> None:
    """Hand a mail to the mail server. Raises ``Refused`` when it will never take this address."""
    message = EmailMultiAlternatives(
        subject=" ".join(mail.subject.split()),
        body=f"{mail.text.strip()}\n",
        to=[to],
        headers={"Message-ID": message_id(key)},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        answers = [code for code, _text in refusal.recipients.values()]
        if all(code >= PERMANENT for code in answers):
            # The address stays out of the log and of the error text.
            reason = f"The mail server refused the address for good ({answers[0]})."
            raise Refused(reason) from refusal
        raise
