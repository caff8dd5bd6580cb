"""Pages that join packages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch
from django.templatetags.static import static
from django.utils import timezone
from django.views.generic import RedirectView, TemplateView

from net4u.base.views import ForViewer, SourceLetters
from organizations.models import Affiliation, Organization, RegionalNetwork
from recommendations.models import Recommendation
from vocabulary.models import Pillar
from workshops.enums import WorkshopKind
from workshops.models import Workshop, WorkshopFigure

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer

#: Kinds of events that the network itself holds.
WORKSHOPS = (WorkshopKind.REGIONAL_WORKSHOP, WorkshopKind.NEEDS_ASSESSMENT, WorkshopKind.TRAINING)


class Home(ForViewer, TemplateView):
    template_name = "site/home.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        viewer = self.viewer
        latest = latest_workshop(viewer, on=timezone.localdate())
        figures = latest.figures.all() if latest else ()
        return super().get_context_data(**context) | {
            "workshop_count": Workshop.objects.visible_to(viewer).count(),
            "recommendation_count": Recommendation.objects.visible_to(viewer).count(),
            "organization_count": Organization.objects.visible_to(viewer).count(),
            "latest": latest,
            "figures": figures,
            "letters": SourceLetters(figure.source for figure in figures),
            "pillars": Pillar.objects.visible_to(viewer).canonical().select_related("scheme"),
            "networks": RegionalNetwork.objects.visible_to(viewer),
        }


def latest_workshop(viewer: Viewer, *, on: date) -> Workshop | None:
    """The last one that has begun; conferences and the like stand in the list."""
    figures = WorkshopFigure.objects.visible_to(viewer).select_related("source")
    begun = Workshop.objects.visible_to(viewer).held_before(on).filter(kind__in=WORKSHOPS).by_date()
    return begun.select_related("country").prefetch_related(Prefetch("figures", figures)).first()


class Favicon(RedirectView):
    """Browsers ask for it where a page of the admin names no icon."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("img/mark.svg")


class Desk(LoginRequiredMixin, TemplateView):
    """What an account can do; the desk of an organization comes with registration."""

    template_name = "site/desk.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        own = Affiliation.objects.current(on=timezone.localdate()).filter(person=self.request.user.pk)
        return super().get_context_data(**context) | {"affiliations": own.select_related("organization")}
