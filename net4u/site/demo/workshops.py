"""Invented workshops with everything that came out of them; none of it is added to a real workshop's record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from net4u.base.states import Editorial
from net4u.site.demo.story import Facts, Story, organization, pillars, provisions, themes
from organizations.models import RegionalNetwork
from people.enums import ConsentPurpose
from people.services import record_consent
from recommendations.models import Addressee, Answer, Assessment, Recommendation
from recommendations.services import (
    assess_recommendation,
    publish_recommendation,
    record_answer,
    record_recommendation,
)
from vocabulary.models import Pillar, Source, Territory
from vocabulary.services import record_word
from workshops.models import (
    Contribution,
    Output,
    Participation,
    Session,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopRole,
)
from workshops.services import curate, publish_workshop

#: The workshop that recommendations come out of, and commitments unless they name another one.
FOLLOW_UP = "demonstration-follow-up"


def record_source(story: Story, facts: Facts) -> Source:
    published_on = story.days(FOLLOW_UP).on(facts.pop("published"))
    return record_word(word=story.invented(Source, facts["slug"], published_on=published_on, **facts), by=None)


def hold(story: Story, facts: Facts, network: RegionalNetwork, source: Source) -> None:
    """Record a workshop with its parts, then publish it."""
    state = facts.pop("state")
    parts = {name: facts.pop(name) for name in PARTS}
    workshop = _workshop(story, facts, network, source)
    for name, rows in parts.items():
        for row in rows:
            PARTS[name](story, workshop, row, source)
    if state == Editorial.PUBLISHED:
        publish_workshop(workshop=workshop, by=story.people["sam"])


def _workshop(story: Story, facts: Facts, network: RegionalNetwork, source: Source) -> Workshop:
    starts_on = story.days(facts["slug"]).on(facts.pop("starts"))
    workshop = story.invented(
        Workshop,
        facts["slug"],
        network=network,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=facts.pop("days") - 1),
        country=Territory.objects.get(iso2=facts.pop("country")) if "country" in facts else None,
        source=source if facts["slug"] == FOLLOW_UP else None,
        **facts,
    )
    _curate(story, workshop)
    return workshop


def _curate(story: Story, record: Any, **links: Any) -> None:
    curate(record=record, links=links, by=story.people["sam"])


# -- parts: each under the workshop's slug and its own mark in it ----------------------------------------------


def _figure(story: Story, workshop: Workshop, facts: Facts, source: Source) -> None:
    key = f"{workshop.slug}/{facts['unit']}"
    _curate(story, story.invented(WorkshopFigure, key, workshop=workshop, source=source, **facts))


def _role(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    key = f"{workshop.slug}/{facts['organization']}/{facts['role']}"
    facts["organization"] = organization(story, facts["organization"])
    _curate(story, story.invented(WorkshopRole, key, workshop=workshop, **facts))


def _session(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    key, linked = f"{workshop.slug}/{facts['order']}", pillars(facts.pop("pillars"))
    facts.setdefault("disclosure", workshop.disclosure)
    _curate(story, story.invented(Session, key, workshop=workshop, **facts), pillars=linked)


def _group(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    key, linked = f"{workshop.slug}/{facts['code']}", pillars(facts.pop("pillars"))
    _curate(story, story.invented(WorkingGroup, key, workshop=workshop, **_within(story, workshop, facts)),
            pillars=linked)  # fmt: skip


def _output(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    key = f"{workshop.slug}/{facts['order']}"
    if "pillar" in facts:
        facts["pillar"] = Pillar.objects.get(code=facts["pillar"])
    _curate(story, story.invented(Output, key, workshop=workshop, **_within(story, workshop, facts)))


def _participation(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    key = f"{workshop.slug}/{facts['organization']}"
    facts["organization"] = organization(story, facts["organization"])
    _curate(story, story.invented(Participation, key, workshop=workshop, **facts))


def _contribution(story: Story, workshop: Workshop, facts: Facts, _source: Source) -> None:
    """A name is shown by the person's own consent, and never from a session under the Chatham House Rule."""
    key, agreed = f"{workshop.slug}/{facts['order']}", facts.pop("consent")
    facts["organization"] = organization(story, facts["organization"])
    record = story.invented(Contribution, key, workshop=workshop, **_within(story, workshop, facts))
    if agreed:
        record.consent = record_consent(
            subject=record,
            purpose=ConsentPurpose.NAME_IN_RECORD,
            text_version="demonstration",
            by=story.people[record.person_name],
        )
    _curate(story, record)


def _within(story: Story, workshop: Workshop, facts: Facts) -> Facts:
    """The session and the group that the facts name by their marks."""
    named: dict[str, Any] = {"session": Session, "working_group": WorkingGroup, "output": Output}
    found = {
        name: story.named(model, f"{workshop.slug}/{facts[name]}") for name, model in named.items() if name in facts
    }
    return facts | found


PARTS = {
    "figures": _figure,
    "roles": _role,
    "sessions": _session,
    "working_groups": _group,
    "outputs": _output,
    "participations": _participation,
    "contributions": _contribution,
}


# -- what it asked of others ---------------------------------------------------------------------------------


def recommend(story: Story, facts: Facts, source: Source) -> None:
    """Record a recommendation of the follow-up workshop, and publish it unless it is a draft."""
    workshop = story.named(Workshop, FOLLOW_UP)
    key, state = facts.pop("key"), facts.pop("state")
    facts.pop("words", None)
    answers, assessments = facts.pop("answers", []), facts.pop("assessments", [])
    links: dict[str, Iterable[Any]] = {
        "pillars": pillars(facts.pop("pillars")),
        "themes": themes(facts.pop("themes")),
        "provisions": provisions(facts.pop("provisions")),
    }
    addressees = [story.invented(Addressee, f"{key}/{kind}", kind=kind) for kind in facts.pop("addressees")]
    assert workshop.starts_on is not None  # noqa: S101 -- the data give every workshop a day
    recommendation = story.invented(
        Recommendation, key, workshop=workshop, source=source, made_in=workshop.starts_on.year,
        **_within(story, workshop, facts),
    )  # fmt: skip
    sam = story.people["sam"]
    record_recommendation(recommendation=recommendation, links=links, addressees=addressees, by=sam)
    if state != Editorial.DRAFT:
        publish_recommendation(recommendation=recommendation, by=sam)
    for number, row in enumerate(answers):
        _answer(story, recommendation, f"{key}/{number}", row, source)
    for number, row in enumerate(assessments):
        _assess(story, recommendation, f"{key}/{number}", row)


def _answer(story: Story, recommendation: Recommendation, key: str, facts: Facts, source: Source) -> None:
    """Somebody invented who was asked answers, or an invented organization."""
    mark, _, _number = key.partition("/")
    if "addressee" in facts:
        facts["addressee"] = story.named(Addressee, f"{mark}/{facts['addressee']}")
    answered_on = story.days(FOLLOW_UP).on(facts.pop("on"))
    answer = story.invented(
        Answer, key, recommendation=recommendation, answered_on=answered_on, source=source, **_said_by(story, facts)
    )
    record_answer(answer=answer, by=story.people["sam"])


def _assess(story: Story, recommendation: Recommendation, key: str, facts: Facts) -> None:
    assessed_on = story.days(FOLLOW_UP).on(facts.pop("on"))
    assessment = story.invented(
        Assessment, key, recommendation=recommendation, assessed_on=assessed_on, **_said_by(story, facts)
    )
    assess_recommendation(assessment=assessment, by=story.people["sam"])


def _said_by(story: Story, facts: Facts) -> Facts:
    return facts | ({"organization": organization(story, facts["organization"])} if "organization" in facts else {})
