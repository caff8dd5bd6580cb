"""The list of commitments as a table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from net4u.base.exports import INVENTED, Column


def _of(name: str) -> Any:
    return lambda commitment: getattr(commitment, name)


def _pillars(commitment: Any) -> str:
    return "; ".join(map(str, commitment.pillars.all()))


COLUMNS = (
    Column(_("reference"), _of("reference")),
    Column(_("commitment"), _of("title")),
    Column(_("language"), _of("language")),
    Column(_("organization"), lambda commitment: str(commitment.organization)),
    Column(_("country"), lambda commitment: commitment.organization.country),
    Column(_("pillars"), _pillars),
    Column(_("horizon"), lambda commitment: commitment.get_horizon_display()),
    Column(_("target"), _of("target")),
    Column(_("unit"), _of("unit")),
    Column(_("value reported"), _of("value")),
    Column(_("due"), _of("due_on")),
    Column(_("progress reported"), lambda commitment: commitment.get_progress_display()),
    Column(_("completion assessed"), lambda commitment: commitment.get_completion_display()),
    Column(_("assessed on"), _of("assessed_on")),
    Column(_("state"), lambda commitment: commitment.get_state_display()),
    INVENTED,
    Column(_("address"), lambda commitment: settings.SITE_URL + commitment.get_absolute_url()),
)
