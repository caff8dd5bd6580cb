from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from net4u.base.cards import Data
from net4u.base.exports import RecordCsv
from net4u.base.states import TransitionError
from net4u.base.viewers import PUBLIC, Viewer
from net4u.base.views import Excerpt, ForViewer, RecordDetail, RecordList, SourceLetters
from organizations.cards import organization_data
from organizations.enums import BELONGING, MembershipStatus
from organizations.exports import COLUMNS
from organizations.filters import OrganizationFilter
from organizations.map import map_of
from organizations.models import Organization, OrganizationAlias, RegionalNetwork
from organizations.services import confirm_profile

if TYPE_CHECKING:
    from vocabulary.models import Territory

#: How many rows of one kind a page shows before it leads to the list.
SHOWN = 10


class NetworkDetail(RecordDetail):
    model = RegionalNetwork
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        network, viewer = self.object, self.viewer
        standings = network.memberships.visible_to(viewer).select_related("organization__country", "source")
        standings = list(standings.order_by("organization__legal_name", "id"))
        return super().get_context_data(**context) | {
            "members": [each for each in standings if each.status in BELONGING],
            "considering": [each for each in standings if each.status == MembershipStatus.CONSIDERING],
            "workshops": network.workshops.visible_to(viewer).select_related("country").by_date()[:SHOWN],
            "letters": SourceLetters([network.source, *(each.source for each in standings)]),
        }


class OrganizationRows(RecordList):
    """Organizations as the directory and its table show them."""

    model = Organization
    filterset_class = OrganizationFilter

    def prepare(self, rows: Any) -> None:
        """How much of each its reader sees, and what it promised, in one query."""
        commitments: Any = Organization.objects.related("commitments").visible_to(self.viewer)
        promised = commitments.filter(organization__in=list(rows)).tallied(on=timezone.localdate())
        for organization in rows:
            organization.profile_shown = organization.shows_profile_to(self.viewer)
            organization.promised = promised.get(organization.pk)


class OrganizationList(OrganizationRows):
    """The directory: a list and a map that answer to the same filters."""

    template_name = "organizations/organization_list.html"
    csv = "organizations:csv"
    description = gettext_lazy("Organizations that belong to the network, take part in it or are named in its record.")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        filters = self.filterset
        valid = not filters.is_bound or filters.is_valid()
        country = filters.form.cleaned_data["country"] if filters.is_bound and valid else None
        counts = filters.without("country").by_country() if valid else {}
        picture = map_of(counts, chosen=country, address=self.of_country)
        context = super().get_context_data(**context) | {"map": picture}
        if valid:  # the map has counted already
            context["paginator"].count = picture.chosen.number if picture.chosen else picture.total
        return context | {"elsewhere": self.active_in(country) if country else None}

    def of_country(self, code: str) -> str:
        """This list for one country, with the other filters as they are."""
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        query["country"] = code
        return f"{self.request.path}?{query.urlencode()}"

    def active_in(self, country: Territory) -> Excerpt:
        """Who works in a country and is registered elsewhere, under the same other filters."""
        found = self.filterset.without("country", "active_in").with_profile_for(self.viewer).active_in(country)
        excerpt = Excerpt.of(found, SHOWN)
        self.prepare(excerpt.rows)
        return excerpt


class OrganizationCsv(RecordCsv, OrganizationRows):
    columns = COLUMNS
    order = ("slug",)


class OrganizationDetail(RecordDetail):
    """One organization. A former slug leads to the organization it was merged into."""

    model = Organization
    section = (gettext_lazy("Organizations"), "organizations:list")

    @property
    def viewer(self) -> Viewer:
        """Whoever asks for it looks as a stranger, to see what everybody sees."""
        return PUBLIC if self.is_as_stranger else super().viewer

    @property
    def is_as_stranger(self) -> bool:
        return "as_stranger" in self.request.GET and self.request.user.is_authenticated

    def described(self) -> str:
        organization = self.object
        facts = [organization.mission] if organization.shows_profile_to(self.viewer) else []
        return ". ".join(str(each) for each in (organization.country, *facts) if each)

    def structured(self) -> list[Data]:
        """Only of an organization that shows everybody its profile."""
        return [organization_data(self.object)] if self.object.shows_profile_to(self.viewer) else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            seen = Organization.objects.visible_to(self.viewer)
            alias = OrganizationAlias.objects.filter(former_slug=kwargs["slug"], successor__in=seen).first()
            if alias is None:
                raise
            return HttpResponsePermanentRedirect(alias.successor.get_absolute_url())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        organization, viewer = self.object, self.viewer
        events = events_of(organization, viewer)
        said = [row.source for rows in events.values() for row in rows]
        memberships = organization.memberships.all()
        partnerships: Any = organization.partnerships.visible_to(viewer).confirmed()
        letters = SourceLetters([organization.source, *(each.source for each in memberships), *said])
        return super().get_context_data(**context) | {
            "is_as_stranger": self.is_as_stranger,
            "profile_shown": organization.shows_profile_to(viewer),
            "may_confirm": not self.is_as_stranger and may_confirm(self.request.user, organization),
            "may_ask": may_ask(self.request.user, organization),
            "units": organization.units.visible_to(viewer),
            "declarations": organization.declarations.visible_to(viewer),
            "commitments": Excerpt.of(organization.commitments.visible_to(viewer).as_rows()),
            "partnerships": partnerships.as_rows()[:SHOWN],
            "events": sorted(events.items(), key=lambda event: _latest_first(event[0])),
            "letters": letters,
        }


class ConfirmProfile(LoginRequiredMixin, ForViewer, SingleObjectMixin, View):
    """One button on the page of an organization: its profile is right as of today."""

    model = Organization
    http_method_names = ("post", "options")

    def get_queryset(self) -> Any:
        return Organization.objects.visible_to(self.viewer)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organization = self.get_object()
        try:
            confirm_profile(organization=organization, by=request.user)  # type: ignore[arg-type]
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you. The profile is marked as confirmed today."))
        return redirect(organization)


def may_ask(user: Any, organization: Organization) -> bool:
    """Whoever is signed in and does not act for it may say that they work there."""
    return (
        user.is_authenticated
        and organization.is_published
        and not organization.affiliations.current(on=timezone.localdate()).filter(person=user).exists()
    )


def may_confirm(person: Any, organization: Organization) -> bool:
    """Whether the page offers it: not where nobody of the organization has spoken yet."""
    if organization.is_known_from_source:
        return False
    return bool(person.has_perm("organizations.confirm_organization", organization))


def events_of(organization: Organization, viewer: Viewer) -> dict[Any, list[Any]]:
    """What the organization did in each workshop, as far as this reader may know."""
    events: dict[Any, list[Any]] = defaultdict(list)
    relations: tuple[Any, ...] = (
        organization.workshop_roles, organization.participations, organization.contributions
    )  # fmt: skip
    for rows in relations:
        for row in rows.visible_to(viewer).select_related("workshop__country", "source"):
            events[row.workshop].append(row)
    return events


def _latest_first(workshop: Any) -> int:
    """What has no date comes last."""
    return -workshop.starts_on.toordinal() if workshop.starts_on else 1
