"""What happens to organizations. Each action is one ``change()``; who may do it is a named permission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.slugs import numbered, stem_of
from net4u.base.states import Editorial, TransitionError, check_move, move, publish, require, restore
from organizations.enums import MEMBERSHIP_MOVES, OPEN_APPEARANCES, Appearance, MembershipStatus
from organizations.models import Approval, Identifier, Membership, Organization, OrganizationAlias, RegionalNetwork
from organizations.network_settings import network_settings
from organizations.services.news import News, tell
from people.enums import ConsentPurpose
from people.services import close_consents, record_consent
from vocabulary.models import Source

if TYPE_CHECKING:
    from people.models import User
    from vocabulary.models import Pillar

#: Version of the words in which an organization agrees to be shown and shared.
CONSENT_TEXT = "2026-11"
#: So many people approve a registration where the network's settings say so.
TWO = 2
#: Rows in one statement.
BATCH = 500
#: How the address of a registration begins that was never published.
UNNAMED = "new-"


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


def draft_organizations(
    *,
    organizations: Sequence[Organization],
    numbers: Sequence[tuple[Organization, str, str]] = (),
    links: Mapping[Organization, Iterable[Any]] | None = None,
    by: User | None,
) -> None:
    """Keep what a list says of organizations, as drafts of the secretariat: nothing of them is public.

    Their addresses are made of their names at once, for whatever has none is a registration, and forgotten one day.
    ``links`` has the pillars of each. All rows are written together; one that is wrong stops them all.
    """
    require(by, "organizations.import_organizations")
    with change(by=by, what="organizations.drafted"):
        taken = {
            *Organization.objects.values_list("slug", flat=True),
            *OrganizationAlias.objects.values_list("former_slug", flat=True),
        }
        for each in organizations:
            each.slug = numbered(stem_of(str(each), otherwise="organization"), taken)
            taken.add(each.slug)
            each.clean_fields(exclude={"country"})
        Organization.objects.bulk_create(organizations, batch_size=BATCH)
        rows = [Identifier(organization=each, scheme=scheme, value=value) for each, scheme, value in numbers]
        Identifier.objects.bulk_create(rows, batch_size=BATCH)
        for each, pillars in (links or {}).items():
            each.pillars.set(pillars)


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
    """Send it back with the reviewer's words: by mail, and in the journal, where its own people read them."""
    _review(organization, Editorial.CHANGES_REQUESTED, News.CHANGES_REQUESTED, words, by)


def decline_organization(*, organization: Organization, words: str, by: User | None) -> None:
    """Refuse a registration, with the reason."""
    _review(organization, Editorial.DECLINED, News.DECLINED, words, by)


def _review(organization: Organization, to: Editorial, news: News, words: str, by: User | None) -> None:
    require(by, "organizations.review_organization", organization)
    if not words.strip():
        raise ValidationError({"words": _("Say why, so that the organization knows what to do next.")})
    with change(by=by, what=f"organization.{to}", why=words) as work:
        move(organization, to)
        tell(work, news, organization, words=words)


def publish_organization(*, organization: Organization, by: User | None, words: str = "") -> None:
    """Approve a registration. What others see is its appearance; membership is a decision of its own.

    Until now its address told nothing; from now on it is made of its name. Where two people approve, nobody publishes
    it past them.
    """
    require(by, "organizations.review_organization", organization)
    with change(by=by, what="organization.published", why=words) as work:
        if by is not None and network_settings().two_approvals:
            _check_approvals(organization)
        if organization.slug.startswith(UNNAMED):
            organization.slug = free_slug(organization)
        publish(organization)
        tell(work, News.PUBLISHED, organization, words=words)


def _check_approvals(organization: Organization) -> None:
    if Approval.objects.standing(organization).count() < TWO:
        raise TransitionError(_("Two people approve an organization here. It is published with the second approval."))


def free_slug(organization: Organization) -> str:
    """Made of the name; with a number where another organization has or had it."""
    stem = stem_of(str(organization), otherwise="organization")
    taken = {
        *Organization.objects.filter(slug__startswith=stem).exclude(pk=organization.pk).values_list("slug", flat=True),
        *OrganizationAlias.objects.filter(former_slug__startswith=stem).values_list("former_slug", flat=True),
    }
    return numbered(stem, taken)


def tag_organization(*, organization: Organization, pillar: Pillar, by: User | None) -> None:
    """Add a pillar; those it has stay."""
    require(by, "organizations.review_organization", organization)
    with change(by=by, what="organization.tagged"):
        organization.pillars.add(pillar)


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


def decide_appearance(*, organization: Organization, appearance: Appearance, sharing: bool, by: User | None) -> None:
    """Keep both choices; only what differs is written, since each is a consent of its own."""
    with change(by=by, what="organization.appearance_decided"):
        if appearance != organization.appearance:
            set_appearance(organization=organization, appearance=appearance, text_version=CONSENT_TEXT, by=by)
        if sharing and organization.sharing_consent_id is None:
            share_with_sister_networks(organization=organization, text_version=CONSENT_TEXT, by=by)
        if not sharing and organization.sharing_consent_id is not None:
            stop_sharing(organization=organization, by=by)


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
