from organizations.forms.registration import (
    AppearanceForm,
    BeginForm,
    ClaimForm,
    InviteForm,
    NamesForm,
    NumberForm,
    NumbersFormSet,
    PlaceForm,
    WorkForm,
    languages,
    whole_address,
)  # fmt: skip
from organizations.forms.texts import EditableTextForm

__all__ = [
    "AppearanceForm",
    "BeginForm",
    "ClaimForm",
    "EditableTextForm",
    "InviteForm",
    "NamesForm",
    "NumberForm",
    "NumbersFormSet",
    "PlaceForm",
    "WorkForm",
    "languages",
    "whole_address",
]
