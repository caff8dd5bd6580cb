from django.urls import path

from workshops import calendars, report, views
from workshops.feeds import WorkshopFeed

workshops = (
    [
        path("", views.WorkshopList.as_view(), name="list"),
        path("workshops.csv", views.WorkshopCsv.as_view(), name="csv"),
        path("feed.atom", WorkshopFeed.as_view(), name="feed"),
        path("calendar.ics", calendars.AllWorkshops.as_view(), name="calendar_all"),
        path("<slug:slug>/", views.WorkshopDetail.as_view(), name="detail"),
        path("<slug:slug>/calendar.ics", calendars.OneWorkshop.as_view(), name="calendar"),
        path("<slug:slug>/report.pdf", report.WorkshopReport.as_view(), name="report"),
        path("<slug:slug>/thread/", views.WorkshopThread.as_view(), name="thread"),
        path("<slug:slug>/groups/<slug:code>/", views.WorkingGroupDetail.as_view(), name="group"),
    ],
    "workshops",
)
resources = ([path("", views.ResourceList.as_view(), name="list")], "resources")
