from django.contrib import admin

from net4u.base.admin import ReadOnlyAdmin
from organizations.models import (
    Affiliation,
    EditableText,
    Identifier,
    Membership,
    Organization,
    OrganizationAlias,
    RegionalNetwork,
)  # fmt: skip


@admin.register(RegionalNetwork)
class RegionalNetworkAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "region", "established_on", "member_count")


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    list_display = ("legal_name", "kind", "country", "state", "appearance", "source")
    list_filter = ("state", "appearance", "kind")
    list_select_related = ("country", "source")
    search_fields = ("legal_name", "english_name", "acronym")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("organization", "network", "status", "since")
    list_filter = ("network", "status")
    list_select_related = ("organization", "network")


@admin.register(Identifier)
class IdentifierAdmin(ReadOnlyAdmin):
    list_display = ("organization", "scheme", "value")
    list_select_related = ("organization",)
    search_fields = ("value",)


@admin.register(OrganizationAlias)
class OrganizationAliasAdmin(ReadOnlyAdmin):
    list_display = ("former_slug", "successor")
    list_select_related = ("successor",)


@admin.register(Affiliation)
class AffiliationAdmin(ReadOnlyAdmin):
    list_display = ("person", "organization", "role", "contact", "since", "until")
    list_select_related = ("person", "organization")
    search_fields = ("person__email", "organization__legal_name")


@admin.register(EditableText)
class EditableTextAdmin(ReadOnlyAdmin):
    """Edited on pages of their own, under /secretariat/texts/."""

    list_display = ("key", "language", "title", "changed_on", "version")
