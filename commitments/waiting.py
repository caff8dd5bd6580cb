"""What promises bring into the secretariat's inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import Commitment
from net4u.base import inbox
from net4u.base.states import Editorial
from organizations.waiting import submitted_at


@inbox.register
class CommitmentsWaiting(inbox.Waiting):
    key = "commitments"
    sign = "tick"
    name = gettext_lazy("Commitments")
    one = gettext_lazy("A commitment")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        rows = Commitment.objects.filter(state=Editorial.SUBMITTED).select_related("organization")
        return submitted_at(rows)

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            words = _("%(name)s: %(title)s") % {"name": row.organization, "title": row.title}
            yield inbox.Item(cls.one, words, row.since or timezone.now(), reverse("review_commitment", args=[row.pk]))


@inbox.register
class ToVerify(inbox.Waiting):
    key = "to_verify"
    name = gettext_lazy("To verify")
    one = gettext_lazy("Progress to verify")
    sign = "tick"

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return Commitment.objects.to_verify().select_related("organization").order_by("completed_on", "id")

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            words = _("%(name)s completed: %(title)s") % {"name": row.organization, "title": row.title}
            gone = timezone.localdate() - row.completed_on if row.completed_on else timedelta()
            yield inbox.Item(cls.one, words, timezone.now() - gone, reverse("verify_commitment", args=[row.pk]))
