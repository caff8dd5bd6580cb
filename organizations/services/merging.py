"""Two organizations become one: every relation is moved, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.utils.translation import gettext as _

from net4u.base.change import Conflict, change
from net4u.base.models import Report
from net4u.base.states import require
from organizations.models import Organization, OrganizationAlias
from organizations.services.claims import take_over
from organizations.services.joins import acting, standing

if TYPE_CHECKING:
    from people.models import User

Join = Callable[[Any, Organization], bool]

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


#: So many rows of a kind are named before a merge.
MOST_NAMED = 20
#: By model label: how a row becomes one with what the successor has.
JOINS: dict[str, Join] = {"organizations.Membership": standing, "organizations.Affiliation": acting}
#: What higher packages settle once everything is moved.
SETTLES: list[Callable[[Organization], object]] = []


def joins_in_merge(model: type[Model], join: Join) -> None:
    """Higher packages say how two of their rows become one; without it, a row that may not stand twice is left out."""
    JOINS[model._meta.label] = join


def settles_in_merge(settle: Callable[[Organization], object]) -> None:
    SETTLES.append(settle)


def moves_in_merge(model: type[Model], field: str) -> None:
    """Higher packages say in ``AppConfig.ready()`` which of their relations a merge moves."""
    MOVED.add((model._meta.label, field))


class Moved(NamedTuple):
    """What becomes of one kind of rows: how many go to the successor, and how many it has already."""

    model: type[Model]
    moved: int
    joined: int
    #: What some of them are called: enough to recognize what moves.
    names: tuple[str, ...] = ()


def merge_organizations(
    *, old: Organization, into: Organization, why: str, by: User | None, keep: Mapping[str, Any] | None = None
) -> list[Moved]:
    """Move everything from ``old`` to ``into`` and let the former id and slug answer with the successor.

    1. refuse when any relation would not be moved; 2. write ``keep``, the values that were chosen field by field;
    3. move the rows, or join them with those the successor has already; 4. keep the alias; 5. delete ``old``, whose
    tombstone names ``into``. Consents stay with what they were given for: who sees the successor is its own choice.

    Raises :class:`Conflict` when one of the two was changed since it was read, and ValidationError when they cannot
    be one.
    """
    require(by, "organizations.merge_organization", old)
    if old.pk == into.pk:
        raise ValidationError(_("An organization cannot be merged into itself."))
    if old.is_demonstration != into.is_demonstration:
        raise ValidationError(_("One of the two is invented for show. It cannot become one with a real one."))
    with change(by=by, what="organization.merged", why=why) as work:
        _lock(old, into)
        old.approvals.update(version=None)  # kept, but the successor was not what anybody approved
        _keep(old, into, dict(keep or {}))
        moved = [_move_rows(relation, old, into) for relation in _relations(old)]
        for field in old._meta.local_many_to_many:
            getattr(into, field.name).add(*getattr(old, field.name).all())
        for settle in SETTLES:
            settle(into)
        Report.objects.filter(about_kind="organization", about_id=old.pk).update(about_id=into.pk)
        OrganizationAlias.objects.create(former_id=old.pk, former_slug=old.slug, successor=into)
        work.merge(old, into=into)
        old.refresh_from_db()
        old.delete()
    return [each for each in moved if each.moved or each.joined]


def _lock(*both: Organization) -> None:
    versions = {each.pk: each for each in both}
    for stored in Organization.objects.filter(pk__in=versions).order_by("pk").select_for_update(no_key=True):
        if stored.version != versions[stored.pk].version:
            raise Conflict(versions[stored.pk], stored)


def _keep(old: Organization, into: Organization, chosen: dict[str, Any]) -> None:
    """Write what was chosen. Where one was a unit of the other, there is nothing left to be a part of."""
    if chosen.get("part_of", into.part_of) in {old, into}:
        chosen["part_of"] = None
    for name, value in chosen.items():
        setattr(into, name, value)
    # Somebody registered the other one: the successor is not known from a cited text alone any more.
    takes_over = into.is_known_from_source and not old.is_known_from_source
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
    """Point the rows to the successor, all at once where nothing can clash."""
    model, field = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{field: old}).order_by("pk")
    if model is Organization:
        rows = rows.exclude(pk=into.pk)
    names = tuple(str(row) for row in rows[:MOST_NAMED])
    if not any(_may_clash(each, field) for each in model._meta.constraints):
        return Moved(model, rows.update(**{field: into}), 0, names)
    joined = [_is_joined(row, field, into) for row in rows]
    return Moved(model, joined.count(False), joined.count(True), names)


def _is_joined(row: Any, field: str, into: Organization) -> bool:
    """Move it; true where the successor's own row says it and this one is gone."""
    join = JOINS.get(row._meta.label)
    is_told = join is not None and join(row, into)
    setattr(row, field, into)
    if not is_told and not _is_double(row, field):
        row.save()
        return False
    if row.pk is not None:
        row.delete()
    return True


def _is_double(row: Any, field: str) -> bool:
    """Only a row that may not stand twice is one: whatever else is wrong with it stops the merge."""
    for constraint in row._meta.constraints:
        if _may_clash(constraint, field):
            try:
                constraint.validate(type(row), row)
            except ValidationError:
                return True
    return False


def _may_clash(constraint: BaseConstraint, field: str) -> bool:
    """Whether two rows may not be alike in this field; of expressions it is not known, so it is asked row by row."""
    return isinstance(constraint, UniqueConstraint) and (field in constraint.fields or bool(constraint.expressions))
