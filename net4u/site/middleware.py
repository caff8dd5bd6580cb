from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from net4u.base.languages import language_of
from net4u.base.states import Editorial
from net4u.base.viewers import PUBLIC, Audience, Viewer
from organizations.models import Affiliation, Organization
from people.enums import SecretariatRole


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking: asked once a request, and only when somebody is signed in."""
    user = request.user
    if not user.is_authenticated:
        return PUBLIC
    own = Affiliation.objects.organizations_of(user, on=timezone.localdate())
    if user.secretariat_role != SecretariatRole.NONE:
        return Viewer(Audience.SECRETARIAT, user, own)
    is_member = bool(own) and Organization.objects.filter(pk__in=own, state=Editorial.PUBLISHED).exists()
    return Viewer(Audience.MEMBERS if is_member else Audience.PUBLIC, user, own)


class CompressedPages(GZipMiddleware):
    """Pages go out compressed, for slow lines. Data does not: a partner's lists are handed out as they are stored.

    What a page says beside a secret could be guessed from its size; Django adds a random length against that.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class LanguageMiddleware:
    """The address alone says in which language a request is answered: no cookie is read, nobody is led elsewhere.

    Only what looked at the browser's languages (``net4u.site.context.offered``) varies with them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request.path_info)
        translation.activate(code)  # and left so: a streamed answer is written after this returns
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        if getattr(request, "language_was_offered", False):
            patch_vary_headers(response, ["Accept-Language"])
        return response


class ViewerMiddleware:
    """Gives each request its ``viewer``, from which every page starts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
