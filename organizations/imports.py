"""Organizations from a list: new ones become drafts, what is here already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.import_runs import Verdict
from net4u.base.imports import Column, ImportKind
from net4u.base.models import ImportRow, ImportRun
from net4u.base.words import words_of
from organizations import identifiers
from organizations.duplicates import Candidate
from organizations.enums import CivilSocietyKind, IdentifierScheme, OrganizationKind
from organizations.forms.registration import LANGUAGES
from organizations.matching import Match, Matching, choices, key_of, names_of
from organizations.models import Organization
from organizations.services import draft_organizations
from vocabulary.models import Pillar, Territory

if TYPE_CHECKING:
    from people.models import User

#: What parts several values in one cell.
PARTS = ";"
NAME, ENGLISH, ACRONYM = "legal_name", "english_name", "acronym"
MOST = {NAME: 200, ENGLISH: 200, ACRONYM: 40}
WHOLE_ADDRESS = URLValidator(schemes=["http", "https"])


def parts_of(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(PARTS) if part.strip()]


class Words:
    """Words that a cell may hold, by how people write them; read once for a run."""

    def __init__(self, *pairs: tuple[Any, Iterable[Any]]) -> None:
        self.known = {" ".join(words_of(str(name))): found for found, names in pairs for name in names if name}

    def get(self, cell: str) -> Any:
        return self.known.get(" ".join(words_of(cell.replace("_", " "))))


def countries() -> Words:
    return Words(*((each, (each.iso2, each.iso3, each.name)) for each in Territory.objects.all()))


def coded(codes: Any) -> Words:
    return Words(*((code, (code.replace("_", " "), label)) for code, label in codes.choices))


def too_long(told: dict[str, str], labels: dict[str, Any], most: dict[str, int]) -> Iterator[str]:
    for key, limit in most.items():
        if len(told.get(key, "")) > limit:
            words = _("“%(column)s” is longer than %(most)s letters.")
            yield words % {"column": labels[key], "most": limit}


def among(match: Match, names: dict[UUID, str]) -> str:
    fits = ", ".join(names[pk] for pk in match.among)
    return _("More than one organization is called so (%(names)s). Choose one.") % {"names": fits}


def judged_by_match(row: ImportRow, match: Match, *reasons: str) -> None:
    """The verdict of a row in which nothing is wrong."""
    if match.organization is None:
        row.judge(Verdict.CREATE, *reasons)
        return
    words = [*reasons, match.reason] if match.reason else reasons
    row.judge(Verdict.MATCH, *words, organization=match.organization, certainty=match.certainty)


def chosen(row: ImportRow, matching: Matching) -> Match | None:
    """What a person said, as long as that organization is there; None where the list decides."""
    if not row.is_chosen:
        return None
    if row.organization is None:
        return Match(None)
    return Match(row.organization, 100, _("chosen by hand")) if row.organization in matching.names else None


class OrganizationsImport(ImportKind):
    key = "organizations"
    name = gettext_lazy("Organizations")
    permission = "organizations.import_organizations"
    counted: ClassVar = {
        "organizations": gettext_lazy("Organizations added as drafts"),
        "matched": gettext_lazy("Organizations here already"),
    }
    columns = (
        Column(NAME, gettext_lazy("Legal name"), is_required=True, aliases=("name", "organization", "organisation",
               "nome", "ente", "nom", "denominazione"), help=gettext_lazy("In its own language.")),
        Column(ENGLISH, gettext_lazy("Name in English"), aliases=("english", "name en")),
        Column(ACRONYM, gettext_lazy("Acronym"), aliases=("short name", "abbreviation", "sigla", "sigle")),
        Column("country", gettext_lazy("Country"), help=gettext_lazy("Its name in English, or its code, such as IT."),
               aliases=("country code", "paese", "pays", "land")),
        Column("kind", gettext_lazy("Kind"), aliases=("type", "organization type", "tipo"),
               help=gettext_lazy("Civil society organization, where nothing is said.")),
        Column("civil_society_kind", gettext_lazy("Kind of civil society organization")),
        Column("website", gettext_lazy("Website"), aliases=("web", "url", "homepage", "sito", "site web")),
        Column("languages", gettext_lazy("Languages"), help=gettext_lazy("Codes, such as en; it.")),
        Column("pillars", gettext_lazy("Pillars"), help=gettext_lazy("Codes, such as p1; p4.")),
        Column("numbers", gettext_lazy("Register numbers"), aliases=("identifiers", "register number"),
               help=gettext_lazy("The code of the register and the number, such as XI-ROR https://ror.org/012abcd34.")),
    )  # fmt: skip

    def judge(self, run: ImportRun, rows: Sequence[ImportRow]) -> Iterator[ImportRow]:
        reading = Reading(self)
        for row in rows:
            reading.judge(row)
            yield row

    def write(self, run: ImportRun, rows: Sequence[ImportRow], by: User | None) -> dict[str, int]:
        new = [row.read for row in rows if row.verdict == Verdict.CREATE]  # type: ignore[attr-defined]
        draft_organizations(
            organizations=[each.organization for each in new],
            numbers=[(each.organization, *number) for each in new for number in each.numbers],
            links={each.organization: each.pillars for each in new if each.pillars},
            by=by,
        )
        return {"organizations": len(new), "matched": len(rows) - len(new)}

    def back(self, run: ImportRun) -> str:
        return reverse("organizations_import")

    def choices(self) -> list[tuple[str, Any]]:
        return choices()

    def names(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        return names_of(ids)


class ReadRow:
    """What a row says, in our own terms, and what is wrong with it."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.organization = Organization()
        self.numbers: list[tuple[str, str]] = []
        self.pillars: list[Pillar] = []


class Reading:
    """All rows of one list: what was read before the first, and which rows named the same before."""

    def __init__(self, kind: ImportKind) -> None:
        self.labels = {column.key: column.label for column in kind.columns}
        self.matching = Matching()
        self.countries, self.kinds = countries(), coded(OrganizationKind)
        self.second_kinds = coded(CivilSocietyKind)
        self.pillars = Words(*((each, (each.code,)) for each in Pillar.objects.filter(scheme__canonical=True)))
        self.seen: dict[tuple[str, ...], int] = {}

    def judge(self, row: ImportRow) -> None:
        told, read = row.told(), ReadRow()
        row.read = read  # type: ignore[attr-defined]
        self.names(told, read)
        self.kind_and_country(told, read)
        self.details(told, read)
        self.numbers(told, read)
        made = read.organization
        named = Candidate((made.legal_name, made.english_name), made.acronym, made.website, tuple(read.numbers))
        match = chosen(row, self.matching) or self.matching.find(named)
        if match.among:
            read.faults.append(among(match, self.matching.names))
        key = key_of(told.get(NAME, ""))
        if key and (before := self.seen.setdefault(key, row.number)) != row.number:
            read.faults.append(_("Row %(row)s names the same organization.") % {"row": before})
        if read.faults:
            row.judge(Verdict.REFUSE, *read.faults, organization=row.organization if row.is_chosen else None)
        else:
            judged_by_match(row, match)

    def names(self, told: dict[str, str], read: ReadRow) -> None:
        if not told.get(NAME):
            read.faults.append(_("The legal name is missing."))
        read.faults += too_long(told, self.labels, MOST)
        for key in MOST:
            setattr(read.organization, key, told.get(key, ""))

    def kind_and_country(self, told: dict[str, str], read: ReadRow) -> None:
        made = read.organization
        country = told.get("country", "")
        made.country = self.countries.get(country)
        if country and made.country is None:
            read.faults.append(_("There is no country “%(name)s”.") % {"name": country})
        made.kind = self.kinds.get(told.get("kind", "")) or OrganizationKind.CIVIL_SOCIETY
        if told.get("kind") and not self.kinds.get(told["kind"]):
            read.faults.append(_("There is no kind “%(name)s”.") % {"name": told["kind"]})
        made.civil_society_kind = self.second_kinds.get(told.get("civil_society_kind", "")) or ""
        if told.get("civil_society_kind") and not made.civil_society_kind:
            read.faults.append(_("There is no kind “%(name)s”.") % {"name": told["civil_society_kind"]})
        if made.civil_society_kind and made.kind != OrganizationKind.CIVIL_SOCIETY:
            read.faults.append(_("Only a civil society organization has this second kind."))

    def details(self, told: dict[str, str], read: ReadRow) -> None:
        made, website = read.organization, told.get("website", "")
        if website:
            made.website = website if "://" in website else f"https://{website}"
            if not _is_address(made.website):
                read.faults.append(_("“%(address)s” is not the address of a website.") % {"address": website})
        made.languages = [each.lower() for each in parts_of(told.get("languages", ""))]
        for each in made.languages:
            if each not in LANGUAGES:
                read.faults.append(_("There is no language “%(name)s”.") % {"name": each})
        for each in parts_of(told.get("pillars", "")):
            if pillar := self.pillars.get(each):
                read.pillars.append(pillar)
            else:
                read.faults.append(_("There is no pillar “%(name)s”.") % {"name": each})

    def numbers(self, told: dict[str, str], read: ReadRow) -> None:
        for each in parts_of(told.get("numbers", "")):
            scheme, _blank, value = each.partition(" ")
            if scheme not in IdentifierScheme.values or not value:
                read.faults.append(_("There is no register “%(name)s”.") % {"name": scheme})
                continue
            try:
                read.numbers.append((scheme, identifiers.cleaned(scheme, value)))
            except ValidationError as error:
                read.faults += [f"{scheme}: {words}" for words in error.messages]


def _is_address(address: str) -> bool:
    try:
        WHOLE_ADDRESS(address)
        return len(address) <= 300 and bool(urlsplit(address).hostname)
    except (ValidationError, ValueError):
        return False
