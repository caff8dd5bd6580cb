from django.urls import URLPattern, path

from workshops import calendars, importing, report, views, workspace_parts, workspaces
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
#: Where the secretariat writes.
secretariat: list[URLPattern] = [
    path("workshops/", workspaces.Workspaces.as_view(), name="workspaces"),
    path("workshops/new/", workspaces.BeginWorkshop.as_view(), name="workspace_begin"),
    path("workshops/<uuid:pk>/", workspaces.Workspace.as_view(), name="workspace"),
    path("workshops/<uuid:pk>/edit/", workspace_parts.EditWorkshop.as_view(), name="workspace_edit"),
    path("workshops/<uuid:pk>/publish/", workspaces.Publish.as_view(), name="workspace_publish"),
    path("workshops/<uuid:pk>/preview/<slug:audience>/", workspaces.Preview.as_view(), name="workspace_preview"),
    path("workshops/<uuid:pk>/capture/", workspaces.Capture.as_view(), name="workspace_capture"),
    path("workshops/<uuid:pk>/participants/", importing.Participants.as_view(), name="participants"),
    path(
        "workshops/<uuid:pk>/participants/<slug:what>.<slug:ending>",
        importing.ParticipantsTable.as_view(),
        name="participants_table",
    ),
    path("workshops/<uuid:pk>/sources/new/", workspace_parts.NewSource.as_view(), name="workspace_source"),
    path("workshops/<uuid:pk>/sessions/new/", workspace_parts.NewSession.as_view(), name="workspace_new_session"),
    path("workshops/<uuid:pk>/sessions/<uuid:part>/", workspace_parts.EditSession.as_view(), name="workspace_session"),
    path(
        "workshops/<uuid:pk>/sessions/<uuid:part>/move/",
        workspaces.MoveSession.as_view(),
        name="move_session",
    ),
    path("workshops/<uuid:pk>/outputs/<uuid:part>/move/", workspaces.MoveOutput.as_view(), name="move_output"),
    path("workshops/<uuid:pk>/<slug:kind>/new/", workspace_parts.EditPart.as_view(), name="workspace_new_part"),
    path("workshops/<uuid:pk>/<slug:kind>/<uuid:part>/", workspace_parts.EditPart.as_view(), name="workspace_part"),
]
