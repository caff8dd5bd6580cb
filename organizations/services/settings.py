"""What the secretariat sets for its network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone

from net4u.base import reminders
from net4u.base.change import Conflict, change
from net4u.base.states import require
from organizations.models import NetworkSettings

if TYPE_CHECKING:
    from people.models import User


def save_network_settings(*, settings: NetworkSettings, by: User | None) -> NetworkSettings:
    """Keep them; the journal tells what was before. Reminders that are still to come follow the new rules.

    Raises ``Conflict`` when somebody else saved them meanwhile, the first time included.
    """
    require(by, "organizations.change_networksettings", settings)
    try:
        with change(by=by, what="settings.saved"):
            settings.full_clean(exclude={"network"})
            settings.save()
            reminders.plan_again(timezone.now())
    except IntegrityError as error:
        raise Conflict(settings, NetworkSettings.objects.filter(network=settings.network).first()) from error
    return settings
