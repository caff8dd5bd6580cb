"""The mails that were written to files, shown while the portal runs on somebody's own machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.views.generic import TemplateView


class LoopbackOnly:
    """Not found unless the settings say that there is a mailbox."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.MAILBOX:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Mailbox(LoopbackOnly, TemplateView):
    template_name = "site/mailbox.html"


class Mail(LoopbackOnly, TemplateView):
    template_name = "site/mail.html"
