"""The printable report of a workshop: an accessible PDF of what its page tells everybody.

Built from what the public sees, whoever asks: a printed copy cannot be taken back. Texts go to the template as data
and are never read as markup. The same data give the same bytes, dated by the last change of what they tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View

from net4u.base.addresses import absolute
from net4u.base.documents import changed_at
from net4u.base.pdf import ROOT, Data, answered, language_of, lines, printable, tongue
from net4u.base.templatetags.ui import DASH, QUALIFIERS, named_otherwise, when
from net4u.base.viewers import PUBLIC, Audience
from net4u.base.views import Excerpt, SourceLetters
from workshops.cards import place_of
from workshops.enums import Disclosure, Mode, SessionFormat
from workshops.models import Workshop
from workshops.serializers import left_out
from workshops.views import agenda, counted, grouped, roles_by_source, sorted_contributions, sources_of

TEMPLATE = ROOT / "workshops" / "report.typ"
#: Commitments beyond these are counted, with the address of the list.
MOST_COMMITMENTS = 200


class WorkshopReport(View):
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        workshop = published(slug)
        record, at = Report(workshop).told()
        return answered(request, TEMPLATE, record, at=at, name=slug)


def published(slug: str) -> Workshop:
    rows: Any = Workshop.objects.visible_to(PUBLIC).with_details(PUBLIC)
    rows = rows.prefetch_related("sessions__pillars", "sessions__source", "working_groups__source")
    found: Workshop | None = rows.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


class Report:
    """Everything the template shows, as finished texts in the reader's language, in the order of the page."""

    def __init__(self, workshop: Any) -> None:
        self.workshop = workshop
        self.recommendations = list(
            self.workshop.recommendations.visible_to(PUBLIC)
            .select_related("source")
            .prefetch_related("addressees__territory")
        )
        self.promised = self.workshop.commitments.visible_to(PUBLIC)
        self.commitments = Excerpt.of(self.promised.as_rows(), MOST_COMMITMENTS)
        declarations: Any = workshop.declarations
        self.declarations = list(declarations.visible_to(PUBLIC).select_related("source"))
        self.letters = SourceLetters(sources_of(workshop, self.recommendations, self.declarations))

    def told(self) -> tuple[str, datetime]:
        """As JSON, and when the latest of it changed."""
        workshop = self.workshop
        parts = (workshop.sessions, workshop.working_groups, workshop.outputs, workshop.resources, workshop.parts)
        told = [workshop, *self.recommendations, *self.commitments.rows, *self.declarations]
        told += [row for part in parts for row in part.all()]
        changes = changed_at((row.pk for row in told), Audience.PUBLIC)
        at = max(changes.values(), default=workshop.published_at or timezone.now()).replace(microsecond=0)
        return json.dumps(printable(self.data(at)), sort_keys=True, ensure_ascii=False), at

    def data(self, at: datetime) -> Data:
        workshop = self.workshop
        said, named = sorted_contributions(workshop)
        return {
            "language": tongue(get_language() or ""),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "words": words(),
            "address": absolute(workshop.get_absolute_url()),
            "head": self.head(),
            "figures": [self.figure(row) for row in workshop.figures.all()],
            "summary": lines(workshop.summary),
            "summary_language": language_of(workshop, "summary"),
            "quote": self.quote(),
            "roles": self.roles(),
            "agenda": [self.day(day, said) for day in agenda(workshop)],
            "zone": self.zone(),
            "participants": self.participants(),
            "named": [self.contribution(row) for row in named],
            "groups": self.groups(),
            "outputs": self.outputs(),
            "recommendations": [self.recommendation(row) for row in self.recommendations],
            "declarations": [{"title": str(row), "mark": self.letters.of(row.source)} for row in self.declarations],
            "commitments": [commitment(row) for row in self.commitments.rows],
            "more_commitments": more(self.commitments.more, workshop.slug),
            "parts": [{"title": str(row), "when": when_of(row)} for row in workshop.parts.all()],
            "resources": [{"title": str(row), "kind": row.get_kind_display()} for row in workshop.resources.all()],
            "sources": [source(letter, row) for letter, row in self.letters],
            "names": [{"text": row.name, "mark": self.letters.of(row.source)} for row in workshop.names.all()],
            "changed": _("Record last changed on %(day)s.") % {"day": when(at)},
        }  # fmt: skip

    def quote(self) -> Data | None:
        workshop = self.workshop
        if not workshop.quote:
            return None
        language = language_of(workshop, "quote")
        return {"text": workshop.quote, "language": language, "mark": self.letters.of(workshop.source)}

    def head(self) -> Data:
        workshop = self.workshop
        where = [place_of(workshop)]
        if workshop.mode != Mode.NOT_STATED:
            where.append(workshop.get_mode_display())
        notes = [] if workshop.title_is_verbatim else [_("The sources give no title; this one is ours.")]
        notes += [note for note in (workshop.venue and f"{workshop.venue}.", workshop.date_note) if note]
        if workshop.disclosure == Disclosure.CHATHAM_HOUSE:
            notes.append(_("Held under the Chatham House Rule: no names are shown."))
        tags = [workshop.get_kind_display(), str(workshop.network or "")]
        return {
            "title": str(workshop),
            "language": language_of(workshop, "title"),
            "short_title": Truncator(str(workshop)).chars(90),
            "tags": [tag for tag in tags if tag],
            "invented": _("Demonstration: everything in this report is invented.") if workshop.is_demonstration else "",
            "when": when_of(workshop),
            "where": " · ".join(each for each in where if each),
            "notes": notes,
        }

    def figure(self, row: Any) -> Data:
        sign, _spoken = QUALIFIERS.get(row.qualifier, ("", ""))
        number = number_format(row.value, force_grouping=True)
        return {
            "number": f"{sign}\N{NO-BREAK SPACE}{number}" if sign else number,
            "unit": row.get_unit_display(),
            "wording": row.wording,
            "note": row.note,
            "care": row.read_with_care,
            "mark": self.letters.of(row.source),
        }

    def roles(self) -> Data | None:
        """A column for each source, a row for each role that any of them names; a cell may be empty of names."""
        by_source = roles_by_source(self.workshop)
        hidden = left_out(self.workshop, "roles")
        kinds = list(dict.fromkeys(kind for _source, rows in by_source for kind in rows))
        text = ngettext(
            "And %(number)s more role that is not shown.", "And %(number)s more roles that are not shown.", hidden
        )
        if not by_source and not hidden:
            return None
        return {
            "columns": [
                {
                    "title": _("According to %(publisher)s") % {"publisher": source.publisher}
                    if source
                    else _("In the secretariat’s own record"),  # noqa: RUF001 -- typography
                    "mark": self.letters.of(source),
                }
                for source, _rows in by_source
            ],
            "rows": [
                {
                    "role": capfirst(kind),
                    "cells": [[named_as(row) for row in rows.get(kind, ())] for _s, rows in by_source],
                }
                for kind in kinds
            ],
            "note": text % {"number": hidden} if hidden else "",
        }

    def zone(self) -> str:
        zone = self.workshop.time_zone
        told = _("Times are those of %(zone)s.") % {"zone": zone} if zone else _("Times are not recorded.")
        return f"{told} {_('A dash stands where the source gives a session no number.')}"

    def day(self, day: Any, said: dict[Any, list[Any]]) -> Data:
        title = _("Day %(number)s") % {"number": day.number} if day.number else _("Day not stated")
        if day.date:
            title = f"{title} · {date_format(day.date, 'l j F')}"
        return {"title": title, "sessions": [self.session(each, said) for each in day.sessions]}

    def session(self, session: Any, said: dict[Any, list[Any]]) -> Data:
        facts = [] if session.format == SessionFormat.NOT_STATED else [capfirst(session.get_format_display())]
        facts += [str(pillar) for pillar in session.pillars.all()]
        is_stricter = session.disclosure != self.workshop.disclosure
        return {
            "number": str(session.number or DASH),
            "time": times_of(session),
            "title": str(session),
            "language": language_of(session, "title"),
            "mark": self.letters.of(session.source),
            "summary": lines(session.summary),
            "summary_language": language_of(session, "summary"),
            "facts": " · ".join(facts),
            "notice": _("Held under the Chatham House Rule: no names are shown.") if is_stricter else "",
            "said": [self.contribution(row) for row in said.get(session.pk, ())],
        }

    def contribution(self, row: Any) -> Data:
        affiliation = row.affiliation_text or str(row.organization or "")
        who = ", ".join(each for each in (row.person_name, row.person_role, affiliation) if each)
        return {
            "who": who,
            "what": row.get_kind_display(),
            "quote": row.quote,
            "language": language_of(row, "quote"),
            "reported": lines(row.reported),
            "mark": self.letters.of(row.source),
        }

    def participants(self) -> Data | None:
        rows, hidden = self.workshop.participations.all(), left_out(self.workshop, "participations")
        if not rows and not hidden:
            return None
        text = ngettext(
            "And %(number)s more organization that is not shown.",
            "And %(number)s more organizations that are not shown.",
            hidden,
        )
        return {
            "rows": [{"name": named_as(row), "mark": self.letters.of(row.source)} for row in rows],
            "note": text % {"number": hidden} if hidden else "",
        }

    def groups(self) -> list[Data]:
        recommended, promised = (
            grouped(self.recommendations, "working_group_id"),
            counted(self.promised, "working_group_id"),
        )
        return [
            {
                "name": str(group),
                "method": group.method,
                "pillars": [str(pillar) for pillar in group.pillars.all()],
                "followed": followed(recommended.get(group.pk, ()), promised.get(group.pk, 0)),
                "mark": self.letters.of(group.source),
            }
            for group in self.workshop.working_groups.all()
        ]

    def outputs(self) -> list[Data]:
        recommended, promised = grouped(self.recommendations, "output_id"), counted(self.promised, "output_id")

        def told(output: Any) -> Data:
            return {
                "text": output.text,
                "language": language_of(output, "text"),
                "note": lines(output.note),
                "group": str(output.working_group or ""),
                "care": output.read_with_care,
                "followed": followed(recommended.get(output.pk, ()), promised.get(output.pk, 0)),
                "mark": self.letters.of(output.source),
            }

        kinds = grouped(self.workshop.outputs.all(), "get_kind_display")
        return [{"title": kind, "rows": [told(row) for row in rows]} for kind, rows in kinds.items()]

    def recommendation(self, row: Any) -> Data:
        addressees = [
            _("%(addressee)s (our reading)") % {"addressee": each} if each.inferred else str(each)
            for each in row.addressees.all()
        ]
        return {
            "reference": row.reference,
            "text": row.text,
            "language": language_of(row, "text"),
            "addressees": ", ".join(addressees) or _("Not stated"),
            "mark": self.letters.of(row.source),
        }


def words() -> dict[str, str]:
    """Headings and other fixed texts of the template."""
    return {
        "motto": _("Civil society on the UN organized crime convention"),
        "figures": _("Figures from the sources"),
        "care": _("read with care"),
        "summary": _("In short"),
        "quote": _("In the words of the report"),
        "roles": _("Who convened and supported it"),
        "differ": _("The sources tell it differently. We show what each one says and do not choose between them."),
        "role": _("Role"),
        "not_stated": _("Not stated"),
        "agenda": _("Agenda"),
        "number": _("No."),
        "time": _("Time"),
        "session": _("Session"),
        "participants": _("Who took part"),
        "no_agreement": _("Taking part is neither membership nor agreement."),
        "named": _("Who the sources name"),
        "groups": _("Working groups"),
        "group": _("Working group"),
        "pillars": _("Pillars"),
        "became": _("What became of it"),
        "outputs": _("Outputs, and what became of them"),
        "output": _("Output"),
        "recommendations": _("Recommendations"),
        "reference": _("Reference"),
        "recommendation": _("Recommendation"),
        "addressees": _("Addressed to"),
        "declarations": _("Declarations"),
        "commitments": _("Commitments that followed"),
        "commitment": _("Commitment"),
        "due": _("Due"),
        "reported": _("Reported"),
        "found": _("Found by others"),
        "parts": _("Parts of this event"),
        "resources": _("Resources"),
        "sources": _("Sources"),
        "no_address": _("Received as a text; no address is known."),
        "names": _("Other titles in the sources:"),
        "copy": _("About this copy"),
        "public": _(
            "This copy tells what everybody may see on the page of the workshop. The page may have changed since."
        ),
        "no_report": _("This is not a place to report a crime."),
        "emergency": _("In danger? Call 112."),
        "page": _("page"),
        "letter": _("Letter"),
        "source": _("Source"),
    }


def when_of(workshop: Any) -> str:
    return when(workshop.starts_on, workshop.ends_on, workshop.date_precision)


def times_of(session: Any) -> str:
    clocks = [time_format(each, "H:i") for each in (session.starts_at, session.ends_at) if each is not None]
    return DASH.join(clocks)


def named_as(row: Any) -> str:
    """An organization, and the name a source gives it where that is another one."""
    other = named_otherwise(row)
    if not other:
        return str(row.organization)
    return _("%(organization)s (named as “%(name)s”)") % {"organization": row.organization, "name": other}


def followed(recommendations: Iterable[Any], commitments: int) -> str:
    """By reference what was recommended, by number what was promised."""
    told = [row.reference for row in recommendations]
    if commitments:
        text = ngettext("%(number)s commitment", "%(number)s commitments", commitments)
        told.append(text % {"number": commitments})
    return ", ".join(told) or _("Nothing recorded yet")


def commitment(row: Any) -> Data:
    return {
        "reference": row.reference,
        "title": row.title,
        "language": language_of(row, "title"),
        "organization": str(row.organization),
        "due": when(row.due_on),
        "reported": str(capfirst(row.get_progress_display())),
        "found": str(capfirst(row.get_completion_display())),
    }


def more(number: int, slug: str) -> Data | None:
    if not number:
        return None
    text = ngettext("And %(number)s more commitment:", "And %(number)s more commitments:", number)
    return {"text": text % {"number": number}, "address": absolute(f"{reverse('commitments:list')}?workshop={slug}")}


def source(letter: str, row: Any) -> Data:
    return {
        "letter": letter,
        "publisher": row.publisher,
        "when": when(row.published_on) if row.published_on else "",
        "title": row.title,
        "url": row.url,
        "note": row.note,
    }
