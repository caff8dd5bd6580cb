from django.conf import settings
from django.urls import path

from net4u.site import health, mailbox, search, styleguide, views

#: In every language, under its prefix.
pages = [
    path("", views.Home.as_view(), name="home"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("mailbox/", mailbox.MailList.as_view(), name="mailbox"),
    path("mailbox/<str:name>/", mailbox.MailDetail.as_view(), name="mail"),
]
if settings.DEBUG:
    pages += [
        path("styleguide/", styleguide.Styleguide.as_view(), name="styleguide"),
        path("styleguide/rtl/", styleguide.RightToLeft.as_view(), name="styleguide-rtl"),
    ]
#: For machines: English only, and without a prefix.
machines = [
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
