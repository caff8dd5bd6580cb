"""What happens to recommendations and declarations. Each action is one ``change()``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.references import next_reference
from net4u.base.states import Editorial, move, publish, require, restore
from recommendations.models import Addressee, Answer, Assessment, Declaration, DeclarationArea, Recommendation

if TYPE_CHECKING:
    from people.models import User
    from vocabulary.models import Pillar


def record_recommendation(
    *,
    recommendation: Recommendation,
    by: User | None,
    links: dict[str, Iterable[Any]] | None = None,
    addressees: Iterable[Addressee] = (),
) -> Recommendation:
    """Save a recommendation as a draft with its pillars, themes, provisions and those it addresses."""
    require(by, "recommendations.curate_recommendation")
    with change(by=by, what="recommendation.recorded"):
        recommendation.full_clean()
        recommendation.save()
        for name, linked in (links or {}).items():
            getattr(recommendation, name).set(linked)
        for addressee in addressees:
            addressee.recommendation = recommendation
            addressee.full_clean()
            addressee.save()
    return recommendation


def edit_recommendation(
    *,
    recommendation: Recommendation,
    links: dict[str, Iterable[Any]],
    addressees: Iterable[Addressee],
    by: User | None,
) -> Recommendation:
    """Keep what is right now: its text, pillars, themes and provisions, and exactly these addressees.

    An addressee that is still asked stays as it is, with its answers.
    """
    require(by, "recommendations.curate_recommendation", recommendation)
    with change(by=by, what="recommendation.edited"):
        recommendation.full_clean()
        recommendation.save()
        for name, linked in links.items():
            getattr(recommendation, name).set(linked)
        _address(recommendation, addressees)
    return recommendation


def _address(recommendation: Recommendation, addressees: Iterable[Addressee]) -> None:
    """Raises ValidationError where somebody who answered would be taken away, since the answer would go along."""
    wanted = {(each.kind, each.territory_id): each for each in addressees}
    for stored in recommendation.addressees.all():
        told = wanted.pop((stored.kind, stored.territory_id), None)
        if told is None:
            _take_away(stored)
        elif told.inferred != stored.inferred:
            stored.inferred = told.inferred
            stored.save()
    for added in wanted.values():
        added.recommendation = recommendation
        added.full_clean()
        added.save()


def _take_away(addressee: Addressee) -> None:
    if addressee.answers.exists():
        words = _("%(addressee)s has answered, so it stays listed.") % {"addressee": addressee}
        raise ValidationError({"addressees": words})
    addressee.delete()


def publish_recommendation(*, recommendation: Recommendation, by: User | None) -> None:
    """Show it to everybody. Its reference is given now, from the series of the year it was made."""
    require(by, "recommendations.publish_recommendation", recommendation)
    with change(by=by, what="recommendation.published"):
        if recommendation.reference is None:
            recommendation.reference = next_reference("R", recommendation.made_in)
        publish(recommendation)


def tag_recommendation(*, recommendation: Recommendation, pillar: Pillar, by: User | None) -> None:
    """Add a pillar; those it has stay."""
    require(by, "recommendations.curate_recommendation", recommendation)
    with change(by=by, what="recommendation.tagged"):
        recommendation.pillars.add(pillar)


def withdraw_recommendation(*, recommendation: Recommendation, why: str, by: User | None) -> None:
    require(by, "recommendations.withdraw_recommendation", recommendation)
    with change(by=by, what="recommendation.withdrawn", why=why):
        move(recommendation, Editorial.WITHDRAWN)


def restore_recommendation(*, recommendation: Recommendation, why: str, by: User | None) -> None:
    require(by, "recommendations.restore_recommendation", recommendation)
    with change(by=by, what="recommendation.restored", why=why):
        restore(recommendation, why=why)


def record_answer(*, answer: Answer, by: User | None) -> Answer:
    """Write down what somebody who was asked answered. Only a source that states an answer is one."""
    require(by, "recommendations.answer_recommendation", answer.recommendation)
    with change(by=by, what="recommendation.answered"):
        answer.full_clean()
        answer.save()
    return answer


def assess_recommendation(*, assessment: Assessment, by: User | None) -> Assessment:
    """Write down how far somebody found it followed; earlier findings stay beside it."""
    require(by, "recommendations.assess_recommendation", assessment.recommendation)
    with change(by=by, what="recommendation.assessed"):
        assessment.full_clean()
        assessment.save()
    return assessment


def record_declaration(*, declaration: Declaration, areas: Iterable[str], by: User | None) -> Declaration:
    """Save a declaration as a draft, with the areas its source names, in their order."""
    require(by, "recommendations.curate_declaration")
    with change(by=by, what="declaration.recorded"):
        declaration.full_clean()
        declaration.save()
        for order, text in enumerate(areas, start=1):
            area = DeclarationArea(declaration=declaration, order=order, text=text)
            area.full_clean()
            area.save()
    return declaration


def publish_declaration(*, declaration: Declaration, by: User | None) -> None:
    require(by, "recommendations.publish_declaration", declaration)
    with change(by=by, what="declaration.published"):
        publish(declaration)


def withdraw_declaration(*, declaration: Declaration, why: str, by: User | None) -> None:
    require(by, "recommendations.withdraw_declaration", declaration)
    with change(by=by, what="declaration.withdrawn", why=why):
        move(declaration, Editorial.WITHDRAWN)


def restore_declaration(*, declaration: Declaration, why: str, by: User | None) -> None:
    require(by, "recommendations.restore_declaration", declaration)
    with change(by=by, what="declaration.restored", why=why):
        restore(declaration, why=why)
