from django.conf import settings
from django.urls import path

from net4u.site import health, mailbox, styleguide, views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("mailbox/", mailbox.MailList.as_view(), name="mailbox"),
    path("mailbox/<str:name>/", mailbox.MailDetail.as_view(), name="mail"),
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
if settings.DEBUG:
    urlpatterns += [
        path("styleguide/", styleguide.Styleguide.as_view(), name="styleguide"),
        path("styleguide/rtl/", styleguide.RightToLeft.as_view(), name="styleguide-rtl"),
    ]
