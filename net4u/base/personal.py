"""What the portal keeps about a person: each package says what it has, and what must be settled before they go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from net4u.base.models import InboxClaim, JournalEntry, Report

if TYPE_CHECKING:
    from people.models import User

    Collector = Callable[[User], Any]
    Hindrance = Callable[[User], Iterable[str]]
    Eraser = Callable[[User], object]

COLLECTORS: dict[str, Collector] = {}
HINDRANCES: list[Hindrance] = []
ERASERS: list[Eraser] = []


def collects(name: str) -> Callable[[Collector], Collector]:
    """Decorator: this is kept about a person, under a name that people understand."""

    def register(collector: Collector) -> Collector:
        COLLECTORS[name] = collector
        return collector

    return register


def hinders(hindrance: Hindrance) -> Hindrance:
    """Decorator: sentences that say what somebody must do before their account can be erased."""
    HINDRANCES.append(hindrance)
    return hindrance


def goes_along(eraser: Eraser) -> Eraser:
    """Decorator: what is kept of a person without pointing to the account, and goes with it in the same change."""
    ERASERS.append(eraser)
    return eraser


def everything_about(person: User) -> dict[str, Any]:
    """By name, as plain values."""
    return {name: collect(person) for name, collect in COLLECTORS.items()}


def hindrances(person: User) -> list[str]:
    return [words for hindrance in HINDRANCES for words in hindrance(person)]


@collects("what_you_changed")
def _changes(person: User) -> list[Any]:
    rows = JournalEntry.objects.filter(by=person).order_by("at", "id")
    return list(rows.values("at", "what", "why", "model", "object_id", "verb"))


@collects("messages_to_the_secretariat")
def _messages(person: User) -> list[Any]:
    rows = Report.objects.filter(email__iexact=person.email).order_by("at", "id")
    return list(rows.values("at", "kind", "text", "name", "email", "state", "answer"))


@collects("what_you_took_from_the_inbox")
def _claims(person: User) -> list[Any]:
    return list(InboxClaim.objects.filter(by=person).order_by("since", "id").values("kind", "item", "since"))
