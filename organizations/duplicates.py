"""Is this organization here already? Names are compared without case, accents, punctuation and legal forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from net4u.base.states import Editorial
from net4u.base.words import words_of
from organizations.models import Identifier, Organization

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer

#: Words that tell the legal form or nothing, in the languages of the network: no name is alike for sharing them.
LEGAL_FORMS = """
a ag aisbl and aps asbl asociacion associacao association associazione das de dei del della der des di die do du e
et ev fondation fondazione for foundation fundacion fundacja gmbh i il institut institute la le les lo ltd mbh ngo
of ong onlus org organisation organization per pour sa sarl sas scarl soc societa spa srl
stichting stowarzyszenie the und van verein von
vzw y zu
"""
EMPTY = frozenset(LEGAL_FORMS.split())
#: From here on two names are told as alike.
ALIKE = 0.85
#: So many are shown.
MOST = 5


class Candidate(NamedTuple):
    """What is told of an organization to find its double."""

    names: tuple[str, ...]
    acronym: str = ""
    website: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


class Similar(NamedTuple):
    """An organization that may be the same, and why."""

    organization: Organization
    reasons: list[str]


def candidate_of(organization: Organization) -> Candidate:
    names = (organization.legal_name, organization.english_name, *organization.aliases)
    numbers = tuple(organization.identifiers.values_list("scheme", "value"))
    return Candidate(names, organization.acronym, organization.website, numbers)


def similar_to(candidate: Candidate, viewer: Viewer, *, other_than: Organization | None = None) -> list[Similar]:
    """The most alike first. Only what this viewer may see: a double that is hidden is the reviewer's to find.

    Where only name and country are shown, a website, a former name or a number would be confirmed by being found:
    these are compared in whole profiles alone. Drafts, and what was declined or withdrawn, are nobody's double.
    """
    seen = Organization.objects.visible_to(viewer).filter(state__in=[Editorial.PUBLISHED, Editorial.SUBMITTED])
    if other_than is not None:
        seen = seen.exclude(pk=other_than.pk)
    profiles = set(seen.with_profile_for(viewer).values_list("pk", flat=True))
    by_number = _with_same_number(candidate) & profiles
    found = []
    rows = seen.values_list("pk", "acronym", "legal_name", "english_name", "aliases", "website")
    for pk, acronym, legal_name, english_name, aliases, website in rows.iterator():
        theirs = Candidate((legal_name, english_name), acronym)
        if pk in profiles:
            theirs = Candidate((*theirs.names, *aliases), acronym, website)
        likeness, reasons = _compared(candidate, theirs)
        if pk in by_number:
            likeness, reasons = 2.0, [_("the same register number"), *reasons]
        if reasons:
            found.append((likeness, pk, reasons))
    best = sorted(found, key=lambda each: (-each[0], str(each[1])))[:MOST]
    records = Organization.objects.select_related("country").in_bulk([pk for _likeness, pk, _reasons in best])
    return [Similar(records[pk], reasons) for _likeness, pk, reasons in best]


def _with_same_number(candidate: Candidate) -> set[Any]:
    wanted = set(candidate.numbers)
    rows = Identifier.objects.filter(value__in=[value for _scheme, value in wanted])
    return {pk for pk, *number in rows.values_list("organization", "scheme", "value") if tuple(number) in wanted}


def _compared(ours: Candidate, theirs: Candidate) -> tuple[float, list[str]]:
    reasons, likeness = [], 0.0
    if (host := host_of(ours.website)) and host == host_of(theirs.website):
        reasons.append(_("the same website"))
        likeness = 1.5
    if (likest := _most_alike(ours.names, theirs.names)) >= ALIKE:
        reasons.append(_("the same name") if likest == 1 else _("a similar name"))
        likeness = max(likeness, likest)
    if ours.acronym and ours.acronym.casefold() == theirs.acronym.casefold():
        reasons.append(_("the same short name"))
        likeness = max(likeness, ALIKE)
    return likeness, reasons


def host_of(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _most_alike(ours: Iterable[str], theirs: Iterable[str]) -> float:
    known = list(said(theirs))
    return max((alike(name, other) for name in said(ours) for other in known), default=0.0)


def said(names: Iterable[str]) -> Iterator[list[str]]:
    for name in names:
        words = words_of(name)
        if telling := [word for word in words if word not in EMPTY] or words:
            yield telling


def alike(ours: list[str], theirs: list[str]) -> float:
    """1 for the same words in any order; else how much of the letters stand in the same order.

    "Co-operative" and "cooperative" are one word, so blanks do not count. Most pairs share nothing: the two quick
    upper bounds of ``SequenceMatcher`` leave them out.
    """
    if sorted(ours) == sorted(theirs):
        return 1.0
    matcher = SequenceMatcher(None, "".join(ours), "".join(theirs), autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
