"""What happens to organizations. Each action is one ``change()``; who may do it is a named permission."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import Conflict, change
from net4u.base.states import Editorial, TransitionError, check_move, move, publish, require, restore
from organizations.enums import MEMBERSHIP_MOVES, OPEN_APPEARANCES, Appearance, MembershipStatus
from organizations.models import Affiliation, EditableText, Membership, Organization, OrganizationAlias, RegionalNetwork
from people.enums import ConsentPurpose
from people.services import close_consents, record_consent
from vocabulary.models import Source

if TYPE_CHECKING:
    from people.models import User


def record_network(*, network: RegionalNetwork, by: User | None) -> RegionalNetwork:
    """Keep what a source says about a regional network."""
    require(by, "organizations.admit_organization")
    with change(by=by, what="network.recorded"):
        network.full_clean()
        network.save()
    return network


def draft_organization(*, organization: Organization, by: User | None) -> Organization:
    """Save a registration that is not sent yet."""
    with change(by=by, what="organization.drafted"):
        if not organization._state.adding:
            require(by, "organizations.edit_organization", organization)
        organization.full_clean()
        organization.save()
    return organization


def record_known_organization(*, organization: Organization, source: Source, by: User | None) -> Organization:
    """Publish an organization that a cited text names: its name and country, until somebody claims it."""
    require(by, "organizations.review_organization")
    with change(by=by, what="organization.known_from_source"):
        organization.source = source
        organization.appearance = Appearance.NAME_AND_COUNTRY
        organization.full_clean()
        organization.save()
        move(organization, Editorial.PUBLISHED)
    return organization


def submit_organization(*, organization: Organization, by: User | None) -> None:
    require(by, "organizations.submit_organization", organization)
    with change(by=by, what="organization.submitted"):
        move(organization, Editorial.SUBMITTED)


def request_changes(*, organization: Organization, words: str, by: User | None) -> None:
    """Send it back with the reviewer's words, which reach the author through the journal's reason."""
    _review(organization, Editorial.CHANGES_REQUESTED, "organization.changes_requested", words, by)


def decline_organization(*, organization: Organization, words: str, by: User | None) -> None:
    _review(organization, Editorial.DECLINED, "organization.declined", words, by)


def _review(organization: Organization, to: Editorial, what: str, words: str, by: User | None) -> None:
    require(by, "organizations.review_organization", organization)
    if not words.strip():
        raise ValidationError({"words": _("Say why, so that the organization knows what to do next.")})
    with change(by=by, what=what, why=words):
        move(organization, to)


def publish_organization(*, organization: Organization, by: User | None) -> None:
    """Approve a registration. What others see is its appearance; membership is a decision of its own."""
    require(by, "organizations.review_organization", organization)
    with change(by=by, what="organization.published"):
        publish(organization)


def withdraw_organization(*, organization: Organization, why: str, by: User | None) -> None:
    """Take it down everywhere at once: whatever names it is written again in the same change."""
    require(by, "organizations.withdraw_organization", organization)
    with change(by=by, what="organization.withdrawn", why=why):
        move(organization, Editorial.WITHDRAWN)


def restore_organization(*, organization: Organization, why: str, by: User | None) -> None:
    """Undo a withdrawal, with a reason."""
    require(by, "organizations.restore_organization", organization)
    with change(by=by, what="organization.restored", why=why):
        restore(organization, why=why)


def set_appearance(*, organization: Organization, appearance: Appearance, text_version: str, by: User | None) -> None:
    """Choose what others see. An open appearance records a consent; a closed one ends the consent in force."""
    require(by, "organizations.set_appearance_organization", organization)
    with change(by=by, what="organization.appearance_set"):
        close_consents(subject=organization, purpose=ConsentPurpose.APPEARANCE)
        organization.appearance = appearance
        organization.appearance_consent = (
            record_consent(subject=organization, purpose=ConsentPurpose.APPEARANCE, text_version=text_version, by=by)
            if appearance in OPEN_APPEARANCES
            else None
        )
        organization.save()


def share_with_sister_networks(*, organization: Organization, text_version: str, by: User | None) -> None:
    """Let partner networks read the whole profile; off until the organization says so."""
    require(by, "organizations.set_appearance_organization", organization)
    with change(by=by, what="organization.shared"):
        close_consents(subject=organization, purpose=ConsentPurpose.SISTER_NETWORKS)
        organization.sharing_consent = record_consent(
            subject=organization, purpose=ConsentPurpose.SISTER_NETWORKS, text_version=text_version, by=by
        )
        organization.save()


def stop_sharing(*, organization: Organization, by: User | None) -> None:
    """Partners get a tombstone, or what everybody sees, with the same change."""
    require(by, "organizations.set_appearance_organization", organization)
    with change(by=by, what="organization.sharing_stopped"):
        close_consents(subject=organization, purpose=ConsentPurpose.SISTER_NETWORKS)
        organization.sharing_consent = None
        organization.save()


def confirm_profile(*, organization: Organization, by: User | None, on: date | None = None) -> None:
    """Somebody of the organization, or the secretariat, says that the profile is right as of that day: today."""
    require(by, "organizations.confirm_organization", organization)
    if organization.is_known_from_source:
        raise TransitionError(_("Nobody of this organization has registered it yet. There is no profile to confirm."))
    with change(by=by, what="organization.confirmed"):
        organization.confirmed_on = on or timezone.localdate()
        organization.save()


def record_standing(*, membership: Membership, by: User | None) -> Membership:
    """Keep an organization's first standing in a network, as a source or its own application says."""
    require(by, "organizations.admit_organization", membership.organization)
    with change(by=by, what="membership.recorded"):
        membership.full_clean()
        membership.save()
    return membership


def move_membership(*, membership: Membership, to: MembershipStatus, by: User | None, why: str = "") -> None:
    """Admit, suspend, take back …: the moves of the table, each the secretariat's decision."""
    require(by, "organizations.admit_organization", membership.organization)
    with change(by=by, what=f"membership.{to}", why=why):
        check_move(MEMBERSHIP_MOVES, membership, "status", to)
        membership.status = to
        if to in {MembershipStatus.MEMBER, MembershipStatus.OBSERVER} and membership.since is None:
            membership.since = timezone.localdate()
        membership.save()


# -- merging ------------------------------------------------------------------------------------------------

#: Related rows that a merge moves to the successor as they are (model label and field).
MOVED: set[tuple[str, str]] = {
    ("organizations.Affiliation", "organization"),
    ("organizations.Membership", "organization"),
    ("organizations.Organization", "part_of"),
    ("organizations.OrganizationAlias", "successor"),
}


def moves_in_merge(model: type[Model], field: str) -> None:
    """Higher packages say in ``AppConfig.ready()`` which of their relations a merge moves."""
    MOVED.add((model._meta.label, field))


def merge_organizations(*, old: Organization, into: Organization, why: str, by: User | None) -> Organization:
    """Move everything from ``old`` to ``into`` and let the former id and slug answer with the successor.

    1. refuse when any relation would not be moved; 2. move the rows, leaving out those the successor has already;
    3. keep the alias; 4. delete ``old``, whose tombstone names ``into``.
    """
    require(by, "organizations.merge_organization", old)
    if old.pk == into.pk:
        raise ValidationError(_("An organization cannot be merged into itself."))
    with change(by=by, what="organization.merged", why=why) as work:
        list(Organization.objects.filter(pk__in=[old.pk, into.pk]).order_by("pk").select_for_update(no_key=True))
        for relation in _relations(old):
            _move_rows(relation, old, into)
        for field in old._meta.local_many_to_many:
            getattr(into, field.name).add(*getattr(old, field.name).all())
        OrganizationAlias.objects.create(former_id=old.pk, former_slug=old.slug, successor=into)
        work.merge(old, into=into)
        old.refresh_from_db()
        old.delete()
    return into


def _relations(old: Organization) -> Iterable[Any]:
    """Relations with rows to move; raises when one is not declared in :data:`MOVED`."""
    for relation in old._meta.related_objects:
        if relation.many_to_many:
            continue
        name = (relation.related_model._meta.label, relation.field.name)
        if name in MOVED:
            yield relation
        elif relation.related_model._base_manager.filter(**{relation.field.name: old}).exists():
            msg = _("These organizations cannot be merged: %(what)s would be lost.") % {"what": ".".join(name)}
            raise ValidationError(msg)


def _move_rows(relation: Any, old: Organization, into: Organization) -> None:
    """Point the rows to the successor, all at once where nothing can clash.

    A row that would be there twice is deleted instead.
    """
    model, field = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{field: old}).order_by("pk")
    if not any(field in getattr(each, "fields", ()) for each in model._meta.constraints):
        rows.update(**{field: into})
        return
    for row in rows:
        setattr(row, field, into)
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError:
            row.delete()
        else:
            row.save()


def affiliate(*, person: User, organization: Organization, role: str, by: User | None) -> Affiliation:
    """Let a person act for an organization from today."""
    require(by, "organizations.review_organization", organization)
    with change(by=by, what="affiliation.begun"):
        return Affiliation.objects.create(person=person, organization=organization, role=role)


def write_text(*, text: EditableText, by: User | None) -> EditableText:
    """Replace one of the portal's own texts in one language; an empty one brings back what is shipped.

    Raises ``Conflict`` when somebody else wrote it meanwhile, the first time included.
    """
    require(by, "organizations.change_editabletext", text)
    text.changed_on = timezone.localdate()
    try:
        with change(by=by, what="text.written"):
            text.full_clean()
            text.save()
    except IntegrityError as error:
        raise Conflict(text, EditableText.objects.filter(key=text.key, language=text.language).first()) from error
    return text
