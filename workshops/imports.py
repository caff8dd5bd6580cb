"""Participants from a list: each row is a delegate, and the organization that the delegate came from took part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.import_runs import Verdict
from net4u.base.imports import Column, ImportKind
from net4u.base.models import ImportRow, ImportRun
from net4u.base.words import words_of
from organizations.duplicates import Candidate
from organizations.enums import OrganizationKind
from organizations.imports import among, chosen, coded, countries, judged_by_match, too_long
from organizations.matching import Match, Matching, choices, key_of, names_of
from organizations.models import Organization
from organizations.services import draft_organizations
from workshops.enums import Mode
from workshops.models import Delegate, Workshop
from workshops.services.delegates import WRITTEN, names_kept_until, record_delegates

if TYPE_CHECKING:
    from people.models import User

MOST = {"name": 150, "email": 254, "function": 200, "organization": 200, "acronym": 40}
#: 2026-03-04 and 4.3.2026; 03/04/2026 is two days at once, and refused.
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
LETTER = re.compile(r"[^\W\d_]")


class ParticipantsImport(ImportKind):
    key = "participants"
    name = gettext_lazy("Participants")
    permission = "workshops.import_participants"
    counted: ClassVar = {
        "delegates": gettext_lazy("People added"),
        "changed": gettext_lazy("People corrected"),
        "same": gettext_lazy("People on the list already"),
        "organizations": gettext_lazy("Organizations added as drafts"),
        "participations": gettext_lazy("Organizations that took part, added"),
    }
    columns = (
        Column("name", gettext_lazy("Name"), is_required=True, help=gettext_lazy("Published nowhere."),
               aliases=("full name", "participant", "delegate", "nome", "nom", "nome e cognome")),
        Column("email", gettext_lazy("E-mail address"), help=gettext_lazy("Seen by the secretariat only."),
               aliases=("e mail", "mail", "email address", "courriel", "posta elettronica")),
        Column("function", gettext_lazy("Function"), aliases=("title", "position", "role", "funzione", "fonction")),
        Column("organization", gettext_lazy("Organization"), is_required=True, help=gettext_lazy("Its legal name."),
               aliases=("organisation", "affiliation", "ngo", "organizzazione", "ente", "institution")),
        Column("acronym", gettext_lazy("Acronym of the organization"), aliases=("acronym", "sigla", "sigle")),
        Column("organization_kind", gettext_lazy("Kind of the organization"),
               help=gettext_lazy("Civil society organization, where nothing is said.")),
        Column("country", gettext_lazy("Country"), help=gettext_lazy("Its name in English, or its code, such as IT."),
               aliases=("country code", "paese", "pays", "land")),
        Column("modality", gettext_lazy("In person or online"), help=gettext_lazy("in person, or online"),
               aliases=("modality", "mode", "attendance", "participation")),
        Column("named_on", gettext_lazy("Consent to be named, on"), aliases=("consent", "consent date"),
               help=gettext_lazy("The day, such as 2026-03-04. Empty where there is none.")),
    )  # fmt: skip

    def judge(self, run: ImportRun, rows: Sequence[ImportRow]) -> Iterator[ImportRow]:
        reading = Reading(self, workshop_of(run))
        for row in rows:
            reading.judge(row)
            yield row

    def write(self, run: ImportRun, rows: Sequence[ImportRow], by: User | None) -> dict[str, int]:
        read: list[ReadRow] = [row.read for row in rows]  # type: ignore[attr-defined]
        new = list({id(each.new): each.new for each in read if each.new}.values())
        draft_organizations(organizations=new, by=by)
        added = [each.delegate for each in read if each.is_new]
        changed = [each.delegate for each in read if each.is_changed]
        took_part = record_delegates(workshop=workshop_of(run), new=added, changed=changed, by=by)
        return {
            "delegates": len(added), "changed": len(changed), "same": len(read) - len(added) - len(changed),
            "organizations": len(new), "participations": took_part,
        }  # fmt: skip

    def back(self, run: ImportRun) -> str:
        return reverse("participants", args=[run.about])

    def choices(self) -> list[tuple[str, Any]]:
        return choices()

    def names(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        return names_of(ids)


def workshop_of(run: ImportRun) -> Workshop:
    found: Workshop = Workshop.objects.get(pk=str(run.about))
    return found


class ReadRow:
    """What a row says, in our own terms. ``new`` is the organization that it makes, one for all rows that name it."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.delegate = Delegate()
        self.kind: str = OrganizationKind.CIVIL_SOCIETY
        self.new: Organization | None = None
        self.is_new = self.is_changed = False
        #: What the list has of the person so far.
        self.before: dict[str, Any] = {}


class Reading:
    """All rows of one list: what was read before the first one, and what the rows before said."""

    def __init__(self, kind: ImportKind, workshop: Workshop) -> None:
        self.workshop = workshop
        self.labels = {column.key: column.label for column in kind.columns}
        self.matching = Matching()
        self.countries, self.kinds, self.modes = countries(), coded(OrganizationKind), coded(Mode)
        self.today = timezone.localdate()
        self.until = names_kept_until(workshop)
        self.people: dict[tuple[Any, ...], int] = {}
        self.new: dict[tuple[Any, ...], Organization] = {}
        here = list(workshop.delegates.all())
        self.by_email = {each.email: each for each in here if each.email}
        self.by_name = {_person(each.name, each.organization_name): each for each in here if not each.email}

    def judge(self, row: ImportRow) -> None:
        told, read = row.told(), ReadRow()
        row.read = read  # type: ignore[attr-defined]
        self.person(told, read, row.number)
        self.rest(told, read)
        match = self.organization(row, told, read)
        if read.faults:
            row.judge(Verdict.REFUSE, *read.faults, organization=row.organization if row.is_chosen else None)
            return
        judged_by_match(row, match, *self.delegate(read, match))
        if match.organization is None:
            self.make(told, read)

    def person(self, told: dict[str, str], read: ReadRow, number: int) -> None:
        name, email = told.get("name", ""), told.get("email", "").lower()
        if self.until and self.until < self.today:
            read.faults.append(_("Names of this workshop are kept no longer: the time that the settings give is over."))
        if not name:
            read.faults.append(_("The name is missing."))
        elif "@" in name or "://" in name or not LETTER.search(name):
            read.faults.append(_("“%(name)s” is not the name of a person.") % {"name": name})
        if email and not _is_email(email):
            read.faults.append(_("“%(email)s” is not an e-mail address.") % {"email": email})
        read.faults += too_long(told, self.labels, MOST)
        key = (email,) if email else _person(name, told.get("organization", ""))
        if any(key) and (before := self.people.setdefault(key, number)) != number:
            read.faults.append(_("Row %(row)s is the same person.") % {"row": before})
        read.delegate = self.by_email.get(email) if email else self.by_name.get(key)  # type: ignore[assignment]
        read.is_new = read.delegate is None
        if read.delegate is None:
            read.delegate = Delegate(workshop=self.workshop, added_on=self.today)
        read.before = written(read.delegate)
        read.delegate.name, read.delegate.email = name, email
        read.delegate.function = told.get("function", "")

    def rest(self, told: dict[str, str], read: ReadRow) -> None:
        for key, words, fault in (
            ("country", self.countries, _("There is no country “%(name)s”.")),
            ("organization_kind", self.kinds, _("There is no kind “%(name)s”.")),
            ("modality", self.modes, _("“%(name)s” is neither in person nor online.")),
        ):
            if told.get(key) and words.get(told[key]) is None:
                read.faults.append(fault % {"name": told[key]})
        read.delegate.country = self.countries.get(told.get("country", ""))
        read.delegate.modality = self.modes.get(told.get("modality", "")) or Mode.NOT_STATED
        read.kind = self.kinds.get(told.get("organization_kind", "")) or OrganizationKind.CIVIL_SOCIETY
        self.consent(told.get("named_on", ""), read)

    def consent(self, cell: str, read: ReadRow) -> None:
        read.delegate.named_on = day_of(cell)
        if cell and read.delegate.named_on is None:
            read.faults.append(_("“%(day)s” is not a day. Write it like this: 2026-03-04.") % {"day": cell})
        elif read.delegate.named_on and read.delegate.named_on > self.today:
            read.faults.append(_("The consent is from a day that is still to come."))

    def organization(self, row: ImportRow, told: dict[str, str], read: ReadRow) -> Match:
        name = told.get("organization", "")
        if not key_of(name):
            read.faults.append(_("The organization is missing."))
        elif "://" in name or not LETTER.search(name):
            read.faults.append(_("“%(name)s” is not the name of an organization.") % {"name": name})
        named = Candidate((name,), told.get("acronym", ""))
        match = chosen(row, self.matching) or self.as_before(name, read)
        match = match or self.matching.find(named, mail=told.get("email", ""))
        if match.among:
            read.faults.append(among(match, self.matching.names))
        read.delegate.organization_name = name
        read.delegate.organization_id = match.organization
        return match

    def as_before(self, name: str, read: ReadRow) -> Match | None:
        """Which organization somebody on the list is from was decided once, perhaps by hand."""
        before = read.delegate.organization_id
        if before is None or before not in self.matching.names or read.delegate.organization_name != name:
            return None
        return Match(before, 100)

    def delegate(self, read: ReadRow, match: Match) -> list[str]:
        """What becomes of the person, in words."""
        if read.is_new:
            return []
        read.is_changed = written(read.delegate) != read.before
        return [_("on the list already, and corrected") if read.is_changed else _("on the list already")]

    def make(self, told: dict[str, str], read: ReadRow) -> None:
        """A draft, one for all rows that name the same organization."""
        key = (*key_of(told["organization"]), read.delegate.country_id)
        if key not in self.new:
            self.new[key] = Organization(
                legal_name=told["organization"], acronym=told.get("acronym", ""), country=read.delegate.country,
                kind=read.kind,
            )  # fmt: skip
        read.new = self.new[key]
        read.delegate.organization = read.new


def written(delegate: Delegate) -> dict[str, Any]:
    """By column, so that nothing is read for it."""
    fields: list[Any] = [Delegate._meta.get_field(name) for name in WRITTEN]
    return {field.attname: getattr(delegate, field.attname) for field in fields}


def _person(name: str, organization: str) -> tuple[str, ...]:
    return (" ".join(words_of(name)), *key_of(organization)) if name else ()


def _is_email(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def day_of(cell: str) -> date | None:
    for shape in DAYS:
        try:
            return datetime.strptime(cell, shape).date()  # noqa: DTZ007 -- a day, not a moment
        except ValueError:
            continue
    return None


def cells_of(delegate: Delegate) -> list[Any]:
    """In the columns that the import takes."""
    organization: Any = delegate.organization
    return [
        delegate.name, delegate.email, delegate.function, delegate.organization_name,
        organization.acronym if organization else "", organization.kind if organization else "",
        delegate.country.iso2 if delegate.country else "",
        "" if delegate.modality == Mode.NOT_STATED else delegate.modality,
        delegate.named_on.isoformat() if delegate.named_on else "",
    ]  # fmt: skip
