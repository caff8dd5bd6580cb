from django.urls import path

from net4u.site import health, mailbox, sitemaps, views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("mailbox/", mailbox.MailList.as_view(), name="mailbox"),
    path("mailbox/<str:name>/", mailbox.MailDetail.as_view(), name="mail"),
    path("robots.txt", sitemaps.Robots.as_view(), name="robots"),
    path("sitemap.xml", sitemaps.SitemapIndex.as_view(), name="sitemap"),
    path("sitemap/<slug:kind>.xml", sitemaps.Sitemap.as_view(), name="sitemap_part"),
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
