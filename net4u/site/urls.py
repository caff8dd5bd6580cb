from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from commitments import urls as commitments
from net4u.base import import_urls as imports
from net4u.site import (
    account,
    contact,
    health,
    journal,
    links,
    mailbox,
    records,
    search,
    secretariat,
    settings_page,
    sitemaps,
    styleguide,
    team,
    texts,
    views,
)
from net4u.site.desk import ActFor, Now
from organizations import urls as organizations
from recommendations import urls as recommendations
from workshops import urls as workshops

#: On which somebody acts for an organization.
desk = (
    [
        path("", Now.as_view(), name="now"),
        path("for/<uuid:pk>/", ActFor.as_view(), name="act_for"),
        *organizations.desk,
        *commitments.desk,
    ],
    "desk",
)
#: In every language, under its prefix.
pages: list[URLPattern | URLResolver] = [
    path("", views.Home.as_view(), name="home"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("about/", texts.TextPage.as_view(key="about"), name="about"),
    path("privacy/", texts.TextPage.as_view(key="privacy"), name="privacy"),
    path("accessibility/", texts.TextPage.as_view(key="accessibility"), name="accessibility"),
    path("imprint/", texts.TextPage.as_view(key="imprint"), name="imprint"),
    path("house-rules/", texts.TextPage.as_view(key="house_rules"), name="house_rules"),
    path("link/<str:token>/", links.link, name="link"),
    path("contact/", contact.Contact.as_view(), name="contact"),
    path("contact/wrong/<str:kind>/<uuid:pk>/", contact.Wrong.as_view(), name="wrong"),
    path("desk/", include(desk)),
    path("account/", account.Account.as_view(), name="account"),
    path("account/edit/", account.EditAccount.as_view(), name="account_edit"),
    path("account/mails/", account.Mails.as_view(), name="account_mails"),
    path("account/data.json", account.Download.as_view(), name="account_data"),
    path("account/leave/", account.Leave.as_view(), name="account_leave"),
    path("secretariat/", secretariat.Inbox.as_view(), name="secretariat"),
    path("secretariat/take/<slug:kind>/<str:item>/", secretariat.Take.as_view(), name="take"),
    path("secretariat/journal/<slug:kind>/<uuid:pk>/", journal.Journal.as_view(), name="journal"),
    path("secretariat/take-down/<slug:kind>/<uuid:pk>/", journal.TakeDown.as_view(), name="take_down"),
    path("secretariat/records/", records.Records.as_view(), {"kind": "organization"}, name="records"),
    path("secretariat/records/<slug:kind>/", records.Records.as_view(), name="records_of"),
    path("secretariat/records/<slug:kind>/<slug:action>/", records.ForMany.as_view(), name="for_many"),
    path("secretariat/messages/<uuid:pk>/", secretariat.ReportDetail.as_view(), name="report"),
    path("secretariat/mails/<int:pk>/", secretariat.GivenUp.as_view(), name="given_up"),
    path(
        "secretariat/",
        include(
            [
                *imports.secretariat,
                *organizations.secretariat,
                *workshops.secretariat,
                *recommendations.secretariat,
                *commitments.secretariat,
            ]
        ),
    ),
    path("secretariat/settings/", settings_page.SettingsPage.as_view(), name="settings"),
    path("secretariat/settings/team/", team.Team.as_view(), name="team"),
    path("secretariat/texts/", texts.TextList.as_view(), name="text_list"),
    path("secretariat/texts/<str:key>/<str:language>/", texts.TextEdit.as_view(), name="text"),
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
    path("robots.txt", sitemaps.Robots.as_view(), name="robots"),
    path("sitemap.xml", sitemaps.SitemapIndex.as_view(), name="sitemap"),
    path("sitemap/<slug:kind>.xml", sitemaps.Sitemap.as_view(), name="sitemap_part"),
    path("favicon.ico", views.Favicon.as_view(), name="favicon"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
