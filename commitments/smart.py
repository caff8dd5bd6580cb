"""How clear a promise is: specific, measurable, achievable, relevant, time-bound. Help while writing, never a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.models import Commitment
from net4u.base.templatetags.ui import when

#: A title of fewer words rarely says who does what for whom.
FEWEST_WORDS = 4
#: A text of fewer letters rarely says anything.
FEWEST_LETTERS = 30


class Clarity(TextChoices):
    CLEAR = "clear", gettext_lazy("clear")
    THIN = "thin", gettext_lazy("still thin")
    MISSING = "missing", gettext_lazy("not yet told")


class Advice(NamedTuple):
    """One of the five, how clear it is, and one sentence."""

    name: str | Promise
    clarity: Clarity
    words: str

    @property
    def sign(self) -> str:
        return {Clarity.CLEAR: "tick", Clarity.THIN: "half", Clarity.MISSING: "dashed"}[self.clarity]


@dataclass(frozen=True)
class Draft:
    """What was written so far, saved or not."""

    title: str = ""
    problem: str = ""
    expected_result: str = ""
    indicator: str = ""
    has_baseline: bool = False
    has_target: bool = False
    unit: str = ""
    number_source: str = ""
    resources: str = ""
    due_on: date | None = None
    steps: int = 0
    pillars: int = 0
    answers: tuple[str, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, commitment: Commitment) -> Draft:
        return cls(
            title=commitment.title,
            problem=commitment.problem,
            expected_result=commitment.expected_result,
            indicator=commitment.indicator,
            has_baseline=commitment.baseline is not None,
            has_target=commitment.target is not None,
            unit=commitment.unit,
            number_source=commitment.number_source,
            resources=commitment.resources,
            due_on=commitment.due_on,
            steps=commitment.milestones.count(),
            pillars=commitment.pillars.count(),
            answers=tuple(str(each.reference) for each in commitment.answers.all()),
        )


def advice_on(draft: Draft, on: date) -> list[Advice]:
    """The five, in their order."""
    return [
        Advice(gettext_lazy("Specific"), *_specific(draft)),
        Advice(gettext_lazy("Measurable"), *_measurable(draft)),
        Advice(gettext_lazy("Achievable"), *_achievable(draft)),
        Advice(gettext_lazy("Relevant"), *_relevant(draft)),
        Advice(gettext_lazy("Time-bound"), *_time_bound(draft, on)),
    ]


def _specific(draft: Draft) -> tuple[Clarity, str]:
    if not draft.title:
        return Clarity.MISSING, _("Say in one sentence what you will do.")
    if len(draft.title.split()) < FEWEST_WORDS:
        return Clarity.THIN, _("Say what you will do, for whom and where.")
    if len(draft.expected_result) < FEWEST_LETTERS:
        return Clarity.THIN, _("Say what will be different when it is done.")
    return Clarity.CLEAR, _("It says what you do and what will be different.")


def _measurable(draft: Draft) -> tuple[Clarity, str]:
    if not draft.indicator and not draft.has_target:
        return Clarity.MISSING, _("Say what you will count, and up to which number.")
    if not draft.indicator:
        return Clarity.THIN, _("Say what exactly you count.")
    if not draft.has_target or not draft.unit:
        return Clarity.THIN, _("Give the number you want to reach, and its unit.")
    if not draft.has_baseline:
        return Clarity.THIN, _("Say where you start. If you start from nothing, that is 0.")
    if not draft.number_source:
        return Clarity.THIN, _("Say where the number will come from, so that somebody else can check it.")
    return Clarity.CLEAR, _("Somebody else can check the number.")


def _achievable(draft: Draft) -> tuple[Clarity, str]:
    if not draft.resources and not draft.steps:
        return Clarity.MISSING, _("Say what you have for it: people, time, money.")
    if not draft.resources:
        return Clarity.THIN, _("Say what you have for it: people, time, money.")
    if not draft.steps:
        return Clarity.THIN, _("Name a step on the way, with a date.")
    words = ngettext(
        "You have the means, and %(number)s step.", "You have the means, and %(number)s steps.", draft.steps
    )
    return Clarity.CLEAR, words % {"number": draft.steps}


def _relevant(draft: Draft) -> tuple[Clarity, str]:
    if not draft.problem and not draft.pillars and not draft.answers:
        return Clarity.MISSING, _("Say which problem it answers.")
    if len(draft.problem) < FEWEST_LETTERS:
        return Clarity.THIN, _("Say in a sentence or two which problem it answers.")
    if not draft.pillars:
        return Clarity.THIN, _("Choose the pillar it serves.")
    if draft.answers:
        return Clarity.CLEAR, _("It answers %(references)s.") % {"references": ", ".join(draft.answers)}
    return Clarity.CLEAR, _("It says which problem it answers, and serves a pillar.")


def _time_bound(draft: Draft, on: date) -> tuple[Clarity, str]:
    if draft.due_on is None:
        return Clarity.MISSING, _("Say when it will be done.")
    if draft.due_on < on:
        return Clarity.THIN, _("This date has passed. Choose a day to come.")
    return Clarity.CLEAR, _("Ends on %(day)s.") % {"day": when(draft.due_on)}


def written_so_far(commitment: Commitment, typed: Mapping[str, str]) -> Draft:
    """What is saved, with what stands in a form that is not sent yet in its place."""
    known = Draft.of(commitment)
    texts: dict[str, Any] = {
        name: typed[name].strip()
        for name in ("title", "problem", "expected_result", "indicator", "unit", "number_source", "resources")
        if name in typed
    }
    facts: dict[str, Any] = {}
    if "target" in typed:
        facts |= {"has_target": bool(typed["target"].strip()), "has_baseline": bool(typed.get("baseline", "").strip())}
    if "due_on" in typed:
        facts["due_on"] = _day(typed["due_on"])
    steps = [value for name, value in typed.items() if name.startswith("steps-") and name.endswith("-title")]
    if steps:
        facts["steps"] = sum(bool(each.strip()) for each in steps)
    return replace(known, **texts, **facts)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:  # well formed, and no day: 2027-02-30
        return None
