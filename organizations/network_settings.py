"""What the secretariat set for its network, or what holds until it does."""

from __future__ import annotations

from django.conf import settings

from net4u.base.decisions import Decisions, decided_by
from organizations.models import OURS, NetworkSettings


def network_settings() -> NetworkSettings:
    """One query; without a row, an unsaved one with the defaults."""
    return NetworkSettings.objects.filter(network__code=OURS).first() or NetworkSettings()


@decided_by
def _decisions() -> Decisions:
    """What is stored comes before what the environment says."""
    told = network_settings()
    return Decisions(
        data_controller=told.data_controller or settings.DATA_CONTROLLER,
        data_licence=told.data_licence or settings.DATA_LICENCE,
        reports_kept_days=told.reports_kept_days,
    )
