from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.enums import MailKind, SecretariatRole
from people.models import User


def time_zones() -> list[tuple[str, str]]:
    """Those with a place in their name; Europe first."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    ordered = sorted(names, key=lambda name: not name.startswith("Europe/"))
    return [(name, name.replace("_", " ")) for name in ordered]


class AccountForm(forms.ModelForm):
    """Who somebody is here."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your own organization and the secretariat see it. It is never public."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of mails to you"),
        choices=settings.LANGUAGES,
        help_text=_("Their links lead to pages in this language."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["time_zone"]
        field.choices = time_zones()


class MailsForm(forms.Form):
    """Mails that somebody may do without; ticked is wanted."""

    KINDS = MailKind.values
    kinds = forms.MultipleChoiceField(
        label=_("Send me"), choices=MailKind, required=False, widget=forms.CheckboxSelectMultiple
    )


class LeaveForm(forms.Form):
    """Asked once more, since nothing brings an account back."""

    sure = forms.BooleanField(label=_("Yes, erase my account and everything named above under “What goes”"))


class RoleForm(forms.Form):
    """What somebody of the secretariat is."""

    role = forms.ChoiceField(label=_("Role"), choices=SecretariatRole)


class TeamForm(forms.Form):
    """Somebody who has an account comes to the secretariat."""

    email = forms.EmailField(
        label=_("E-mail address of their account"),
        max_length=254,
        help_text=_("They are told by mail. Before anything else they set up a second factor."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in SecretariatRole if role != SecretariatRole.NONE],
        initial=SecretariatRole.CURATOR,
        widget=forms.RadioSelect,
        help_text=_("An administrator also keeps team and settings, merges, erases and undoes a take-down."),
    )
