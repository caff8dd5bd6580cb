from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.forms import PlainText, RecordForm
from organizations.models import EditableText
from organizations.texts import PLACEHOLDERS, PortalText, shipped, unknown_placeholders


class EditableTextForm(RecordForm):
    body = PlainText(
        label=gettext_lazy("Text"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=gettext_lazy(
            "In Markdown: ## for a heading, * for a list, [words](address) for a link. "
            "Leave title and text empty to go back to the text that is shipped."
        ),
    )

    class Meta:
        model = EditableText
        fields = ("title", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            # So that it is told from the first version of somebody who was faster.
            self.fields["version"].initial = 0
        self.shipped = shipped(self.instance.key, self.instance.language)
        if self.shipped and self.instance.is_shipped:
            self.initial.update(title=self.shipped.title, body=self.shipped.body)

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"])
        if unknown := unknown_placeholders(body):
            raise ValidationError(
                _("Nothing is filled in for %(unknown)s. You can use: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": ", ".join(PLACEHOLDERS)}
            )
        return body

    def clean(self) -> dict[str, Any]:
        """What is sent as it is shipped stays the shipped one, and follows it when that is made better."""
        cleaned = super().clean()
        if self.shipped and _same(cleaned, self.shipped):
            cleaned |= {"title": "", "body": ""}
        return cleaned


def _same(cleaned: dict[str, Any], text: PortalText) -> bool:
    return (cleaned.get("title"), cleaned.get("body")) == (text.title, text.body.strip())
