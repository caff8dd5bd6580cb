"""Commitments in the world of the sweep: one that everybody reads, and each kind that somebody may not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from commitments.models import Commitment, Evidence, Milestone, PendingDraft, ProgressUpdate, Verification
from commitments.services import (
    confirm_partner,
    draft_commitment,
    invite_partner,
    publish_commitment,
    report_progress,
    verify_commitment,
    withdraw_commitment,
)  # fmt: skip
from net4u.base.change import change
from net4u.base.viewers import Audience
from people.links import make_link
from tests.sweep.actors import MEMBERS, NONE, OWN, PARTNERS, SECRETARIAT

if TYPE_CHECKING:
    from organizations.models import Organization
    from tests.sweep.world import World


def commitments(world: World) -> None:
    at = world.at
    at["commitment"] = open_commitment(world)
    at["hidden_commitment"] = promised(world, SECRETARIAT, at["public"], published=False)
    at["house_commitment"] = promised(world, OWN, at["house"])
    waiting(world)
    promised(world, MEMBERS, at["members_only"])
    promised(world, MEMBERS | PARTNERS, at["shared"])
    withdrawn = promised(world, SECRETARIAT, at["public"], id=uuid4())  # tombstones name it
    withdraw_commitment(commitment=withdrawn, why=world.why(), by=None)


def open_commitment(world: World) -> Commitment:
    """Read by everybody, with evidence and partners that are not."""
    at = world.at
    commitment = Commitment(
        organization=at["public"], title="Train 40 teachers", horizon="short", due_on=date(2030, 1, 1), unit="teachers",
        target=40, workshop=at["workshop"], working_group=at["group"], output=at["output"],
    )  # fmt: skip
    draft_commitment(
        commitment=commitment, by=None, links={"answers": [at["recommendation"]], "pillars": [at["pillar"]]},
        milestones=[Milestone(title="First course", due_on=date(2029, 1, 1))],
    )  # fmt: skip
    publish_commitment(commitment=commitment, by=None)
    circles = {Audience.PARTNERS: MEMBERS | PARTNERS, Audience.MEMBERS: MEMBERS, Audience.SECRETARIAT: SECRETARIAT}
    evidence = [world.hidden(Evidence, allowed, audience=audience) for audience, allowed in circles.items()]
    update = ProgressUpdate(commitment=commitment, progress="in_progress", text="12 teachers trained.", value=12)
    report_progress(update=update, by=None, evidence=evidence)
    partner = invite_partner(commitment=commitment, organization=at["house"], by=None)
    confirm_partner(partner=partner, by=None)
    invite_partner(commitment=commitment, organization=at["elsewhere"], by=None)
    return commitment


def waiting(world: World) -> None:
    """What a link opens, and what waits for one; a file that only the secretariat may read."""
    at = world.at
    address = make_link(
        purpose="report", about=at["house_commitment"].pk, person=world.people["editor"], lasts=timedelta(days=9)
    )
    at["link"] = address.rstrip("/").rpartition("/")[2]
    world.canaries.planted |= {f"people.OneTimeLink.{name}" for name in ("digest", "purpose", "email")}  # no words
    world.hidden(PendingDraft, NONE, working_group=at["group"], texts={"short": word(world)}).save()
    with change(by=None, what="world.file"):
        evidence = world.hidden(
            Evidence, SECRETARIAT, commitment=at["commitment"], url="", audience=Audience.SECRETARIAT
        )
        content = world.canaries.plant("commitments.Evidence.file", SECRETARIAT)
        evidence.file.save("list.txt", ContentFile(content.encode()), save=False)
        evidence.save()
    at["evidence_file"] = evidence


def word(world: World) -> str:
    return world.canaries.plant("commitments.PendingDraft.texts", NONE)


def promised(
    world: World, allowed: frozenset[str], organization: Organization, *, published: bool = True, **given: Any
) -> Commitment:
    """Full of canaries, with everything that belongs to it."""
    row: Commitment = world.hidden(
        Commitment, allowed, organization=organization, horizon="short", due_on=date(2030, 1, 1),
        workshop=world.at["workshop"], **given,
    )  # fmt: skip
    step = world.hidden(Milestone, allowed, commitment=row, due_on=date(2029, 1, 1))
    draft_commitment(commitment=row, by=None, links={"answers": [world.at["recommendation"]]}, milestones=[step])
    if organization != world.at["public"]:
        invite_partner(commitment=row, organization=world.at["public"], by=None)
    if not published:
        return row
    publish_commitment(commitment=row, by=None)
    told: dict[str, Any] = {"commitment": row}
    update = world.hidden(ProgressUpdate, allowed, **told, progress="in_progress", reported_on=timezone.localdate())
    report_progress(update=update, by=None, evidence=[world.hidden(Evidence, allowed, audience="public")])
    verification = world.hidden(Verification, allowed, **told, completion="limited", verified_on=timezone.localdate())
    verify_commitment(verification=verification, by=None)
    return row
