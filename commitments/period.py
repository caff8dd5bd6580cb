"""What happened in a period, and how things stood at its end: an accessible PDF for the secretariat.

Figures are made of rows that bear a date (publications, reports, findings, answers), as they were by the end of the
last day. So the same period asked for later gives the same figures and the same bytes, unless a record of that period
was changed. What cannot be known any more is taken as it is today: the due date that a commitment had then, its
organization's name and country, its pillars. What was withdrawn since is left out, as if it had never been there. How
far somebody is counts only where a dated report says so; an answer of which the source gives no day is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from commitments.enums import Completion, Progress
from commitments.filters import UNSTATED, PeriodFilter
from commitments.models import Commitment, ProgressUpdate, Verification
from commitments.overview import FIGURES, KINDS, OWN, groups_of
from commitments.querysets import overdue_then
from net4u.base.addresses import absolute
from net4u.base.models import JournalEntry
from net4u.base.pdf import ROOT, Data, answered, language_of, printable, tongue
from net4u.base.secretariat import ForSecretariat
from net4u.base.templatetags.ui import when
from net4u.base.views import Excerpt
from recommendations.models import Answer, Recommendation

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer

TEMPLATE = ROOT / "commitments" / "period.typ"
#: Rows of a list beyond these are counted.
MOST = 200
#: Later reports and findings change a commitment, and nothing that a report of an earlier period tells of it.
REPEATED = ("progress.reported", "commitment.verified")


NAMED: dict[str, Any] = {"title": gettext_lazy("Report of a period"), "here": "follow_up_report"}


class PeriodReport(ForSecretariat, TemplateView):
    """The form; with days in the address, the report of these days."""

    permission_required = "commitments.review_commitment"
    door = "follow_up"
    template_name = "commitments/period.html"
    extra_context = NAMED

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Commitment.objects.visible_to(self.viewer).published()
        filterset = PeriodFilter(request.GET or None, queryset=rows, viewer=self.viewer)
        if not (filterset.is_bound and filterset.is_valid()):
            return self.render_to_response(self.get_context_data(filter=filterset, form=filterset.form))
        report = Period(filterset)
        record, at = report.told()
        name = f"net4u-{report.since.isoformat()}-{report.until.isoformat()}"
        return answered(request, TEMPLATE, record, at=at, name=name)


class Period:
    """Everything the template shows, as finished texts in the reader's language."""

    def __init__(self, filterset: PeriodFilter) -> None:
        chosen = filterset.form.cleaned_data
        self.since: date = chosen["since"]
        self.until: date = chosen["until"]
        self.pillar, self.country = chosen.get("pillar"), chosen.get("country")
        self.chosen = {name: str(filterset.data[name]) for name in ("pillar", "country") if chosen.get(name)}
        found: Any = filterset.qs
        self.viewer = filterset.viewer
        self.rows = found.as_of(self.until).select_related("organization").order_by("due_on", "reference")
        self.before = found.as_of(self.since - timedelta(days=1))
        self.answers = answers_of(self.country, self.viewer)
        recommended: Any = of_pillar(Recommendation.objects.visible_to(self.viewer), self.pillar).order_by("reference")
        self.answered = recommended.answered_between(self.since, self.until, self.answers)

    # -- which rows ---------------------------------------------------------------------------------------------

    def seen(self, model: Any) -> Any:
        return model.objects.visible_to(self.viewer)

    @property
    def days(self) -> tuple[date, date]:
        return self.since, self.until

    def new(self) -> Any:
        return self.rows.filter(published_at__date__gte=self.since)

    def completed(self) -> Any:
        """Reported as completed at the end, and not before the first day."""
        already = self.before.filter(progress_then=Progress.COMPLETED)
        return self.rows.filter(progress_then=Progress.COMPLETED).exclude(pk__in=already.values("pk"))

    def verified(self) -> Any:
        found = self.seen(Verification).filter(commitment=OuterRef("pk"), verified_on__range=self.days)
        return self.rows.filter(Exists(found.order_by()))

    def overdue(self) -> Any:
        return self.rows.filter(overdue_then(self.until))

    def reports(self) -> Any:
        """A correction is none: it says again what was said before."""
        told = self.seen(ProgressUpdate).filter(reported_on__range=self.days, corrects=None)
        return told.filter(commitment__in=self.ids)

    @property
    def ids(self) -> Any:
        return self.rows.order_by().values("pk")

    # -- when it changed ----------------------------------------------------------------------------------------

    def told(self) -> tuple[str, datetime]:
        """As JSON, and when the latest of it changed."""
        at = self.changed()
        return json.dumps(printable(self.data(at)), sort_keys=True, ensure_ascii=False), at

    def changed(self) -> datetime:
        """By the journal; where nothing is told, the last day itself."""
        updates = self.seen(ProgressUpdate).filter(commitment__in=self.ids, reported_on__lte=self.until)
        found = self.seen(Verification).filter(commitment__in=self.ids, verified_on__lte=self.until)
        answers = self.answers.filter(answered_on__range=self.days)
        told = [
            latest(self.ids, ~Q(what__in=REPEATED)),
            *(latest(rows.order_by().values("pk")) for rows in (updates, found, answers)),
        ]
        none = datetime.combine(self.until, time(), tzinfo=timezone.get_default_timezone())
        return max((each for each in told if each), default=none).replace(microsecond=0)

    # -- what is told -------------------------------------------------------------------------------------------

    def data(self, at: datetime) -> Data:
        new, completed, verified, overdue = (
            Excerpt.of(rows, MOST) for rows in (self.new(), self.completed(), self.verified(), self.overdue())
        )
        answers = Excerpt.of(self.answered, MOST)
        return {
            "language": tongue(get_language() or ""),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "words": words(),
            "address": absolute(reverse("follow_up_report")),
            "period": when(*self.days),
            "filter": self.asked(),
            "changed": _("Data as last changed on %(day)s.") % {"day": when(timezone.localdate(at))},
            "invented": _("Demonstration: some of what this report tells is invented.")
            if self.rows.filter(is_demonstration=True).exists() else "",
            "figures": self.figures(new.total, completed.total, verified.total, overdue.total, answers.total),
            "tables": [self.table("pillar"), self.table("country")],
            "lists": [
                listed(_("Overdue at the end of the period"), _("How late"), overdue, self.how_late),
                listed(_("New in this period"), _("Published"), new, published),
                listed(_("Reported as completed"), _("Reported"), completed, lambda row: when(row.told_on)),
                listed(_("Verified"), _("Found by others"), verified, finding),
            ],
            "answered": [recommended(row) for row in answers.rows],
            "more_answered": more(answers.more),
        }  # fmt: skip

    def asked(self) -> str:
        stated = ((_("Pillar"), self.pillar), (_("Country"), self.country))
        words = [f"{name}: {_('not stated') if each == UNSTATED else each}" for name, each in stated if each]
        return "; ".join(words) or _("none, all that is published")

    def figures(self, new: int, completed: int, verified: int, overdue: int, answered: int) -> list[Data]:
        told = (
            (new, _("new commitments published")),
            (completed, _("commitments reported as completed")),
            (verified, _("commitments verified by somebody else")),
            (self.reports().count(), _("reports received")),
            (answered, _("recommendations answered")),
            (overdue, _("commitments overdue at the end of the period")),
        )
        return [{"number": str(number), "words": words} for number, words in told]

    def table(self, by: str) -> Data:
        groups, total = groups_of(self.rows, by, self.chosen, on=self.until)
        heads = [str(KINDS[by].head), *(str(head) for head, _query in FIGURES)]
        rows = [[group.name, *map(str, group.counts)] for group in (*groups, total)]
        title = _("At the end of the period, by pillar") if by == "pillar" else _("At the end, by country")
        return {"title": title, "heads": heads, "own": OWN, "rows": rows}

    def how_late(self, row: Any) -> str:
        days = (self.until - row.due_on).days
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def latest(ids: Any, which: Q | None = None) -> datetime | None:
    rows = JournalEntry.objects.filter(which or Q(), object_id__in=ids)
    found: datetime | None = rows.aggregate(at=Max("at"))["at"]
    return found


def answers_of(country: Any, viewer: Viewer) -> Any:
    """By those who were asked there, or by organizations from there; without a country, all."""
    answers = Answer.objects.visible_to(viewer)
    if not country:
        return answers
    where = None if country == UNSTATED else country
    return answers.filter(
        Q(organization__isnull=False, organization__country=where)
        | Q(addressee__isnull=False, addressee__territory=where)
    )


def of_pillar(recommendations: Any, pillar: Any) -> Any:
    if not pillar:
        return recommendations
    return recommendations.filter(pillars=None if pillar == UNSTATED else pillar)


def listed(title: str, head: str, rows: Excerpt, told: Any) -> Data:
    """Commitments, and what this list says of each."""
    return {
        "title": title,
        "head": head,
        "rows": [
            {
                "reference": row.reference,
                "title": row.title,
                "language": language_of(row, "title"),
                "organization": str(row.organization),
                "due": when(row.due_on),
                "told": told(row),
            }
            for row in rows.rows
        ],
        "more": more(rows.more),
    }


def published(row: Any) -> str:
    return when(timezone.localdate(row.published_at))


def finding(row: Any) -> str:
    return f"{capfirst(Completion(row.completion_then).label)}, {when(row.found_on)}"


def recommended(row: Any) -> Data:
    return {
        "reference": row.reference,
        "text": row.text,
        "language": language_of(row, "text"),
        "answers": answers_in_words(row.given),
    }


def answers_in_words(answers: Iterable[Any]) -> list[str]:
    return [f"{answer.by}: {answer.get_kind_display()}, {when(answer.answered_on)}" for answer in answers]


def more(number: int) -> str:
    return ngettext("And %(number)s more.", "And %(number)s more.", number) % {"number": number} if number else ""


def words() -> dict[str, str]:
    """Headings and other fixed texts of the template."""
    return {
        "motto": _("Civil society on the UN organized crime convention"),
        "title": _("Follow-up report"),
        "inside": _("For the secretariat only. Not for publication."),
        "filter": _("Filter:"),
        "figures": _("In short"),
        "found": _("Found by others"),
        "reference": _("Reference"),
        "commitment": _("Commitment"),
        "due": _("Due"),
        "answered": _("Recommendations answered in this period"),
        "recommendation": _("Recommendation"),
        "answers": _("Answers"),
        "none": _("None."),
        "many": _("A commitment can stand in more than one row of a table. In the last row it is counted once."),
        "copy": _("How this report is made"),
        "how": _(
            "The figures are those at the end of the last day, made of dated reports, findings and answers. Due dates, "
            "names, countries and pillars are as they are today. What was withdrawn since is left out. An answer of "
            "which the source gives no day is not counted."
        ),
        "page": _("page"),
    }
