from django.urls import path

from commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.CommitmentList.as_view(), name="list"),
    path("<uuid:pk>/", views.CommitmentDetail.as_view(), name="by_id"),
    path("<slug:reference>/", views.CommitmentDetail.as_view(), name="detail"),
]
