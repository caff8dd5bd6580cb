"""What a workshop's record still lacks before it is published, and what everybody will see of it then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from net4u.base.translations import missing_translations

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer
    from workshops.models import Session, Workshop


class Check(NamedTuple):
    """One line: what was looked at, whether it is in order, and where it is mended."""

    words: str
    is_fine: bool
    address: str = ""


def checklist(workshop: Workshop, sessions: list[Session]) -> list[Check]:
    """Nothing of it forbids publishing: a report may simply not tell."""
    edit = reverse("workspace_edit", args=[workshop.pk])
    return [
        Check(_("Date and place"), bool(workshop.starts_on and (workshop.place or workshop.country)), edit),
        Check(_("A source for the record as a whole"), workshop.source is not None, edit),
        Check(_("A summary in our own words"), bool(workshop.summary), edit),
        _translated(workshop, edit),
        Check(_("At least one session"), bool(sessions), "#agenda"),
        *(_session_checks(workshop, sessions)),
        _unnamed(workshop),
        _without_source(workshop),
    ]


def _translated(workshop: Workshop, edit: str) -> Check:
    missing = missing_translations(workshop)
    if not missing:
        return Check(_("Title and summary in every language"), is_fine=True)
    return Check(
        _("Title or summary is missing in: %(languages)s") % {"languages": ", ".join(missing)},
        is_fine=False,
        address=edit,
    )


def _session_checks(workshop: Workshop, sessions: list[Session]) -> list[Check]:
    bare = [each for each in sessions if not each.pillars.all()]
    lines = [
        Check(
            _("Session without a pillar: %(session)s") % {"session": each},
            is_fine=False,
            address=reverse("workspace_session", args=[workshop.pk, each.pk]),
        )
        for each in bare[:3]
    ]
    if len(bare) > len(lines):
        rest = len(bare) - len(lines)
        words = ngettext("%(number)s more session without a pillar", "%(number)s more sessions without a pillar", rest)
        lines.append(Check(words % {"number": rest}, is_fine=False, address="#agenda"))
    return lines


def _unnamed(workshop: Workshop) -> Check:
    """A name without source and consent is kept back, and the secretariat should know."""
    kept = workshop.contributions.filter(source=None, consent=None).count()
    if not kept:
        return Check(_("Every name has a source or a consent"), is_fine=True)
    words = ngettext(
        "%(number)s name has neither source nor consent: it is not shown",
        "%(number)s names have neither source nor consent: they are not shown",
        kept,
    )
    return Check(words % {"number": kept}, is_fine=False, address="#contributions")


def _without_source(workshop: Workshop) -> Check:
    bare = workshop.outputs.filter(source=None).count()
    if not bare:
        return Check(_("Every output has its source"), is_fine=True)
    words = ngettext("%(number)s output has no source", "%(number)s outputs have no source", bare)
    return Check(words % {"number": bare}, is_fine=False, address="#capture")


class Shown(NamedTuple):
    """How many of something there are, and how many of them each audience will see."""

    words: str
    total: int
    seen: list[int]


#: What is counted before publishing.
COUNTED = {
    "sessions": gettext_lazy("Sessions"),
    "working_groups": gettext_lazy("Working groups"),
    "outputs": gettext_lazy("Outputs"),
    "roles": gettext_lazy("Roles of organizations"),
    "participations": gettext_lazy("Organizations that took part"),
    "contributions": gettext_lazy("Names of people"),
}


def what_is_shown(workshop: Workshop, viewers: Iterable[Viewer]) -> list[Shown]:
    """Asked of the querysets that decide it; for a draft inside :func:`workshops.previewing.as_published`."""
    readers = list(viewers)

    def counted(name: str) -> Shown:
        rows: Any = getattr(workshop, name)
        return Shown(str(COUNTED[name]), rows.count(), [rows.visible_to(reader).count() for reader in readers])

    return [counted(name) for name in COUNTED]
