"""The portal's own texts: their pages, and where the secretariat writes them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from net4u.base.addresses import absolute
from net4u.base.cards import Card
from net4u.base.change import Conflict
from net4u.base.languages import codes
from net4u.base.secretariat import ForSecretariat
from net4u.base.views import ForViewer
from organizations.enums import TextKey
from organizations.forms import EditableTextForm
from organizations.models import EditableText
from organizations.services import write_text
from organizations.texts import FIRST, PLACEHOLDERS, PortalText, as_shown, shipped, text_for, text_in

#: From how many headings on a page begins with a list of them.
LONG = 4


class TextPage(ForViewer, TemplateView):
    template_name = "site/text.html"
    key = ""

    @cached_property
    def text(self) -> PortalText:
        return text_for(self.key, get_language() or FIRST)

    def card(self) -> Card:
        return Card(self.text.title, "", absolute(self.request.path))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        written = self.text.written()
        return super().get_context_data(**context) | {
            "card": self.told_card(),
            "text": self.text,
            "html": written.html,
            "headings": written.headings if len(written.headings) >= LONG else [],
            "may_look": self.request.user.has_perm("organizations.view_editabletext"),
        }


class TextList(ForSecretariat, TemplateView):
    """Each text in each language: written by whom, or as it is shipped."""

    template_name = "site/text_list.html"
    door = "settings"
    permission_required = "organizations.view_editabletext"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = {(row.key, row.language): row for row in EditableText.objects.visible_to(self.viewer)}
        return super().get_context_data(**context) | {
            "here": "text_list",
            "texts": [
                (TextKey(key), [(code, name, _standing(rows.get((key, code)))) for code, name in settings.LANGUAGES])
                for key in TextKey.values
            ],
        }


def _standing(row: EditableText | None) -> EditableText | None:
    return None if row is None or row.is_shipped else row


class TextEdit(ForSecretariat, FormView):
    """One text in one language, with the others beside it. Curators look, administrators write."""

    template_name = "site/text_edit.html"
    door = "settings"
    permission_required = "organizations.view_editabletext"
    form_class = EditableTextForm

    @cached_property
    def text(self) -> EditableText:
        """The row, or a new one where nobody has written yet."""
        key, language = self.kwargs["key"], self.kwargs["language"]
        if key not in TextKey.values or language not in codes():
            raise Http404
        row = EditableText.objects.visible_to(self.viewer).filter(key=key, language=language).first()
        return row or EditableText(key=key, language=language)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.text}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        text, code = self.text, self.kwargs["language"]
        others = (text_in(text.key, each) for each in codes() if each != code)
        return super().get_context_data(**context) | {
            "key": TextKey(text.key),
            "name": dict(settings.LANGUAGES)[code],
            "code": code,
            "current": text_in(text.key, code),
            "others": [(dict(settings.LANGUAGES)[each.language], each) for each in others if each],
            "placeholders": list(PLACEHOLDERS),
            "may_write": self.request.user.has_perm("organizations.change_editabletext", text),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("organizations.change_editabletext", self.text):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: EditableTextForm) -> HttpResponse:
        if "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=self._preview(form)))
        try:
            write_text(text=form.save(commit=False), by=self.person)
        except Conflict as conflict:
            form.add_error(None, _("Somebody else changed this while you wrote. Compare both, then send it again."))
            return self._again(form, conflict.theirs)
        messages.success(self.request, _("Saved. Everybody reads it now."))
        return redirect("text_list")

    def form_invalid(self, form: EditableTextForm) -> HttpResponse:
        return self._again(form, form.theirs)

    def _again(self, form: EditableTextForm, theirs: Any) -> HttpResponse:
        """The form as it was sent; and what is stored now, if that is the reason."""
        stored = None
        if theirs is not None:
            stored = shipped(theirs.key, theirs.language) if theirs.is_shipped else as_shown(theirs)
        context = self.get_context_data(form=form, theirs=stored)
        return self.render_to_response(context, status=409 if theirs is not None else 200)

    def _preview(self, form: EditableTextForm) -> PortalText | None:
        title, body = form.cleaned_data["title"], form.cleaned_data["body"]
        if not body:
            return shipped(self.text.key, self.text.language)
        return PortalText(self.text.key, self.text.language, title, body, timezone.localdate(), is_shipped=False)
