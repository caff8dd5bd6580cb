"""What the secretariat decides about many recommendations at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from net4u.base.bulk import BulkAction, can_be_listed
from recommendations.filters import RecommendationInEveryStateFilter
from recommendations.models import Recommendation
from recommendations.services import publish_recommendation, tag_recommendation
from vocabulary.forms import PillarForm
from vocabulary.models import Pillar

can_be_listed(
    Recommendation,
    RecommendationInEveryStateFilter,
    "curate_recommendation",
    [
        BulkAction(
            "published", gettext_lazy("Publish"), lambda recommendation, _told, by: publish_recommendation(
                recommendation=recommendation, by=by
            ),
        ),
        BulkAction(
            "tagged", gettext_lazy("Add a pillar"), lambda recommendation, told, by: tag_recommendation(
                recommendation=recommendation, pillar=told["pillar"], by=by
            ),
            PillarForm, lambda: {"pillar": Pillar.objects.canonical().first()},
        ),
    ],
)  # fmt: skip
