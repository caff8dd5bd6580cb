"""The whole thread of a workshop: every step that a source states, and none that its reader may not see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from net4u.base.change import change
from net4u.base.viewers import PUBLIC, SECRETARIAT
from tests.factories import (
    AnswerFactory,
    AssessmentFactory,
    CommitmentFactory,
    EvidenceFactory,
    MilestoneFactory,
    OrganizationFactory,
    OutputFactory,
    RecommendationFactory,
    SessionFactory,
    SourceFactory,
    UpdateFactory,
    VerificationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)
from workshops.chain import Branch, Chain, chain_of
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

ADDRESS = "/workshops/rome/thread/"


def answers(commitment: Any, *recommendations: Any) -> None:
    with change(by=None, what="test.linked"):
        commitment.answers.set(recommendations)


def drawn(branches: list[Branch]) -> list[Any]:
    """Records with what hangs on them; "again" is told by a text."""
    return [
        f"again {each.node.record}" if each.again else (each.node.record, drawn(each.branches)) for each in branches
    ]


def steps(chain: Chain) -> list[tuple[str, Any, Any, Any]]:
    known: dict[UUID, Any] = {pk: node.record for pk, node in chain.nodes.items()}
    return [(edge.relation, known[edge.start], known[edge.end], edge.source) for edge in chain.edges]


def test_from_what_was_said_to_what_was_done() -> None:
    workshop, source = WorkshopFactory(), SourceFactory()
    session = SessionFactory(workshop=workshop, source=source)
    group = WorkingGroupFactory(workshop=workshop, session=session)
    output = OutputFactory(workshop=workshop, session=session, working_group=group, source=source)
    recommendation = RecommendationFactory(workshop=workshop, output=output, source=source)
    answer = AnswerFactory(recommendation=recommendation, source=source)
    assessment = AssessmentFactory(recommendation=recommendation)
    commitment = CommitmentFactory(workshop=workshop, output=output, working_group=group)
    answers(commitment, recommendation)
    milestone, update = MilestoneFactory(commitment=commitment), UpdateFactory(commitment=commitment)
    shown, loose = EvidenceFactory(commitment=commitment, update=update), EvidenceFactory(commitment=commitment)
    verification = VerificationFactory(commitment=commitment)
    chain = chain_of(workshop, PUBLIC)
    assert steps(chain) == [
        ("held", workshop, session, source),
        ("formed", session, group, None),
        ("put_forward", group, output, source),
        ("put_forward", session, output, source),
        ("recommended", output, recommendation, source),
        ("answered", recommendation, answer, source),
        ("assessed", recommendation, assessment, None),
        ("promised", recommendation, commitment, None),
        ("promised", output, commitment, None),
        ("promised", group, commitment, None),
        ("planned", commitment, milestone, None),
        ("reported", commitment, update, None),
        ("shown", update, shown, None),
        ("shown", commitment, loose, None),
        ("verified", commitment, verification, None),
    ]
    assert drawn(chain.tree()) == [
        (session, [(group, [(output, [(recommendation, [
            (answer, []), (assessment, []),
            (commitment, [(milestone, []), (update, [(shown, [])]), (loose, []), (verification, [])]),
        ])])])]),
    ]  # fmt: skip
    assert (chain.sources, chain.is_complete, chain.unstated) == ([source], True, set())
    assert chain.tree()[0].size == 11


def test_what_no_source_puts_anywhere_hangs_on_the_workshop_and_is_marked() -> None:
    workshop = WorkshopFactory()
    session, group = SessionFactory(workshop=workshop), WorkingGroupFactory(workshop=workshop)
    output, recommendation = OutputFactory(workshop=workshop), RecommendationFactory(workshop=workshop)
    placed, commitment = OutputFactory(workshop=workshop, working_group=group), CommitmentFactory(workshop=workshop)
    branches = chain_of(workshop, PUBLIC).tree()
    assert [(each.node.record, each.is_stated) for each in branches] == [
        (session, True), (group, False), (output, False), (recommendation, False), (commitment, False),
    ]  # fmt: skip
    assert [(each.node.record, each.is_stated) for each in branches[1].branches] == [(placed, True)]


def test_what_is_hidden_is_left_out_and_is_not_the_same_as_unstated() -> None:
    workshop = WorkshopFactory()
    off = SessionFactory(workshop=workshop, disclosure="off_record")
    group = WorkingGroupFactory(workshop=workshop, session=off)
    output = OutputFactory(workshop=workshop, session=off)
    buried = RecommendationFactory(workshop=workshop, session=off)
    draft = RecommendationFactory(workshop=workshop, state="draft", reference=None)
    shown, asked = CommitmentFactory(workshop=workshop, working_group=group), RecommendationFactory(workshop=workshop)
    also = CommitmentFactory()
    answers(also, draft, asked)
    CommitmentFactory(workshop=workshop, organization=OrganizationFactory(appearance="hidden"))
    AnswerFactory(recommendation=asked, organization=OrganizationFactory(appearance="hidden"))
    EvidenceFactory(commitment=shown, audience="members")
    chain = chain_of(workshop, PUBLIC)
    assert list(chain.nodes) == [workshop.pk, asked.pk, *sorted([shown.pk, also.pk])]
    assert chain.unstated == {asked.pk}
    for record in (off, group, output, buried, draft):
        assert record.pk in chain_of(workshop, SECRETARIAT).nodes


def test_a_commitment_that_answers_two_is_drawn_once_and_named_twice() -> None:
    workshop = WorkshopFactory()
    first, second = (RecommendationFactory(workshop=workshop, order=order) for order in (1, 2))
    commitment = CommitmentFactory(title="A guide")
    MilestoneFactory(commitment=commitment)
    answers(commitment, first, second)
    assert [each[0] if isinstance(each, tuple) else each for each in drawn(chain_of(workshop, PUBLIC).tree())] == [
        first, second,
    ]  # fmt: skip
    below = [drawn(each.branches) for each in chain_of(workshop, PUBLIC).tree()]
    assert below[1] == ["again A guide"]
    assert below[0][0][0] == commitment


def test_more_commitments_than_are_drawn_are_said_to_be_left_out() -> None:
    workshop = WorkshopFactory()
    CommitmentFactory.create_batch(3, workshop=workshop)
    two, three = (chain_of(workshop, PUBLIC, most=most) for most in (2, 3))
    assert (len(two.nodes), two.is_complete) == (3, False)
    assert (len(three.nodes), three.is_complete) == (4, True)


def test_what_is_invented_marks_what_hangs_on_it() -> None:
    workshop = WorkshopFactory(is_demonstration=True)
    SessionFactory(workshop=workshop)
    real = CommitmentFactory(workshop=workshop)
    MilestoneFactory(commitment=real)
    marks = [(node.kind, node.is_demonstration) for node in chain_of(workshop, PUBLIC).nodes.values()]
    assert marks == [("workshop", True), ("session", True), ("commitment", False), ("milestone", False)]


@change(by=None, what="test.made")
def full_thread(item_count: int) -> Workshop:
    workshop = WorkshopFactory(slug="rome", source=SourceFactory())
    for _ in range(item_count):
        session = SessionFactory(workshop=workshop, source=SourceFactory())
        group = WorkingGroupFactory(workshop=workshop, session=session)
        output = OutputFactory(workshop=workshop, working_group=group)
        recommendation = RecommendationFactory(workshop=workshop, output=output)
        AnswerFactory(recommendation=recommendation)
        AssessmentFactory(recommendation=recommendation, organization=OrganizationFactory())
        commitment = CommitmentFactory(workshop=workshop)
        answers(commitment, recommendation)
        update = UpdateFactory(commitment=commitment)
        for factory in (MilestoneFactory, EvidenceFactory, VerificationFactory):
            factory(commitment=commitment)
        EvidenceFactory(commitment=commitment, update=update)
    return workshop


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(ADDRESS, 15), ("/api/v1/workshops/{}/thread/", 13)])
def test_page_and_graph_ask_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int, address: str, queries: int
) -> None:
    workshop = full_thread(item_count)
    with django_assert_num_queries(queries):
        client.get(address.format(workshop.pk))


def test_the_page_draws_it_as_lists_that_open(client: Client) -> None:
    workshop = full_thread(1)
    loose = OutputFactory(workshop=workshop, text="Said by all")
    page = client.get(ADDRESS).content.decode()
    stated, _words, unstated = page.partition("No source says out of which part of the workshop these came:")
    assert stated.count("<details open>") == 5
    assert stated.count("<details >") == 1  # what became of a commitment opens when it is asked for
    assert "9 records came of it" in " ".join(stated.split())
    assert '<ol class="chain unstated">' in unstated
    assert loose.text in unstated
    assert f'href="/api/v1/workshops/{workshop.pk}/thread/"' in page


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"disclosure": "off_record"}])
def test_hidden_and_missing_answer_alike(client: Client, sam: Any, fields: dict[str, str]) -> None:
    WorkshopFactory(slug="rome", title="Canary", **fields)
    hidden = client.get(ADDRESS)
    assert (hidden.status_code, hidden.content) == (404, client.get("/workshops/none/thread/").content)
    client.force_login(sam)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "/thread/" not in page.content.decode().partition("<main")[2].partition('id="chain"')[0]


def test_an_empty_thread_says_so(client: Client) -> None:
    WorkshopFactory(slug="rome")
    assert "Nothing is recorded yet." in client.get(ADDRESS).content.decode()


def test_too_many_commitments_lead_to_the_list(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshops.views.DRAWN", 1)
    CommitmentFactory.create_batch(2, workshop=WorkshopFactory(slug="rome"))
    page = client.get(ADDRESS).content.decode()
    assert "There are more commitments than can be drawn here." in page
    assert 'href="/commitments/?workshop=rome"' in page
