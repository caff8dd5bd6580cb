"""The demonstration network: what a visitor walks through before anything real was entered.

One change makes everything as it was asked for; then each decision that comes with words (sent back, declined, taken
down) is a change of its own, because a reason belongs to one record's journal. Whoever was interrupted in between
goes on: a decision is made unless somebody has touched the record since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils import translation

from commitments import services as on_commitments
from commitments.models import Commitment
from net4u.base.change import change
from net4u.base.models import JournalEntry, Record
from net4u.base.states import Editorial
from net4u.site.demo import commitments, organizations, people, workshops
from net4u.site.demo.story import Facts, Story, read
from organizations import services as on_organizations
from organizations.models import Organization, RegionalNetwork
from people.models import User
from recommendations.models import Recommendation
from recommendations.services import withdraw_recommendation

SEED = 1
#: What the journal calls it; whoever removes the demonstration keeps this, and it does not come back.
LOADED = "demonstration.loaded"
#: The network this portal is for.
HOME = "net4u-europe"


class NotReady(Exception):
    """The public record, which the demonstration points to, is not loaded."""


class Loaded(NamedTuple):
    """What one run did; ``accounts`` is empty when the demonstration was there already."""

    accounts: str
    decisions: int


def load_demonstration(*, seed: int, today: date) -> Loaded:
    """Make the demonstration network once, and what an interrupted run left undone."""
    story = Story(seed, today)
    with translation.override("en"):
        accounts = "" if is_loaded() else _load(story)
        return Loaded(accounts, sum(_decide(story, decision) for decision in decisions()))


def is_loaded() -> bool:
    return JournalEntry.objects.filter(what=LOADED).exists()


def _load(story: Story) -> str:
    """Everything but decisions with words; returns the accounts as they were written down, within the change."""
    network = RegionalNetwork.objects.filter(code=HOME).first()
    if network is None:
        raise NotReady("The public record is not loaded yet: run manage.py prepare first.")
    registered, held = read("organizations"), read("workshops")
    with change(by=None, what=LOADED):
        password = people.open_accounts(story, registered)
        for facts in registered:
            story.people[facts["slug"]] = people.administrator(story, facts["slug"], facts)
            organizations.register(story, facts, network)
        source = workshops.record_source(story, held["source"])
        for facts in held["workshops"]:
            workshops.hold(story, facts, network, source)
        for facts in held["recommendations"]:
            workshops.recommend(story, facts, source)
        for facts in sorted(read("commitments"), key=lambda facts: facts.get("published", 0)):
            commitments.promise(story, facts)
        return people.keep(password)


# -- decisions with words ------------------------------------------------------------------------------------


class Decision(NamedTuple):
    model: type[Record]
    key: str
    state: str
    words: str
    #: Whose decision a take-down is; the rest are the secretariat's.
    lead: str = ""


def decisions() -> Iterator[Decision]:
    """Commitments before organizations: one that was taken down decides nothing any more."""
    for facts in read("commitments"):
        yield from _decision(Commitment, facts["key"], facts, facts["lead"])
    for facts in read("workshops")["recommendations"]:
        yield from _decision(Recommendation, facts["key"], facts)
    for facts in read("organizations"):
        yield from _decision(Organization, facts["slug"], facts, facts["slug"])


def _decision(model: type[Record], key: str, facts: Facts, lead: str = "") -> Iterator[Decision]:
    if "words" in facts:
        yield Decision(model, key, facts["state"], facts["words"], lead)


ACTS: dict[tuple[type[Record], str], Callable[[Any, str, User], None]] = {
    (Commitment, Editorial.CHANGES_REQUESTED): lambda record, words, by: on_commitments.request_changes(
        commitment=record, words=words, by=by
    ),
    (Commitment, Editorial.DECLINED): lambda record, words, by: on_commitments.decline_commitment(
        commitment=record, words=words, by=by
    ),
    (Commitment, Editorial.WITHDRAWN): lambda record, words, by: on_commitments.withdraw_commitment(
        commitment=record, why=words, by=by
    ),
    (Recommendation, Editorial.WITHDRAWN): lambda record, words, by: withdraw_recommendation(
        recommendation=record, why=words, by=by
    ),
    (Organization, Editorial.CHANGES_REQUESTED): lambda record, words, by: on_organizations.request_changes(
        organization=record, words=words, by=by
    ),
    (Organization, Editorial.DECLINED): lambda record, words, by: on_organizations.decline_organization(
        organization=record, words=words, by=by
    ),
    (Organization, Editorial.WITHDRAWN): lambda record, words, by: on_organizations.withdraw_organization(
        organization=record, why=words, by=by
    ),
}


def _decide(story: Story, decision: Decision) -> int:
    """1 when the decision was still to be made."""
    record = decision.model._default_manager.filter(pk=story.id(decision.model, decision.key)).first()
    if record is None or JournalEntry.objects.filter(object_id=record.pk).exclude(what=LOADED).exists():
        return 0
    ACTS[decision.model, decision.state](record, decision.words, _who(decision))
    return 1


def _who(decision: Decision) -> User:
    """A take-down is asked for by the organization itself, everything else decided by the secretariat."""
    facts = next((each for each in read("organizations") if each["slug"] == decision.lead), {})
    taken_down = decision.lead and decision.state == Editorial.WITHDRAWN
    name = facts["admin"] if taken_down else "Sam Quill"
    return User.objects.get(email=people.address(name))
