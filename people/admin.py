from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest

from net4u.base.admin import LookingAdmin, ReadOnlyAdmin
from people.models import Consent, User

# Where somebody signed in from is theirs to see, on a page of their account.
admin.site.unregister(UserSession)


@admin.register(User)
class UserAdmin(LookingAdmin):
    """Names, and whether an account is open. Deleting is off: erasure reaches more than this row.

    Roles are given on the page of the team, and an account keeps open as long as it has one: nobody else may be left.
    """

    list_display = ("email", "name", "secretariat_role", "is_active", "last_login")
    list_filter = ("secretariat_role", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "time_zone", "secretariat_role", "is_active", "last_login", "date_joined")
    readonly_fields = ("email", "secretariat_role", "last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        of_team = ("is_active",) if obj is not None and obj.is_staff else ()
        return (*super().get_readonly_fields(request, obj), *of_team)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(request.user.has_perm("people.change_user"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("purpose", "subject_kind", "subject_id", "given_at", "withdrawn_at")
    list_filter = ("purpose",)
    search_fields = ("subject_id",)
