"""Every move of a commitment, from every state, by everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from commitments import services
from commitments.enums import ASSESSABLE, REPORTABLE, Completion, Progress
from commitments.models import (
    Commitment,
    CommitmentPartner,
    Evidence,
    Milestone,
    ProgressUpdate,
    Verification,
)  # fmt: skip
from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import Document, JournalEntry
from net4u.base.states import EDITORIAL_MOVES, Editorial, TransitionError
from organizations.models import Organization
from people.models import User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    MilestoneFactory,
    OrganizationFactory,
    PartnerFactory,
    PillarFactory,
    UpdateFactory,
    WorkshopFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 31)
ACTORS = ["alice", "bob", "charlie", "sam", "ada"]


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-03-31T10:00:00+00:00"):
        yield


MOVES: dict[str, tuple[Editorial, Callable[[Commitment, User | None], None], set[str]]] = {
    "submit": (
        Editorial.SUBMITTED, lambda c, by: services.submit_commitment(commitment=c, by=by), {"alice", "bob"},
    ),
    "request_changes": (
        Editorial.CHANGES_REQUESTED,
        lambda c, by: services.request_changes(commitment=c, words="How is it measured?", by=by), {"sam", "ada"},
    ),
    "decline": (
        Editorial.DECLINED, lambda c, by: services.decline_commitment(commitment=c, words="No.", by=by),
        {"sam", "ada"},
    ),
    "withdraw": (
        Editorial.WITHDRAWN, lambda c, by: services.withdraw_commitment(commitment=c, why="Funding ended.", by=by),
        {"alice", "sam", "ada"},
    ),
}  # fmt: skip


def stored(commitment: Commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


@pytest.mark.parametrize("state", Editorial.values)
@pytest.mark.parametrize("name", MOVES)
def test_moves_follow_the_table_from_every_state(state: str, name: str) -> None:
    commitment = CommitmentFactory(state=state)
    to, act, _who = MOVES[name]
    if to in EDITORIAL_MOVES[state]:
        act(commitment, None)
    else:
        with pytest.raises(TransitionError):
            act(commitment, None)
    assert stored(commitment).state == (to if to in EDITORIAL_MOVES[state] else state)


@pytest.mark.parametrize("state", Editorial.values)
def test_publishing_and_restoring(state: str) -> None:
    one, two = CommitmentFactory(state=state), CommitmentFactory(state=state)
    for commitment, act, starts in (
        (one, lambda c: services.publish_commitment(commitment=c, by=None), {"draft", "submitted"}),
        (two, lambda c: services.restore_commitment(commitment=c, why="Back.", by=None), {"withdrawn"}),
    ):
        if state in starts:
            act(commitment)
        else:
            with pytest.raises(TransitionError):
                act(commitment)
        assert stored(commitment).state == ("published" if state in starts else state)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", MOVES)
def test_who_may_move_it(name: str, actor: str, house: Organization, request: pytest.FixtureRequest) -> None:
    to, act, who = MOVES[name]
    start = next(state for state, moves in EDITORIAL_MOVES.items() if to in moves)
    commitment = CommitmentFactory(organization=house, state=start)
    person = request.getfixturevalue(actor)
    if actor in who:
        act(commitment, person)
    else:
        with pytest.raises(PermissionDenied):
            act(commitment, person)
    assert stored(commitment).state == (to if actor in who else start)


OTHER_ACTIONS: dict[str, tuple[Callable[[Commitment, User], Any], set[str]]] = {
    "draft": (lambda c, by: services.draft_commitment(commitment=c, by=by), {"alice", "bob", "sam", "ada"}),
    "publish": (lambda c, by: services.publish_commitment(commitment=c, by=by), {"sam", "ada"}),
    "report": (
        lambda c, by: services.report_progress(
            update=ProgressUpdate(commitment=c, progress="in_progress", text="T"), by=by
        ),
        {"alice", "bob"},
    ),
    "move the date": (
        lambda c, by: services.move_due_date(commitment=c, due_on=date(2028, 1, 1), why="Late start.", by=by),
        {"alice", "bob"},
    ),
    "add a step": (
        lambda c, by: services.add_milestone(
            milestone=Milestone(commitment=c, title="T", due_on=date(2027, 1, 1)), by=by
        ),
        {"alice", "bob"},
    ),
    "reach a step": (
        lambda c, by: services.reach_milestone(
            milestone=MilestoneFactory(commitment=c, due_on=date(2027, 1, 2)), done_on=TODAY, by=by
        ),
        {"alice", "bob"},
    ),
    "invite a partner": (
        lambda c, by: services.invite_partner(commitment=c, organization=OrganizationFactory(), by=by),
        {"alice", "bob", "sam", "ada"},
    ),
    "verify": (
        lambda c, by: services.verify_commitment(
            verification=Verification(commitment=c, completion="limited", basis="B"), by=by
        ),
        {"sam", "ada"},
    ),
}


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", OTHER_ACTIONS)
def test_who_may_do_the_rest(name: str, actor: str, house: Organization, request: pytest.FixtureRequest) -> None:
    act, who = OTHER_ACTIONS[name]
    commitment = CommitmentFactory(organization=house, state="draft" if name == "publish" else "published")
    person = request.getfixturevalue(actor)
    before = JournalEntry.objects.filter(by=person).count()
    if actor in who:
        act(commitment, person)
        assert JournalEntry.objects.filter(by=person).count() > before
    else:
        with pytest.raises(PermissionDenied):
            act(commitment, person)
        assert JournalEntry.objects.filter(by=person).count() == before


# -- drafting and publishing --------------------------------------------------------------------------------


def test_a_draft_keeps_its_links_and_steps(house: Organization, bob: User) -> None:
    pillar = PillarFactory(code="p4")
    commitment = services.draft_commitment(
        commitment=Commitment(organization=house, title="T", horizon="short", due_on=date(2026, 12, 31)),
        by=bob, links={"pillars": [pillar]}, milestones=[Milestone(title="One", due_on=date(2026, 6, 30))],
    )  # fmt: skip
    assert (commitment.state, list(commitment.pillars.all()), commitment.milestones.get().title) == (
        "draft", [pillar], "One",
    )  # fmt: skip
    assert not Document.objects.filter(object_id=commitment.pk).exists()


def test_an_unapproved_organization_keeps_its_draft(alice: User, house: Organization) -> None:
    with change(by=None, what="test"):
        house.state = "submitted"
        house.save()
    commitment = CommitmentFactory(organization=house, state="draft", reference=None)
    with pytest.raises(TransitionError, match="Your organization is not approved yet. You can keep the draft"):
        services.submit_commitment(commitment=commitment, by=alice)
    assert stored(commitment).state == "draft"


def test_the_reference_comes_with_the_first_publication_and_stays(ada: User) -> None:
    one, two = (CommitmentFactory(state="draft", reference=None) for _ in range(2))
    services.publish_commitment(commitment=two, by=ada, on=date(2025, 12, 1))
    services.publish_commitment(commitment=one, by=ada)
    assert (one.reference, two.reference) == ("C-2026-0001", "C-2025-0001")
    services.withdraw_commitment(commitment=two, why="A mistake.", by=ada)
    services.restore_commitment(commitment=two, why="No mistake.", by=ada)
    assert stored(two).reference == "C-2025-0001"


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ({"start_on": date(2027, 3, 1), "due_on": date(2026, 3, 1)}, ["The end is before the start."]),
        ({"target": 40}, ["Say what the target counts: people, houses, courses …"]),
        ({"due_on": None}, ["This field cannot be null."]),
        ({"title": ""}, ["This field cannot be blank."]),
        ({"horizon": "some day"}, ["Value 'some day' is not a valid choice."]),
    ],
)
def test_an_impossible_commitment_gets_a_sentence(
    house: Organization, bob: User, fields: dict[str, Any], messages: list[str]
) -> None:
    given = {"title": "T", "horizon": "short", "due_on": date(2026, 12, 31)} | fields
    with pytest.raises(ValidationError) as error:
        services.draft_commitment(commitment=Commitment(organization=house, **given), by=bob)
    assert error.value.messages == messages
    assert not Commitment.objects.exists()


def test_an_output_of_another_workshop_is_not_its_origin(house: Organization, bob: User) -> None:
    from tests.factories import OutputFactory

    commitment = Commitment(
        organization=house, title="T", horizon="short", due_on=date(2026, 12, 31), workshop=WorkshopFactory(),
        output=OutputFactory(),
    )  # fmt: skip
    with pytest.raises(ValidationError) as error:
        services.draft_commitment(commitment=commitment, by=bob)
    assert error.value.message_dict == {"output": ["This belongs to another workshop."]}


@pytest.mark.parametrize(
    ("due_on", "message"),
    [
        (date(2028, 1, 1), "This step would come after the commitment is due."),
        (date(2025, 1, 1), "This step would come before the commitment starts."),
    ],
)
def test_a_step_lies_within_its_commitment(alice: User, house: Organization, due_on: date, message: str) -> None:
    commitment = CommitmentFactory(organization=house, start_on=date(2026, 1, 1))
    with pytest.raises(ValidationError) as error:
        services.add_milestone(milestone=Milestone(commitment=commitment, title="T", due_on=due_on), by=alice)
    assert error.value.message_dict == {"due_on": [message]}


def test_a_date_moves_with_a_reason_and_not_before_its_steps(alice: User, house: Organization) -> None:
    milestone = MilestoneFactory(commitment__organization=house)
    commitment = milestone.commitment
    with pytest.raises(ValidationError) as error:
        services.move_due_date(commitment=commitment, due_on=date(2027, 1, 1), why=" ", by=alice)
    assert error.value.message_dict == {"why": ["Say in one sentence why the date moves."]}
    with pytest.raises(ValidationError) as error:
        services.move_due_date(commitment=stored(commitment), due_on=date(2027, 1, 1), why="Faster.", by=alice)
    assert error.value.message_dict == {"due_on": ["Some steps would come after this date. Move them first."]}
    services.move_due_date(commitment=stored(commitment), due_on=date(2028, 6, 30), why="Late start.", by=alice)
    entry = JournalEntry.objects.get(what="commitment.date_moved")
    assert (entry.why, entry.diff) == ("Late start.", {"due_on": ["2027-12-31", "2028-06-30"]})


# -- partners -----------------------------------------------------------------------------------------------


def test_a_partner_is_shown_once_it_said_so_itself(house: Organization, bob: User, charlie: User) -> None:
    elsewhere = charlie.affiliations.get().organization
    with change(by=None, what="test"):
        commitment = CommitmentFactory()
        house = commitment.organization
    AffiliationFactory(person=bob, organization=house, role="editor")
    partner = services.invite_partner(commitment=commitment, organization=elsewhere, by=bob)

    def named() -> list[Any]:
        row = json.loads(Document.objects.get(object_id=commitment.pk, audience="public").text)
        return [each["organization"]["name"] for each in row["partners"]] + [row["partners_not_shown"]]

    assert named() == [0]
    with pytest.raises(PermissionDenied):
        services.confirm_partner(partner=partner, by=bob)
    services.confirm_partner(partner=partner, by=charlie)
    assert named() == ["Clear Signal Institute", 0]
    with pytest.raises(TransitionError, match="This invitation was answered already."):
        services.decline_partner(partner=partner, by=charlie)


@pytest.mark.parametrize("answer", [services.confirm_partner, services.decline_partner])
def test_a_partner_s_answer_has_the_day_it_was_given(answer: Callable[..., None], house: Organization) -> None:
    commitment, today = CommitmentFactory(), datetime(2026, 3, 31, 10, tzinfo=UTC)
    organizations = [house, OrganizationFactory(), OrganizationFactory()]
    now, then, ahead = (
        services.invite_partner(commitment=commitment, organization=each, by=None) for each in organizations
    )
    answer(partner=now, by=None)
    answer(partner=then, by=None, at=today - timedelta(days=40))
    with pytest.raises(ValidationError, match="This date is in the future."):
        answer(partner=ahead, by=None, at=today + timedelta(days=1))
    given = [each.confirmed_at or each.declined_at for each in (now, then, CommitmentPartner.objects.get(pk=ahead.pk))]
    assert [each and each.date() for each in given] == [date(2026, 3, 31), date(2026, 2, 19), None]


def test_a_hidden_partner_is_counted_not_named() -> None:
    commitment = PartnerFactory(organization__appearance="hidden").commitment
    PartnerFactory(commitment=commitment, organization__legal_name="Seen")
    PartnerFactory(commitment=commitment, confirmed_at=None, organization__legal_name="Only invited")
    row = json.loads(Document.objects.get(object_id=commitment.pk, audience="public").text)
    assert [each["organization"]["name"] for each in row["partners"]] == ["Seen"]
    assert row["partners_not_shown"] == 1


def test_an_organization_is_no_partner_of_its_own_promise(alice: User, house: Organization) -> None:
    commitment = CommitmentFactory(organization=house)
    with pytest.raises(ValidationError) as error:
        services.invite_partner(commitment=commitment, organization=house, by=alice)
    assert error.value.message_dict == {
        "organization": ["The organization that makes the promise is no partner of it."]
    }
    assert not CommitmentPartner.objects.exists()


def test_nobody_is_invited_twice(alice: User, house: Organization) -> None:
    commitment, other = CommitmentFactory(organization=house), OrganizationFactory()
    services.invite_partner(commitment=commitment, organization=other, by=alice)
    with pytest.raises(ValidationError, match="This organization was invited already."):
        services.invite_partner(commitment=commitment, organization=other, by=alice)


# -- reports ------------------------------------------------------------------------------------------------


def report(commitment: Commitment, by: User | None = None, **fields: Any) -> ProgressUpdate:
    given = {"progress": "in_progress", "text": "Two courses held."} | fields
    return services.report_progress(update=ProgressUpdate(commitment=commitment, **given), by=by)


@pytest.mark.parametrize("progress", REPORTABLE)
def test_a_report_moves_the_commitment_and_keeps_its_author_to_itself(
    progress: str, alice: User, house: Organization
) -> None:
    commitment = CommitmentFactory(organization=house, unit="teachers", target=40)
    update = report(commitment, alice, progress=progress, value=12)
    after = stored(commitment)
    assert after.value == 12
    assert (after.progress, update.author) == (progress, alice)
    assert after.is_open is (progress != Progress.COMPLETED)
    with change(by=None, what="test"):
        house.appearance = "hidden"
        house.save()
    texts = "".join(Document.objects.values_list("text", flat=True))
    assert "alice" not in texts


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("withdrawn", "This commitment was withdrawn. It takes no more reports."),
        ("draft", "This commitment is not published yet. Reports start when it is."),
        ("submitted", "This commitment is not published yet. Reports start when it is."),
        ("changes_requested", "This commitment is not published yet. Reports start when it is."),
        ("declined", "This commitment is not published yet. Reports start when it is."),
    ],
)
def test_only_a_published_commitment_is_reported_on(state: str, message: str) -> None:
    commitment = CommitmentFactory(state=state)
    with pytest.raises(TransitionError) as error:
        report(commitment)
    assert str(error.value) == message
    assert not ProgressUpdate.objects.exists()


def test_a_second_completion_is_refused_and_a_correction_is_not() -> None:
    commitment = CommitmentFactory()
    first = report(commitment, progress="completed")
    with pytest.raises(TransitionError) as error:
        report(commitment, progress="completed")
    assert str(error.value) == "This commitment is reported as completed already. Correct that report instead."
    report(commitment, progress="in_progress", text="We counted twice.", corrects=first)
    assert stored(commitment).progress == "in_progress"
    assert commitment.updates.count() == 2


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"reported_on": date(2026, 4, 1)}, {"reported_on": ["This date is in the future."]}),
        (
            {"reported_on": date(2026, 1, 30)},
            {"reported_on": ["There is a later report. Use its date or a later one."]},
        ),
        ({"text": ""}, {"text": ["This field cannot be blank."]}),
        ({"value": 3}, {"value": ["This commitment has no unit, so a number says nothing here."]}),
    ],
)
def test_an_impossible_report_gets_a_sentence(fields: dict[str, Any], errors: dict[str, list[str]]) -> None:
    commitment = UpdateFactory().commitment
    with pytest.raises(ValidationError) as error:
        report(commitment, **fields)
    assert error.value.message_dict == errors
    assert stored(commitment).updates.count() == 1


def test_a_correction_names_a_report_of_the_same_commitment() -> None:
    other = UpdateFactory()
    with pytest.raises(ValidationError) as error:
        report(CommitmentFactory(), corrects=other)
    assert error.value.message_dict == {"corrects": ["This report is about another commitment."]}


def test_a_report_is_never_overwritten() -> None:
    update = UpdateFactory(text="As it was")
    update.text = "Prettier"
    with pytest.raises(NotImplementedError, match="Append a correction"), change(by=None, what="test"):
        update.save()
    assert ProgressUpdate.objects.get().text == "As it was"


def test_evidence_has_an_audience_of_its_own() -> None:
    commitment = CommitmentFactory(organization__sharing=True)
    update = ProgressUpdate(commitment=commitment, progress="in_progress", text="T")
    evidence = [
        Evidence(title=audience, url="https://example.org/", audience=audience)
        for audience in ("public", "partners", "members", "secretariat")
    ]
    services.report_progress(update=update, by=None, evidence=evidence)
    shown = {}
    for audience in ("public", "partners"):
        row = json.loads(Document.objects.get(object_id=commitment.pk, audience=audience).text)
        shown[audience] = ([each["title"] for each in row["evidence"]], row["evidence_not_shown"])
    assert shown == {"public": (["public"], 3), "partners": (["partners", "public"], 2)}


def test_a_step_is_ticked_once_with_a_day_that_has_been() -> None:
    milestone = MilestoneFactory()
    with pytest.raises(ValidationError) as error:
        services.reach_milestone(milestone=milestone, done_on=date(2026, 4, 1), by=None)
    assert error.value.message_dict == {"done_on": ["This date is in the future."]}
    services.reach_milestone(milestone=milestone, done_on=TODAY, by=None)
    with pytest.raises(TransitionError, match="This step was reached already."):
        services.reach_milestone(milestone=milestone, done_on=TODAY, by=None)
    assert Milestone.objects.get().done_on == TODAY


# -- verification -------------------------------------------------------------------------------------------


def verify(commitment: Commitment, by: User | None = None, completion: str = "limited") -> Verification:
    return services.verify_commitment(
        verification=Verification(commitment=commitment, completion=completion, basis="Read the minutes."), by=by
    )


@pytest.mark.parametrize("completion", ASSESSABLE)
def test_a_verification_sets_what_others_found(completion: str, sam: User) -> None:
    commitment = CommitmentFactory()
    verify(commitment, sam, completion)
    after = stored(commitment)
    assert (after.completion, after.is_open) == (completion, completion != Completion.COMPLETE)
    row = json.loads(Document.objects.get(object_id=commitment.pk, audience="public").text)
    assert [set(each) for each in row["verifications"]] == [{"id", "completion", "basis", "value", "verified_on"}]


def test_nobody_verifies_their_own_report(sam: User) -> None:
    """Even a curator who once wrote a report for the organization."""
    commitment = UpdateFactory(author=sam).commitment
    with pytest.raises(ValidationError) as error:
        verify(commitment, sam)
    assert error.value.messages == ["You wrote a report on this commitment, so somebody else has to verify it."]
    assert stored(commitment).completion == "not_assessed"


@pytest.mark.parametrize("side", ["lead", "partner"])
def test_nobody_verifies_what_their_organization_has_a_part_in(side: str, sam: User) -> None:
    commitment = CommitmentFactory()
    organization = commitment.organization if side == "lead" else PartnerFactory(commitment=commitment).organization
    AffiliationFactory(person=sam, organization=organization, role="viewer", until="2025-12-31")
    with pytest.raises(PermissionDenied):
        verify(commitment, sam)


def test_what_was_found_complete_stays_complete(sam: User) -> None:
    commitment = CommitmentFactory()
    verify(commitment, sam, "complete")
    with pytest.raises(TransitionError, match="This commitment was found complete already."):
        verify(commitment, sam, "limited")


@pytest.mark.parametrize("state", sorted(set(Editorial.values) - {"published"}))
def test_only_a_published_commitment_is_verified(state: str, sam: User) -> None:
    with pytest.raises(TransitionError, match="Only a published commitment is verified."):
        verify(CommitmentFactory(state=state), sam)


# -- many ---------------------------------------------------------------------------------------------------


def test_an_organization_with_many_commitments_is_renamed_merged_and_hidden(ada: User) -> None:
    """2,000 commitments follow in one change; partners see each of them once more, then tombstones."""
    from organizations.services import merge_organizations

    with change(by=None, what="test"):
        old, into = OrganizationFactory(legal_name="Old"), OrganizationFactory(legal_name="Into")
        Commitment.objects.bulk_create(
            Commitment(organization=old, title=f"C {n}", horizon="short", due_on=date(2027, 1, 1), state="published",
                       reference=f"C-2025-{n:04d}") for n in range(2000)
        )  # fmt: skip
    with change(by=None, what="test"):
        old.legal_name = "New"
        old.save()
    public = Document.objects.filter(kind="commitment", audience="public")
    assert {json.loads(text)["organization"]["name"] for text in public.values_list("text", flat=True)} == {"New"}
    merge_organizations(old=old, into=into, why="Twice.", by=ada)
    assert {json.loads(text)["organization"]["name"] for text in public.values_list("text", flat=True)} == {"Into"}
    with change(by=None, what="test"):
        into.appearance, into.appearance_consent = "hidden", None
        into.save()
    assert public.current().count() == 0
    assert public.count() == 2000
    assert list(check()) == []
