"""The list of workshops and events as a table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from net4u.base.exports import INVENTED, Column


def _of(name: str) -> Any:
    """As it is named; empty where there is none."""
    return lambda workshop: getattr(workshop, name) and str(getattr(workshop, name))


COLUMNS = (
    Column(_("title"), str),
    Column(_("kind"), lambda workshop: workshop.get_kind_display()),
    Column(_("network"), _of("network")),
    Column(_("part of"), _of("part_of")),
    Column(_("starts"), lambda workshop: workshop.starts_on),
    Column(_("ends"), lambda workshop: workshop.ends_on),
    Column(_("date known to the"), lambda workshop: workshop.get_date_precision_display()),
    Column(_("place"), _of("place")),
    Column(_("country"), _of("country")),
    Column(_("state"), lambda workshop: workshop.get_state_display()),
    INVENTED,
    Column(_("address"), lambda workshop: settings.SITE_URL + workshop.get_absolute_url()),
)
