"""Mistakes that would open a second way in, or make documents differ from day to day, stop the start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rules
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from net4u.base.guards import records
from net4u.base.kinds import KINDS
from net4u.base.models import Record
from net4u.base.querysets import RecordQuerySet


@register
def ground(app_configs: Any, **_: Any) -> list[CheckMessage]:
    return [*_atomic_requests(), *(found for model in records() for found in _record(model)), *_kinds()]


def _atomic_requests() -> Iterator[CheckMessage]:
    if any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values()):
        yield Error(
            "ATOMIC_REQUESTS is on.",
            hint="Turn it off: change() opens the transaction, and on SQLite every page would take the write lock.",
            id="base.E001",
        )


def _record(model: type[Record]) -> Iterator[CheckMessage]:
    if not isinstance(model._base_manager.get_queryset(), RecordQuerySet):
        yield Error(
            f"{model._meta.label} can be written past change() by related records.",
            hint="Let its Meta inherit Record.Meta, which sets base_manager_name.",
            obj=model,
            id="base.E002",
        )
    if not model._meta.ordering or model._meta.ordering[-1] not in {"id", "-id"}:
        yield Error(
            f"{model._meta.label} has no total order.",
            hint="End Meta.ordering in “id”: equal content must give equal documents.",
            obj=model,
            id="base.E003",
        )
    if not rules.perm_exists(model.get_perm("view")):
        yield Error(
            f"Nobody is said to be allowed to look at {model._meta.label}.",
            hint="Give its own Meta rules_permissions; they are not inherited.",
            obj=model,
            id="base.E006",
        )
    for name in model.journal_fields:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield Error(f"{model._meta.label} has no field {name} to journal.", obj=model, id="base.E004")


def _kinds() -> Iterator[CheckMessage]:
    for kind in KINDS.values():
        fields = getattr(kind.serializer.Meta, "fields", "__all__")  # type: ignore[attr-defined]
        if fields == "__all__" or not isinstance(fields, tuple):
            yield Error(
                f"{kind.serializer.__name__} does not list its fields.",
                hint="Documents leave the house: name each field.",
                obj=kind.serializer,
                id="base.E005",
            )
