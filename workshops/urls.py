from django.urls import path

from workshops import views

workshops = (
    [
        path("", views.WorkshopList.as_view(), name="list"),
        path("workshops.csv", views.WorkshopCsv.as_view(), name="csv"),
        path("<slug:slug>/", views.WorkshopDetail.as_view(), name="detail"),
        path("<slug:slug>/groups/<slug:code>/", views.WorkingGroupDetail.as_view(), name="group"),
    ],
    "workshops",
)
resources = ([path("", views.ResourceList.as_view(), name="list")], "resources")
