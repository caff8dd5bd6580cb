from django.urls import URLPattern, path

from commitments import views
from commitments.feeds import CommitmentFeed

app_name = "commitments"
urlpatterns = [
    path("", views.CommitmentList.as_view(), name="list"),
    path("commitments.csv", views.CommitmentCsv.as_view(), name="csv"),
    path("feed.atom", CommitmentFeed.as_view(), name="feed"),
    path("<uuid:pk>/", views.CommitmentDetail.as_view(), name="by_id"),
    path("<slug:reference>/", views.CommitmentDetail.as_view(), name="detail"),
]
#: Beside the commitments they are about, at an address of their own.
progress = [
    path("", views.Progress.as_view(), name="progress"),
    path("horizon.csv", views.ProgressCsv.as_view(figures="horizons"), name="progress_horizon"),
    path("pillars.csv", views.ProgressCsv.as_view(figures="pillars"), name="progress_pillars"),
    path("dates.csv", views.ProgressCsv.as_view(figures="dates"), name="progress_months"),
    path("dates/", views.DateList.as_view(), name="progress_dates"),
]
#: On the desk of an organization, in the name space of the desk.
desk: list[URLPattern] = [
    path("commitments/", views.OwnCommitments.as_view(), name="commitments"),
]
