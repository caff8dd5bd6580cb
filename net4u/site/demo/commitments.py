"""Invented commitments, each with its whole life: drafted, sent, published, reported on, verified by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commitments.models import Commitment, Evidence, Milestone, ProgressUpdate, Verification
from commitments.services import (
    confirm_partner,
    decline_partner,
    draft_commitment,
    invite_partner,
    publish_commitment,
    reach_milestone,
    report_progress,
    submit_commitment,
    verify_commitment,
)
from net4u.base.states import Editorial
from net4u.site.demo.story import (
    Days,
    Facts,
    Story,
    answered,
    organization,
    pillars,
    provisions,
    sdg_targets,
)
from net4u.site.demo.workshops import FOLLOW_UP
from people.models import User
from workshops.models import Output, WorkingGroup, Workshop

OWN = ("title", "problem", "indicator", "baseline", "target", "unit", "resources", "horizon")
REPORTED = ("progress", "value", "text")


def promise(story: Story, facts: Facts) -> None:
    """Everything that is no decision with words of its own."""
    days, editor = story.days(facts["key"]), story.people[facts["lead"]]
    commitment = _draft(story, facts, days, editor)
    if facts["state"] == Editorial.DRAFT:
        return
    submit_commitment(commitment=commitment, by=editor)
    if "published" in facts:
        publish_commitment(commitment=commitment, by=story.people["sam"], on=days.on(facts["published"]))
        _reach(story, commitment, facts, days, editor)
        _invite(story, commitment, facts, days, editor)
        _report(story, commitment, facts, days, editor)
        _verify(story, commitment, facts, days)


def _draft(story: Story, facts: Facts, days: Days, editor: User) -> Commitment:
    commitment = story.invented(
        Commitment,
        facts["key"],
        **{name: facts[name] for name in OWN if name in facts},
        expected_result=facts["result"],
        organization=organization(story, facts["lead"]),
        start_on=days.start(facts["start"]),
        due_on=days.due(facts["due"]),
        **_origin(story, facts),
    )
    links: dict[str, Iterable[Any]] = {
        "pillars": pillars(facts["pillars"]),
        "provisions": provisions(facts["provisions"]),
        "sdg_targets": sdg_targets(facts["sdg"]),
        "answers": answered(story, facts.get("answers", [])),
    }
    steps = [
        story.invented(Milestone, f"{facts['key']}/{number}", title=title, due_on=days.due(due))
        for number, (title, due, _delay) in enumerate(facts["milestones"])
    ]
    return draft_commitment(commitment=commitment, by=editor, links=links, milestones=steps)


def _origin(story: Story, facts: Facts) -> dict[str, Any]:
    """The working group and output it comes from, where it comes from one."""
    slug = facts.get("workshop", FOLLOW_UP)
    named: list[tuple[str, type[Any], Any]] = [
        ("working_group", WorkingGroup, facts.get("group")),
        ("output", Output, facts.get("output")),
    ]
    origin = {name: story.named(model, f"{slug}/{mark}") for name, model, mark in named if mark}
    return origin | {"workshop": story.named(Workshop, slug)} if origin else {}


def _reach(story: Story, commitment: Commitment, facts: Facts, days: Days, editor: User) -> None:
    for number, (_title, _due, delay) in enumerate(facts["milestones"]):
        if delay is not None:
            milestone = story.named(Milestone, f"{facts['key']}/{number}")
            milestone.commitment = commitment
            reach_milestone(milestone=milestone, done_on=days.reached(milestone.due_on, delay), by=editor)


def _invite(story: Story, commitment: Commitment, facts: Facts, days: Days, editor: User) -> None:
    """Only the partner itself answers."""
    for slug, answer, at in facts.get("partners", []):
        partner = invite_partner(commitment=commitment, organization=organization(story, slug), by=editor)
        if answer == "confirmed":
            confirm_partner(partner=partner, by=story.people[slug], at=days.noon(at))
        elif answer == "declined":
            decline_partner(partner=partner, by=story.people[slug], at=days.noon(at))


def _report(story: Story, commitment: Commitment, facts: Facts, days: Days, editor: User) -> None:
    updates: list[ProgressUpdate] = []
    for number, said in enumerate(facts.get("updates", [])):
        key = f"{facts['key']}/{number}"
        update = story.invented(
            ProgressUpdate,
            key,
            commitment=commitment,
            reported_on=days.on(said["on"]),
            corrects=updates[said["corrects"]] if "corrects" in said else None,
            next_step=said.get("next", ""),
            **{name: said[name] for name in REPORTED if name in said},
        )
        evidence = [
            story.invented(Evidence, f"{key}/{path}", title=title, url=f"https://evidence.example.org/{path}",
                           audience=audience) for title, path, audience in said.get("evidence", [])
        ]  # fmt: skip
        updates.append(report_progress(update=update, by=editor, evidence=evidence))


def _verify(story: Story, commitment: Commitment, facts: Facts, days: Days) -> None:
    for number, found in enumerate(facts.get("verifications", [])):
        verification = story.invented(
            Verification,
            f"{facts['key']}/{number}",
            commitment=commitment,
            completion=found["level"],
            basis=found["basis"],
            value=found.get("value"),
            verified_on=days.on(found["on"]),
        )
        verify_commitment(verification=verification, by=story.people[found["by"]])
