"""Which dates of commitments people are reminded of, whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from commitments.models import Commitment, Milestone
from net4u.base.languages import in_language, language_for
from net4u.base.mail import Mail, written
from net4u.base.reminders import Obligation, register
from organizations.enums import AffiliationRole
from people.enums import MailKind
from people.links import make_link
from people.models import User

#: What the link of a reminder opens, and for how long: from 30 days before a date to well after it.
REPORT, LINK_LASTS = "report", timedelta(days=45)


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


def link_to_report(commitment: Commitment, person: User) -> str:
    """Opens the form of one report without signing in."""
    link = make_link(purpose=REPORT, about=commitment.pk, person=person, lasts=LINK_LASTS)
    return in_language(link, language_for(person))


@register
class CommitmentDue(Obligation):
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
        return written(
            "commitment_due", commitment=record, step=None, due_on=record.due_on, person=person,
            days=abs(days), late=days > 0, link=link_to_report(record, person),
        )  # fmt: skip


@register
class MilestoneDue(Obligation):
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
            days=abs(days), late=days > 0, link=link_to_report(record.commitment, person),
        )  # fmt: skip
