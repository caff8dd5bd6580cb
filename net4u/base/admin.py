"""The admin is for looking; what it may save goes through ``change()`` like everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _

from net4u.base.change import Conflict, change
from net4u.base.forms import RecordForm
from net4u.base.models import Document, JournalEntry, OutboxMessage, Record, Reminder

if TYPE_CHECKING:
    from people.models import User


class LookingAdmin(admin.ModelAdmin):
    """An app is listed for whoever may look at one of its models."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ReadOnlyAdmin(LookingAdmin):
    """Everything can be looked at, nothing can be written."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RecordAdmin(LookingAdmin):
    """An admin whose every POST is one ``change()``; a record saved by somebody else meanwhile is kept."""

    form = RecordForm

    def get_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        names = [name for name in super().get_fields(request, obj) if name != "version"]
        return [*names, "version"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._in_change(request, super().changeform_view, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._in_change(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return self._in_change(request, super().changelist_view, extra_context)

    def _in_change(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse:
        if request.method != "POST":
            return cast("HttpResponse", view(request, *args))
        try:
            with change(by=cast("User", request.user), what=f"admin.{self.opts.model_name}"):
                response = cast("HttpResponse", view(request, *args))
                if isinstance(response, SimpleTemplateResponse):
                    response.render()  # the form is shown from what this transaction sees
                return response
        except Conflict:
            messages.error(request, _("Somebody else saved this meanwhile. Look at it again, then change it."))
            return HttpResponseRedirect(request.path)


@admin.register(JournalEntry)
class JournalAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "model", "object_id", "verb", "by")
    list_filter = ("model", "verb")
    list_select_related = ("by",)
    search_fields = ("object_id", "what")


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("number", "kind", "object_id", "audience", "at")
    list_filter = ("kind", "audience")
    search_fields = ("object_id",)
    ordering = ("-number",)


@admin.register(OutboxMessage)
class OutboxAdmin(ReadOnlyAdmin):
    """What waits, what was sent, what failed. The content is left out: links in mails are keys."""

    list_display = ("kind", "due", "attempts", "done_at", "gave_up_at", "error")
    list_filter = ("kind",)
    fields = ("kind", "key", "due", "lease_until", "attempts", "done_at", "gave_up_at", "error")


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    """Who was told, when, and why not."""

    list_display = ("due", "kind", "object_id", "occurrence", "days", "state", "told", "settled_at")
    list_filter = ("state", "kind", "days")
    search_fields = ("object_id",)
