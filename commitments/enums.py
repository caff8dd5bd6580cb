from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Horizon(TextChoices):
    """The three horizons of the Rome workshop; a label of its own, beside the dates."""

    SHORT = "short", _("short term")
    MEDIUM = "medium", _("medium term")
    LONG = "long", _("long term")


class Progress(TextChoices):
    """How far the organization itself says it is. Nothing reported yet is a word of its own, not zero."""

    NOT_REPORTED = "not_reported", _("nothing reported yet")
    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    COMPLETED = "completed", _("completed")


#: What a report can say.
REPORTABLE = (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.COMPLETED)


class Completion(TextChoices):
    """What somebody else found, with a basis: the five levels of the Open Government Partnership's reviews."""

    NOT_ASSESSED = "not_assessed", _("not yet assessed")
    NO_EVIDENCE = "no_evidence", _("no evidence available")
    NOT_STARTED = "not_started", _("not started")
    LIMITED = "limited", _("limited")
    SUBSTANTIAL = "substantial", _("substantial")
    COMPLETE = "complete", _("complete")


#: What a verification can say.
ASSESSABLE = tuple(level for level in Completion if level != Completion.NOT_ASSESSED)


class Kept(TextChoices):
    """Whether what was due was done by its date, as the organization reports it. Asked of dates that have passed."""

    IN_TIME = "in_time", _("reached by the date")
    LATE = "late", _("late or not reached")
