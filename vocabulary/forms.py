"""What is chosen from the word lists, wherever that is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from vocabulary.models import Pillar


class PillarForm(forms.Form):
    """One pillar, for many records at once."""

    pillar = forms.ModelChoiceField(
        Pillar.objects.canonical(), label=gettext_lazy("Which pillar?"), widget=forms.RadioSelect, empty_label=None
    )
