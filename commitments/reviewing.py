"""The secretariat reads what was promised, and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from commitments.models import Commitment
from commitments.services import decline_commitment, publish_commitment, request_changes
from commitments.smart import Draft, advice_on
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial
from organizations.reviewing import Review


class ReviewCommitment(Review):
    """All that was written, how clear it is, and three answers."""

    model = Commitment
    permission_required = "commitments.review_commitment"
    template_name = "commitments/review.html"
    context_object_name = "commitment"

    def decisions(self) -> dict[str, Callable[[str], Any]]:
        of = {"commitment": self.object, "by": self.person}
        return {
            "publish": lambda words: publish_commitment(**of, words=words),
            "request_changes": lambda words: request_changes(**of, words=words),
            "decline": lambda words: decline_commitment(**of, words=words),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commitment: Commitment = self.object
        return super().get_context_data(**context) | {
            "waits": commitment.state == Editorial.SUBMITTED,
            "words": reviewers_words(commitment),
            "advice": advice_on(Draft.of(commitment), timezone.localdate()),
            "milestones": commitment.milestones.all(),
            "partners": commitment.partners.select_related("organization"),
        }
