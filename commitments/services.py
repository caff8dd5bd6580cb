"""What happens to commitments. Each action is one ``change()``; reminders and documents follow by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.enums import Completion, Horizon, Progress
from commitments.horizons import horizon_of, months_after, suggested
from commitments.models import (
    Commitment,
    CommitmentPartner,
    Evidence,
    Milestone,
    PendingDraft,
    ProgressUpdate,
    Verification,
)
from net4u.base.change import change
from net4u.base.forgetting import forgets
from net4u.base.languages import in_language
from net4u.base.mail import queue_mail, written
from net4u.base.references import next_reference
from net4u.base.states import Editorial, TransitionError, move, publish, require, restore
from organizations.models import Organization
from organizations.services import Told, tell
from people.links import make_link
from workshops.models import WorkingGroup

if TYPE_CHECKING:
    from people.models import User
    from vocabulary.models import Pillar


def draft_commitment(
    *,
    commitment: Commitment,
    by: User | None,
    links: dict[str, Iterable[Any]] | None = None,
    milestones: Iterable[Milestone] = (),
) -> Commitment:
    """Save a commitment that is not sent yet, with its pillars, articles, targets and steps."""
    require(by, "commitments.draft_commitment", commitment)
    with change(by=by, what="commitment.drafted"):
        commitment.full_clean()
        commitment.save()
        for name, linked in (links or {}).items():
            getattr(commitment, name).set(linked)
        for milestone in milestones:
            milestone.commitment = commitment
            milestone.full_clean()
            milestone.save()
    return commitment


class CommitmentNews(Told):
    """What happens to a promise."""

    PUBLISHED = (
        gettext_lazy("Published: {name}"),
        gettext_lazy("The secretariat has published the commitment “{name}” of {organization}."),
        gettext_lazy("Open the commitment"),
        "desk:commitment",
    )
    CHANGES_REQUESTED = (
        gettext_lazy("Please change something: {name}"),
        gettext_lazy("The secretariat has read the commitment “{name}” and asks for a change. It says:"),
        gettext_lazy("Open the commitment"),
        "desk:commitment",
    )
    DECLINED = (
        gettext_lazy("Declined: {name}"),
        gettext_lazy("The secretariat has declined the commitment “{name}”. It says:"),
        gettext_lazy("Open the commitment"),
        "desk:commitment",
    )
    PARTNER_ASKED = (
        gettext_lazy("You are asked to be a partner: {name}"),
        gettext_lazy(
            "{organization} is asked to be a partner in the commitment “{name}”. It is named only if it agrees."
        ),
        gettext_lazy("Answer"),
        "desk:commitments",
    )


#: States in which its own people may still write it.
WRITABLE = (Editorial.DRAFT, Editorial.CHANGES_REQUESTED)


def begin_commitment(
    *, organization: Organization, title: str, due_on: date, language: str, by: User | None, **found: Any
) -> Commitment:
    """A draft of one sentence and a date. Whoever sends it twice goes on with the first.

    ``found`` is where it comes from: a workshop and a working group, where it was written there.
    """
    begun: Commitment | None = organization.commitments.filter(
        state=Editorial.DRAFT, title=title, due_on=due_on, **found
    ).first()
    commitment = begun or Commitment(
        organization=organization, title=title, due_on=due_on, language=language,
        horizon=horizon_of(due_on, timezone.localdate()), **found,
    )  # fmt: skip
    return begun or draft_commitment(commitment=commitment, by=by)


def save_commitment_step(
    *,
    commitment: Commitment,
    links: dict[str, Iterable[Any]] | None = None,
    milestones: Iterable[Milestone] | None = None,
    by: User | None,
) -> Commitment:
    """Keep one step of the form. The horizon follows from the dates; ``milestones`` replace those that were there."""
    require(by, "commitments.draft_commitment", commitment)
    if commitment.state not in WRITABLE:
        raise TransitionError(_("This commitment is with the secretariat or published. It cannot be changed here."))
    with change(by=by, what="commitment.step_saved"):
        commitment.horizon = horizon_of(commitment.due_on, commitment.start_on or timezone.localdate())
        if milestones is not None:
            commitment.milestones.all().delete()
        draft_commitment(commitment=commitment, by=by, links=links, milestones=milestones or ())
    return commitment


def drop_draft(*, commitment: Commitment, by: User | None) -> None:
    """Delete a draft that was never sent."""
    require(by, "commitments.draft_commitment", commitment)
    if commitment.state != Editorial.DRAFT:
        raise TransitionError(_("Only a draft can be deleted. Withdraw this commitment instead."))
    with change(by=by, what="commitment.draft_deleted"):
        commitment.delete()


def submit_commitment(*, commitment: Commitment, by: User | None) -> None:
    """Send it to the secretariat. Any published organization may commit, member or not."""
    require(by, "commitments.submit_commitment", commitment)
    if not commitment.organization.is_published:
        raise TransitionError(_("Your organization is not approved yet. You can keep the draft and send it then."))
    with change(by=by, what="commitment.submitted"):
        move(commitment, Editorial.SUBMITTED)


def request_changes(*, commitment: Commitment, words: str, by: User | None) -> None:
    """Send it back with the reviewer's words."""
    _decide(commitment, Editorial.CHANGES_REQUESTED, "commitment.changes_requested", words, by)


def decline_commitment(*, commitment: Commitment, words: str, by: User | None) -> None:
    _decide(commitment, Editorial.DECLINED, "commitment.declined", words, by)


def _decide(commitment: Commitment, to: Editorial, what: str, words: str, by: User | None) -> None:
    require(by, "commitments.review_commitment", commitment)
    if not words.strip():
        raise ValidationError({"words": _("Say why, so that the organization knows what to do next.")})
    with change(by=by, what=what, why=words) as work:
        move(commitment, to)
        news = CommitmentNews.DECLINED if to == Editorial.DECLINED else CommitmentNews.CHANGES_REQUESTED
        tell(work, news, commitment.organization, name=commitment.title, words=words, at=commitment.pk)


def publish_commitment(*, commitment: Commitment, by: User | None, on: date | None = None, words: str = "") -> None:
    """Show it to everybody who may see its organization, and plan its reminders.

    Its reference is given now, from the series of the year of ``on`` (today), and stays.
    """
    require(by, "commitments.review_commitment", commitment)
    if by is not None and commitment.state == Editorial.DRAFT and commitment.organization.affiliations.exists():
        raise TransitionError(_("Its own people have not sent it yet. Only they can."))
    with change(by=by, what="commitment.published", why=words) as work:
        if commitment.reference is None:
            commitment.reference = next_reference("C", (on or timezone.localdate()).year)
        publish(commitment)
        news = CommitmentNews.PUBLISHED
        tell(work, news, commitment.organization, name=commitment.title, words=words, at=commitment.pk)


def tag_commitment(*, commitment: Commitment, pillar: Pillar, by: User | None) -> None:
    """Add a pillar; those it has stay."""
    require(by, "commitments.review_commitment", commitment)
    with change(by=by, what="commitment.tagged"):
        commitment.pillars.add(pillar)


def withdraw_commitment(*, commitment: Commitment, why: str, by: User | None) -> None:
    """Take it down with a reason; its reminders are cancelled."""
    require(by, "commitments.withdraw_commitment", commitment)
    if not why.strip():
        raise ValidationError({"why": _("Say in one sentence why it is withdrawn.")})
    with change(by=by, what="commitment.withdrawn", why=why):
        move(commitment, Editorial.WITHDRAWN)


def restore_commitment(*, commitment: Commitment, why: str, by: User | None) -> None:
    require(by, "commitments.restore_commitment", commitment)
    with change(by=by, what="commitment.restored", why=why):
        restore(commitment, why=why)


def move_due_date(*, commitment: Commitment, due_on: date, why: str, by: User | None) -> None:
    """Give it another date; reminders follow. The old date and the reason stay in the journal."""
    require(by, "commitments.report_commitment", commitment)
    if not why.strip():
        raise ValidationError({"why": _("Say in one sentence why the date moves.")})
    with change(by=by, what="commitment.date_moved", why=why):
        commitment.due_on = due_on
        commitment.full_clean()
        late = commitment.milestones.filter(due_on__gt=due_on).count()
        if late:
            raise ValidationError({"due_on": _("Some steps would come after this date. Move them first.")})
        commitment.save()


# -- at the workshop ------------------------------------------------------------------------------------------

#: What the mailed link opens, and for how long both are kept.
DRAFTS, PENDING_KEPT = "drafts", timedelta(days=1)
#: A promise is told in a sentence: what is longer goes into the text below it.
LONGEST_TITLE = 200


def take_over_drafts(
    *, organization: Organization, group: WorkingGroup, texts: Mapping[str, str], language: str, by: User | None
) -> list[Commitment]:
    """What was written in a working group becomes drafts, one for each horizon; the dates are suggestions."""
    today = timezone.localdate()
    with change(by=by, what="commitment.drafted_at_workshop"):
        due_in = suggested()
        return [
            begin_commitment(
                organization=organization, title=text[:LONGEST_TITLE], language=language,
                due_on=months_after(today, due_in[Horizon(horizon)]), by=by,
                workshop=group.workshop, working_group=group,
            )
            for horizon, text in texts.items()
        ]  # fmt: skip


def keep_for_later(
    *, group: WorkingGroup, organization: Organization | None, named: str, email: str, texts: Mapping[str, str],
    language: str,
) -> PendingDraft:  # fmt: skip
    """Keep it for a day, and mail the link that makes it drafts: the same mail to known and unknown addresses."""
    with change(by=None, what="commitment.kept_for_later") as work:
        pending = PendingDraft(
            working_group=group, organization=organization, named=named, email=email, texts=dict(texts)
        )
        pending.full_clean()
        pending.save()
        link = make_link(purpose=DRAFTS, about=pending.pk, email=email, lasts=PENDING_KEPT)
        mail = written("drafts", link=in_language(link, language), group=group, count=len(texts))
        queue_mail(work, key=f"drafts:{pending.pk}", to=email, **mail._asdict())
    return pending


@forgets
def forget_pending_drafts(now: datetime) -> int:
    """Whoever did not use the link within a day wrote for nothing; returns how many were deleted."""
    over = PendingDraft.objects.filter(made_at__lt=now - PENDING_KEPT)
    deleted: int = over.delete()[0] if over.exists() else 0
    return deleted


# -- partners -----------------------------------------------------------------------------------------------


def invite_partner(*, commitment: Commitment, organization: Organization, by: User | None) -> CommitmentPartner:
    """Name another organization; it appears once it confirmed."""
    require(by, "commitments.draft_commitment", commitment)
    with change(by=by, what="partner.invited") as work:
        partner = CommitmentPartner(commitment=commitment, organization=organization)
        partner.full_clean()
        partner.save()
        tell(work, CommitmentNews.PARTNER_ASKED, organization, name=commitment.title, about=partner.pk)
    return partner


def take_back_partner(*, partner: CommitmentPartner, by: User | None) -> None:
    """Somebody who did not answer yet, or is no partner any more, is not named."""
    require(by, "commitments.draft_commitment", partner.commitment)
    with change(by=by, what="partner.taken_back"):
        partner.delete()


def confirm_partner(*, partner: CommitmentPartner, by: User | None, at: datetime | None = None) -> None:
    """The partner itself says so. One record counts once, whoever takes part.

    ``at`` is when it was said, where that was not just now.
    """
    _answer(partner, "confirmed_at", "partner.confirmed", by, at)


def decline_partner(*, partner: CommitmentPartner, by: User | None, at: datetime | None = None) -> None:
    _answer(partner, "declined_at", "partner.declined", by, at)


def _answer(partner: CommitmentPartner, field: str, what: str, by: User | None, at: datetime | None) -> None:
    require(by, "commitments.answer_commitmentpartner", partner)
    if partner.confirmed_at or partner.declined_at:
        raise TransitionError(_("This invitation was answered already."))
    now = timezone.now()
    if at is not None and at > now:
        raise ValidationError(_("This date is in the future."))
    with change(by=by, what=what):
        setattr(partner, field, at or now)
        partner.save()


# -- progress -----------------------------------------------------------------------------------------------


def report_progress(*, update: ProgressUpdate, by: User | None, evidence: Iterable[Evidence] = ()) -> ProgressUpdate:
    """Append a report. In order: checked, saved with its author, the commitment's own progress and value set,
    evidence saved. Reporting "completed" closes the commitment for reminders; a correction may open it again.
    """
    commitment = update.commitment
    require(by, "commitments.report_commitment", commitment)
    _check_reportable(commitment, update)
    with change(by=by, what="progress.reported"):
        update.author = by
        update.full_clean()
        update.save()
        commitment.progress = update.progress
        if update.value is not None:
            commitment.value = update.value
        commitment.save()
        for each in evidence:
            add_evidence(evidence=each, update=update, by=by)
    return update


def _check_reportable(commitment: Commitment, update: ProgressUpdate) -> None:
    if commitment.state == Editorial.WITHDRAWN:
        raise TransitionError(_("This commitment was withdrawn. It takes no more reports."))
    if commitment.state != Editorial.PUBLISHED:
        raise TransitionError(_("This commitment is not published yet. Reports start when it is."))
    if commitment.progress == Progress.COMPLETED and update.corrects is None:
        raise TransitionError(_("This commitment is reported as completed already. Correct that report instead."))
    latest = commitment.updates.order_by("-reported_on", "-id").first()
    if latest is not None and update.reported_on < latest.reported_on:
        raise ValidationError({"reported_on": _("There is a later report. Use its date or a later one.")})
    if update.reported_on > timezone.localdate():
        raise ValidationError({"reported_on": _("This date is in the future.")})


def add_evidence(*, evidence: Evidence, update: ProgressUpdate, by: User | None) -> Evidence:
    """Attach a link to a report, for its own audience."""
    require(by, "commitments.report_commitment", update.commitment)
    with change(by=by, what="evidence.added"):
        evidence.commitment, evidence.update = update.commitment, update
        evidence.full_clean()
        evidence.save()
    return evidence


def add_milestone(*, milestone: Milestone, by: User | None) -> Milestone:
    require(by, "commitments.report_commitment", milestone.commitment)
    with change(by=by, what="milestone.added"):
        milestone.full_clean()
        milestone.save()
    return milestone


def reach_milestone(*, milestone: Milestone, done_on: date, by: User | None) -> None:
    """Tick a step with the day it was reached."""
    require(by, "commitments.report_commitment", milestone.commitment)
    if milestone.commitment.state != Editorial.PUBLISHED:
        raise TransitionError(_("Steps are ticked while the commitment is published."))
    if milestone.done_on is not None:
        raise TransitionError(_("This step was reached already."))
    if done_on > timezone.localdate():
        raise ValidationError({"done_on": _("This date is in the future.")})
    with change(by=by, what="milestone.reached"):
        milestone.done_on = done_on
        milestone.save()


def verify_commitment(*, verification: Verification, by: User | None) -> Verification:
    """Somebody without a part in it says what they found. "Complete" closes it for reminders."""
    commitment = verification.commitment
    if by is not None and (commitment.updates.filter(author=by).exists()):
        raise ValidationError(_("You wrote a report on this commitment, so somebody else has to verify it."))
    require(by, "commitments.verify_commitment", commitment)
    if commitment.state != Editorial.PUBLISHED:
        raise TransitionError(_("Only a published commitment is verified."))
    if commitment.completion == Completion.COMPLETE:
        raise TransitionError(_("This commitment was found complete already."))
    with change(by=by, what="commitment.verified"):
        verification.verifier = by
        verification.full_clean()
        verification.save()
        commitment.completion = verification.completion
        commitment.save()
    return verification
