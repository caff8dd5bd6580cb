"""A workshop in the words of schema.org, and in one line. Its parts arrive filtered for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from net4u.base.addresses import absolute
from net4u.base.cards import Data, told
from net4u.base.templatetags.ui import when
from vocabulary.enums import DatePrecision
from workshops.enums import Mode, WorkshopKind, WorkshopRoleKind
from workshops.models import Workshop

ORGANIZERS = {WorkshopRoleKind.CONVENER, WorkshopRoleKind.ORGANIZER, WorkshopRoleKind.CO_ORGANIZER}
SUPPORTERS = {WorkshopRoleKind.SUPPORTER, WorkshopRoleKind.FUNDER}
MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.MIXED: "MixedEventAttendanceMode",
}
#: No more exact than the source.
DATES = {DatePrecision.DAY: "Y-m-d", DatePrecision.MONTH: "Y-m", DatePrecision.YEAR: "Y"}


def facts(workshop: Workshop) -> Iterator[str]:
    """What kind of event, when and where, in one line."""
    yield str(capfirst(workshop.get_kind_display()))
    yield when(workshop.starts_on, workshop.ends_on, workshop.date_precision)
    if where := place_of(workshop):
        yield where


def place_of(workshop: Workshop) -> str:
    return ", ".join(str(each) for each in (workshop.place, workshop.country) if each)


def event(workshop: Workshop) -> list[Data]:
    """Nothing where no source gives a date, or where it is a statement: that is no event."""
    if workshop.starts_on is None or workshop.kind == WorkshopKind.STATEMENT:
        return []
    mode = MODES.get(Mode(workshop.mode))
    data = {
        "@type": "Event",
        "@id": workshop.pk.urn,
        "url": absolute(workshop.get_absolute_url()),
        "name": str(workshop),
        "description": workshop.summary,
        "startDate": _date(workshop.starts_on, workshop),
        "endDate": _date(workshop.ends_on or workshop.starts_on, workshop),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{mode}" if mode else "",
        "location": _location(workshop),
        "organizer": _organizations(workshop, ORGANIZERS),
        "sponsor": _organizations(workshop, SUPPORTERS),
    }
    if workshop.part_of is not None:
        above = workshop.part_of
        data["superEvent"] = {"@type": "Event", "name": str(above), "url": absolute(above.get_absolute_url())}
    return [told(data)]


def _date(day: date, workshop: Workshop) -> str:
    return date_format(day, DATES[DatePrecision(workshop.date_precision)])


def _location(workshop: Workshop) -> Data:
    if not (workshop.place or workshop.country):
        return {}
    address = {
        "@type": "PostalAddress",
        "addressLocality": workshop.place,
        "addressCountry": workshop.country.iso2 if workshop.country else "",
    }
    return {"@type": "Place", "name": workshop.venue or place_of(workshop), "address": told(address)}


def _organizations(workshop: Any, kinds: set[WorkshopRoleKind]) -> list[Data]:
    """Each once, whichever source names it."""
    found = {row.organization_id: row.organization for row in workshop.roles.all() if row.role in kinds}
    return [
        {"@type": "Organization", "name": str(each), "url": absolute(each.get_absolute_url())}
        for each in found.values()
    ]
