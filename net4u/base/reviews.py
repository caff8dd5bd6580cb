"""What a reviewer said about a record reaches its people through the journal's reason."""

from __future__ import annotations

from typing import Any

from net4u.base.models import JournalEntry
from net4u.base.states import Editorial

#: States that somebody gave with words.
ANSWERED = (Editorial.CHANGES_REQUESTED, Editorial.DECLINED)


def reviewers_words(record: Any) -> str:
    """Why the record stands where it stands: only while it does; "" where nobody said anything."""
    if record.state not in ANSWERED:
        return ""
    entries = JournalEntry.objects.filter(object_id=record.pk, model=record._meta.label_lower).exclude(why="")
    given = entries.filter(what__endswith=f".{record.state}").order_by("-at", "-id").first()
    return given.why if given else ""
