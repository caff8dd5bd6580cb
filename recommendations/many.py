"""What the secretariat decides about many recommendations at once."""

from __future__ import annotations

from net4u.base.bulk import can_be_listed, publishing
from recommendations.filters import RecommendationInEveryStateFilter
from recommendations.models import Recommendation
from recommendations.services import publish_recommendation, tag_recommendation
from vocabulary.many import adding_a_pillar

can_be_listed(
    Recommendation,
    RecommendationInEveryStateFilter,
    "curate_recommendation",
    [
        publishing(lambda recommendation, _told, by: publish_recommendation(recommendation=recommendation, by=by)),
        adding_a_pillar(
            lambda recommendation, told, by: tag_recommendation(
                recommendation=recommendation, pillar=told["pillar"], by=by
            )
        ),
    ],
)
