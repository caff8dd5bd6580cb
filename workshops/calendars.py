"""Workshops for calendar programs: what everybody may see, whoever asks, since a calendar keeps what it fetched.

A workshop is an event of whole days, once its source tells them to the day; a session is an event of its own where
its times are known. What is withdrawn or off the record is not there, so a subscription drops it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import View
from icalendar import Calendar, Event, vDuration, vUri

from net4u.base.addresses import absolute
from net4u.base.documents import changed_at
from net4u.base.feeds import named, plain
from net4u.base.viewers import PUBLIC, Audience
from workshops.cards import place_of
from workshops.filters import WorkshopFilter
from workshops.models import Session, Workshop

#: The newest so many stand in a subscription.
MOST = 500
Changes = dict[UUID, datetime]


@method_decorator(conditional_page, name="dispatch")
class CalendarView(View):
    """An iCalendar file of some workshops; its ETag tells a subscriber that nothing changed."""

    http_method_names = ("get", "head", "options")

    def answer(self, rows: Any, *, name: str, file_name: str) -> HttpResponse:
        sessions = Session.objects.visible_to(PUBLIC).filter(starts_at__isnull=False)
        workshops = list(
            rows.known_to_the_day().select_related("country").prefetch_related(Prefetch("sessions", sessions))[:MOST]
        )
        response = HttpResponse(
            calendar_of(workshops, name=name).to_ical(), content_type="text/calendar; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
        return response


class AllWorkshops(CalendarView):
    """To subscribe to, with the filters of the list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = WorkshopFilter.public_rows(request.GET).order_by(F("starts_on").desc(nulls_last=True), "id")
        return self.answer(rows, name=_("Workshops and events: NET4U Europe"), file_name="workshops")


class OneWorkshop(CalendarView):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Not found as well where no source tells the day: there is nothing to put into a calendar."""
        rows = Workshop.objects.visible_to(PUBLIC).known_to_the_day().filter(slug=slug)
        return self.answer(rows, name=named(get_object_or_404(rows)), file_name=slug)


def calendar_of(workshops: list[Workshop], *, name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//NET4U Europe//Portal//{(get_language() or 'en').upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))  # what most programs read
    calendar.add("refresh-interval", vDuration(timedelta(days=1)), parameters={"VALUE": "DURATION"})
    ids = [each.pk for workshop in workshops for each in (workshop, *workshop.sessions.all())]
    changes = changed_at(ids, Audience.PUBLIC)
    for workshop in workshops:
        calendar.add_component(event_of(workshop, changes))
        for event in timed_sessions(workshop, changes):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar


def event_of(workshop: Workshop, changes: Changes) -> Event:
    """Whole days; nobody is busy because a workshop is held somewhere."""
    event = _event(workshop, changes, version=workshop.version)
    first: Any = workshop.starts_on
    event.add("dtstart", first)
    event.add("dtend", (workshop.ends_on or first) + timedelta(days=1))  # the day after, as the format wants it
    event.add("transp", "TRANSPARENT")
    _add_text(event, "location", ", ".join(each for each in (workshop.venue, place_of(workshop)) if each))
    _add_text(event, "description", workshop.summary)
    return event


def timed_sessions(workshop: Workshop, changes: Changes) -> Iterator[Event]:
    """Sessions whose day, time and zone are all known. Under the Chatham House Rule no more than the title is told."""
    if not workshop.time_zone:
        return
    zone = ZoneInfo(workshop.time_zone)
    for session in workshop.sessions.all():
        day = workshop.date_of(session.day)
        if day is None or session.starts_at is None:
            continue
        event = _event(session, changes, version=session.version + workshop.version)  # it moves with its workshop
        event.add("dtstart", _at(day, session.starts_at, zone))
        if session.ends_at is not None:
            event.add("dtend", _at(day + timedelta(days=session.ends_next_day), session.ends_at, zone))
        event.add("related-to", str(workshop.pk))
        if not session.hides_names:
            _add_text(event, "location", place_of(workshop))
            _add_text(event, "description", session.summary)
        yield event


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone)


def _event(record: Any, changes: Changes, *, version: int) -> Event:
    """What both have in common. Ids are those of the records, for ever."""
    at = changes.get(record.pk, timezone.now()).replace(microsecond=0)
    event = Event()
    event.add("uid", str(record.pk))
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", version)
    invented = record if isinstance(record, Workshop) else record.workshop
    event.add("summary", named(invented, str(record)))
    event.add("url", vUri(absolute(record.get_absolute_url())))
    return event


def _add_text(event: Event, name: str, text: str) -> None:
    if text:
        event.add(name, plain(text))
