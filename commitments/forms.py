"""A promise is written in four steps, and reported on in one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.enums import REPORTABLE, Horizon
from commitments.horizons import bounds
from commitments.models import Commitment, Milestone, ProgressUpdate
from net4u.base.files import LARGEST, TAKEN, cleaned_file
from net4u.base.forms import PlainText, RecordForm
from net4u.base.viewers import PUBLIC, Audience, Viewer
from organizations.forms import languages, whole_address
from organizations.models import Organization
from recommendations.models import Recommendation
from vocabulary.models import Pillar, SdgTarget
from workshops.models import Workshop

#: So many steps on the way one promise takes, and so many new ones are offered at once.
MOST_STEPS, NEW_STEPS = 20, 1


class DayInput(forms.DateInput):
    """The browser's own calendar; without one, a day is typed as 2027-06-30."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class Day(forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": gettext_lazy("Write the day as year, month, day: 2027-06-30.")}


def long_text(label: Any, help_text: Any = "", *, rows: int = 4, most: int = 2000) -> PlainText:
    return PlainText(
        label=label, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class BeginCommitmentForm(forms.Form):
    """What a draft needs at least."""

    title = PlainText(
        label=gettext_lazy("What do you promise?"),
        max_length=200,
        help_text=gettext_lazy(
            "One sentence: what you will do, for whom and where. For example: “Train 40 teachers in Rome to notice "
            "recruitment.” Do not write names of suspects or victims."
        ),
    )
    due_on = Day(
        label=gettext_lazy("When will it be done?"),
        help_text=gettext_lazy("Your best guess will do. You can change it until you send the commitment."),
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language do you write?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = languages()

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"])


def not_past(day: date) -> date:
    if day < timezone.localdate():
        raise ValidationError(_("This day has passed. Choose a day to come."))
    return day


class WhatForm(RecordForm):
    title = PlainText(
        label=gettext_lazy("What do you promise?"), max_length=200,
        help_text=gettext_lazy("One sentence: what you will do, for whom and where."),
    )  # fmt: skip
    problem = long_text(
        gettext_lazy("Which problem does it answer?"),
        gettext_lazy("Do not write names of suspects or victims here, and no case files."),
    )
    expected_result = long_text(gettext_lazy("What will be different when it is done?"))
    language = forms.ChoiceField(label=gettext_lazy("In which language do you write?"))

    class Meta:
        model = Commitment
        fields = ("title", "problem", "expected_result", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = languages()


class MeasureForm(RecordForm):
    indicator = PlainText(
        label=gettext_lazy("What will you count?"), max_length=300, required=False,
        help_text=gettext_lazy(
            "One thing that can be counted or seen, for example “schools that held at least one evening”."
        ),
    )  # fmt: skip
    baseline = forms.DecimalField(
        label=gettext_lazy("Where you start"), max_digits=12, decimal_places=2, required=False,
        help_text=gettext_lazy("If you start from nothing, that is 0."),
    )  # fmt: skip
    target = forms.DecimalField(
        label=gettext_lazy("Target"), max_digits=12, decimal_places=2, required=False, min_value=0
    )
    unit = PlainText(
        label=gettext_lazy("Unit"), max_length=60, required=False,
        help_text=gettext_lazy("What the number counts: people, schools, courses …"),
    )  # fmt: skip
    number_source = PlainText(
        label=gettext_lazy("Where will the number come from?"), max_length=300, required=False,
        help_text=gettext_lazy("A list, a register, a report that somebody else could look at."),
    )  # fmt: skip

    class Meta:
        model = Commitment
        fields = ("indicator", "baseline", "target", "unit", "number_source")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("target") is not None and not cleaned.get("unit"):
            self.add_error("unit", _("Say what the target counts: people, houses, courses …"))
        return cleaned


class WhenForm(RecordForm):
    """Only the dates are asked for: the horizon follows from them."""

    start_on = Day(label=gettext_lazy("When do you start?"), required=False)
    due_on = Day(label=gettext_lazy("When will it be done?"))
    resources = long_text(
        gettext_lazy("What do you have for it?"),
        gettext_lazy("People, time, money: what is there, and what is missing."),
    )

    class Meta:
        model = Commitment
        fields = ("start_on", "due_on", "resources")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start_on, due_on = cleaned.get("start_on"), cleaned.get("due_on")
        if start_on and due_on and due_on < start_on:
            self.add_error("due_on", _("The end is before the start."))
        return cleaned


class MilestoneForm(forms.Form):
    """A step on the way. A row that is left empty does not count."""

    title = PlainText(label=gettext_lazy("Step"), max_length=200, required=False)
    due_on = Day(label=gettext_lazy("By when?"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("title") and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say by when this step is done."))
        if cleaned.get("due_on") and not cleaned.get("title"):
            self.add_error("title", _("Say what is done by then, or empty the date."))
        return cleaned


class BaseSteps(forms.BaseFormSet):
    """Steps between the start and the end of one commitment."""

    def within(self, start_on: date | None, due_on: date | None) -> bool:
        """Whether each lies between; tells beside the field what does not."""
        for form in self.filled():
            day = form.cleaned_data["due_on"]
            if due_on and day > due_on:
                form.add_error("due_on", _("This step would come after the commitment is due."))
            elif start_on and day < start_on:
                form.add_error("due_on", _("This step would come before the commitment starts."))
        return not any(form.errors for form in self)

    def filled(self) -> list[Any]:
        return [form for form in self if getattr(form, "cleaned_data", {}).get("title") and not form.errors]

    def milestones(self) -> list[Milestone]:
        return [Milestone(**form.cleaned_data) for form in self.filled()]


StepsFormSet = forms.formset_factory(
    MilestoneForm, formset=BaseSteps, extra=NEW_STEPS, max_num=MOST_STEPS, validate_max=True
)


class LinksForm(RecordForm):
    pillars = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which pillars does it serve?"),
        queryset=Pillar.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    workshop = forms.ModelChoiceField(
        label=gettext_lazy("Which workshop does it come from?"),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    answers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which recommendations does it answer?"),
        queryset=Recommendation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sdg_targets = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which targets of the Sustainable Development Goals does it serve?"),
        queryset=SdgTarget.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Commitment
        fields = ("pillars", "workshop", "answers", "sdg_targets")

    def __init__(self, *args: Any, viewer: Viewer = PUBLIC, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["pillars"].queryset = Pillar.objects.canonical()
        fields["workshop"].queryset = Workshop.objects.visible_to(viewer).by_date()
        fields["answers"].queryset = Recommendation.objects.visible_to(viewer)
        fields["answers"].label_from_instance = lambda each: f"{each.reference or ''} {each}".strip()
        fields["sdg_targets"].queryset = SdgTarget.objects.order_by("code")
        fields["sdg_targets"].label_from_instance = lambda each: f"{each.code}: {each.name}"


class WithdrawForm(forms.Form):
    why = PlainText(
        label=gettext_lazy("Why do you withdraw it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One sentence. It stays with the commitment, for your own people and the secretariat."),
    )  # fmt: skip


class DateForm(forms.Form):
    """Another due date, with the reason; the old one stays to be seen."""

    due_on = Day(label=gettext_lazy("New date"))
    why = PlainText(
        label=gettext_lazy("Why does the date move?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"])


class AtWorkshopForm(forms.Form):
    """One sentence for each horizon; who is not signed in says for whom, and where the link is mailed."""

    short = PlainText(max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    medium = PlainText(max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    long = PlainText(
        label=gettext_lazy("After that we will"), max_length=200, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Your organization"), queryset=Organization.objects.none(), required=False,
        empty_label=gettext_lazy("not in this list"),
    )  # fmt: skip
    named = PlainText(label=gettext_lazy("Or type its name"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("We mail you a link. What you wrote is kept for a day, until you use it."),
    )

    def __init__(self, *args: Any, own: list[Organization], there: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for horizon, months in bounds().items():
            words = ngettext("In the next %(months)s month we will", "In the next %(months)s months we will", months)
            fields[horizon.value].label = words % {"months": months}
        fields["organization"].queryset = Organization.objects.filter(pk__in=[each.pk for each in own or there])
        if own:
            del fields["named"], fields["email"]
            fields["organization"].required, fields["organization"].empty_label = True, None
            fields["organization"].initial = own[0].pk

    def texts(self) -> dict[str, str]:
        """What was written, by horizon."""
        told = {each.value: " ".join(self.cleaned_data.get(each.value, "").split()) for each in Horizon}
        return {horizon: text for horizon, text in told.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(each.value) for each in Horizon) and not {*Horizon.values} & self.errors.keys():
            self.add_error("short", _("Write at least one sentence."))
        if "named" in self.fields and not cleaned.get("organization") and not cleaned.get("named"):
            self.add_error("named", _("Choose your organization above, or type its name."))
        return cleaned


# -- progress -----------------------------------------------------------------------------------------------


class ReportForm(forms.ModelForm):
    """How far, what happened, what is next."""

    progress = forms.ChoiceField(
        label=gettext_lazy("How far are you?"),
        choices=[(each.value, each.label) for each in REPORTABLE],
        widget=forms.RadioSelect,
    )
    value = forms.DecimalField(
        label=gettext_lazy("Value reached"), max_digits=12, decimal_places=2, required=False, min_value=0
    )
    text = PlainText(
        label=gettext_lazy("What happened?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Some sentences. Do not write names of suspects or victims, and no case files."),
    )
    next_step = PlainText(label=gettext_lazy("What is next?"), max_length=300, required=False)

    class Meta:
        model = ProgressUpdate
        fields = ("progress", "value", "text", "next_step")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.instance.commitment.unit
        if unit:
            self.fields["value"].help_text = _("In %(unit)s. The target is %(target)s.") % {
                "unit": unit, "target": _number(self.instance.commitment.target),
            }  # fmt: skip
        else:
            del self.fields["value"]


def _number(value: Any) -> str:
    return _("not stated") if value is None else f"{value.normalize():f}"


class ReachedForm(forms.Form):
    """When a step was reached."""

    done_on = Day(required=False)


class EvidenceForm(forms.Form):
    """One piece of evidence beside a report: a link or a file, with its own audience."""

    title = PlainText(label=gettext_lazy("What does it show?"), max_length=200, required=False)
    url = PlainText(
        label=gettext_lazy("Link"), max_length=500, required=False, widget=forms.URLInput(attrs={"inputmode": "url"})
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{each}" for each in TAKEN)}),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"),
        choices=[(each.value, each.label) for each in Audience],
        initial=Audience.SECRETARIAT,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, picture, document or table, at most %(most)s MB. Places and names that a camera wrote into a picture "
            "are taken out. No names of suspects or victims, no case files."
        ) % {"most": LARGEST // 1024**2}

    def clean_url(self) -> str:
        return whole_address(str(self.cleaned_data["url"]))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return cleaned_file(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        link, file = cleaned.get("url"), cleaned.get("file")
        if link and file:
            self.add_error("file", _("Give a link or a file: one of them. You can report a second time for the other."))
        if (link or file) and not cleaned.get("title"):
            self.add_error("title", _("Say in some words what it shows."))
        if cleaned.get("title") and not link and not file and not {"url", "file"} & self.errors.keys():
            self.add_error("url", _("Give a link or a file, or empty the title."))
        return cleaned
