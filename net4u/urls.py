"""All addresses. One package may hold several name spaces."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commitments import urls as commitments
from net4u.site import urls as site
from organizations import urls as organizations
from recommendations import urls as recommendations
from vocabulary import urls as vocabulary
from workshops import urls as workshops

admin.autodiscover()
# The admin is entered where everybody signs in: with verified address, rate limits and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "net4u.site.errors.not_found"
handler403 = "net4u.site.errors.not_allowed"

#: In every language, under its prefix; English has none.
pages: list[URLPattern | URLResolver] = [
    path("", include(site.pages)),
    path("pillars/", include(vocabulary.pillars)),
    path("instruments/", include(vocabulary.instruments)),
    path("networks/", include(organizations.networks)),
    path("organizations/", include(organizations.organizations)),
    path("", include(organizations.joining)),
    path("workshops/", include(workshops.workshops)),
    path("workshops/", include(commitments.at_workshops)),
    path("resources/", include(workshops.resources)),
    path("recommendations/", include(recommendations.recommendations)),
    path("declarations/", include(recommendations.declarations)),
    path("commitments/", include("commitments.urls")),
    path("progress/", include(commitments.progress)),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]

urlpatterns = [
    path("", include(site.machines)),
    path("admin/", admin.site.urls),
    path("api/", include("net4u.api")),
    *i18n_patterns(*pages, prefix_default_language=False),
]
