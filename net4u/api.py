"""The roof of the API: addresses, description, and the shape of everything that goes wrong."""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import include, path, re_path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView, exception_handler

from commitments.api import CommitmentViewSet
from net4u.base.api import AlwaysJson, DocumentViewSet
from net4u.base.paging import json_text, refuse_unknown
from net4u.base.schema import AS_PROBLEM
from organizations.api import OrganizationViewSet, RegionalNetworkViewSet
from partners.api import ChangesView
from recommendations.api import DeclarationViewSet, RecommendationViewSet
from vocabulary.api import PillarViewSet, ProvisionViewSet
from workshops.api import (
    OutputViewSet,
    ResourceViewSet,
    SessionViewSet,
    WorkingGroupViewSet,
    WorkshopViewSet,
)

app_name = "api"

VIEWSETS: tuple[type[DocumentViewSet], ...] = (
    RegionalNetworkViewSet,
    OrganizationViewSet,
    WorkshopViewSet,
    SessionViewSet,
    WorkingGroupViewSet,
    OutputViewSet,
    PillarViewSet,
    ProvisionViewSet,
    RecommendationViewSet,
    DeclarationViewSet,
    CommitmentViewSet,
    ResourceViewSet,
)


# -- what goes wrong ----------------------------------------------------------------------------------------


def problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Each error as RFC 9457 has it; None leaves our own fault to Django, which logs it and answers 500."""
    if isinstance(error, SuspiciousOperation):  # too many parameters, a forged host
        error = ParseError(_("This request cannot be read."))
    answer = exception_handler(error, context)  # DRF knows status and headers
    if answer is None:
        return None
    body = {
        "type": "about:blank",
        "title": HTTPStatus(answer.status_code).phrase,
        "status": answer.status_code,
        "detail": _detail(error),
    }
    if isinstance(error, ValidationError):
        body["errors"] = error.detail
    response = JsonResponse(body, status=answer.status_code, content_type=AS_PROBLEM)
    for name, value in answer.headers.items():
        response.headers.setdefault(name, value)
    return response


def _detail(error: Exception) -> str:
    if isinstance(error, Http404):
        return _("There is nothing at this address, or it is not public.")
    if isinstance(error, ValidationError):
        return _("Something in the address cannot be used. “errors” says what, by parameter.")
    return str(error.detail) if isinstance(error, APIException) else str(error)


class Nothing(APIView):
    """Every other address under /api/: the same answer as for a record that is not public."""

    content_negotiation_class = AlwaysJson
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


# -- where to begin -----------------------------------------------------------------------------------------


ADDRESS = {"type": "string", "format": "uri"}


class RootView(APIView):
    content_negotiation_class = AlwaysJson

    @extend_schema(
        operation_id="root",
        summary="Where the lists, the feed of changes and this description are",
        tags=["start"],
        responses={
            200: {
                "type": "object",
                "required": ["kinds", "changes", "schema", "docs"],
                "properties": {
                    "kinds": {
                        "type": "object",
                        "description": "The list of each kind, by the word that the feed has for it.",
                        "additionalProperties": ADDRESS,
                    },
                    "changes": ADDRESS,
                    "schema": ADDRESS,
                    "docs": ADDRESS,
                },
            }
        },
    )
    def get(self, request: Request) -> HttpResponse:
        refuse_unknown(request.query_params, [])
        kinds = {each.kind.kind: _absolute(f"{each.kind.plural}-list") for each in VIEWSETS}
        others = {name: _absolute(name) for name in ("changes", "schema", "docs")}
        return json_text(json.dumps({"kinds": kinds} | others))


def _absolute(name: str) -> str:
    return settings.SITE_URL + reverse(f"{app_name}:{name}")


# -- description --------------------------------------------------------------------------------------------

#: Enumerations stay where they are used: several kinds have a field “kind”, no name would tell them apart.
#: Docstrings speak to us; what partners should know is said in help texts.
SCHEMA_SETTINGS: dict[str, Any] = {"POSTPROCESSING_HOOKS": [], "DISABLE_DOCSTRING_DESCRIPTIONS": True}


@cache
def description() -> str:
    """The same for everybody, so it is made once for each process."""
    from drf_spectacular.generators import SchemaGenerator  # noqa: PLC0415 -- reads these very addresses

    with patched_settings(SCHEMA_SETTINGS), translation.override("en"):
        generator: Any = SchemaGenerator
        return json.dumps(generator().get_schema(request=None, public=True))


class SchemaView(APIView):
    content_negotiation_class = AlwaysJson
    schema = None

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(description(), content_type="application/vnd.oai.openapi+json")


class DocsView(SpectacularSwaggerSplitView):
    """Page and script apart and nothing inline, for the sake of the Content Security Policy."""

    template_name = "api/docs.html"
    template_name_js = "api/docs.js"
    content_negotiation_class = AlwaysJson  # the one renderer there is: a template
    schema = None

    def _get_schema_url(self, request: Request) -> str:
        return reverse(f"{app_name}:schema")


router = SimpleRouter(use_regex_path=False)
for viewset in VIEWSETS:
    router.register(viewset.kind.plural, viewset, basename=viewset.kind.plural)

urlpatterns = [
    path("v1/", RootView.as_view(), name="root"),
    path("v1/changes/", ChangesView.as_view(), name="changes"),
    path("v1/schema/", SchemaView.as_view(), name="schema"),
    path("v1/", include(router.urls)),
    path("docs/", DocsView.as_view(), name="docs"),
    # With a slash at the end, so that Django still completes an address that lacks it.
    re_path(r"^(?:.*/)?$", Nothing.as_view(), name="nothing"),
]
