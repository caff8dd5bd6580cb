from django.urls import URLPattern, path

from recommendations import curating, following, views
from recommendations.feeds import RecommendationFeed

recommendations = (
    [
        path("", views.RecommendationList.as_view(), name="list"),
        path("recommendations.csv", views.RecommendationCsv.as_view(), name="csv"),
        path("feed.atom", RecommendationFeed.as_view(), name="feed"),
        path("<uuid:pk>/", views.RecommendationDetail.as_view(), name="by_id"),
        path("<slug:reference>/", views.RecommendationDetail.as_view(), name="detail"),
    ],
    "recommendations",
)
declarations = ([path("<slug:slug>/", views.DeclarationDetail.as_view(), name="detail")], "declarations")
#: Where the secretariat writes.
secretariat: list[URLPattern] = [
    path("recommendations/<uuid:pk>/", curating.Curate.as_view(), name="curate_recommendation"),
    path("recommendations/<uuid:pk>/publish/", curating.Publish.as_view(), name="publish_recommendation"),
    path("recommendations/<uuid:pk>/answers/new/", curating.RecordAnswer.as_view(), name="answer_recommendation"),
    path("recommendations/<uuid:pk>/assessments/new/", curating.Assess.as_view(), name="assess_recommendation"),
    path(
        "follow-up/recommendations/",
        following.FollowUpRecommendations.as_view(),
        name="follow_up_recommendations",
    ),
    path("outputs/<uuid:pk>/recommendation/", curating.FromOutput.as_view(), name="output_to_recommendation"),
]
