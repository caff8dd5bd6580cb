"""Write every document again: after a release that changes a serializer, or after a data migration."""

from __future__ import annotations

import hashlib
import inspect
from importlib import import_module

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


def catch_up() -> int:
    """Write all documents again when the portal moved to another address, or the code that writes them changed."""
    counter, code = ChangeCounter.objects.get(), fingerprint()
    if (counter.site_url, counter.written_by) == (settings.SITE_URL, code):
        return 0
    seen = rebuild() if counter.site_url else 0
    ChangeCounter.objects.update(site_url=settings.SITE_URL, written_by=code)
    return seen


def fingerprint() -> str:
    """Of the modules that decide what is in documents, and of the languages: too often is harmless, never is not."""
    digest = hashlib.sha256(repr(settings.LANGUAGES).encode())
    packages = {kind.__module__.rpartition(".")[0] for kind in KINDS.values()}
    names = {f"{package}.{room}" for package in packages for room in ("documents", "serializers", "querysets")}
    for name in sorted(
        {*names, "net4u.base.documents", "net4u.base.kinds", "net4u.base.serializers", "net4u.base.words"}
    ):
        digest.update(inspect.getsource(import_module(name)).encode())
    return digest.hexdigest()
