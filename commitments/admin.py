from django.contrib import admin

from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from net4u.base.admin import ReadOnlyAdmin


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ("title", "reference", "organization", "horizon", "due_on", "state", "progress", "completion")
    list_filter = ("state", "horizon", "progress", "completion")
    list_select_related = ("organization",)
    search_fields = ("title", "reference")


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ("title", "commitment", "due_on", "done_on")
    list_select_related = ("commitment",)


@admin.register(CommitmentPartner)
class CommitmentPartnerAdmin(ReadOnlyAdmin):
    list_display = ("organization", "commitment", "confirmed_at", "declined_at")
    list_select_related = ("organization", "commitment")


@admin.register(ProgressUpdate, Verification, Evidence)
class PartOfCommitmentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "commitment")
    list_select_related = ("commitment",)
