from django.urls import path

from workshops import views

workshops = (
    [
        path("", views.WorkshopList.as_view(), name="list"),
        path("<slug:slug>/", views.WorkshopDetail.as_view(), name="detail"),
        path("<slug:slug>/thread/", views.WorkshopThread.as_view(), name="thread"),
        path("<slug:slug>/groups/<slug:code>/", views.WorkingGroupDetail.as_view(), name="group"),
    ],
    "workshops",
)
resources = ([path("", views.ResourceList.as_view(), name="list")], "resources")
