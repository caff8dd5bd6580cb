"""Somebody asks to act for an organization that is here already."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.states import NotAllowed, TransitionError, require
from organizations.enums import AffiliationRole, Appearance, ClaimKind, RequestState
from organizations.models import Affiliation, Claim, Organization
from organizations.services.news import News, tell, writers_of
from people.models import User


def make_claim(*, organization: Organization, words: str, by: User) -> Claim:
    """Ask to act for an organization: who acts for it decides, or the secretariat where nobody does."""
    acting = organization.affiliations.living(on=timezone.localdate())
    if acting.filter(person=by).exists():
        raise ValidationError(_("You act for this organization already."))
    kind = ClaimKind.JOIN if acting.exists() else ClaimKind.CLAIM
    claim = Claim(organization=organization, person=by, kind=kind, words=words)
    with change(by=by, what=f"claim.{kind}") as work:
        claim.full_clean()
        claim.save()
        if kind == ClaimKind.JOIN:
            administrators = writers_of(organization, AffiliationRole.ADMIN)
            tell(work, News.JOIN_ASKED, organization, words=words, people=administrators, about=claim.pk)
    return claim


def take_over(organization: Organization) -> None:
    """From here on the organization itself decides what others see; the caller saves it."""
    organization.claimed_at = timezone.now()
    if organization.appearance_consent_id is None and organization.appearance != Appearance.HIDDEN:
        organization.appearance = Appearance.MEMBERS_ONLY


def accept_claim(*, claim: Claim, by: User | None, role: AffiliationRole = AffiliationRole.EDITOR) -> Affiliation:
    """Let the person act for the organization; whoever claims it becomes its first administrator.

    What a cited source made public is shown on its word until now. From here on the organization itself decides:
    until its administrator has chosen, only the network's people see it.
    """
    organization = claim.organization
    is_claim = claim.kind == ClaimKind.CLAIM
    with change(by=by, what="claim.accepted") as work:
        _decide(claim, RequestState.ACCEPTED, by)
        if is_claim and organization.claimed_at is None:
            take_over(organization)
            organization.save()
        acting, _is_new = Affiliation.objects.get_or_create(
            person=claim.person, organization=organization, until=None,
            defaults={"role": AffiliationRole.ADMIN if is_claim else role},
        )  # fmt: skip
        asking = User.objects.filter(pk=claim.person_id)
        tell(work, News.CLAIM_ACCEPTED, organization, people=asking, about=claim.pk)
    return acting


def decline_claim(*, claim: Claim, words: str, by: User | None) -> None:
    """Say no, with the reason."""
    if not words.strip():
        raise ValidationError({"words": _("Say why, so that the person knows what to do next.")})
    with change(by=by, what="claim.declined") as work:
        _decide(claim, RequestState.DECLINED, by, answer=words)
        tell(
            work,
            News.CLAIM_DECLINED,
            claim.organization,
            words=words,
            people=User.objects.filter(pk=claim.person_id),
            about=claim.pk,
        )


def take_back_claim(*, claim: Claim, by: User) -> None:
    if claim.person_id != by.pk:
        raise NotAllowed(_("Only who asked can take the question back."))
    with change(by=by, what="claim.taken_back"):
        _close(claim, RequestState.TAKEN_BACK, by)


def _decide(claim: Claim, state: RequestState, by: User | None, *, answer: str = "") -> None:
    require(by, "organizations.decide_claim", claim)
    _close(claim, state, by, answer=answer)


def _close(claim: Claim, state: RequestState, by: User | None, *, answer: str = "") -> None:
    """Once: of two people who answer in one instant, the second is told."""
    values = {"state": state, "decided_at": timezone.now(), "decided_by": by, "answer": answer}
    if not Claim.objects.open().filter(pk=claim.pk).update(**values):
        raise TransitionError(_("This question was answered meanwhile."))
