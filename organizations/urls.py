from django.urls import URLPattern, path

from organizations import desk as own
from organizations import doubles, importing, reviewing, saved_views, views
from organizations import joining as joining_views

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
    path("profile/", own.Profile.as_view(), name="profile"),
    path("profile/<slug:part>/", own.edit, name="edit"),
    path("public/", own.Public.as_view(), name="public"),
    path("people/", own.People.as_view(), name="people"),
    path("people/<int:pk>/end/", own.EndAffiliation.as_view(), name="end"),
]
#: Of who does not act for an organization yet.
joining: list[URLPattern] = [
    path("register/", joining_views.Register.as_view(), name="register"),
    path("register/begin/", joining_views.Begin.as_view(), name="registration_begin"),
    path("register/claims/<uuid:pk>/take-back/", joining_views.TakeBackClaim.as_view(), name="take_back_claim"),
    path("register/<uuid:pk>/", joining_views.Overview.as_view(), name="registration"),
    path("register/<uuid:pk>/<slug:step>/", joining_views.step, name="registration_step"),
    path("invitation/<uuid:pk>/", joining_views.InvitationPage.as_view(), name="invitation"),
    path("organizations/<slug:slug>/join/", joining_views.AskToJoin.as_view(), name="ask_to_join"),
]
#: Where the secretariat decides.
secretariat: list[URLPattern] = [
    path("organizations/<uuid:pk>/", reviewing.ReviewOrganization.as_view(), name="review_organization"),
    path("organizations/<uuid:pk>/merge/", doubles.ChooseSuccessor.as_view(), name="choose_successor"),
    path("organizations/<uuid:pk>/merge/<uuid:into>/", doubles.Merge.as_view(), name="merge"),
    path("organizations/import/", importing.ImportOrganizations.as_view(), name="organizations_import"),
    path(
        "organizations/import/<slug:what>.<slug:ending>",
        importing.OrganizationsTable.as_view(),
        name="organizations_table",
    ),
    path("claims/<uuid:pk>/", reviewing.ReviewClaim.as_view(), name="review_claim"),
    path("profile-changes/<uuid:pk>/", reviewing.ReviewProfileChange.as_view(), name="review_profile_change"),
    path("views/<slug:page>/", saved_views.SavedViews.as_view(), name="saved_views"),
    path("views/<slug:page>/new/", saved_views.Keep.as_view(), name="keep_view"),
    path("views/<slug:page>/<int:pk>/", saved_views.Rename.as_view(), name="saved_view"),
]
