from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from commitments.cards import facts
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from net4u.base.feeds import RecordFeed


class CommitmentFeed(RecordFeed):
    filterset_class = CommitmentFilter
    title = gettext_lazy("Commitments: NET4U Europe")
    subtitle = gettext_lazy("What organizations promised, how far they say they are, and what somebody else found.")

    def with_details(self, rows: Any) -> Any:
        return rows.as_rows()

    def item_author_name(self, commitment: Commitment) -> str:
        return str(commitment.organization)

    def item_categories(self, commitment: Commitment) -> list[str]:
        return [str(pillar) for pillar in commitment.pillars.all()]

    def lines(self, commitment: Commitment) -> Iterator[Any]:
        promised, found = facts(commitment)
        yield promised
        yield commitment.expected_result
        yield found
        yield ", ".join(self.item_categories(commitment))
