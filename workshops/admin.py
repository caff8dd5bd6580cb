from django.contrib import admin

from net4u.base.admin import ReadOnlyAdmin
from workshops.models import (
    Contribution,
    Delegate,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip


@admin.register(Workshop)
class WorkshopAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "starts_on", "country", "state", "disclosure")
    list_filter = ("state", "kind", "disclosure")
    list_select_related = ("country",)
    search_fields = ("title", "slug")


class PartAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "workshop")
    list_select_related = ("workshop",)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ("title", "workshop", "day", "number", "disclosure")
    list_filter = ("disclosure",)
    list_select_related = ("workshop",)


@admin.register(Output)
class OutputAdmin(ReadOnlyAdmin):
    list_display = ("text", "workshop", "kind")
    list_filter = ("kind",)
    list_select_related = ("workshop",)


@admin.register(Resource)
class ResourceAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "publisher", "published_year")
    list_filter = ("kind",)
    search_fields = ("title",)


admin.site.register((WorkshopName, WorkshopFigure, WorkingGroup, SourceDifference), PartAdmin)


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "difference", "source")
    list_select_related = ("difference", "source")


@admin.register(WorkshopRole, Participation, Contribution)
class OrganizationPartAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "workshop", "organization", "source")
    list_select_related = ("workshop", "organization", "source")


@admin.register(Delegate)
class DelegateAdmin(ReadOnlyAdmin):
    list_display = ("name", "organization_name", "workshop", "named_on")
    list_select_related = ("workshop",)
