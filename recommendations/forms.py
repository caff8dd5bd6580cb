"""What the secretariat writes about a recommendation."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from net4u.base.forms import RecordForm
from net4u.base.languages import alphabetical
from recommendations.enums import AddresseeKind, Assessor
from recommendations.models import Addressee, Answer, Assessment, Recommendation
from vocabulary.models import Territory


class WhoIsAsked(forms.Form):
    """Whom a recommendation addresses, and whether that is our reading."""

    addressees = forms.MultipleChoiceField(
        label=gettext_lazy("Who is asked?"),
        # A single State needs its name: it is asked for apart.
        choices=[choice for choice in AddresseeKind.choices if choice[0] != AddresseeKind.STATE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    inferred = forms.BooleanField(
        label=gettext_lazy("The text names nobody: this is our reading of it"), required=False, initial=True
    )

    def addressed(self) -> list[Addressee]:
        chosen: dict[str, Any] = self.cleaned_data
        told = {"inferred": chosen["inferred"]}
        return [
            *(Addressee(kind=kind, **told) for kind in chosen["addressees"]),
            *(Addressee(kind=AddresseeKind.STATE, territory=each, **told) for each in chosen.get("states", ())),
        ]


class FromOutputForm(WhoIsAsked, forms.ModelForm):
    """An output becomes a recommendation: its text as it stands, its year, and whom it asks."""

    class Meta:
        model = Recommendation
        fields = ["text", "language", "made_in", "pillars", "source"]
        labels = {
            "text": gettext_lazy("Text, word for word"),
            "language": gettext_lazy("Language of the text"),
            "made_in": gettext_lazy("Year in which it was made"),
            "pillars": gettext_lazy("Pillars"),
            "source": gettext_lazy("Source"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "pillars": forms.CheckboxSelectMultiple}


class RecommendationForm(WhoIsAsked, RecordForm):
    """The whole of it: what the source says, and where it belongs."""

    states = forms.ModelMultipleChoiceField(
        Territory.objects.all(), label=gettext_lazy("Single States that are asked"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("text", "language", "made_in", "addressees", "states", "inferred", "pillars", "themes",
                   "provisions", "what_follows", "source")  # fmt: skip
    #: Not columns: they are set by the service.
    LINKS = ("pillars", "themes", "provisions")

    class Meta:
        model = Recommendation
        fields = ("text", "language", "made_in", "pillars", "themes", "provisions", "what_follows", "source")
        labels: ClassVar[dict[str, Any]] = {
            **FromOutputForm.Meta.labels,
            "themes": gettext_lazy("Themes"),
            "provisions": gettext_lazy("Articles"),
            "what_follows": gettext_lazy("What the source says will be done with it"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "what_follows": forms.Textarea(attrs={"rows": 2}),
            "pillars": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "provisions": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["states"]
        states.choices = sorted(states.choices, key=lambda choice: alphabetical(str(choice[1])))
        asked = list(self.instance.addressees.all())
        self.initial = {
            **self.initial,
            "addressees": [each.kind for each in asked if each.territory_id is None],
            "states": [each.territory_id for each in asked if each.territory_id],
            "inferred": any(each.inferred for each in asked),
        }

    def links(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.LINKS}


class AnswerForm(forms.ModelForm):
    """What somebody who was asked said, as a source has it."""

    class Meta:
        model = Answer
        fields = ("kind", "addressee", "organization", "named_as", "text", "language", "answered_on", "source")
        labels = {
            "kind": gettext_lazy("What was answered?"),
            "addressee": gettext_lazy("Who answered, of those who are asked"),
            "organization": gettext_lazy("Or which organization"),
            "named_as": gettext_lazy("Its name in the source"),
            "text": gettext_lazy("The answer, word for word"),
            "language": gettext_lazy("Language of the answer"),
            "answered_on": gettext_lazy("On which day?"),
            "source": gettext_lazy("Source"),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "answered_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addressee: Any = self.fields["addressee"]
        addressee.queryset = self.instance.recommendation.addressees.select_related("territory")


class AssessmentForm(forms.ModelForm):
    """How far it was followed. What those who were asked say of themselves is told as theirs, with its source."""

    class Meta:
        model = Assessment
        fields = ("assessor", "organization", "named_as", "level", "basis", "assessed_on", "source")
        labels = {
            "assessor": gettext_lazy("Who looked?"),
            "organization": gettext_lazy("Which organization, if it was one"),
            "named_as": gettext_lazy("Its name in the source"),
            "level": gettext_lazy("What was found?"),
            "basis": gettext_lazy("On what basis?"),
            "assessed_on": gettext_lazy("On which day?"),
            "source": gettext_lazy("Source"),
        }
        widgets = {
            "assessor": forms.RadioSelect,
            "level": forms.RadioSelect,
            "basis": forms.Textarea(attrs={"rows": 3}),
            "assessed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].initial = Assessor.SECRETARIAT
