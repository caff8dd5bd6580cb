from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from net4u.base.feeds import RecordFeed
from workshops.cards import facts
from workshops.filters import WorkshopFilter
from workshops.models import Workshop


class WorkshopFeed(RecordFeed):
    filterset_class = WorkshopFilter
    title = _("Workshops and events: NET4U Europe")
    subtitle = _("What was held, when and where, and what came out of it, each with its sources.")

    def with_details(self, rows: Any) -> Any:
        return rows.select_related("network", "country", "source")

    def item_author_name(self, workshop: Workshop) -> str | None:
        """Whose report the record follows."""
        return workshop.source.publisher if workshop.source else None

    def item_categories(self, workshop: Workshop) -> list[str]:
        return [workshop.get_kind_display(), *([str(workshop.network)] if workshop.network else [])]

    def lines(self, workshop: Workshop) -> Iterator[Any]:
        yield " · ".join(facts(workshop))
        yield workshop.summary
