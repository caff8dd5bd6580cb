"""A workshop as a whole, and any part of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.models import Record
from net4u.base.regular import regularly
from net4u.base.slugs import numbered, stem_of
from net4u.base.states import Editorial, move, publish, require, restore
from workshops.enums import STRICTNESS, CorrectionKind, Disclosure
from workshops.models import Correction, Session, Workshop

if TYPE_CHECKING:
    from people.models import User

R = TypeVar("R", bound=Record)


def begin_workshop(*, workshop: Workshop, by: User | None, like: Workshop | None = None) -> Workshop:
    """Save a new draft; ``like`` is an earlier one whose agenda it begins with, without what was said there."""
    require(by, "workshops.curate_workshop")
    with change(by=by, what="workshop.begun"):
        workshop.slug = _free_slug(workshop)
        workshop.full_clean()
        workshop.save()
        for session in like.sessions.order_by("order") if like else ():
            both = (Disclosure(session.disclosure), Disclosure(workshop.disclosure))
            stricter = max(both, key=lambda each: STRICTNESS[each])
            copy = Session(
                workshop=workshop, order=session.order, number=session.number, day=session.day, title=session.title,
                format=session.format, disclosure=stricter,
            )  # fmt: skip
            copy.full_clean()
            copy.save()
    return workshop


def _free_slug(workshop: Workshop) -> str:
    """Of place and year where both are known, as the record's own are; else of the title."""
    named = f"{workshop.place} {workshop.starts_on.year}" if workshop.place and workshop.starts_on else workshop.title
    stem = stem_of(named, otherwise="workshop")
    return numbered(stem, set(Workshop.objects.filter(slug__startswith=stem).values_list("slug", flat=True)))


def curate(*, record: R, by: User | None, links: dict[str, Iterable[Any]] | None = None) -> R:
    """Save a workshop, or a part of one (session, role, figure, group, output, resource …), checked as a whole.

    ``links`` sets many-to-many relations by name, such as ``{"pillars": [p1, p2]}``.
    """
    require(by, "workshops.curate_workshop")
    verb = "recorded" if record._state.adding else "edited"
    with change(by=by, what=f"{record._meta.model_name}.{verb}"):
        record.full_clean()
        record.save()
        for name, linked in (links or {}).items():
            getattr(record, name).set(linked)
    return record


def correct(*, workshop: Workshop, kind: CorrectionKind, by: User | None, text: str = "") -> None:
    """Leave a note that readers see, where the record was published already: once a day for the same."""
    require(by, "workshops.curate_workshop")
    if not workshop.is_published:
        return
    today = timezone.localdate()
    note = Correction(workshop=workshop, kind=kind, text=text, made_on=today)
    if Correction.objects.filter(workshop=workshop, kind=kind, text=text, made_on=today).exists():
        return
    with change(by=by, what="workshop.corrected"):
        note.full_clean()
        note.save()


def remove(*, record: Record, by: User | None, why: str = "") -> None:
    """Delete a part of a workshop record; partners get its tombstone."""
    require(by, "workshops.curate_workshop")
    with change(by=by, what=f"{record._meta.model_name}.removed", why=why):
        record.delete()


def publish_workshop(*, workshop: Workshop, by: User | None) -> None:
    require(by, "workshops.publish_workshop", workshop)
    with change(by=by, what="workshop.published"):
        workshop.publish_at = None
        publish(workshop)


def schedule_workshop(*, workshop: Workshop, at: datetime | None, by: User | None) -> None:
    """Publish it by itself then; None takes it back. Raises ``ValidationError`` for a time that is over."""
    require(by, "workshops.publish_workshop", workshop)
    if at is not None and at <= timezone.now():
        raise ValidationError(_("This time is over. Choose one that is still to come, or publish now."))
    if workshop.state != Editorial.DRAFT:
        raise ValidationError(_("Only a draft can be published at a time."))
    with change(by=by, what="workshop.scheduled" if at else "workshop.schedule_dropped"):
        workshop.publish_at = at
        workshop.save()


@regularly
def publish_due_workshops(now: datetime) -> None:
    """Whatever was to be published by itself, and whose time has come."""
    for workshop in Workshop.objects.filter(state=Editorial.DRAFT, publish_at__lte=now):
        publish_workshop(workshop=workshop, by=None)


def withdraw_workshop(*, workshop: Workshop, why: str, by: User | None) -> None:
    """Take it down everywhere at once, with its sessions, groups, outputs and recommendations."""
    require(by, "workshops.withdraw_workshop", workshop)
    with change(by=by, what="workshop.withdrawn", why=why):
        move(workshop, Editorial.WITHDRAWN)


def restore_workshop(*, workshop: Workshop, why: str, by: User | None) -> None:
    require(by, "workshops.restore_workshop", workshop)
    with change(by=by, what="workshop.restored", why=why):
        restore(workshop, why=why)


def set_disclosure(*, workshop: Workshop, disclosure: Disclosure, by: User | None) -> None:
    """Change what may be told; sessions that would be more open than their workshop follow it."""
    require(by, "workshops.curate_workshop", workshop)
    with change(by=by, what="workshop.disclosure_set"):
        workshop.disclosure = disclosure
        workshop.save()
        more_open = [each for each, rank in STRICTNESS.items() if rank < STRICTNESS[disclosure]]
        workshop.sessions.filter(disclosure__in=more_open).update(disclosure=disclosure)
