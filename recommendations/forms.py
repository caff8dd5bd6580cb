"""What the secretariat writes about a recommendation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from recommendations.enums import AddresseeKind
from recommendations.models import Addressee, Recommendation


class FromOutputForm(forms.ModelForm):
    """An output becomes a recommendation: its text as it stands, its year, and whom it asks."""

    addressees = forms.MultipleChoiceField(
        label=gettext_lazy("Who is asked?"),
        # A single State needs its name: it is added to the recommendation itself.
        choices=[choice for choice in AddresseeKind.choices if choice[0] != AddresseeKind.STATE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    inferred = forms.BooleanField(
        label=gettext_lazy("The text names nobody: this is our reading of it"), required=False, initial=True
    )

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

    def addressed(self) -> list[Addressee]:
        chosen: dict[str, Any] = self.cleaned_data
        return [Addressee(kind=kind, inferred=chosen["inferred"]) for kind in chosen["addressees"]]
