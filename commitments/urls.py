from django.urls import URLPattern, path

from commitments import at_workshop, curating, following, overview, period, reporting, reviewing, views
from commitments import desk as own
from commitments.feeds import CommitmentFeed

app_name = "commitments"
urlpatterns = [
    path("", views.CommitmentList.as_view(), name="list"),
    path("commitments.csv", views.CommitmentCsv.as_view(), name="csv"),
    path("feed.atom", CommitmentFeed.as_view(), name="feed"),
    path("evidence/<uuid:pk>/", reporting.EvidenceFile.as_view(), name="evidence"),
    path("<uuid:pk>/", views.CommitmentDetail.as_view(), name="by_id"),
    path("<slug:reference>/", views.CommitmentDetail.as_view(), name="detail"),
]
#: Beside the commitments they are about, at an address of their own.
progress = [
    path("", views.Progress.as_view(), name="progress"),
    path("horizon.csv", views.ProgressCsv.as_view(figures="horizons"), name="progress_horizon"),
    path("pillars.csv", views.ProgressCsv.as_view(figures="pillars"), name="progress_pillars"),
    path("dates.csv", views.ProgressCsv.as_view(figures="dates"), name="progress_months"),
    path("dates/", views.DateList.as_view(), name="progress_dates"),
]
#: On the desk of an organization, in the name space of the desk.
desk: list[URLPattern] = [
    path("commitments/", own.OwnCommitments.as_view(), name="commitments"),
    path("commitments/new/", own.Begin.as_view(), name="commitment_begin"),
    path("commitments/partner/<uuid:pk>/", own.AnswerPartner.as_view(), name="answer_partner"),
    path("commitments/<uuid:pk>/", own.CommitmentPage.as_view(), name="commitment"),
    path("commitments/<uuid:pk>/advice/", own.Advice.as_view(), name="commitment_advice"),
    path("commitments/<uuid:pk>/report/", reporting.Report.as_view(), name="report"),
    path("commitments/<uuid:pk>/withdraw/", own.Withdraw.as_view(), name="commitment_withdraw"),
    path("commitments/<uuid:pk>/date/", own.MoveDate.as_view(), name="commitment_date"),
    path("commitments/<uuid:pk>/steps/<uuid:milestone>/", reporting.ReachMilestone.as_view(), name="reach"),
    path("commitments/<uuid:pk>/write/<slug:step>/", own.step, name="commitment_step"),
]
#: Where the secretariat decides.
secretariat: list[URLPattern] = [
    path("commitments/<uuid:pk>/", reviewing.ReviewCommitment.as_view(), name="review_commitment"),
    path("follow-up/", following.FollowUp.as_view(), name="follow_up"),
    path("follow-up/commitments.xlsx", overview.FollowUpSheet.as_view(), name="follow_up_xlsx"),
    path("follow-up/overview/", overview.Overview.as_view(), name="follow_up_overview"),
    path("follow-up/overview.xlsx", overview.OverviewSheet.as_view(), name="follow_up_overview_xlsx"),
    path("follow-up/report/", period.PeriodReport.as_view(), name="follow_up_report"),
    path("follow-up/<uuid:pk>/remind/", following.Remind.as_view(), name="remind"),
    path("follow-up/<uuid:pk>/verify/", following.Verify.as_view(), name="verify_commitment"),
    path("outputs/<uuid:pk>/commitment/", curating.FromOutput.as_view(), name="output_to_commitment"),
]
#: On the page of a working group, for who is in the room.
at_workshops: list[URLPattern] = [
    path("<slug:slug>/groups/<slug:code>/commit/", at_workshop.CommitAtWorkshop.as_view(), name="group_commit"),
    path("<slug:slug>/groups/<slug:code>/code.svg", at_workshop.GroupCode.as_view(), name="group_code"),
]
