"""The first page of an organization's desk joins what packages know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from organizations.desk import ACTS_FOR, ForOrganization

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase


class Now(ForOrganization, TemplateView):
    """What needs this person now. The secretariat's people without an organization have their own desk."""

    template_name = "desk/now.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.viewer.is_secretariat and not self.affiliations:
            return redirect("secretariat")
        return super().dispatch(request, *args, **kwargs)


class ActFor(ForOrganization, View):
    """Go on for another of one's organizations."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        chosen = next((each.organization for each in self.affiliations if each.organization_id == pk), None)
        if chosen is None:
            raise Http404
        request.session[ACTS_FOR] = str(pk)
        messages.success(request, _("You now act for %(name)s.") % {"name": chosen})
        return redirect("desk:now")
