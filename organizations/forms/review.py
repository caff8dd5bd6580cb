from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from net4u.base.forms import AnswerForm


class ApprovalForm(AnswerForm):
    """The secretariat's answer to a registration, with the network's criteria to tick.

    A tick is sent as the words that were read: a criterion that was changed meanwhile is not ticked by accident.
    """

    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Criteria of the network"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick what you found to be so. It is kept with your approval, for the secretariat."),
        error_messages={"invalid_choice": gettext_lazy("The criteria were changed meanwhile. Read them again.")},
    )
    field_order = ("criteria", "words")

    def __init__(self, *args: Any, criteria: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["criteria"]
        field.choices = [(line, line) for line in criteria]
        if not criteria:
            del self.fields["criteria"]
