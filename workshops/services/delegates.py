"""Lists of participants: who was there, and when they are forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from net4u.base.change import change
from net4u.base.forgetting import forgets
from net4u.base.states import require
from organizations.network_settings import network_settings
from workshops.models import Delegate, Participation, Workshop

if TYPE_CHECKING:
    from uuid import UUID

    from people.models import User

BATCH = 500
#: What a list may correct about somebody who is on it already.
WRITTEN = ("name", "email", "function", "organization", "organization_name", "country", "modality", "named_on")


def record_delegates(
    *, workshop: Workshop, new: Sequence[Delegate], changed: Sequence[Delegate], by: User | None
) -> int:
    """Keep the people of a list, and that their organizations took part; returns how many of these are new.

    Taking part is told to nobody until the organization itself says so: attribution begins as "not shown".
    """
    require(by, "workshops.import_participants")
    with change(by=by, what="workshop.participants_recorded"):
        Delegate.objects.bulk_create(new, batch_size=BATCH)
        Delegate.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
        told: set[UUID] = {each.organization_id for each in (*new, *changed) if each.organization_id}
        told -= set(workshop.participations.values_list("organization", flat=True))
        rows = [Participation(workshop=workshop, organization_id=pk) for pk in sorted(told)]
        Participation.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def names_kept_until(workshop: Workshop) -> date | None:
    """The last day on which names are kept; None where the workshop has no date."""
    last_day = workshop.ends_on or workshop.starts_on
    return last_day + timedelta(days=network_settings().delegates_kept_days) if last_day else None


@forgets
def forget_delegates(now: datetime) -> None:
    """Names and addresses go; that their organizations took part stays."""
    kept = network_settings().delegates_kept_days
    Delegate.objects.past(on=timezone.localdate(now), kept_days=kept).delete()
