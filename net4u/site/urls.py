from django.urls import path

from net4u.site import health, mailbox, views

#: In every language, under its prefix.
pages = [
    path("", views.Home.as_view(), name="home"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("mailbox/", mailbox.MailList.as_view(), name="mailbox"),
    path("mailbox/<str:name>/", mailbox.MailDetail.as_view(), name="mail"),
]
#: For machines: English only, and without a prefix.
machines = [
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
