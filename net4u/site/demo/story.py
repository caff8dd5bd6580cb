"""What the demonstration's parts share: its seed and day, from which ids and dates follow, and who acts in it."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db.models import Model, QuerySet

from net4u.site.public_record import find
from organizations.models import Organization
from people.models import User
from recommendations.models import Recommendation
from vocabulary.models import Pillar, Provision, SdgTarget, Territory, Theme

DATA = Path(__file__).parent.parent / "data"
#: Never to be changed: every id of the demonstration follows from it.
IDS = UUID("0d3a0000-6e65-4734-8055-64656d6f0001")
#: How many days the seed moves a story to and fro. Data keep further away from today than that.
PLAY = 6

Facts = dict[str, Any]
M = TypeVar("M", bound=Model)


def read(name: str) -> Any:
    return json.loads((DATA / f"demo_{name}.json").read_text(encoding="utf-8"))


@dataclass
class Story:
    """One demonstration. Nothing in it depends on the clock or on chance, but on these two."""

    seed: int
    today: date
    people: dict[str, User] = field(default_factory=dict)

    def id(self, model: type[Model], key: str) -> UUID:
        return uuid5(IDS, f"{self.seed}:{model._meta.label_lower}:{key}")

    def named(self, model: type[M], key: str) -> M:
        """A record of the demonstration by its key in the data."""
        return model._default_manager.get(pk=self.id(model, key))

    def days(self, key: str) -> Days:
        return Days(self.today, Random(f"{self.seed}:{key}").randint(-PLAY, PLAY))  # noqa: S311 -- no secret

    def invented(self, model: type[M], key: str, **fields: Any) -> M:
        """A new, unsaved record; marked where its kind carries the mark."""
        if hasattr(model, "is_demonstration"):
            fields["is_demonstration"] = True
        return model(id=self.id(model, key), **fields)


@dataclass(frozen=True)
class Days:
    """Turns the data's days before and after today into dates; a whole story moves by the same few days."""

    today: date
    moved: int

    def on(self, offset: int) -> date:
        """When something happened, or will be held."""
        return self.today + timedelta(days=offset + self.moved)

    def due(self, offset: int) -> date:
        """What people plan for: the middle or the end of a month; the past stays past, the future ahead."""
        day = self.on(offset)
        last = monthrange(day.year, day.month)[1]
        if day >= self.today:
            return day.replace(day=15 if day.day <= 15 else last)
        if day.day in {15, last}:
            return day
        return day.replace(day=15) if day.day > 15 else day.replace(day=1) - timedelta(days=1)

    def start(self, offset: int) -> date:
        """The first day of a month or the one after its middle."""
        day = self.on(offset)
        return day.replace(day=1 if day.day <= 15 else 16)

    def reached(self, due: date, delay: int) -> date:
        return min(due + timedelta(days=delay), self.today)

    def noon(self, offset: int) -> datetime:
        return datetime.combine(self.on(offset), time(12), tzinfo=UTC)


# -- records that the data name ------------------------------------------------------------------------------


def pillars(codes: Iterable[str]) -> list[Pillar]:
    return list(Pillar.objects.filter(code__in=codes))


def themes(codes: Iterable[str]) -> list[Theme]:
    return list(QuerySet(Theme).filter(code__in=codes))


def countries(codes: Iterable[str]) -> list[Territory]:
    return list(Territory.objects.filter(iso2__in=codes))


def sdg_targets(codes: Iterable[str]) -> list[SdgTarget]:
    return list(SdgTarget.objects.filter(code__in=codes))


def provisions(codes: Iterable[str]) -> list[Provision]:
    """Such as ``UNTOC-31``."""
    parts = [code.rpartition("-") for code in codes]
    return [Provision.objects.get(instrument__code=instrument, article=article) for instrument, _, article in parts]


def organization(story: Story, slug: str) -> Organization:
    return story.named(Organization, slug)


def answered(story: Story, keys: Iterable[str]) -> list[Recommendation]:
    """Invented ones by their key, real ones as the public record names them (where nobody removed them)."""
    found = [find(Recommendation, key) if "/" in key else story.named(Recommendation, key) for key in keys]
    return [each for each in found if each is not None]
