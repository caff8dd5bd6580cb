from django.urls import URLPattern, path
from django.views.generic import TemplateView

from organizations import views

networks = ([path("<slug:code>/", views.NetworkDetail.as_view(), name="detail")], "networks")
organizations = (
    [
        path("", views.OrganizationList.as_view(), name="list"),
        path("organizations.csv", views.OrganizationCsv.as_view(), name="csv"),
        path("<slug:slug>/", views.OrganizationDetail.as_view(), name="detail"),
        path("<slug:slug>/confirm/", views.ConfirmProfile.as_view(), name="confirm"),
    ],
    "organizations",
)
#: On the desk of an organization, in the name space of the desk.
desk: list[URLPattern] = [
    path("profile/", views.Profile.as_view(), name="profile"),
    path("people/", views.People.as_view(), name="people"),
]
#: Of who does not act for an organization yet.
joining = [
    path("register/", TemplateView.as_view(template_name="organizations/register.html"), name="register"),
]
