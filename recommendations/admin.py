from django.contrib import admin

from net4u.base.admin import ReadOnlyAdmin
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation


@admin.register(Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ("text", "reference", "workshop", "made_in", "state")
    list_filter = ("state", "made_in")
    list_select_related = ("workshop",)
    search_fields = ("text", "reference")


@admin.register(Addressee)
class AddresseeAdmin(ReadOnlyAdmin):
    list_display = ("recommendation", "kind", "territory", "inferred")
    list_filter = ("kind", "inferred")
    list_select_related = ("recommendation", "territory")


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ("recommendation", "kind", "by", "answered_on", "source")
    list_filter = ("kind",)
    list_select_related = ("recommendation", "addressee__territory", "organization", "source")


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ("recommendation", "level", "by", "assessed_on")
    list_filter = ("assessor", "level")
    list_select_related = ("recommendation", "organization")


@admin.register(Declaration)
class DeclarationAdmin(ReadOnlyAdmin):
    list_display = ("title", "launched_at", "areas_announced", "state")
    list_select_related = ("launched_at",)


@admin.register(DeclarationArea)
class DeclarationAreaAdmin(ReadOnlyAdmin):
    list_display = ("text", "declaration", "order")
    list_select_related = ("declaration",)
