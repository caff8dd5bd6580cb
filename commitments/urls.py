from django.urls import path

from commitments import views
from commitments.feeds import CommitmentFeed

app_name = "commitments"
urlpatterns = [
    path("", views.CommitmentList.as_view(), name="list"),
    path("feed.atom", CommitmentFeed.as_view(), name="feed"),
    path("<uuid:pk>/", views.CommitmentDetail.as_view(), name="by_id"),
    path("<slug:reference>/", views.CommitmentDetail.as_view(), name="detail"),
]
