"""What the secretariat decides about many commitments at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from commitments.filters import CommitmentInEveryStateFilter
from commitments.models import Commitment
from commitments.services import publish_commitment, request_changes, tag_commitment
from net4u.base.bulk import BulkAction, can_be_listed
from net4u.base.forms import WordsToAuthorForm
from vocabulary.forms import PillarForm
from vocabulary.models import Pillar

can_be_listed(
    Commitment,
    CommitmentInEveryStateFilter,
    "review_commitment",
    [
        BulkAction(
            "published", gettext_lazy("Publish"), lambda commitment, _told, by: publish_commitment(
                commitment=commitment, by=by
            ),
        ),
        BulkAction(
            "changes_requested", gettext_lazy("Ask for changes"), lambda commitment, told, by: request_changes(
                commitment=commitment, words=told["words"], by=by
            ),
            WordsToAuthorForm, lambda: {"words": "?"},
        ),
        BulkAction(
            "tagged", gettext_lazy("Add a pillar"), lambda commitment, told, by: tag_commitment(
                commitment=commitment, pillar=told["pillar"], by=by
            ),
            PillarForm, lambda: {"pillar": Pillar.objects.canonical().first()},
        ),
    ],
)  # fmt: skip
