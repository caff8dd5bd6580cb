"""Pages of workshops: one record to read, told as its sources tell it and as far as its reader may know."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from net4u.base.change import change
from tests.factories import (
    CommitmentFactory,
    ContributionFactory,
    DeclarationFactory,
    DifferenceFactory,
    FigureFactory,
    NetworkFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    PillarFactory,
    RecommendationFactory,
    ResourceFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    StatementFactory,
    TerritoryFactory,
    WorkingGroupFactory,
    WorkshopFactory,
    WorkshopNameFactory,
)
from workshops.models import Workshop
from workshops.views import by_year

pytestmark = pytest.mark.django_db

ADDRESS = "/workshops/rome/"


def slugs(client: Client, query: str = "") -> list[str]:
    return [each.slug for each in client.get(f"/workshops/{query}").context["object_list"]]


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for _ in range(item_count):
        WorkshopFactory(part_of=WorkshopFactory(), network=NetworkFactory(), country=TerritoryFactory())
    with django_assert_num_queries(6):
        client.get("/workshops/")


@change(by=None, what="test.made")
def full_workshop(item_count: int) -> Workshop:
    workshop, source, pillar = (
        WorkshopFactory(slug="rome", source=SourceFactory()),
        SourceFactory(),
        PillarFactory(),
    )
    for _ in range(item_count):
        session = SessionFactory(workshop=workshop, day=1, source=source)
        group = WorkingGroupFactory(workshop=workshop, session=session, source=source)
        output = OutputFactory(workshop=workshop, working_group=group, session=session, source=source)
        resource = ResourceFactory()
        with change(by=None, what="test.linked"):
            session.pillars.add(pillar)
            group.pillars.add(pillar)
            resource.workshops.add(workshop)
        for factory in (FigureFactory, RoleFactory, ParticipationFactory, WorkshopNameFactory):
            factory(workshop=workshop, source=source)
        organization = OrganizationFactory()
        ContributionFactory(workshop=workshop, session=session, organization=organization, source=source)
        ContributionFactory(workshop=workshop, organization=organization, source=source)
        RecommendationFactory(workshop=workshop, output=output, working_group=group)
        commitment = CommitmentFactory(
            workshop=workshop, output=output, working_group=group, organization__country=TerritoryFactory()
        )
        with change(by=None, what="test.linked"):
            commitment.pillars.add(pillar)
        DeclarationFactory(launched_at=workshop)
        StatementFactory(difference=DifferenceFactory(workshop=workshop))
        WorkshopFactory(part_of=workshop, country=TerritoryFactory(), network=NetworkFactory())
    return workshop


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    full_workshop(item_count)
    with django_assert_num_queries(30):
        client.get(ADDRESS)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_of_resources_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for _ in range(item_count):
        resource, session, pillar = ResourceFactory(), SessionFactory(), PillarFactory()
        with change(by=None, what="test.linked"):
            resource.workshops.add(session.workshop)
            resource.sessions.add(session)
            resource.pillars.add(pillar)
    with django_assert_num_queries(8):
        client.get("/resources/")


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_of_a_group_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    workshop = WorkshopFactory(slug="rome")
    group = WorkingGroupFactory(workshop=workshop, code="g1", session=SessionFactory(workshop=workshop))
    for _ in range(item_count):
        output = OutputFactory(workshop=workshop, working_group=group, source=SourceFactory())
        RecommendationFactory(workshop=workshop, working_group=group, output=output)
        CommitmentFactory(workshop=workshop, working_group=group, organization__country=TerritoryFactory())
    with django_assert_num_queries(8):
        client.get("/workshops/rome/groups/g1/")


@time_machine.travel("2026-05-01T12:00:00+00:00")
def test_the_list_has_what_is_coming_first_and_what_has_no_date_last(client: Client) -> None:
    WorkshopFactory(slug="undated", starts_on=None, date_precision="unknown")
    WorkshopFactory(slug="old", starts_on="2019-10-10")
    WorkshopFactory(slug="new", starts_on="2025-11-19")
    WorkshopFactory(slug="far", starts_on="2027-02-03")
    WorkshopFactory(slug="next", starts_on="2026-05-31")
    WorkshopFactory(slug="some-day-in-june", starts_on="2026-06-01", date_precision="month")
    response = client.get("/workshops/")
    page = response.content.decode()
    assert slugs(client) == ["next", "some-day-in-june", "far", "new", "old", "undated"]
    assert [year for year, _rows in response.context["years"]] == ["Coming up", "2025", "2019", "Date not stated"]
    assert [("in 30 days" in page), ("in 278 days" in page), ("in 31 days" in page)] == [True, True, False]


@time_machine.travel("2026-05-01T12:00:00+00:00")
@pytest.mark.parametrize(
    ("starts_on", "precision", "days"),
    [
        ("2026-05-31", "day", 30),
        ("2026-06-01", "month", None),
        ("2026-05-01", "day", None),
        ("2025-11-19", "day", None),
        (None, "unknown", None),
    ],
)
def test_the_days_until_it_begins_are_counted_where_the_day_is_known(
    client: Client, starts_on: str | None, precision: str, days: int | None
) -> None:
    WorkshopFactory(slug="rome", starts_on=starts_on, date_precision=precision)
    assert client.get(ADDRESS).context["days_left"] == days


def test_rows_stand_under_their_year() -> None:
    undated = WorkshopFactory(starts_on=None, date_precision="unknown")
    coming, today = WorkshopFactory(starts_on=date(2026, 5, 2)), WorkshopFactory(starts_on=date(2026, 5, 1))
    past = WorkshopFactory(starts_on=date(2025, 11, 19))
    assert by_year([coming, today, past, undated], on=date(2026, 5, 1)) == [
        ("Coming up", [coming]),
        ("2026", [today]),
        ("2025", [past]),
        ("Date not stated", [undated]),
    ]


def test_filters_stand_in_the_address(client: Client) -> None:
    WorkshopFactory(
        slug="rome",
        title="Workshop in Rome",
        kind="training",
        network=NetworkFactory(),
        country=TerritoryFactory(),
        starts_on="2024-11-19",
    )
    WorkshopFactory(slug="other", title="Elsewhere")
    queries = ["q=rome+workshop", "kind=training", "network=net4u-europe", "country=IT", "year=2024"]
    assert {query: slugs(client, f"?{query}") for query in queries} == {query: ["rome"] for query in queries}


@pytest.mark.parametrize("year", ["x", "0", "99999999999999999999", "2025.5"])
def test_a_wrong_year_is_told(client: Client, year: str) -> None:
    response = client.get("/workshops/", {"year": year})
    assert (response.status_code, list(response.context["filter"].errors)) == (200, ["year"])


@pytest.mark.parametrize("page", ["2", "0", "x", "99999999999999999999"])
def test_there_is_no_such_page(client: Client, page: str) -> None:
    WorkshopFactory()
    assert client.get("/workshops/", {"page": page}).status_code == 404


def test_the_next_page_keeps_the_filters(client: Client) -> None:
    WorkshopFactory.create_batch(26)
    page = client.get("/workshops/?year=2025").content.decode()
    assert "1\N{EN DASH}25 of 26" in page
    assert 'href="?year=2025&amp;page=2"' in page


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"disclosure": "off_record"}])
def test_hidden_and_missing_answer_alike(client: Client, sam: Any, fields: dict[str, str]) -> None:
    workshop = WorkshopFactory(slug="rome", title="Canary", **fields)
    WorkingGroupFactory(workshop=workshop, code="g1")
    for address, missing in [(ADDRESS, "/workshops/none/"), (f"{ADDRESS}groups/g1/", f"{ADDRESS}groups/g2/")]:
        hidden = client.get(address)
        assert (hidden.status_code, hidden.content) == (404, client.get(missing).content)
    assert slugs(client) == []
    client.force_login(sam)
    assert client.get(ADDRESS).status_code == 200


def test_the_agenda_keeps_days_and_numbers_as_the_source_gives_them(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", starts_on="2025-11-19", ends_on="2025-11-21")
    loose = SessionFactory(workshop=workshop, order=1)
    second = SessionFactory(workshop=workshop, order=3, day=2, number=None)
    first = SessionFactory(workshop=workshop, order=2, day=1, number=1)
    agenda = client.get(ADDRESS).context["agenda"]
    assert agenda == [
        (1, date(2025, 11, 19), [first]),
        (2, date(2025, 11, 20), [second]),
        (None, None, [loose]),
    ]


def test_a_date_known_to_the_month_gives_the_days_no_date(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", starts_on="2025-11-01", date_precision="month")
    session = SessionFactory(workshop=workshop, day=1)
    assert client.get(ADDRESS).context["agenda"] == [(1, None, [session])]


def test_sources_that_differ_stand_side_by_side(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", source=SourceFactory(published_on="2025-12-03"))
    other = SourceFactory(published_on="2025-12-01")
    first = RoleFactory(workshop=workshop, role="co_organizer", source=workshop.source)
    second = RoleFactory(workshop=workshop, role="convener", source=other)
    response = client.get(ADDRESS)
    assert response.context["roles"] == [
        (workshop.source, {"co-organized by": [first]}),
        (other, {"convened by": [second]}),
    ]
    assert list(response.context["letters"]) == [("A", workshop.source), ("B", other)]
    assert "do not choose between them" in response.content.decode()


def test_what_sources_tell_differently_stands_side_by_side_in_the_order_of_the_page(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", source=SourceFactory(publisher="The Alliance"))
    other = SourceFactory(publisher="SecurityWomen")
    created = DifferenceFactory(workshop=workshop, order=2, question="What was created")
    subjects = DifferenceFactory(workshop=workshop, order=1, question="Its subjects")
    five = StatementFactory(difference=subjects, source=other, quote="five critical fronts", note="Two are one.")
    six = StatementFactory(difference=subjects, source=workshop.source, quote="six thematic pillars")
    network = StatementFactory(difference=created, source=other, quote="the establishment of a network")
    StatementFactory(difference=DifferenceFactory(question="Canary"))
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert response.context["differences"] == (
        [workshop.source, other],
        [
            (subjects, [(workshop.source, six), (other, five)]),
            (created, [(workshop.source, None), (other, network)]),
        ],
    )
    assert list(response.context["letters"]) == [("A", workshop.source), ("B", other)]
    assert 'href="#differ"' in page
    assert '<td data-source="SecurityWomen">' in page
    assert "“five critical fronts”" in page
    assert "Canary" not in page


def test_without_differences_nothing_is_said_of_them(client: Client) -> None:
    WorkshopFactory(slug="rome")
    page = client.get(ADDRESS).content.decode()
    assert "Where the sources differ" not in page
    assert 'href="#thread"' in page


def test_the_line_of_jumps_leads_to_what_is_there(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", source=SourceFactory())
    SessionFactory(workshop=workshop)
    page = client.get(ADDRESS).content.decode()
    jumps = re.findall(r'<a href="(#[a-z]+)">', page.partition('<div class="jump">')[2].partition("</nav>")[0])
    assert jumps == ["#agenda", "#thread", "#sources"]
    assert all(f'id="{each[1:]}"' in page for each in jumps)
    assert f'href="/api/v1/workshops/{workshop.pk}/"' in page


def test_the_record_tells_the_day_of_its_last_change_and_not_who_made_it(client: Client, sam: Any) -> None:
    with time_machine.travel("2026-01-12T12:00:00+00:00"):
        workshop = WorkshopFactory(slug="rome")
    with time_machine.travel("2026-02-03T12:00:00+00:00"):
        hidden = SessionFactory(workshop=workshop, disclosure="off_record")
    assert client.get(ADDRESS).context["changed_on"] == date(2026, 1, 12)
    with time_machine.travel("2026-03-04T12:00:00+00:00"), change(by=sam, what="test", why="Canary"):
        hidden.disclosure = "on_record"
        hidden.save()
    page = client.get(ADDRESS).content.decode()
    assert "This record was last changed on 4\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026." in page
    assert "Canary" not in page


def test_outputs_that_no_source_puts_into_a_group_are_said_to_be_of_all(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    group, words = WorkingGroupFactory(workshop=workshop, method="Silent writing"), "We leave that open."
    OutputFactory(workshop=workshop)
    page = client.get(ADDRESS).content.decode()
    assert words in page
    assert "Method: <span>Silent writing</span>." in page
    OutputFactory(workshop=workshop, working_group=group)
    assert words not in client.get(ADDRESS).content.decode()


def test_who_may_not_be_shown_is_counted(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    shown = RoleFactory(workshop=workshop)
    RoleFactory(workshop=workshop, organization=OrganizationFactory(appearance="hidden", legal_name="Canary"))
    ParticipationFactory.create_batch(2, workshop=workshop, attribution="anonymous")
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert response.context["roles"] == [(None, {"convened by": [shown]})]
    assert "And 1 more role that is not shown." in page
    assert "And 2 more organizations that are not shown." in page
    assert "Canary" not in page


def test_under_the_chatham_house_rule_no_name_is_shown(client: Client, sam: Any) -> None:
    workshop, source = WorkshopFactory(slug="rome"), SourceFactory()
    session = SessionFactory(workshop=workshop, disclosure="chatham_house")
    ContributionFactory(workshop=workshop, session=session, person_name="Canary Person", source=source)
    ContributionFactory(workshop=workshop, person_name="Open Person", source=source)
    page = client.get(ADDRESS).content.decode()
    assert "Held under the Chatham House Rule: no names are shown." in page
    assert ("Open Person" in page, "Canary Person" in page) == (True, False)
    client.force_login(sam)
    page = client.get(ADDRESS).content.decode()
    assert "You see them because you work for the secretariat." in page
    assert "Canary Person" in page


def test_a_session_off_the_record_does_not_appear(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    session = SessionFactory(workshop=workshop, title="Canary session", disclosure="off_record")
    OutputFactory(workshop=workshop, session=session, text="Canary output")
    RecommendationFactory(workshop=workshop, session=session, text="Canary recommendation")
    response = client.get(ADDRESS)
    assert "Canary" not in response.content.decode()
    assert response.status_code == 200


def test_a_figure_keeps_qualifier_wording_and_source(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    FigureFactory(
        workshop=workshop,
        unit="experts",
        value=40,
        qualifier="more_than",
        wording="more than 40 experts",
        read_with_care=True,
        note="Staff included.",
    )
    FigureFactory(workshop=workshop, unit="representatives", value=4)
    page = client.get(ADDRESS).content.decode()
    for words in (
        "more than 40</span>",
        "“more than 40 experts”",
        'href="#source-a"',
        "read with care",
        "Staff included.",
    ):
        assert words in page
    assert "representatives" not in page


def test_outputs_lead_to_the_recommendations_that_came_of_them(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    output = OutputFactory(workshop=workshop)
    OutputFactory(workshop=workshop, kind="finding")
    followed = RecommendationFactory(workshop=workshop, output=output)
    RecommendationFactory(workshop=workshop, output=output, state="draft", reference=None)
    context = client.get(ADDRESS).context
    assert context["recommendations"] == [followed]
    assert context["recommendations_of"] == {output.pk: [followed]}
    assert list(context["outputs"]) == ["Proposal", "Finding"]


def test_groups_and_outputs_count_what_followed_of_them(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    group, output = WorkingGroupFactory(workshop=workshop, code="g1"), OutputFactory(workshop=workshop)
    shown = CommitmentFactory(workshop=workshop, working_group=group, output=output)
    hidden = OrganizationFactory(appearance="hidden")
    CommitmentFactory(workshop=workshop, working_group=group, output=output, organization=hidden, title="Canary")
    response = client.get(ADDRESS)
    page = response.content.decode()
    assert response.context["commitments"] == ([shown], 1)
    assert response.context["commitments_of"] == {output.pk: 1}
    assert response.context["commitments_of_group"] == {group.pk: 1}
    for query in (f"working_group={group.pk}", f"output={output.pk}"):
        assert f'href="/commitments/?{query}"' in page
        assert list(client.get(f"/commitments/?{query}").context["object_list"]) == [shown]
    assert "Canary" not in page


def test_the_thread_of_a_workshop_has_one_knot_for_each_kind(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    SessionFactory.create_batch(4, workshop=workshop)
    output = OutputFactory(workshop=workshop)
    assert thread(client, ADDRESS) == [
        ("Workshop", [workshop], (), "here"),
        ("Sessions", [], (("4 sessions", "#agenda"),), ""),
        ("Output", [output], (), ""),
        ("What became of it", [], (), "absent"),
    ]
    recommendation, commitment = RecommendationFactory(workshop=workshop), CommitmentFactory(workshop=workshop)
    assert thread(client, ADDRESS)[3:] == [
        ("Recommendation", [recommendation], (), ""),
        ("Commitment", [commitment], (), ""),
    ]


def test_the_thread_of_a_group_leads_both_ways(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    group = WorkingGroupFactory(workshop=workshop, code="g1")
    output = OutputFactory(workshop=workshop, working_group=group)
    CommitmentFactory(working_group=group, workshop=workshop, title="Canary", state="withdrawn")
    address = "/workshops/rome/groups/g1/"
    before = [("Workshop", [workshop], (), ""), ("Session", [], (), "gap"), ("Working group", [group], (), "here")]
    before.append(("Output", [output], (), ""))
    assert thread(client, address) == [*before, ("What became of it", [], (), "absent")]
    assert "Nothing recorded yet." in client.get(address).content.decode()
    commitment = CommitmentFactory(working_group=group, workshop=workshop)
    assert thread(client, address) == [*before, ("Commitment", [commitment], (), "")]
    assert "Canary" not in client.get(address).content.decode()


def thread(client: Client, address: str) -> list[tuple[str, list[Any], Any, str]]:
    knots = client.get(address).context["thread"]
    return [(knot.kind, list(knot.records), knot.links, knot.shape) for knot in knots]


def test_the_thread_leads_to_the_whole_chain(client: Client) -> None:
    group = WorkingGroupFactory(workshop=WorkshopFactory(slug="rome"), code="g1")
    for address, whole in [
        (ADDRESS, "/workshops/rome/thread/"),
        (f"{ADDRESS}groups/g1/", f"/workshops/rome/thread/#{group.pk}"),
    ]:
        assert f'<a href="{whole}">The whole chain</a>' in client.get(address).content.decode()
    assert f'id="{group.pk}"' in client.get("/workshops/rome/thread/").content.decode()


def test_parts_and_the_whole_lead_to_each_other(client: Client) -> None:
    whole = WorkshopFactory(slug="rome", title="The whole")
    WorkshopFactory(slug="part", title="The part", part_of=whole)
    WorkshopFactory(title="Canary part", part_of=whole, state="draft")
    page = client.get(ADDRESS).content.decode()
    assert 'href="/workshops/part/"' in page
    assert "Canary" not in page
    assert f'<a href="{ADDRESS}">The whole</a>' in client.get("/workshops/part/").content.decode()


def test_a_group_shows_what_came_out_of_it(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    group = WorkingGroupFactory(workshop=workshop, code="g1", name="Group on assets")
    page = client.get("/workshops/rome/groups/g1/").content.decode()
    assert "The sources do not say what this group put forward." in page
    output = OutputFactory(workshop=workshop, working_group=group, text="An output of the group")
    RecommendationFactory(workshop=workshop, working_group=group, text="Canary", state="draft", reference=None)
    page = client.get("/workshops/rome/groups/g1/").content.decode()
    assert f'<a href="{output.get_absolute_url()}">An output of the group</a>' in page
    assert "Canary" not in page


def test_filters_of_resources_stand_in_the_address(client: Client) -> None:
    pillar, workshop = PillarFactory(code="p4"), WorkshopFactory(slug="rome")
    found = ResourceFactory(kind="guide", title="A guide", acronym="GD", summary="How to begin")
    with change(by=None, what="test.linked"):
        found.pillars.add(pillar)
        found.workshops.add(workshop, WorkshopFactory())
    ResourceFactory()
    queries = ["q=guide", "q=gd", "q=begin", "kind=guide", "pillar=p4", "workshop=rome"]
    lists = {query: list(client.get(f"/resources/?{query}").context["object_list"]) for query in queries}
    assert lists == {query: [found] for query in queries}


def test_a_resource_is_an_anchor_and_says_what_is_missing(client: Client) -> None:
    resource = ResourceFactory(slug="saf", title="SAF training", kind="training", parts_announced=5)
    with change(by=None, what="test.linked"):
        resource.workshops.add(WorkshopFactory(title="Canary", state="draft"))
    ResourceFactory(slug="kit", parts_announced=2)
    assert "2 parts are announced; the source does not name them." in client.get("/resources/").content.decode()
    page = client.get("/resources/?kind=training").content.decode()
    assert 'id="saf"' in page
    assert "5 modules are announced, their names are not given." in page
    assert ("Canary" in page, 'id="kit"' in page) == (False, False)
