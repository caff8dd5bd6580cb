from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.forms import PlainText, RecordForm
from organizations.models import NetworkSettings

#: A criterion is a sentence; more of them than these nobody ticks with care.
LONGEST_CRITERION, MOST_CRITERIA = 300, 30


class Lines(PlainText):
    """A list, one entry in each line."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class Days(PlainText):
    """Numbers of days: "30, 7"."""

    widget = forms.TextInput(attrs={"inputmode": "text"})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        told = re.split(r"[\s,;]+", str(super().clean(value)).strip())
        if not all(each.isascii() and each.isdigit() and len(each) < len("1000") for each in told if each):
            raise ValidationError(_("Write whole numbers of days with commas between them, for example 30, 7."))
        return sorted({int(each) for each in told if each}, reverse=True)


class NetworkSettingsForm(RecordForm):
    criteria = Lines(
        label=gettext_lazy("Criteria for a registration"),
        required=False,
        max_length=LONGEST_CRITERION * MOST_CRITERIA,
        help_text=gettext_lazy("One in each line. Whoever reviews an organization ticks them."),
    )
    remind_before = Days(
        label=gettext_lazy("Reminders before a date, in days"), max_length=60, required=False,
        help_text=gettext_lazy("For example 30, 7. Empty: nobody is reminded before a date."),
    )  # fmt: skip
    remind_after = Days(
        label=gettext_lazy("Reminders after a date, in days"), max_length=60, required=False,
        help_text=gettext_lazy("For example 7. Sent only while nobody has reported that it is completed."),
    )  # fmt: skip
    data_controller = PlainText(
        label=gettext_lazy("Who is responsible for personal data"), max_length=300, required=False,
        help_text=gettext_lazy("Name and address, as the privacy page and the foot of every page say it."),
    )  # fmt: skip
    data_licence = PlainText(
        label=gettext_lazy("Licence of the data"), max_length=200, required=False,
        help_text=gettext_lazy("The terms under which others may use what is published here."),
    )  # fmt: skip

    class Meta:
        model = NetworkSettings
        fields = (
            "criteria", "two_approvals", "short_months", "medium_months", "remind_before", "remind_after",
            "delegates_kept_days", "reports_kept_days", "data_controller", "data_licence",
        )  # fmt: skip
        help_texts = {
            "two_approvals": gettext_lazy("The first approval waits in the inbox for somebody else's."),
            "short_months": gettext_lazy("What is due within so many months is short term."),
            "medium_months": gettext_lazy(
                "What is due later, and within so many months, is medium term. All that comes after is long term. "
                "Commitments that are written already keep their term."
            ),
            "delegates_kept_days": gettext_lazy(
                "So many days after a workshop its list of participants loses names and addresses."
            ),
            "reports_kept_days": gettext_lazy(
                "So many days after the secretariat settled a message it is deleted. The privacy page says so."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            # So that it is told from the first version of somebody who was faster.
            self.fields["version"].initial = 0
        for name, said in (("data_controller", settings.DATA_CONTROLLER), ("data_licence", settings.DATA_LICENCE)):
            if said:
                words = _("While this is empty, what the portal was started with holds: %(said)s.") % {"said": said}
                self.fields[name].help_text = f"{self.fields[name].help_text} {words}"

    def clean_criteria(self) -> list[str]:
        lines: list[str] = self.cleaned_data["criteria"]
        if len(lines) > MOST_CRITERIA:
            raise ValidationError(_("At most %(most)s criteria.") % {"most": MOST_CRITERIA})
        if any(len(line) > LONGEST_CRITERION for line in lines):
            raise ValidationError(_("A criterion has at most %(most)s characters.") % {"most": LONGEST_CRITERION})
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        short, medium = cleaned.get("short_months"), cleaned.get("medium_months")
        if short and medium and medium <= short:
            self.add_error("medium_months", _("Medium term must be longer than short term."))
        return cleaned
