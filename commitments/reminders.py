"""Which dates of commitments people are reminded of, whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import Commitment, Milestone
from net4u.base.change import change
from net4u.base.languages import in_language, language_for
from net4u.base.mail import Mail, written
from net4u.base.models import Reminder
from net4u.base.reminders import Obligation, register
from net4u.base.states import TransitionError, require
from organizations.enums import AffiliationRole
from organizations.network_settings import network_settings
from people.enums import MailKind
from people.links import make_link
from people.models import User

#: What the link of a reminder opens, and for how long: this at least, and until so many days after the date.
REPORT, LINK_LASTS, WELL_AFTER = "report", timedelta(days=45), timedelta(days=15)


def people_to_tell(commitment: Commitment, *, on: date) -> Iterable[User]:
    """Who can report and wants to be reminded: editors and administrators of the organization that promised."""
    return (
        User.objects.filter(
            is_active=True,
            affiliations__in=commitment.organization.affiliations.current(on=on).filter(
                role__in=(AffiliationRole.ADMIN, AffiliationRole.EDITOR)
            ),
        )
        .exclude(unwanted_mails__kind=MailKind.REMINDERS)
        .distinct()
        .order_by("pk")
    )


def link_to_report(commitment: Commitment, person: User, *, days: int) -> str:
    """Opens the form of one report without signing in; ``days`` is the rule's."""
    lasts = max(LINK_LASTS, WELL_AFTER - timedelta(days=days))
    link = make_link(purpose=REPORT, about=commitment.pk, person=person, lasts=lasts)
    return in_language(link, language_for(person))


class Promised(Obligation):
    """Reminded of as the network's settings say."""

    @classmethod
    def days(cls) -> Sequence[int]:
        return network_settings().reminder_days


@register
class CommitmentDue(Promised):
    kind = "commitment"
    model = Commitment

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return Commitment.objects.open().select_related("organization")

    @classmethod
    def recipients(cls, record: Commitment, *, on: date) -> Iterable[User]:
        return people_to_tell(record, on=on)

    @classmethod
    def mail(cls, record: Commitment, person: User, *, days: int) -> Mail:
        return reminder_of(record, person, days=days, link=link_to_report(record, person, days=days))


def reminder_of(commitment: Commitment, person: User, *, link: str, days: int | None = None) -> Mail:
    """In the active language, ``days`` after (or, negative, before) its due date: counted from today if not given."""
    days = days_after(commitment) if days is None else days
    return written(
        "commitment_due", commitment=commitment, step=None, due_on=commitment.due_on, person=person,
        days=abs(days), late=days > 0, link=link,
    )  # fmt: skip


def days_after(commitment: Commitment) -> int:
    return (timezone.localdate() - commitment.due_on).days


def remind_now(*, commitment: Commitment, by: User | None) -> int:
    """Plan a reminder for today beside those of the rules, and say how many people it is for.

    It is a row of the same ledger, so it is sent once, to whoever is to be told when it is sent. Raises
    ``TransitionError`` where a reminder of today is there already, or where nobody can be reminded.
    """
    require(by, "commitments.remind_commitment", commitment)
    people = list(people_to_tell(commitment, on=timezone.localdate()))
    if not commitment.is_open:
        raise TransitionError(_("This commitment is closed: nobody is reminded of it."))
    if not people:
        raise TransitionError(_("Nobody of this organization can be reminded: call them."))
    with change(by=by, what="commitment.reminded"):
        _reminder, is_new = Reminder.objects.get_or_create(
            kind=CommitmentDue.kind, object_id=commitment.pk, occurrence=commitment.due_on, days=days_after(commitment),
            defaults={"due": timezone.now()},
        )  # fmt: skip
    if not is_new:
        raise TransitionError(_("They were reminded today already."))
    return len(people)


@register
class MilestoneDue(Promised):
    kind = "milestone"
    model = Milestone
    again = {Commitment: ["commitment"]}

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return Milestone.objects.open().select_related("commitment__organization")

    @classmethod
    def recipients(cls, record: Milestone, *, on: date) -> Iterable[User]:
        return people_to_tell(record.commitment, on=on)

    @classmethod
    def mail(cls, record: Milestone, person: User, *, days: int) -> Mail:
        return written(
            "commitment_due", commitment=record.commitment, step=record, due_on=record.due_on, person=person,
            days=abs(days), late=days > 0, link=link_to_report(record.commitment, person, days=days),
        )  # fmt: skip
