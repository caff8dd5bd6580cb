"""The directory as a table. Beyond name and country a cell is filled only where its reader sees the profile."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from net4u.base.exports import INVENTED, Column
from organizations.models import Organization


def _kind(organization: Any) -> str:
    return organization.get_kind_display() if organization.profile_shown else ""


def _pillars(organization: Any) -> str:
    return "; ".join(map(str, organization.pillars.all())) if organization.profile_shown else ""


def _standings(organization: Organization) -> str:
    """Filtered for the reader by ``with_details``."""
    return "; ".join(f"{each.network}: {each.get_status_display()}" for each in organization.memberships.all())


def _source(organization: Organization) -> Any:
    return organization.source if organization.is_known_from_source else ""


def _promised(name: str) -> Any:
    return lambda organization: getattr(organization.promised, name, 0)


COLUMNS = (
    Column(_("name"), str),
    Column(_("legal name"), lambda organization: organization.legal_name),
    Column(_("acronym"), lambda organization: organization.acronym),
    Column(_("country"), lambda organization: organization.country),
    Column(_("kind"), _kind),
    Column(_("pillars"), _pillars),
    Column(_("membership"), _standings),
    Column(_("commitments"), _promised("number")),
    Column(_("commitments complete"), _promised("complete")),
    Column(_("commitments overdue"), _promised("overdue")),
    Column(_("known only from"), _source),
    INVENTED,
    Column(_("address"), lambda organization: settings.SITE_URL + organization.get_absolute_url()),
)
