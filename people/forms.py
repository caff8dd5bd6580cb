from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.models import User


class LanguageForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language of mails to you"),
        choices=settings.LANGUAGES,
        help_text=_("Their links lead to pages in this language."),
    )

    class Meta:
        model = User
        fields = ("language",)
