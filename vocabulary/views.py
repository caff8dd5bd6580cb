from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from net4u.base.views import Excerpt, RecordDetail, RecordList
from vocabulary.filters import PillarFilter
from vocabulary.models import Instrument, Pillar, Provision

#: How many rows of one kind a pillar's page shows before it leads to the list.
SHOWN = 10


class PillarList(RecordList):
    model = Pillar
    filterset_class = PillarFilter
    template_name = "vocabulary/pillar_list.html"
    description = gettext_lazy(
        "The themes the network works on: who works on each, what was said, recommended and promised."
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().counting(self.viewer, "recommendations", "commitments")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"instruments": Instrument.objects.visible_to(self.viewer)}


class PillarDetail(RecordDetail):
    """Who works on one pillar, and what was said, recommended and promised, as far as its reader may see.

    Each number counts the rows of the list, or of the part of this page, that it leads to.
    """

    model = Pillar
    section = (gettext_lazy("Pillars"), "pillars:list")
    slug_field = slug_url_kwarg = "code"

    def described(self) -> str:
        return str(self.object.description)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        pillar, viewer = self.object, self.viewer
        organizations: Any = pillar.organizations
        recommendations: Any = pillar.recommendations.visible_to(viewer)
        outputs = pillar.outputs.visible_to(viewer).select_related("workshop", "source")
        found = {
            "sessions": Excerpt.of(pillar.sessions.visible_to(viewer).select_related("workshop"), SHOWN),
            "working_groups": Excerpt.of(pillar.working_groups.visible_to(viewer).select_related("workshop"), SHOWN),
            "outputs": Excerpt.of(outputs, SHOWN),
            "recommendations": Excerpt.of(recommendations.select_related("workshop"), SHOWN),
            "commitments": Excerpt.of(pillar.commitments.visible_to(viewer).as_rows(), SHOWN),
            "organizations": Excerpt.of(organizations.with_profile_for(viewer).select_related("country"), SHOWN),
        }
        resources = pillar.resources.visible_to(viewer)[:SHOWN]
        return super().get_context_data(**context) | found | {"figures": figures(pillar, found), "resources": resources}


class Figure(NamedTuple):
    """A number, and the list or the part of the page that has exactly these rows."""

    label: str
    number: int
    words: str
    address: str


def figures(pillar: Pillar, found: dict[str, Excerpt]) -> list[Figure]:
    groups, sessions = found["working_groups"].total, found["sessions"].total
    organizations, outputs = found["organizations"].total, found["outputs"].total
    recommendations, commitments = found["recommendations"].total, found["commitments"].total

    def listed(plural: str) -> str:
        return f"{reverse(f'{plural}:list')}?pillar={pillar.code}"

    return [
        Figure(
            _("Work on it"), organizations, ngettext("organization", "organizations", organizations),
            listed("organizations"),
        ),
        Figure(
            _("Said"), groups + sessions,
            ngettext("session or working group", "sessions and working groups", groups + sessions), "#said",
        ),
        Figure(_("Put forward"), outputs, ngettext("output", "outputs", outputs), "#outputs"),
        Figure(
            _("Recommended"), recommendations, ngettext("recommendation", "recommendations", recommendations),
            listed("recommendations"),
        ),
        Figure(
            _("Promised"), commitments, ngettext("commitment", "commitments", commitments), listed("commitments")
        ),
    ]  # fmt: skip


class InstrumentDetail(RecordDetail):
    model = Instrument
    section = (gettext_lazy("Pillars"), "pillars:list")
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> Any:
        provisions = Provision.objects.visible_to(self.viewer)
        return super().get_queryset().prefetch_related(Prefetch("provisions", provisions))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"instruments": Instrument.objects.visible_to(self.viewer)}
