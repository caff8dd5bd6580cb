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
    path(
        "follow-up/recommendations/",
        following.FollowUpRecommendations.as_view(),
        name="follow_up_recommendations",
    ),
    path("outputs/<uuid:pk>/recommendation/", curating.FromOutput.as_view(), name="output_to_recommendation"),
]
