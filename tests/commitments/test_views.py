"""Pages of commitments: who sees what, and how promise, report and finding are told."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.models import Commitment, CommitmentPartner, Evidence
from commitments.services import request_changes, withdraw_commitment
from net4u.base.change import change
from organizations.models import Organization
from tests.factories import (
    CommitmentFactory,
    EvidenceFactory,
    MilestoneFactory,
    OrganizationFactory,
    OutputFactory,
    PartnerFactory,
    PillarFactory,
    ProvisionFactory,
    RecommendationFactory,
    SessionFactory,
    TerritoryFactory,
    UpdateFactory,
    VerificationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/commitments/C-2026-0001/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-03-31T10:00:00+00:00"):
        yield


def titles(client: Client, query: str = "") -> list[str]:
    return sorted(each.title for each in client.get(f"/commitments/{query}").context["object_list"])


def text_of(client: Client, address: str = ADDRESS) -> str:
    """What a reader reads, without tags, in one line."""
    html = client.get(address).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    inline = re.sub(r"</?(?:strong|a|b)\b[^>]*>", "", main)
    return re.sub(r"[ \n\N{NO-BREAK SPACE}]+", " ", re.sub(r"<[^>]+>", " ", inline))


# -- who sees what ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, ["open"]),
        ("charlie", ["house", "open"]),
        ("bob", ["house", "house draft", "open"]),
        ("sam", ["draft", "hidden", "house", "house draft", "open", "withdrawn"]),
    ],
)
def test_the_list_starts_from_what_its_reader_may_see(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None, seen: list[str]
) -> None:
    CommitmentFactory(title="open")
    CommitmentFactory(title="house", organization=house)
    CommitmentFactory(title="house draft", organization=house, state="draft", reference=None)
    CommitmentFactory(title="draft", state="submitted", reference=None)
    CommitmentFactory(title="withdrawn", state="withdrawn")
    CommitmentFactory(title="hidden", organization=OrganizationFactory(appearance="hidden"))
    if person:
        client.force_login(request.getfixturevalue(person))
    assert titles(client) == seen
    assert ("What is not here." in client.get("/commitments/").content.decode()) == (person is None)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "withdrawn"},
        {"state": "draft"},
        {"organization__appearance": "hidden"},
        {"organization__appearance": "members_only"},
        {"organization__state": "submitted"},
    ],
)
def test_hidden_and_missing_answer_alike(client: Client, sam: Any, fields: dict[str, str]) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001", title="Canary", **fields)
    missing = client.get("/commitments/C-2026-0002/")
    assert missing.status_code == 404
    for address in (ADDRESS, f"/commitments/{commitment.pk}/"):
        hidden = client.get(address)
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    client.force_login(sam)
    assert "Canary" in client.get(ADDRESS).content.decode()


def test_a_draft_is_read_under_its_id_by_its_own_people(client: Client, house: Organization, bob: Any) -> None:
    draft = CommitmentFactory(organization=house, state="draft", reference=None)
    address = f"/commitments/{draft.pk}/"
    assert draft.get_absolute_url() == address
    assert client.get(address).status_code == 404
    client.force_login(bob)
    page = client.get(address)
    assert page.status_code == 200
    assert '<span class="tag draft">Draft</span>' in page.content.decode()
    assert "Only the people of this organization and the secretariat see this page." in page.content.decode()
    assert "/api/v1/" not in page.content.decode()


def test_the_id_of_a_published_one_leads_to_its_reference(client: Client) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001")
    response = client.get(f"/commitments/{commitment.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, ADDRESS)
    assert f"/api/v1/commitments/{commitment.pk}/" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("key", ["c-2026-0001", "%00", "C-2026-0001%00", "None", "0" * 5000, "<b>", "%F0%9F%92%A3"])
def test_no_other_address_leads_there(client: Client, key: str) -> None:
    CommitmentFactory(reference="C-2026-0001")
    assert client.get(f"/commitments/{key}/").status_code == 404


def test_why_it_is_not_shown_is_told_to_its_own_people(client: Client, house: Organization, bob: Any, sam: Any) -> None:
    commitment = CommitmentFactory(organization=house, state="submitted", reference=None)
    request_changes(commitment=commitment, words="How is it <measured>?", by=sam)
    withdrawn = CommitmentFactory(organization=house)
    withdraw_commitment(commitment=withdrawn, why="The funding ended.", by=sam)
    client.force_login(bob)
    page = client.get(commitment.get_absolute_url()).content.decode()
    assert "“How is it &lt;measured&gt;?”" in page
    assert '<span class="tag changes_requested">Changes requested</span>' in page
    assert "“The funding ended.”" in client.get(withdrawn.get_absolute_url()).content.decode()


# -- lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    pillar = PillarFactory()
    for _ in range(item_count):
        commitment = VerificationFactory(commitment__organization__country=TerritoryFactory()).commitment
        with change(by=None, what="test.linked"):
            commitment.pillars.add(pillar)
    with django_assert_num_queries(7):
        client.get("/commitments/")


def test_an_unknown_parameter_is_told_and_ignored(client: Client) -> None:
    CommitmentFactory(title="open")
    assert titles(client, "?colour=red") == ["open"]
    page = client.get("/commitments/?colour=red").content.decode()
    assert "<strong>Not a filter of this list:</strong> colour. It was ignored." in page


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "No commitment is published yet." in client.get("/commitments/").content.decode()
    CommitmentFactory()
    assert "Nothing matches all of these filters." in client.get("/commitments/?q=nothing").content.decode()


def test_filters_beyond_the_bar_open_when_they_are_in_use(client: Client) -> None:
    closed, opened = (client.get(f"/commitments/{query}").content.decode() for query in ("", "?progress=completed"))
    assert '<details class="below" >' in closed
    assert '<details class="below" open>' in opened


@pytest.mark.parametrize(
    ("fields", "verified", "words"),
    [
        ({"due_on": date(2026, 3, 23)}, None, "Not yet assessed 8 days overdue"),
        ({"due_on": date(2026, 3, 30)}, None, "Not yet assessed 1 day overdue"),
        ({"due_on": date(2026, 3, 31)}, None, "Not yet assessed Due 31 March 2026 today"),
        ({"due_on": date(2026, 4, 30)}, "limited", "Limited Due 30 April 2026 in 30 days"),
        ({"due_on": date(2027, 1, 31)}, "no_evidence", "No evidence available Due 31 January 2027"),
        ({"due_on": date(2026, 1, 31), "progress": "completed"}, None, "Not yet assessed Reported as completed"),
        ({"due_on": date(2026, 1, 31)}, "complete", "Complete 28 February 2026"),
    ],
)
def test_a_row_says_what_was_found_and_which_date_matters(
    client: Client, fields: dict[str, Any], verified: str | None, words: str
) -> None:
    organization = OrganizationFactory(legal_name="Lantern", country=TerritoryFactory())
    commitment = CommitmentFactory(
        title="A guide", reference="C-2026-0001", organization=organization,
        completion=verified or "not_assessed", **fields,
    )  # fmt: skip
    if verified:
        VerificationFactory(commitment=commitment, completion=verified)
    assert f"A guide Lantern Italy C-2026-0001 {words} What is not here." in text_of(client, "/commitments/")


# -- one commitment -----------------------------------------------------------------------------------------


@change(by=None, what="test.made")
def full_commitment(item_count: int) -> Commitment:
    workshop, pillar = WorkshopFactory(), PillarFactory()
    commitment = CommitmentFactory(
        reference="C-2026-0001",
        organization__country=TerritoryFactory(),
        workshop=workshop,
        working_group=WorkingGroupFactory(workshop=workshop),
        output=OutputFactory(workshop=workshop),
    )
    for number in range(item_count):
        recommendation, provision = RecommendationFactory(), ProvisionFactory()
        with change(by=None, what="test.linked"):
            commitment.pillars.add(PillarFactory(), pillar)
            commitment.provisions.add(provision)
            commitment.answers.add(recommendation)
        MilestoneFactory(commitment=commitment)
        update = UpdateFactory(commitment=commitment)
        UpdateFactory(commitment=commitment, corrects=update)
        VerificationFactory(commitment=commitment, verified_on=date(2026, 2, number + 1))
        for audience in ("public", "members"):
            EvidenceFactory(commitment=commitment, update=update, audience=audience)
        PartnerFactory(commitment=commitment)
        PartnerFactory(commitment=commitment, organization__appearance="hidden")
    return commitment


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    full_commitment(item_count)
    with django_assert_num_queries(18):
        client.get(ADDRESS)


@pytest.mark.parametrize(
    ("fields", "found", "words"),
    [
        (
            {"baseline": 18, "target": 120, "unit": "houses", "value": 74, "progress": "in_progress"},
            {"completion": "substantial", "value": 71},
            (
                "From 18 to 120 houses, by 31 December 2027. 18 at the start 120 71 confirmed 3 more reported 46 to go "
                "In 640 days Two accounts Reported by the organization 74 of 120 houses, 55\N{NARROW NO-BREAK SPACE}% "
                "of the way In progress"
            ),
        ),
        (
            {"target": Decimal("1200.5"), "unit": "hours"},
            None,
            (
                "1,200.50 hours, by 31 December 2027. Nothing stated at the start 1,200.50 Nothing reported yet "
                "1,200.50 to go In 640 days Two accounts Reported by the organization Nothing reported yet "
                "The organization has sent no report so far."
            ),
        ),
        (
            {"baseline": 40, "target": 10, "unit": "days", "value": 22, "progress": "in_progress"},
            None,
            "From 40 to 10 days, by 31 December 2027. 40 at the start 10 22 reported 12 to go",
        ),
        (
            {"due_on": date(2026, 3, 30)},
            None,
            "By 30 March 2026. No number is set; what counts is what will be different. 1 day overdue Two accounts",
        ),
    ],
)
def test_value_and_target_in_words(
    client: Client, fields: dict[str, Any], found: dict[str, Any] | None, words: str
) -> None:
    completion = found["completion"] if found else "not_assessed"
    commitment = CommitmentFactory(reference="C-2026-0001", completion=completion, **fields)
    if found:
        VerificationFactory(commitment=commitment, **found)
    assert words in text_of(client)


def test_the_bar_is_drawn_with_attributes(client: Client) -> None:
    commitment = CommitmentFactory(
        reference="C-2026-0001", baseline=18, target=120, unit="houses", value=74, completion="substantial"
    )
    VerificationFactory(commitment=commitment, completion="substantial", value=71)
    page = client.get(ADDRESS).content.decode()
    assert '<rect class="confirmed" width="520" height="18" />' in page
    assert '<rect class="reported" x="520" width="29" height="18" />' in page
    assert "style=" not in page
    CommitmentFactory(reference="C-2026-0002")
    assert "<rect" not in client.get("/commitments/C-2026-0002/").content.decode()


def test_two_accounts_stand_side_by_side(client: Client) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001", progress="completed", completion="limited")
    UpdateFactory(commitment=commitment, reported_on=date(2026, 3, 1), progress="completed")
    VerificationFactory(commitment=commitment, completion="substantial", verified_on=date(2026, 3, 5), basis="Old.")
    VerificationFactory(commitment=commitment, completion="limited", verified_on=date(2026, 3, 5), basis="Files <b>.")
    text = text_of(client)
    assert "Reported by the organization Completed Report of 1 March 2026" in text
    assert "Found by the secretariat Limited Assessed on 5 March 2026 Basis: Files &lt;b&gt;." in text
    CommitmentFactory(reference="C-2026-0002")
    assert "Found by the secretariat Not yet assessed" in text_of(client, "/commitments/C-2026-0002/")


def test_steps_are_told_in_words(client: Client) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001")
    for title, due_on, done_on in (
        ("early", date(2026, 2, 28), date(2026, 2, 20)),
        ("late", date(2026, 3, 10), date(2026, 3, 22)),
        ("in time", date(2026, 3, 11), date(2026, 3, 11)),
        ("overdue", date(2026, 3, 23), None),
        ("coming", date(2026, 6, 16), None),
    ):
        MilestoneFactory(commitment=commitment, title=title, due_on=due_on, done_on=done_on)
    assert (
        "28 February 2026 early Reached 20 February 2026, 8 days early "
        "10 March 2026 late Reached 22 March 2026, 12 days late "
        "11 March 2026 in time Reached 11 March 2026, on the day "
        "23 March 2026 overdue 8 days overdue 31 March 2026 Today 16 June 2026 coming In 77 days"
    ) in text_of(client)
    assert "3 of 5 steps reached" in text_of(client)


def test_nothing_closed_is_late(client: Client) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001", completion="complete", due_on=date(2026, 3, 1))
    MilestoneFactory(commitment=commitment, title="open", due_on=date(2026, 2, 1))
    text = text_of(client)
    assert "1 February 2026 open Not reached when the commitment was closed" in text
    assert ("overdue" in text, "Today" in text) == (False, False)


def test_a_correction_names_the_old_report(client: Client) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001", target=120, unit="houses")
    old = UpdateFactory(commitment=commitment, value=30, text="Thirty.")
    new = UpdateFactory(commitment=commitment, value=31, text="Thirty-one.", corrects=old, next_step="a visit")
    last = UpdateFactory(commitment=commitment, reported_on=date(2026, 3, 1), text="Later.")
    response = client.get(ADDRESS)
    assert response.context["updates"] == [last, new, old]
    assert (
        "1 March 2026 In progress Later. "
        "31 January 2026 In progress: 31 of 120 Thirty-one. Next: a visit Corrects the report of 31 January 2026 (30) "
        "31 January 2026 In progress: 30 of 120 Thirty. Corrected by the report of 31 January 2026"
    ) in text_of(client)
    assert f'href="#report-{old.pk}"' in response.content.decode()


@pytest.mark.parametrize(
    ("person", "shown", "more"),
    [
        (None, ["public"], "3 more pieces are kept for others"),
        ("charlie", ["members", "partners", "public"], "1 more piece is kept for others"),
        ("bob", ["members", "partners", "public", "secretariat"], ""),
        ("sam", ["members", "partners", "public", "secretariat"], ""),
    ],
)
def test_evidence_is_shown_to_its_own_audience(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None, shown: list[str], more: str
) -> None:
    with change(by=None, what="test.opened"):
        Organization.objects.filter(pk=house.pk).update(
            appearance="name_and_country", appearance_consent=OrganizationFactory().appearance_consent
        )
    commitment = CommitmentFactory(reference="C-2026-0001", organization=house)
    for audience in ("public", "partners", "members", "secretariat"):
        EvidenceFactory(
            commitment=commitment, audience=audience, title=f"Shown to {audience}", url=f"https://{audience}.example/"
        )
    if person:
        client.force_login(request.getfixturevalue(person))
    page = client.get(ADDRESS).content.decode()
    assert sorted(set(re.findall(r"Shown to (\w+)", page))) == shown
    assert sorted(set(re.findall(r"https://(\w+)\.example/", page))) == shown
    assert ("kept for others" in page) == bool(more)
    assert more in page
    assert Evidence.objects.count() == 4


def test_partners_who_may_not_be_named_are_counted(client: Client, house: Organization, bob: Any) -> None:
    commitment = CommitmentFactory(reference="C-2026-0001", organization__legal_name="Lantern")
    PartnerFactory(commitment=commitment, organization__legal_name="Open Ledger")
    PartnerFactory(commitment=commitment, organization=house)
    PartnerFactory(commitment=commitment, organization__legal_name="Canary hidden", organization__appearance="hidden")
    PartnerFactory(commitment=commitment, organization__legal_name="Canary invited", confirmed_at=None)
    text = text_of(client)
    assert "Promised by Lantern, with Open Ledger (confirmed), and 2 more partners." in text
    assert "Canary" not in text
    client.force_login(bob)
    text = text_of(client)
    assert "Second House Cooperative (confirmed)" in text
    assert "and 1 more partner" in text
    assert CommitmentPartner.objects.count() == 4


def test_the_thread_leads_back_to_the_workshop_and_on_to_the_evidence(client: Client) -> None:
    commitment = full_commitment(1)
    thread = client.get(ADDRESS).context["thread"]
    assert [(knot.kind, list(knot.records), knot.shape) for knot in thread] == [
        ("Workshop", [commitment.workshop], ""),
        ("Working group", [commitment.working_group], ""),
        ("Output", [commitment.output], ""),
        ("Answers", list(commitment.answers.all()), ""),
        ("Commitment", [commitment], "here"),
        ("What became of it", [], "absent"),
    ]
    assert thread[-1].links == (
        ("0 of 1 steps reached", "#steps"),
        ("2 reports", "#reports"),
        ("1 piece of evidence", "#evidence"),
    )
    assert thread[-1].note == "Not yet assessed; open until 31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2027"


def test_the_thread_is_dashed_where_nothing_is_stated_and_silent_where_it_is_hidden(client: Client) -> None:
    workshop = WorkshopFactory()
    commitment = CommitmentFactory(
        reference="C-2026-0001", workshop=workshop, output=OutputFactory(workshop=workshop, text="Canary output")
    )
    canary = RecommendationFactory(text="Canary recommendation", workshop=WorkshopFactory(state="draft"))
    with change(by=None, what="test.linked"):
        commitment.answers.add(canary)
        workshop.state = "withdrawn"
        workshop.save()
    page = client.get(ADDRESS)
    assert [(knot.kind, knot.shape) for knot in page.context["thread"]] == [
        ("Working group", "gap"),
        ("Commitment", "here"),
        ("What became of it", "absent"),
    ]
    assert "Canary" not in page.content.decode()


def test_the_thread_starts_in_the_session_where_its_output_was_made(client: Client) -> None:
    workshop = WorkshopFactory()
    session = SessionFactory(workshop=workshop, title="Working groups")
    output = OutputFactory(workshop=workshop, session=session)
    commitment = CommitmentFactory(workshop=workshop, output=output)
    thread = client.get(commitment.get_absolute_url()).context["thread"]
    assert [(knot.kind, knot.records) for knot in thread[:2]] == [("Workshop", (workshop,)), ("Session", (session,))]
    assert session.get_absolute_url() in client.get(commitment.get_absolute_url()).content.decode()
