"""An organization changes its profile: most of it is shown at once, what identifies it waits for the secretariat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.states import TransitionError, require
from organizations.enums import RequestState
from organizations.models import Identifier, Organization, ProfileChange
from organizations.services.news import News, tell

if TYPE_CHECKING:
    from people.models import User

#: What tells one organization from another: shown in another form only once the secretariat agreed.
HELD = ("legal_name", "english_name", "acronym", "kind", "civil_society_kind", "country_id")

#: Scheme and value of each register number.
Numbers = Iterable[tuple[str, str]]


def save_profile(
    *,
    organization: Organization,
    relations: Mapping[str, Iterable[Any]] | None = None,
    numbers: Numbers | None = None,
    by: User | None,
) -> ProfileChange | None:
    """Keep a profile as it was written; returns the change that waits for the secretariat, if there is one.

    ``relations`` are many-to-many fields with their new rows, ``numbers`` all register numbers (None: unchanged).
    """
    require(by, "organizations.edit_organization", organization)
    with change(by=by, what="organization.profile_saved"):
        asked = _held_back(organization, numbers, by) if organization.is_published else None
        organization.full_clean()
        organization.save()
        for name, rows in (relations or {}).items():
            getattr(organization, name).set(rows)
        if numbers is not None and not organization.is_published:
            _set_numbers(organization, numbers)
    return asked


def _held_back(organization: Organization, numbers: Numbers | None, by: User | None) -> ProfileChange | None:
    """Put what is held into the request that waits, and the stored values back into the organization."""
    stored = Organization.objects.get(pk=organization.pk)
    before = {name: getattr(stored, name) for name in HELD}
    after = {name: getattr(organization, name) for name in HELD}
    for name, value in before.items():
        setattr(organization, name, value)
    if numbers is not None:
        before["identifiers"], after["identifiers"] = _numbers_of(stored), sorted(map(list, numbers))
    differing = [name for name in after if after[name] != before[name]]
    if not differing:
        return None
    waiting = ProfileChange.objects.open().filter(organization=organization).first()
    known = waiting or ProfileChange(organization=organization, before={}, after={})
    known.before |= {name: before[name] for name in differing}
    known.after |= {name: after[name] for name in differing}
    known.asked_by, known.asked_at = by, timezone.now()
    known.save()
    return known


def _numbers_of(organization: Organization) -> list[list[str]]:
    return sorted(map(list, organization.identifiers.values_list("scheme", "value")))


def _set_numbers(organization: Organization, numbers: Numbers) -> None:
    wanted = {(scheme, value) for scheme, value in numbers}
    for row in organization.identifiers.all():
        if (row.scheme, row.value) not in wanted:
            row.delete()
        wanted.discard((row.scheme, row.value))
    for scheme, value in sorted(wanted):
        row = Identifier(organization=organization, scheme=scheme, value=value)
        row.full_clean()
        row.save()


def accept_profile_change(*, request: ProfileChange, by: User | None) -> None:
    """Show the new values. What else was changed meanwhile stays."""
    require(by, "organizations.review_organization", request.organization)
    with change(by=by, what="organization.profile_change_accepted") as work:
        _close(request, RequestState.ACCEPTED)
        organization = Organization.objects.get(pk=request.organization_id)
        for name, value in request.after.items():
            if name == "identifiers":
                _set_numbers(organization, [(scheme, number) for scheme, number in value])
            else:
                setattr(organization, name, value)
        organization.full_clean()
        organization.save()
        tell(work, News.PROFILE_CHANGE_ACCEPTED, organization, about=request.pk)


def decline_profile_change(*, request: ProfileChange, words: str, by: User | None) -> None:
    """The profile stays as it is; the organization reads why."""
    require(by, "organizations.review_organization", request.organization)
    if not words.strip():
        raise ValidationError({"words": _("Say why, so that the organization knows what to do next.")})
    with change(by=by, what="organization.profile_change_declined") as work:
        _close(request, RequestState.DECLINED, answer=words)
        tell(work, News.PROFILE_CHANGE_DECLINED, request.organization, words=words, about=request.pk)


def take_back_profile_change(*, request: ProfileChange, by: User | None) -> None:
    require(by, "organizations.edit_organization", request.organization)
    with change(by=by, what="organization.profile_change_taken_back"):
        _close(request, RequestState.TAKEN_BACK)


def _close(request: ProfileChange, state: RequestState, *, answer: str = "") -> None:
    values = {"state": state, "decided_at": timezone.now(), "answer": answer}
    if not ProfileChange.objects.open().filter(pk=request.pk).update(**values):
        raise TransitionError(_("This change was answered or taken back meanwhile."))
