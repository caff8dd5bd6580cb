"""Two organizations become one: every relation is moved, or nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Model
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.models import Report
from net4u.base.states import require
from organizations.models import Organization, OrganizationAlias
from organizations.services.claims import take_over

if TYPE_CHECKING:
    from people.models import User

#: Related rows that a merge moves to the successor as they are (model label and field).
MOVED: set[tuple[str, str]] = {
    ("organizations.Affiliation", "organization"),
    ("organizations.Approval", "organization"),
    ("organizations.Claim", "organization"),
    ("organizations.Identifier", "organization"),
    ("organizations.Invitation", "organization"),
    ("organizations.ProfileChange", "organization"),
    ("organizations.Membership", "organization"),
    ("organizations.Organization", "part_of"),
    ("organizations.OrganizationAlias", "successor"),
}


def moves_in_merge(model: type[Model], field: str) -> None:
    """Higher packages say in ``AppConfig.ready()`` which of their relations a merge moves."""
    MOVED.add((model._meta.label, field))


class Moved(NamedTuple):
    """What becomes of one kind of rows: how many go to the successor, and how many it has already."""

    model: type[Model]
    moved: int
    doubles: int


def merge_organizations(
    *, old: Organization, into: Organization, why: str, by: User | None, keep: Mapping[str, Any] | None = None
) -> list[Moved]:
    """Move everything from ``old`` to ``into`` and let the former id and slug answer with the successor.

    1. refuse when any relation would not be moved; 2. write ``keep``, the values that were chosen field by field;
    3. move the rows, leaving out those the successor has already; 4. keep the alias; 5. delete ``old``, whose
    tombstone names ``into``. Consents stay with what they were given for: who sees the successor is its own choice.
    """
    require(by, "organizations.merge_organization", old)
    if old.pk == into.pk:
        raise ValidationError(_("An organization cannot be merged into itself."))
    with change(by=by, what="organization.merged", why=why) as work:
        list(Organization.objects.filter(pk__in=[old.pk, into.pk]).order_by("pk").select_for_update(no_key=True))
        old.approvals.update(version=None)  # kept, but the successor was not what anybody approved
        _keep(into, keep or {}, speaks=not old.is_known_from_source)
        moved = [_move_rows(relation, old, into) for relation in _relations(old)]
        for field in old._meta.local_many_to_many:
            getattr(into, field.name).add(*getattr(old, field.name).all())
        Report.objects.filter(about_kind="organization", about_id=old.pk).update(about_id=into.pk)
        OrganizationAlias.objects.create(former_id=old.pk, former_slug=old.slug, successor=into)
        work.merge(old, into=into)
        old.refresh_from_db()
        old.delete()
    return [each for each in moved if each.moved or each.doubles]


def _keep(into: Organization, chosen: Mapping[str, Any], *, speaks: bool) -> None:
    """``speaks``: somebody registered the other one, so the successor is not known from a cited text alone any more."""
    for name, value in chosen.items():
        setattr(into, name, value)
    takes_over = speaks and into.is_known_from_source
    if takes_over:
        take_over(into)
    if chosen or takes_over:
        into.full_clean()
        into.save()


def relations_to(model: type[Model]) -> list[Any]:
    """Every foreign key that points to the model, also those without a name for the way back.

    Rows of automatic many-to-many tables are left out: their fields are joined.
    """
    fields: list[Any] = list(model._meta.get_fields(include_hidden=True))
    return [
        each
        for each in fields
        if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
        and not each.related_model._meta.auto_created
    ]  # fmt: skip


def _relations(old: Organization) -> Iterable[Any]:
    """Relations with rows to move; raises when one is not declared in :data:`MOVED`."""
    for relation in relations_to(type(old)):
        name = (relation.related_model._meta.label, relation.field.name)
        if name in MOVED:
            yield relation
        elif relation.related_model._base_manager.filter(**{relation.field.name: old}).exists():
            msg = _("These organizations cannot be merged: %(what)s would be lost.") % {"what": ".".join(name)}
            raise ValidationError(msg)


def _move_rows(relation: Any, old: Organization, into: Organization) -> Moved:
    """Point the rows to the successor, all at once where nothing can clash.

    A row that would be there twice is deleted instead.
    """
    model, field = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{field: old}).order_by("pk")
    if not any(_may_clash(each, field) for each in model._meta.constraints):
        return Moved(model, rows.update(**{field: into}), 0)
    moved = doubles = 0
    for row in rows:
        setattr(row, field, into)
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError:
            row.delete()
            doubles += 1
        else:
            row.save()
            moved += 1
    return Moved(model, moved, doubles)


def _may_clash(constraint: BaseConstraint, field: str) -> bool:
    """Whether two rows may not be alike in this field; of expressions it is not known, so it is asked row by row."""
    return field in getattr(constraint, "fields", ()) or bool(getattr(constraint, "expressions", ()))
