from net4u.base.views import RecordDetail, RecordList
from recommendations.filters import RecommendationFilter
from recommendations.models import Declaration, Recommendation


class RecommendationList(RecordList):
    model = Recommendation
    filterset_class = RecommendationFilter
    template_name = "recommendations/recommendation_list.html"


class RecommendationDetail(RecordDetail):
    model = Recommendation
    slug_field = slug_url_kwarg = "reference"


class DeclarationDetail(RecordDetail):
    model = Declaration
