"""Signal receivers that close the ways around ``change()`` which no queryset sees."""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.db.models import ManyToManyField
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from net4u.base.models import ChangeCounter, Record
from net4u.base.work import current


def records() -> list[type[Record]]:
    """Every model whose content is in a document."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def connect() -> None:
    """Listen on every record. A ``pre_delete`` listener also switches Django's unseen fast delete off."""
    for model in records():
        pre_save.connect(before_save, sender=model, dispatch_uid=f"change:{model._meta.label}")
        pre_delete.connect(before_delete, sender=model, dispatch_uid=f"change:{model._meta.label}")
        for relation in model._meta.local_many_to_many:
            m2m_changed.connect(before_relink, sender=relation.remote_field.through)


def before_save(sender: type[Record], instance: Record, raw: bool, **_: Any) -> None:
    """Every row that is written, ``save_base`` past ``Record.save`` and ``loaddata`` (raw) included."""
    work = current(f"{sender._meta.label}.save()")
    if instance._state.adding and not raw:
        work.created(instance)
        return
    work.touch(sender, [instance.pk])
    touched = work.touched[sender].get(instance.pk)
    if touched is None:
        work.created(instance)
    elif not touched.bumped and touched.before is not None:
        instance.version = touched.before["version"] + 1
        work.bump(sender, [instance.pk])


def before_delete(sender: type[Record], instance: Record, **_: Any) -> None:
    current(f"{sender._meta.label}.delete()").touch(sender, [instance.pk])


def before_relink(
    sender: type[Any], instance: Any, action: str, reverse: bool, model: type[Any], pk_set: Any, **_: Any
) -> None:
    """Many-to-many changes count as a change of the side that declares the field."""
    if not action.startswith("pre_"):
        return
    declaring: type[Record] = model if reverse else type(instance)
    work = current(f"{declaring._meta.label} many-to-many")
    ids = _relinked(sender, declaring, instance, pk_set) if reverse else [instance.pk]
    work.touch(declaring, ids)
    work.bump(declaring, ids)


def _relinked(
    through: type[Any], declaring: type[Record], instance: Any, pk_set: set[uuid.UUID] | None
) -> list[uuid.UUID]:
    """The declaring side's ids; a clear from the other side names none, so they are looked up."""
    if pk_set is not None:
        return list(pk_set)
    relation = next(f for f in declaring._meta.local_many_to_many if f.remote_field.through is through)
    assert isinstance(relation, ManyToManyField)  # noqa: S101 -- narrows the type
    return list(declaring._base_manager.filter(**{relation.name: instance}).order_by().values_list("pk", flat=True))


def ensure_counter(**_: Any) -> None:
    """After migrate and after a test's flush there is always exactly one counter row."""
    ChangeCounter.objects.get_or_create(pk=1)
