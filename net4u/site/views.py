"""Pages that join packages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import RedirectView, TemplateView

from commitments.enums import Completion
from commitments.models import Commitment
from net4u.base.addresses import absolute
from net4u.base.cards import Card
from net4u.base.states import Editorial
from net4u.base.views import ForViewer, SourceLetters
from organizations.map import map_of
from organizations.models import Organization, RegionalNetwork
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

    def card(self) -> Card:
        """With the search of the record, for programs that offer it."""
        site = {
            "@type": "WebSite",
            "name": "NET4U Europe",
            "url": absolute(reverse("home")),
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{absolute(reverse('search'))}?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }
        title = _("what was promised against organized crime, and what became of it")
        words = _(
            "NET4U Europe brings together civil society organizations working with the UN Convention against "
            "Transnational Organized Crime. This is their open record."
        )
        return Card(f"NET4U Europe: {title}", words, absolute(self.request.path), data=[site])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        viewer, today = self.viewer, timezone.localdate()
        latest = latest_workshop(viewer, on=today)
        figures = latest.figures.all() if latest else ()
        return super().get_context_data(**context) | {
            "card": self.told_card(),
            "strand": strand(viewer),
            "map": map_of(Organization.objects.visible_to(viewer).by_country(), chosen=None, address=of_country),
            "moving": moving_now(viewer, on=today),
            "latest": latest,
            "figures": figures,
            "letters": SourceLetters(figure.source for figure in figures),
            "pillars": Pillar.objects.visible_to(viewer).canonical().counting(viewer, "commitments"),
            "networks": RegionalNetwork.objects.visible_to(viewer),
        }


def of_country(code: str) -> str:
    """The directory of one country."""
    return f"{reverse('organizations:list')}?country={code}"


class Figure(NamedTuple):
    """A number of the home page, and the list that has exactly these rows."""

    title: str
    number: int
    words: str
    address: str


def strand(viewer: Viewer) -> list[Figure]:
    """Said, recommended, promised, done: exact counts of what this reader may see."""
    said = Workshop.objects.visible_to(viewer).count()
    recommended = Recommendation.objects.visible_to(viewer).count()
    commitments = Commitment.objects.visible_to(viewer)
    promised, done = commitments.count(), commitments.complete().count()
    organizations = Organization.objects.filter(Exists(commitments.filter(organization=OuterRef("pk")))).count()
    listed = reverse("commitments:list")
    return [
        Figure(_("Said"), said, ngettext("workshop or event", "workshops and events", said), reverse("workshops:list")),
        Figure(
            _("Recommended"),
            recommended,
            ngettext("recommendation, word for word", "recommendations, word for word", recommended),
            reverse("recommendations:list"),
        ),
        Figure(_("Promised"), promised, promised_by(promised, organizations), listed),
        Figure(
            _("Done"),
            done,
            _("assessed as complete by somebody other than their author"),
            f"{listed}?completion={Completion.COMPLETE}",
        ),
    ]


def promised_by(commitments: int, organizations: int) -> str:
    if not commitments:
        return _("commitments so far")
    by = ngettext("by %(number)s organization", "by %(number)s organizations", organizations)
    number = number_format(organizations, force_grouping=True)
    return f"{ngettext('commitment', 'commitments', commitments)} {by % {'number': number}}"


def moving_now(viewer: Viewer, *, on: date, most: int = 4) -> list[Commitment]:
    """Rows that ask for a look: late, then next due, then completed last. Two late and one complete, if there are."""
    seen = Commitment.objects.visible_to(viewer).as_rows()
    late = list(seen.overdue(on).order_by("-due_on", "id")[:most])
    coming = list(seen.coming(on).order_by("due_on", "id")[:most])
    done = list(seen.filter(state=Editorial.PUBLISHED).complete().order_by("-assessed_on", "id")[:most])
    chosen = [*late[:2], *done[:1], *coming, *late[2:], *done[1:]][:most]
    return [row for row in [*late, *coming, *done] if row in chosen]


def latest_workshop(viewer: Viewer, *, on: date) -> Workshop | None:
    """The last one that was really held; conferences, and what is invented, stand in the list."""
    figures = WorkshopFigure.objects.visible_to(viewer).select_related("source")
    begun = Workshop.objects.visible_to(viewer).held_before(on).filter(kind__in=WORKSHOPS, is_demonstration=False)
    return begun.by_date().select_related("country").prefetch_related(Prefetch("figures", figures)).first()


class Favicon(RedirectView):
    """Browsers ask for it where a page of the admin names no icon."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("img/mark.svg")
