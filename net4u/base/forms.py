from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from net4u.base.models import Record


class RecordForm(forms.ModelForm):
    """A form that carries the version it was filled from.

    When somebody else saved meanwhile the form stays filled, ``theirs`` holds what is stored now, and sending it
    again means "mine". A POST without a version counts as stale. ``Record.save`` compares once more under the row
    lock, for the instant in between.
    """

    theirs: Record | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.instance.version
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance._state.adding or cleaned.get("version") == self.instance.version:
            return cleaned
        self.theirs = type(self.instance)._base_manager.get(pk=self.instance.pk)
        again: Any = copy(self.data)
        again[self.add_prefix("version")] = str(self.instance.version)
        self.data = again
        raise ValidationError(
            _(
                "Somebody else changed this while you wrote. What you typed is still here. "
                "Compare it with what is stored now, then send it again to keep yours."
            ),
            code="conflict",
        )
