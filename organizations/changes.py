"""What a change of a profile says, in words, for who asked for it and for who decides."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from net4u.base.column_words import column_in_words
from organizations.enums import CivilSocietyKind, IdentifierScheme, OrganizationKind
from organizations.models import Organization, ProfileChange
from vocabulary.models import Territory

#: What the codes of held fields mean.
WORDS: dict[str, dict[str, Any]] = {
    "kind": dict(OrganizationKind.choices),
    "civil_society_kind": dict(CivilSocietyKind.choices),
}


def differences(change: ProfileChange) -> list[tuple[str, str, str]]:
    """Each field that differs: its name, what is shown now and what is asked for, in words."""
    return [
        (_name_of(field), _in_words(field, change.before[field]), _in_words(field, change.after[field]))
        for field in change.after
    ]


def _name_of(field: str) -> str:
    if field == "identifiers":
        return _("register numbers")
    return column_in_words(Organization, field)


def _in_words(field: str, value: Any) -> str:
    if field == "identifiers":
        schemes = dict(IdentifierScheme.choices)
        return "; ".join(f"{schemes.get(scheme, scheme)} {number}" for scheme, number in value)
    if field == "country_id":
        return str(Territory.objects.filter(pk=value).first() or "")
    return str(WORDS.get(field, {}).get(value, value))
