"""The steps in which an organization says who it is. Its profile is changed with the same forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from net4u.base.forms import PlainText, RecordForm
from net4u.base.languages import alphabetical
from organizations import identifiers
from organizations.enums import (
    OPEN_APPEARANCES,
    ActivityType,
    AffiliationRole,
    Appearance,
    CivilSocietyKind,
    IdentifierScheme,
    OrganizationKind,
    OtherNetwork,
    SelfDescription,
)  # fmt: skip
from organizations.models import Organization
from vocabulary.models import Pillar, Territory

#: Languages in which an organization may work: those of Europe and its neighbours that Django has a name for.
LANGUAGES = (
    "ar", "az", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "hr", "hu", "hy",
    "is", "it", "ka", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
)  # fmt: skip
NO_CASES = gettext_lazy("Do not write names of suspects or victims here, and no case files.")
#: How many numbers of registers one form takes.
MOST_NUMBERS = 6


def languages() -> list[tuple[str, str]]:
    named = [(code, str(get_language_info(code)["name_translated"])) for code in LANGUAGES]
    return sorted(named, key=lambda each: alphabetical(each[1]))


def whole_address(value: str) -> str:
    """A website as people type it: ``example.org`` will do."""
    value = value.strip()
    if not value:
        return ""
    if "://" not in value:
        value = f"https://{value}"
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise ValidationError(_("This address is not complete. It ends for example in .org or .it.")) from error
    return value


class Website(PlainText):
    """An address of the web; what is missing in front of it is added."""

    widget = forms.URLInput(attrs={"inputmode": "url", "autocomplete": "url"})

    def clean(self, value: Any) -> str:
        return whole_address(super().clean(value))


class NamesForm(RecordForm):
    legal_name = PlainText(
        label=gettext_lazy("Legal name"), max_length=200,
        help_text=gettext_lazy("As it stands in your statutes, in your own language."),
    )  # fmt: skip
    english_name = PlainText(label=gettext_lazy("Name in English"), max_length=200, required=False)
    acronym = PlainText(label=gettext_lazy("Short name"), max_length=40, required=False)
    aliases = PlainText(
        label=gettext_lazy("Other names"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Former names, or names in other languages: one in each line."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organization"), choices=OrganizationKind, widget=forms.RadioSelect
    )
    civil_society_kind = forms.ChoiceField(
        label=gettext_lazy("If it is a civil society organization: which kind?"),
        choices=[("", gettext_lazy("not stated")), *CivilSocietyKind.choices],
        required=False,
    )
    year_founded = forms.IntegerField(
        label=gettext_lazy("Year in which it was founded"), required=False, min_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    class Meta:
        model = Organization
        fields = ("legal_name", "english_name", "acronym", "aliases", "kind", "civil_society_kind", "year_founded")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["aliases"]).splitlines()]
        return [line for line in lines if line]

    def clean_year_founded(self) -> int | None:
        year: int | None = self.cleaned_data["year_founded"]
        if year is not None and year > timezone.localdate().year:
            raise ValidationError(_("This year has not come yet."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") != OrganizationKind.CIVIL_SOCIETY:
            cleaned["civil_society_kind"] = ""
        return cleaned


class NumberForm(forms.Form):
    """One number of a register. A row that is left empty does not count."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=[("", "—"), *IdentifierScheme.choices], required=False
    )
    value = PlainText(label=gettext_lazy("Number"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        scheme, value = cleaned.get("scheme"), cleaned.get("value")
        if value and not scheme:
            self.add_error("scheme", _("Choose the register that gave you this number."))
        if scheme and not value:
            self.add_error("value", _("Write the number, or choose no register."))
        if scheme and value:
            try:
                cleaned["value"] = identifiers.cleaned(scheme, value)
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned


class BeginForm(NumberForm):
    """What is needed to find out whether an organization is here already."""

    legal_name = PlainText(label=gettext_lazy("Name of your organization"), max_length=200)
    acronym = PlainText(label=gettext_lazy("Short name"), max_length=40, required=False)
    website = Website(label=gettext_lazy("Website"), max_length=300, required=False)

    NAMING = ("legal_name", "acronym", "website")
    field_order = (*NAMING, "scheme", "value")

    def numbers(self) -> tuple[tuple[str, str], ...]:
        told = self.cleaned_data
        return ((told["scheme"], told["value"]),) if told["scheme"] else ()


class BaseNumbers(forms.BaseFormSet):
    def numbers(self) -> list[tuple[str, str]]:
        """Each once, of a valid form set."""
        filled = [(form.cleaned_data["scheme"], form.cleaned_data["value"]) for form in self if form.cleaned_data]
        return sorted({(scheme, value) for scheme, value in filled if scheme and value})


NumbersFormSet = forms.formset_factory(
    NumberForm, formset=BaseNumbers, extra=1, max_num=MOST_NUMBERS, validate_max=True
)


class PlaceForm(RecordForm):
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country where you are registered"),
        queryset=Territory.objects.none(),
        help_text=gettext_lazy(
            "If you are not registered anywhere, choose the country where most of your work happens."
        ),
    )
    countries_of_activity = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Other countries where you are active"),
        queryset=Territory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only the country is ever shown, never a town or an address."),
    )
    website = Website(label=gettext_lazy("Website"), max_length=300, required=False)

    class Meta:
        model = Organization
        fields = ("country", "countries_of_activity", "website")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "countries_of_activity"):
            field: Any = self.fields[name]
            field.queryset = Territory.objects.order_by("name", "id")


class WorkForm(RecordForm):
    pillars = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Pillars you work on"),
        queryset=Pillar.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    activity_types = forms.MultipleChoiceField(
        label=gettext_lazy("What you do"), choices=ActivityType, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you work in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mission = PlainText(
        label=gettext_lazy("What your organization is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-most": 500}),
        help_text=gettext_lazy("At most 500 characters. Do not write names of suspects or victims, and no case files."),
    )
    mission_language = forms.ChoiceField(label=gettext_lazy("In which language did you write that?"), required=False)
    other_networks = forms.MultipleChoiceField(
        label=gettext_lazy("Other networks and registers you are in"),
        choices=OtherNetwork,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    self_description = forms.MultipleChoiceField(
        label=gettext_lazy("Your organization is"),
        choices=SelfDescription,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("You need not say it. It helps the secretariat to see who is missing in the network."),
    )

    class Meta:
        model = Organization
        fields = (
            "pillars", "activity_types", "languages", "mission", "mission_language", "other_networks",
            "self_description",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["pillars"].queryset = Pillar.objects.canonical()
        fields["languages"].choices = languages()
        fields["mission_language"].choices = [("", "—"), *languages()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("mission") and not cleaned.get("mission_language"):
            self.add_error("mission_language", _("Choose the language of your text, so that it is read out rightly."))
        if not cleaned.get("mission"):
            cleaned["mission_language"] = ""
        return cleaned


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=gettext_lazy("What may this person do?"),
        choices=[
            (AffiliationRole.ADMIN, gettext_lazy("everything, and invite people (administrator)")),
            (AffiliationRole.EDITOR, gettext_lazy("write: profile, commitments, reports (editor)")),
            (AffiliationRole.VIEWER, gettext_lazy("read only (viewer)")),
        ],
        initial=AffiliationRole.EDITOR,
        widget=forms.RadioSelect,
    )


class AppearanceForm(forms.Form):
    """How an organization is shown; what is open to everybody needs its consent."""

    appearance = forms.ChoiceField(label=gettext_lazy("What others see"), choices=Appearance, widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=gettext_lazy("We agree that everybody sees this. We can take that back at any time."), required=False
    )
    sharing = forms.BooleanField(
        label=gettext_lazy(
            "We agree that our profile is shared with the sister networks in Africa, the Americas and Asia."
        ),
        required=False,
    )
    membership = forms.BooleanField(
        label=gettext_lazy("We also apply to become a member of NET4U Europe."), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("appearance") in OPEN_APPEARANCES and not cleaned.get("consent"):
            self.add_error(
                "consent", _("Tick this box if everybody may see it. Otherwise choose another answer above.")
            )
        return cleaned

    def choices(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        return {"appearance": Appearance(self.cleaned_data["appearance"]), "sharing": self.cleaned_data["sharing"]}


class ClaimForm(forms.Form):
    words = PlainText(
        label=gettext_lazy("What is your part in this organization?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Your task there, and how the reader can check it. Only who decides reads this."),
    )
