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
from organizations.forms.review import ApprovalForm
from organizations.forms.settings import NetworkSettingsForm
from organizations.forms.texts import EditableTextForm

__all__ = [
    "AppearanceForm",
    "ApprovalForm",
    "BeginForm",
    "ClaimForm",
    "EditableTextForm",
    "InviteForm",
    "NamesForm",
    "NetworkSettingsForm",
    "NumberForm",
    "NumbersFormSet",
    "PlaceForm",
    "WorkForm",
    "languages",
    "whole_address",
]
