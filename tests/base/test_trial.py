from __future__ import annotations

import pytest

from net4u.base.models import ChangeCounter, JournalEntry
from net4u.base.trial import tried
from people.models import User
from tests.factories import WorkshopFactory
from workshops.models import Workshop
from workshops.services import curate

pytestmark = pytest.mark.django_db


def test_what_was_tried_is_seen_and_then_undone(sam: User) -> None:
    workshop = WorkshopFactory(title="Before")
    numbers = ChangeCounter.objects.get().value, JournalEntry.objects.count()

    def renamed() -> str:
        workshop.title = "After"
        curate(record=workshop, by=sam)
        return Workshop.objects.get().title

    assert tried(renamed, by=sam, what="test") == "After"
    assert Workshop.objects.get().title == "Before"
    assert (ChangeCounter.objects.get().value, JournalEntry.objects.count()) == numbers


def test_what_goes_wrong_is_told(sam: User) -> None:
    def wrong() -> None:
        raise ValueError("Nothing is there.")

    with pytest.raises(ValueError, match="Nothing is there."):
        tried(wrong, by=sam, what="test")
