"""What the secretariat writes about a workshop."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import build_localized_fieldname

from net4u.base.forms import PlainText, RecordForm
from vocabulary.models import Pillar, Source
from workshops.enums import OutputKind
from workshops.models import (
    Contribution,
    Output,
    Participation,
    Session,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)  # fmt: skip

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
#: In the agenda, which is about the event itself.
LABELS = {
    "title": gettext_lazy("Title"),
    "title_is_verbatim": gettext_lazy("The title is the source's own"),
    "kind": gettext_lazy("Kind"),
    "network": gettext_lazy("Network"),
    "summary": gettext_lazy("Summary"),
    "quote": gettext_lazy("Quotation"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "date_precision": gettext_lazy("How exactly is the date known?"),
    "date_note": gettext_lazy("The date in the source's words"),
    "time_zone": gettext_lazy("Time zone"),
    "mode": gettext_lazy("How it was held"),
    "place": gettext_lazy("Place"),
    "venue": gettext_lazy("Venue"),
    "country": gettext_lazy("Country"),
    "disclosure": gettext_lazy("What may be told"),
    "source": gettext_lazy("Source"),
    "number": gettext_lazy("Number"),
    "day": gettext_lazy("Day"),
    "starts_at": gettext_lazy("Begins at"),
    "ends_at": gettext_lazy("Ends at"),
    "format": gettext_lazy("Format"),
    "pillars": gettext_lazy("Pillars"),
    "organization": gettext_lazy("Organization"),
    "role": gettext_lazy("Role"),
    "named_as": gettext_lazy("As the source names it"),
    "unit": gettext_lazy("What is counted"),
    "value": gettext_lazy("Number"),
    "qualifier": gettext_lazy("How exactly"),
    "wording": gettext_lazy("In the source's words"),
    "note": gettext_lazy("Our note"),
    "read_with_care": gettext_lazy("Read with care"),
    "session": gettext_lazy("Session"),
    "person_name": gettext_lazy("Name of the person"),
    "person_role": gettext_lazy("Role of the person"),
    "affiliation_text": gettext_lazy("Organization in the source's words"),
    "reported": gettext_lazy("What the source reports"),
    "attribution": gettext_lazy("What is shown"),
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "method": gettext_lazy("How it worked"),
    "working_group": gettext_lazy("Working group"),
    "pillar": gettext_lazy("Pillar"),
    "text": gettext_lazy("Text, word for word"),
    "order": gettext_lazy("Place in the list"),
}


#: Whose label says all.
SAID_BY_LABEL = {"title_is_verbatim", "date_note", "named_as", "affiliation_text", "reported", "person_role"}


class CuratedForm(RecordForm):
    """A record of ours, with its texts side by side in each language; a published one asks what was corrected."""

    correction = PlainText(
        label=gettext_lazy("What did you correct?"),
        max_length=300,
        help_text=gettext_lazy("One sentence. Readers see it under the record, with today's date."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workshop = self.instance if isinstance(self.instance, Workshop) else self.instance.workshop
        for name, field in self.fields.items():
            self._say(name, field)
        for name in {"session", "working_group"} & self.fields.keys():
            choices: Any = self.fields[name]
            choices.queryset = choices.queryset.filter(workshop=workshop)
        if not workshop.is_published:
            del self.fields["correction"]
        self.order_fields([name for name in self.fields if name != "correction"])

    def _say(self, name: str, field: Any) -> None:
        """The words of a field, and what can be chosen there."""
        field.label = self._label(name) or field.label
        if name.removesuffix("_en") in SAID_BY_LABEL:
            field.help_text = ""
        if name == "title_en":
            field.required = True
        elif name == "pillars":
            field.queryset = Pillar.objects.filter(scheme__canonical=True)
        elif isinstance(field, forms.ModelChoiceField):
            field.empty_label = _("None")

    @staticmethod
    def _label(name: str) -> Any:
        for code, language in settings.LANGUAGES:
            if name.endswith(f"_{code}") and name.removesuffix(f"_{code}") in LABELS:
                words = {"what": LABELS[name.removesuffix(f"_{code}")], "language": language}
                return _("%(what)s (%(language)s)") % words
        return LABELS.get(name)


def in_languages(*names: str) -> list[str]:
    """The columns of translated fields, English first."""
    return [build_localized_fieldname(name, code) for name in names for code, _name in settings.LANGUAGES]


TALL = forms.Textarea(attrs={"rows": 4})
LOW = forms.Textarea(attrs={"rows": 2})


class WorkshopForm(CuratedForm):
    class Meta:
        model = Workshop
        fields = [
            *in_languages("title"), "title_is_verbatim", "kind", "network", "starts_on", "ends_on", "date_precision",
            "date_note", "time_zone", "mode", "place", "venue", "country", "disclosure", *in_languages("summary"),
            "quote", "source",
        ]  # fmt: skip
        widgets = {"starts_on": DATE, "ends_on": DATE, "quote": LOW} | dict.fromkeys(in_languages("summary"), TALL)


class BeginWorkshopForm(forms.ModelForm):
    """The least that a draft needs."""

    like = forms.ModelChoiceField(
        Workshop.objects.none(), required=False, label=gettext_lazy("Begin with the agenda of"),
        empty_label=gettext_lazy("An empty agenda"),
        help_text=gettext_lazy("Titles and days of its sessions are copied, and nothing that was said there."),
    )  # fmt: skip

    class Meta:
        model = Workshop
        # The record is kept in English, whatever the language of the page: others are added beside it.
        fields = ["title_en", "kind", "network", "starts_on", "ends_on", "place", "country", "time_zone", "disclosure",
                  "source"]  # fmt: skip
        labels = LABELS | {"title_en": gettext_lazy("Title in English")}
        widgets = {"starts_on": DATE, "ends_on": DATE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_en"].required = True
        like: Any = self.fields["like"]
        like.queryset = Workshop.objects.filter(sessions__isnull=False).distinct().by_date()
        if not self.instance.starts_on and not self.data.get("starts_on"):
            self.instance.date_precision = "unknown"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.date_precision = "day" if cleaned.get("starts_on") else "unknown"
        return cleaned


class SessionForm(CuratedForm):
    class Meta:
        model = Session
        fields = ["number", "day", *in_languages("title"), "title_is_verbatim", "starts_at", "ends_at", "format",
                  "disclosure", "pillars", *in_languages("summary"), "source"]  # fmt: skip
        widgets = {"starts_at": TIME, "ends_at": TIME, "pillars": forms.CheckboxSelectMultiple} | dict.fromkeys(
            in_languages("summary"), LOW
        )


class GroupForm(CuratedForm):
    class Meta:
        model = WorkingGroup
        fields = ["code", "name", "session", "pillars", "method", "source"]
        widgets = {"pillars": forms.CheckboxSelectMultiple}


class RoleForm(CuratedForm):
    class Meta:
        model = WorkshopRole
        fields = ["organization", "role", "named_as", "source"]


class ParticipationForm(CuratedForm):
    class Meta:
        model = Participation
        fields = ["organization", "attribution", "named_as", "source"]


class FigureForm(CuratedForm):
    class Meta:
        model = WorkshopFigure
        fields = ["qualifier", "value", "unit", "wording", *in_languages("note"), "read_with_care", "source"]


class ContributionForm(CuratedForm):
    agreed = forms.BooleanField(
        label=gettext_lazy("The person has agreed to be named here"),
        required=False,
        help_text=gettext_lazy(
            "Without this, and without a source that names them, the name is not shown. "
            "Take the tick away when they change their mind: the name disappears at once."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["agreed"] = self.instance.consent_id is not None

    class Meta:
        model = Contribution
        fields = ["kind", "person_name", "person_role", "affiliation_text", "organization", "session", "quote",
                  *in_languages("reported"), "source"]  # fmt: skip
        widgets = {"quote": LOW} | dict.fromkeys(in_languages("reported"), LOW)


class NameForm(CuratedForm):
    class Meta:
        model = WorkshopName
        fields = ["name", "source"]


class OutputForm(CuratedForm):
    class Meta:
        model = Output
        fields = ["kind", "text", "working_group", "session", "pillar", *in_languages("note"), "read_with_care",
                  "source"]  # fmt: skip
        widgets = {"text": TALL} | dict.fromkeys(in_languages("note"), LOW)


class SourceForm(forms.ModelForm):
    """A text that statements are taken from."""

    url = forms.URLField(
        label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https",
        help_text=gettext_lazy("Empty when the text was received without one."),
    )  # fmt: skip

    class Meta:
        model = Source
        fields = ["publisher", "title", "url", "published_on", "note"]
        labels = {
            "publisher": gettext_lazy("Publisher"),
            "title": gettext_lazy("Title"),
            "published_on": gettext_lazy("Published on"),
            "note": gettext_lazy("Our note"),
        }
        widgets = {"published_on": DATE, "note": LOW}


class CaptureForm(forms.Form):
    """Lines become outputs."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OutputKind.choices, initial=OutputKind.PROPOSAL)
    working_group = forms.ModelChoiceField(
        WorkingGroup.objects.none(), required=False, label=gettext_lazy("Working group"),
        empty_label=gettext_lazy("Of the whole workshop"),
    )  # fmt: skip
    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, label=gettext_lazy("Source"), empty_label=gettext_lazy("None yet")
    )
    text = PlainText(
        label=gettext_lazy("What was said, in its own words"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One line is one output. Paste a list and each line becomes a row."),
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        # Beside it on the page stands the form of a session, with fields of the same names.
        super().__init__(*args, **{"auto_id": "capture_%s", **kwargs})
        groups: Any = self.fields["working_group"]
        groups.queryset = workshop.working_groups.all()


class ScheduleForm(forms.Form):
    """When a draft is published by itself, on the clock of the workshop's zone, or of the person's."""

    at = forms.DateTimeField(
        label=gettext_lazy("Publish it by itself on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].help_text = _("On the clock of %(zone)s.") % {"zone": zone}

    def clean_at(self) -> Any:
        typed = self.cleaned_data["at"].replace(tzinfo=None)
        return typed.replace(tzinfo=ZoneInfo(self.zone))
