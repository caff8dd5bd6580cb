"""The door of links that were sent by mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.links import show

#: Gone: used, too old, unknown, or what it was about is closed. All look alike.
GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    # The portal's referrer policy (same-origin) keeps the address from other hosts. A stricter one would make browsers
    # send "Origin: null" with the form, which is refused.
    return show(request, token) or render(request, "site/link_gone.html", status=GONE)
