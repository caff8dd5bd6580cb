from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

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

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"instruments": Instrument.objects.visible_to(self.viewer)}


class PillarDetail(RecordDetail):
    """What was said, worked on and recommended in one pillar, by whoever may be shown."""

    model = Pillar
    section = (gettext_lazy("Pillars"), "pillars:list")
    slug_field = slug_url_kwarg = "code"

    def described(self) -> str:
        return str(self.object.description)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        pillar, viewer = self.object, self.viewer
        outputs = pillar.outputs.visible_to(viewer).select_related("workshop", "source")
        return super().get_context_data(**context) | {
            "sessions": pillar.sessions.visible_to(viewer).select_related("workshop")[:SHOWN],
            "working_groups": pillar.working_groups.visible_to(viewer).select_related("workshop")[:SHOWN],
            "outputs": outputs[:SHOWN],
            "recommendations": pillar.recommendations.visible_to(viewer).select_related("workshop")[:SHOWN],
            "commitments": Excerpt.of(pillar.commitments.visible_to(viewer).as_rows(), SHOWN),
            "organizations": pillar.organizations.with_profile_for(viewer).select_related("country")[:SHOWN],
            "resources": pillar.resources.visible_to(viewer)[:SHOWN],
        }


class InstrumentDetail(RecordDetail):
    model = Instrument
    section = (gettext_lazy("Pillars"), "pillars:list")
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> Any:
        provisions = Provision.objects.visible_to(self.viewer)
        return super().get_queryset().prefetch_related(Prefetch("provisions", provisions))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"instruments": Instrument.objects.visible_to(self.viewer)}
