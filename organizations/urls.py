from django.urls import path

from organizations import views

networks = ([path("<slug:code>/", views.NetworkDetail.as_view(), name="detail")], "networks")
organizations = (
    [
        path("", views.OrganizationList.as_view(), name="list"),
        path("organizations.csv", views.OrganizationCsv.as_view(), name="csv"),
        path("<slug:slug>/", views.OrganizationDetail.as_view(), name="detail"),
        path("<slug:slug>/confirm/", views.ConfirmProfile.as_view(), name="confirm"),
    ],
    "organizations",
)
