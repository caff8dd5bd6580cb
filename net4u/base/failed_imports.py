"""Imports that failed without anybody looking: they stand in the inbox until somebody puts them aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base import inbox
from net4u.base.import_runs import RunState
from net4u.base.models import ImportRun


@inbox.register
class FailedImports(inbox.Waiting):
    key = "imports"
    name = one = gettext_lazy("An import that failed")
    sign = "warning"

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return ImportRun.objects.filter(state=RunState.FAILED).order_by("ended_at", "id")

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for run in rows:
            words = _("“%(file)s” could not be imported") % {"file": run.file_name}
            yield inbox.Item(cls.one, words, run.ended_at, run.get_absolute_url())
