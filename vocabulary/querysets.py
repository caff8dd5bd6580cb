from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from net4u.base.querysets import RecordQuerySet

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer


class VocabularyQuerySet(RecordQuerySet[Any]):
    """Word lists are public: what they say is published elsewhere already."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()

    def with_details(self, viewer: Viewer) -> Self:
        return self.all()


class PillarQuerySet(VocabularyQuerySet):
    def canonical(self) -> Self:
        """The pillars the portal works with; other schemes are read through their correspondence."""
        return self.filter(scheme__canonical=True)

    def with_details(self, viewer: Viewer) -> Self:
        return self.select_related("scheme__source").prefetch_related("corresponds_to", "corresponding")


class ProvisionQuerySet(VocabularyQuerySet):
    def with_details(self, viewer: Viewer) -> Self:
        return self.select_related("instrument")


class TerritoryQuerySet(VocabularyQuerySet):
    def eligible(self) -> Self:
        """Countries whose organizations may join this network; empty until the owner decides."""
        return self.filter(eligible=True)

    def europe(self) -> Self:
        """Geographic Europe in the UN's sense, or a member of the Council of Europe."""
        return self.filter(Q(subregion__endswith="Europe") | Q(coe=True))
