"""Write every document again: after a release that changes a serializer, or after a data migration."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.kinds import KINDS
from net4u.base.models import ChangeCounter
from net4u.base.work import chunks


def rebuild(name: str | None = None) -> int:
    """Bring the documents of one kind (or all) up to date, in chunks of 500, each a change of its own.

    Only documents that differ get a new number. Returns how many objects were looked at.
    """
    seen = 0
    for kind in [KINDS[name]] if name else list(KINDS.values()):
        ids = set(QuerySet(kind.model).values_list("pk", flat=True))
        ids |= {difference.object_id for difference in check(kind) if difference.problem == "must be a tombstone"}
        for chunk in chunks(ids):
            with change(by=None, what="documents.rebuilt") as work:
                work.pending[kind.kind].update(chunk)
            seen += len(chunk)
    return seen


def follow_site_url() -> int:
    """Documents hold absolute addresses: write them again when the portal has moved to another one."""
    before = ChangeCounter.objects.get().site_url
    if before == settings.SITE_URL:
        return 0
    seen = rebuild() if before else 0
    ChangeCounter.objects.update(site_url=settings.SITE_URL)
    return seen
