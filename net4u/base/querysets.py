"""Bulk writes of records tell the open change what they touch, or are refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import translation

from net4u.base.work import current

if TYPE_CHECKING:
    from net4u.base.models import Record
    from net4u.base.viewers import Viewer

R = TypeVar("R", bound="models.Model")


class RecordQuerySet(models.QuerySet[R]):
    """The queryset of every record: what Django would write silently goes through the open change."""

    model: type[Record]

    def update(self, **values: Any) -> int:
        """As Django's, and the version of each row goes up. Versions are not compared: the last one wins."""
        work = current(f"{self.model._meta.label}.update()")
        ids = list(self.order_by().values_list("pk", flat=True))
        work.touch(self.model, ids)
        # Through super() of the narrowed copy: translated columns are rewritten further down.
        changed = super(RecordQuerySet, self.filter(pk__in=ids)).update(**values)
        work.bump(self.model, ids)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def related(self, name: str) -> Any:
        """The manager of a related model, for nested rows that are filtered for the reader."""
        model: Any = self.model._meta.get_field(name).related_model
        return model.objects

    def counting(self, viewer: Viewer, *relations: str) -> Self:
        """Each row with ``<relation>_count``: how many of these the reader may see."""
        counts = {}
        for name in relations:
            relation: Any = self.model._meta.get_field(name)
            back = relation.remote_field.name
            rows = self.related(name).visible_to(viewer).filter(**{back: models.OuterRef("pk")}).order_by()
            numbers = rows.values(back).annotate(rows=models.Count("pk")).values("rows")
            counts[f"{name}_count"] = Coalesce(models.Subquery(numbers), 0)
        return self.annotate(**counts)

    def bulk_create(self, objs: Iterable[R], *args: Any, **options: Any) -> list[R]:
        """As Django's for new rows; overwriting rows in conflict is refused, since nobody would know which."""
        work = current(f"{self.model._meta.label}.bulk_create()")
        if options.get("update_conflicts") or options.get("ignore_conflicts"):
            msg = "Records are created or changed, not upserted: look first, then save."
            raise NotImplementedError(msg)
        rows = list(objs)
        with translation.override(settings.LANGUAGE_CODE):  # as Record.save
            created = super().bulk_create(rows, *args, **options)
        for row in created:
            work.created(row)  # type: ignore[arg-type]
        return created

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> NoReturn:
        msg = f"{self.model._meta.label} cannot be deleted behind the change's back."
        raise NotImplementedError(msg)


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The secretariat alone: whoever wrote one has its reference, and no way back to it."""
        return self.all() if viewer.is_secretariat else self.none()

    def open(self) -> Self:
        """Urgent first, then oldest first."""
        not_urgent = models.Case(models.When(kind="at_risk", then=0), default=1, output_field=models.IntegerField())
        return self.filter(state="open").order_by(not_urgent, "at", "id")

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(state="settled", settled_at__lt=moment)
