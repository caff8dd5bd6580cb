"""A promise is written on the desk in four steps, sent, and answered by those who are asked to help."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from commitments.models import Commitment, CommitmentPartner, Milestone
from net4u.base.models import OutboxMessage
from organizations.models import Organization
from people.models import User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    InstrumentFactory,
    OrganizationFactory,
    PartnerFactory,
    PillarFactory,
    ProvisionFactory,
    RecommendationFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def as_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


@pytest.fixture
def vera(house: Organization) -> User:
    return AffiliationFactory(person=UserFactory(email="vera@example.org"), organization=house, role="viewer").person


@pytest.fixture
def draft(house: Organization) -> Commitment:
    return CommitmentFactory(organization=house, state="draft", reference=None, title="Train 40 teachers", target=None)


def step(commitment: Commitment, name: str) -> str:
    return f"/desk/commitments/{commitment.pk}/write/{name}/"


def version() -> int:
    return int(Commitment.objects.get().version)


def test_the_whole_way_of_a_promise(client: Client, bob: User, charlie: User, sam: User, elsewhere: Any) -> None:
    pillar, workshop, answer = PillarFactory(), WorkshopFactory(), RecommendationFactory()
    article = ProvisionFactory(instrument=InstrumentFactory(code="UNTOC"), article=31, title="Prevention")
    client.force_login(bob)
    begun = {"title": "Train 40 teachers", "due_on": day(300), "language": "it"}
    where = client.post("/desk/commitments/new/", begun).headers["Location"]
    commitment = Commitment.objects.get()
    assert (where, commitment.horizon, commitment.state) == (step(commitment, "what"), "medium", "draft")
    what = {"title": "Train 40 teachers in Rome", "problem": "Nobody notices.", "language": "it"}
    client.post(step(commitment, "what"), what | {"version": version()})
    measure = {"indicator": "teachers trained", "baseline": "0", "target": "40", "unit": "teachers"}
    client.post(step(commitment, "measure"), measure | {"version": version()})
    when = {
        "start_on": day(10), "due_on": day(100), "resources": "Two trainers",
        "steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0,
        "steps-0-title": "First course", "steps-0-due_on": day(50),
    }  # fmt: skip
    assert client.post(step(commitment, "when"), when | {"version": version()}).headers["Location"] == step(
        commitment, "links"
    )
    found = client.post(step(commitment, "links"), {"search": "articles", "article": "prevent"}).content.decode()
    assert "UNTOC 31: Prevention" in found
    asked = {"ask": elsewhere.pk, "version": version(), "pillars": [pillar.pk], "provisions": [article.pk]}
    client.post(step(commitment, "links"), asked)
    links = {
        "version": version(), "pillars": [pillar.pk], "provisions": [article.pk], "workshop": workshop.pk,
        "answers": [answer.pk],
    }  # fmt: skip
    assert client.post(step(commitment, "links"), links).headers["Location"] == f"/desk/commitments/{commitment.pk}/"
    client.post(f"/desk/commitments/{commitment.pk}/")

    commitment = Commitment.objects.get()
    assert (commitment.state, commitment.horizon, str(commitment.target)) == ("submitted", "short", "40.00")
    assert list(commitment.milestones.values_list("title", flat=True)) == ["First course"]
    assert (list(commitment.provisions.all()), list(commitment.answers.all())) == ([article], [answer])
    assert commitment.workshop == workshop
    client.force_login(sam)
    assert "Train 40 teachers in Rome" in client.get("/secretariat/?kind=commitments").content.decode()
    client.post(
        f"/secretariat/commitments/{commitment.pk}/", {"decision": "request_changes", "words": "Which schools?"}
    )
    client.force_login(bob)
    assert "Which schools?" in client.get("/desk/").content.decode()
    client.post(f"/desk/commitments/{commitment.pk}/")
    client.force_login(sam)
    client.post(f"/secretariat/commitments/{commitment.pk}/", {"decision": "publish"})
    client.force_login(charlie)
    assert "Train 40 teachers in Rome" in client.get("/desk/commitments/").content.decode()
    client.post(f"/desk/commitments/partner/{CommitmentPartner.objects.get().pk}/", {"yes": "1"})
    assert CommitmentPartner.objects.get().confirmed_at is not None
    assert Commitment.objects.get().state == "published"
    told = OutboxMessage.objects.filter(key__startswith="news:", payload__to=bob.email)
    assert {" ".join(each.payload["subject"].split()) for each in told} == {
        "Please change something: Train 40 teachers in Rome", "Published: Train 40 teachers in Rome",
    }  # fmt: skip


def test_a_double_click_makes_one_draft(as_bob: Client) -> None:
    begun = {"title": "Train 40 teachers", "due_on": day(300), "language": "it"}
    answers = [as_bob.post("/desk/commitments/new/", begun).headers["Location"] for _n in range(2)]
    assert (answers[0] == answers[1], Commitment.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("what", {"title": ""}, "This field is required."),
        ("what", {"title": "x" * 201, "language": "en"}, "at most 200 characters"),
        ("measure", {"target": "40"}, "Say what the target counts"),
        ("measure", {"target": "forty", "unit": "teachers"}, "Enter a number."),
        ("when", {"due_on": "soon"}, "Write the day as year, month, day"),
        ("when", {"start_on": "2030-01-02", "due_on": "2030-01-01"}, "The end is before the start."),
        ("when", {"due_on": "2030-01-01", "steps-0-title": "Late", "steps-0-due_on": "2030-02-01"},
         "after the commitment is due"),
        ("when", {"due_on": "2030-01-01", "steps-0-title": "When?"}, "Say by when this step is done."),
        ("when", {"due_on": "2030-01-01", "steps-0-due_on": "2029-01-01"}, "Say what is done by then"),
        ("links", {"pillars": "nonsense"}, "is not a valid UUID"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_and_nothing_typed_is_lost(
    as_bob: Client, draft: Commitment, name: str, wrong: dict[str, str], words: str
) -> None:
    rows = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}
    page = as_bob.post(step(draft, name), {"version": draft.version} | rows | wrong).content.decode()
    assert words in page
    for value in wrong.values():
        assert value in page
    assert Commitment.objects.get().version == draft.version


def test_two_tabs_lose_nothing(as_bob: Client, draft: Commitment) -> None:
    for title in ("First", "Second"):
        answer = as_bob.post(step(draft, "what"), {"version": draft.version, "title": title, "language": "en"})
    page = answer.content.decode()
    assert (answer.status_code, 'value="Second"' in page, "<dd>First</dd>" in page) == (409, True, True)
    assert Commitment.objects.get().title == "First"


def test_a_row_more_keeps_what_was_typed(as_bob: Client, draft: Commitment) -> None:
    typed = {
        "another": "1", "due_on": day(100), "resources": "Two trainers",
        "steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-title": "First course",
    }  # fmt: skip
    page = as_bob.post(step(draft, "when"), typed).content.decode()
    assert 'name="steps-1-title"' in page
    assert "First course" in page
    assert "Two trainers" in page


def test_steps_are_replaced_by_what_the_form_holds(as_bob: Client, draft: Commitment) -> None:
    for title in ("First", "Second"):
        rows = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-title": title, "steps-0-due_on": day(9)}
        as_bob.post(step(draft, "when"), {"version": version(), "due_on": day(99)} | rows)
    assert list(Milestone.objects.values_list("title", flat=True)) == ["Second"]


def test_the_advice_follows_what_is_typed(as_bob: Client, draft: Commitment) -> None:
    address = f"/desk/commitments/{draft.pk}/advice/"
    thin = as_bob.post(address, {"indicator": "teachers", "target": ""}).content.decode()
    assert "Give the number you want to reach, and its unit." in thin
    typed = {"indicator": "teachers", "target": "40", "unit": "teachers", "baseline": "0", "number_source": "our list"}
    assert "Somebody else can check the number." in as_bob.post(address, typed).content.decode()
    assert "Say when it will be done." in as_bob.post(address, {"due_on": "2027-02-31"}).content.decode()
    assert Commitment.objects.get().version == draft.version


def test_whoever_only_reads_writes_nothing(client: Client, vera: User, draft: Commitment) -> None:
    client.force_login(vera)
    assert client.get(f"/desk/commitments/{draft.pk}/").status_code == 200
    for address in (step(draft, "what"), "/desk/commitments/new/"):
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    assert client.post(f"/desk/commitments/{draft.pk}/").status_code == 403
    assert client.post(f"/desk/commitments/{draft.pk}/withdraw/", {"why": "No."}).status_code == 403


@pytest.mark.parametrize("page", ["", "write/what/", "advice/", "report/", "withdraw/", "date/"])
def test_the_promises_of_others_are_nowhere(client: Client, charlie: User, draft: Commitment, page: str) -> None:
    client.force_login(charlie)
    for address in (f"/desk/commitments/{draft.pk}/{page}", f"/desk/commitments/{uuid4()}/{page}"):
        assert client.post(address, {"title": "Taken"}).status_code == 404
        if page != "advice/":
            assert client.get(address).status_code == 404
    assert Commitment.objects.get().title == "Train 40 teachers"


def test_what_is_sent_is_not_written_any_more(as_bob: Client, draft: Commitment) -> None:
    as_bob.post(f"/desk/commitments/{draft.pk}/")
    sent = {"version": version(), "title": "Other", "language": "en"}
    assert as_bob.post(step(draft, "what"), sent).headers["Location"] == f"/desk/commitments/{draft.pk}/"
    assert Commitment.objects.get().title == "Train 40 teachers"


def test_a_draft_is_deleted_and_what_was_sent_is_withdrawn_with_a_reason(
    client: Client, alice: User, draft: Commitment, house: Organization
) -> None:
    client.force_login(alice)
    client.post(f"/desk/commitments/{draft.pk}/", {"drop": "1"})
    assert not Commitment.objects.exists()
    published = CommitmentFactory(organization=house)
    address = f"/desk/commitments/{published.pk}/withdraw/"
    assert "This field is required." in client.post(address, {"why": " "}).content.decode()
    client.post(address, {"why": "The funder left."})
    assert Commitment.objects.get().state == "withdrawn"


def test_a_date_is_moved_with_a_reason(as_bob: Client, house: Organization) -> None:
    published = CommitmentFactory(organization=house, due_on="2030-01-01")
    address = f"/desk/commitments/{published.pk}/date/"
    late = as_bob.post(address, {"due_on": "2020-01-01", "why": "Late."}).content.decode()
    assert "This day has passed." in late
    as_bob.post(address, {"due_on": "2031-01-01", "why": "The school moved."})
    assert str(Commitment.objects.get().due_on) == "2031-01-01"


def test_partners_answer_once_and_for_themselves(client: Client, bob: User, charlie: User, house: Any) -> None:
    partner = PartnerFactory(organization=house, confirmed_at=None)
    address = f"/desk/commitments/partner/{partner.pk}/"
    client.force_login(charlie)
    assert client.post(address, {"yes": "1"}).status_code == 404
    client.force_login(bob)
    client.post(address, {"no": "1"})
    client.post(address, {"yes": "1"})
    partner.refresh_from_db()
    assert (partner.declined_at is not None, partner.confirmed_at) == (True, None)


def test_a_search_finds_only_organizations_that_i_may_see(as_bob: Client, draft: Commitment) -> None:
    OrganizationFactory(legal_name="Lantern House", appearance="hidden")
    OrganizationFactory(legal_name="Lantern Society", appearance="members_only")
    page = as_bob.post(step(draft, "links"), {"search": "partners", "partner": "lantern"}).content.decode()
    assert ("Lantern Society" in page, "Lantern House" in page) == (True, False)
    hidden = Organization.objects.get(legal_name="Lantern House")
    assert as_bob.post(step(draft, "links"), {"ask": hidden.pk, "version": draft.version}).status_code == 404


def test_somebody_who_acts_for_two_follows_a_link_to_the_right_one(as_bob: Client, bob: User) -> None:
    other = AffiliationFactory(person=bob, organization=OrganizationFactory(legal_name="Aaa"), role="editor")
    commitment = CommitmentFactory(organization=other.organization)
    assert as_bob.get(f"/desk/commitments/{commitment.pk}/").status_code == 200
