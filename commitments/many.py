"""What the secretariat decides about many commitments at once."""

from __future__ import annotations

from commitments.filters import CommitmentInEveryStateFilter
from commitments.models import Commitment
from commitments.services import publish_commitment, request_changes, tag_commitment
from net4u.base.bulk import asking_for_changes, can_be_listed, publishing
from vocabulary.many import adding_a_pillar

can_be_listed(
    Commitment,
    CommitmentInEveryStateFilter,
    "review_commitment",
    [
        publishing(lambda commitment, _told, by: publish_commitment(commitment=commitment, by=by)),
        asking_for_changes(
            lambda commitment, told, by: request_changes(commitment=commitment, words=told["words"], by=by)
        ),
        adding_a_pillar(
            lambda commitment, told, by: tag_commitment(commitment=commitment, pillar=told["pillar"], by=by)
        ),
    ],
)
