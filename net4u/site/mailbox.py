"""The mails that were written to files, shown while the portal runs on somebody's own machine."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest
from django.views.generic import TemplateView

#: The file backend ends each message with a line of dashes.
END_OF_MAIL = b"\n" + b"-" * 79 + b"\n"
SHOWN = 100


class Mail(NamedTuple):
    """One message; its name is the file's and its place in it."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text, or what there is."""
        body = self.message.get_body(("plain", "html"))
        return body.get_content() if body else ""


def mails(folder: Path) -> Iterator[Mail]:
    """Newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in files:
        parts = [part for part in path.read_bytes().split(END_OF_MAIL) if part.strip()]
        for place, part in reversed(list(enumerate(parts, start=1))):
            message = email.message_from_bytes(part.lstrip(b"\n"), policy=email.policy.default)
            yield Mail(f"{path.stem}.{place}", message)


class LoopbackOnly:
    """Not found unless the settings say that there is a mailbox."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.MAILBOX:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class MailList(LoopbackOnly, TemplateView):
    template_name = "site/mail_list.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = [mail for mail, _place in zip(mails(settings.EMAIL_FILE_PATH), range(SHOWN), strict=False)]
        return super().get_context_data(**context) | {"mails": shown}


class MailDetail(LoopbackOnly, TemplateView):
    """The name is looked up among the mails there are; it never becomes a path."""

    template_name = "site/mail_detail.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        for mail in mails(settings.EMAIL_FILE_PATH):
            if mail.name == self.kwargs["name"]:
                return super().get_context_data(**context) | {"mail": mail}
        raise Http404
