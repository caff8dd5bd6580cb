"""What people write to the secretariat: kept, answered once, and forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base import inbox
from net4u.base.change import change
from net4u.base.decisions import decisions
from net4u.base.forgetting import forgets
from net4u.base.guards import records
from net4u.base.mail import queue_mail, written
from net4u.base.models import Record, Report
from net4u.base.states import TransitionError, require
from net4u.base.viewers import SECRETARIAT, Viewer

if TYPE_CHECKING:
    from people.models import User


def file_report(*, report: Report) -> Report:
    """Keep it, and tell the secretariat by mail that it waits: never what it says, since mail passes many hands."""
    with change(by=None, what="report.filed") as work:
        report.full_clean()
        report.save(force_insert=True)
        if settings.SECRETARIAT_EMAIL:
            with translation.override(settings.LANGUAGE_CODE):
                mail = written("report_filed", report=report)
            queue_mail(work, key=f"report:{report.pk}", to=settings.SECRETARIAT_EMAIL, **mail._asdict())
    return report


def settle_report(*, report: Report, words: str, by: User | None) -> None:
    """Close it with words, once. They are mailed to whoever left an address, in the language they wrote in."""
    require(by, "base.settle_report", report)
    if not words.strip():
        raise ValidationError({"words": _("Say what was done, or why nothing was.")})
    with change(by=by, what="report.settled") as work:
        settled = {"state": Report.State.SETTLED, "settled_at": timezone.now(), "settled_by": by, "answer": words}
        if not Report.objects.filter(pk=report.pk, state=Report.State.OPEN).update(**settled):
            raise TransitionError(_("Somebody else settled this meanwhile. Your words were not sent."))
        report.refresh_from_db()
        if report.email:
            with translation.override(report.language):
                mail = written("report_answered", report=report)
            queue_mail(work, key=f"report:{report.pk}:answer", to=report.email, **mail._asdict())


@forgets
def forget_reports(now: datetime) -> None:
    """Delete what was settled long enough ago, with whatever it said and whoever wrote it."""
    old = Report.objects.settled_before(now - timedelta(days=decisions().reports_kept_days))
    if old.exists():
        with change(by=None, what="report.forgotten"):
            old.delete()


# -- what a report may be about ------------------------------------------------------------------------------


def kind_of(record: Record) -> str:
    return str(record._meta.model_name)


def reportable() -> dict[str, type[Record]]:
    """Records that have an address and know who may see them, by name of kind."""
    return {
        str(model._meta.model_name): model
        for model in records()
        if hasattr(model, "get_absolute_url") and hasattr(model.objects, "visible_to")
    }


def about(kind: str, ids: Iterable[UUID], viewer: Viewer) -> QuerySet[Any]:
    """Those of these records that the viewer may see; none of a kind that does not exist."""
    model = reportable().get(kind)
    if model is None:
        return QuerySet(Report).none()
    rows: Any = model.objects
    seen: QuerySet[Any] = rows.visible_to(viewer).filter(pk__in=ids)
    return seen


@inbox.register
class ReportsWaiting(inbox.Waiting):
    key = "reports"
    name = gettext_lazy("Messages")
    one = gettext_lazy("Message")
    sign = "warning"

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return Report.objects.open()

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        reports = list(rows)
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for each in reports:
            if each.about_kind:
                wanted[each.about_kind].add(each.about_id)
        found = {record.pk: record for kind, ids in wanted.items() for record in about(kind, ids, SECRETARIAT)}
        for each in reports:
            yield inbox.Item(
                cls.one, each.get_kind_display(), each.at, each.get_absolute_url(),
                urgent=each.is_urgent, about=found.get(each.about_id),
            )  # fmt: skip
