"""The desk on which the secretariat writes a workshop's record."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from net4u.base import regular
from net4u.base.change import change
from net4u.base.models import Document, JournalEntry
from net4u.base.viewers import PUBLIC
from people.models import Consent, User
from tests.factories import (
    CommitmentFactory,
    ContributionFactory,
    FigureFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    PillarFactory,
    RecommendationFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)  # fmt: skip
from vocabulary.models import Source
from workshops.models import Correction, Output, Session, Workshop
from workshops.services import capture_outputs, move_session, schedule_workshop
from workshops.services.outputs import lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Workshop:
    workshop: Workshop = WorkshopFactory(
        slug="genoa", title="Harbour days", state="draft", starts_on="2026-03-02", ends_on="2026-03-04",
        time_zone="Europe/Rome",
    )  # fmt: skip
    return workshop


def at(workshop: Workshop, path: str = "") -> str:
    return f"/secretariat/workshops/{workshop.pk}/{path}"


def agenda(workshop: Workshop) -> list[tuple[int | None, str]]:
    return list(workshop.sessions.order_by("order").values_list("day", "title"))


def session_form(**given: Any) -> dict[str, Any]:
    return {"title_en": "Opening", "day": "1", "format": "plenary", "disclosure": "on_record"} | given


# -- beginning ----------------------------------------------------------------------------------------------


def test_a_workshop_is_begun_with_a_title_and_seen_by_nobody_else(as_sam: Client) -> None:
    sent = {"title_en": "Harbour days", "kind": "training", "disclosure": "on_record", "place": "Genoa",
            "starts_on": "2026-03-02", "ends_on": "2026-03-04"}  # fmt: skip
    response = as_sam.post("/secretariat/workshops/new/", sent, follow=True)
    workshop = Workshop.objects.get()
    assert response.redirect_chain[-1][0] == at(workshop)
    assert (workshop.slug, workshop.state, workshop.date_precision) == ("genoa-2026", "draft", "day")
    assert "Only the secretariat sees it" in response.content.decode()
    assert Client().get("/workshops/genoa-2026/").status_code == 404
    as_sam.post("/secretariat/workshops/new/", sent)
    assert set(Workshop.objects.values_list("slug", flat=True)) == {"genoa-2026", "genoa-2026-2"}


def test_the_record_is_in_english_whatever_the_language_of_the_page(as_sam: Client) -> None:
    as_sam.post("/it/secretariat/workshops/new/", {"title_en": "Days", "kind": "training", "disclosure": "on_record"})
    assert (Workshop.objects.get().title_en, Workshop.objects.get().title_it) == ("Days", None)


def test_it_can_begin_with_the_agenda_of_an_earlier_one_without_what_was_said(as_sam: Client, draft: Workshop) -> None:
    session = SessionFactory(workshop=draft, order=1, day=2, title="Working groups", summary="Said in confidence.")
    ContributionFactory(workshop=draft, session=session)
    as_sam.post(
        "/secretariat/workshops/new/",
        {"title_en": "Next year", "kind": "training", "disclosure": "chatham_house", "like": draft.pk},
    )
    copy = Workshop.objects.get(title="Next year").sessions.get()
    assert (copy.day, copy.title, copy.summary, copy.disclosure) == (2, "Working groups", "", "chatham_house")
    assert not copy.contributions.exists()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(as_sam: Client) -> None:
    sent = {"title_en": "", "kind": "training", "disclosure": "on_record", "place": "Genoa", "time_zone": "Mars"}
    response = as_sam.post("/secretariat/workshops/new/", sent)
    errors = response.context["form"].errors
    assert set(errors) == {"title_en", "time_zone"}
    assert 'value="Genoa"' in response.content.decode()
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(as_sam: Client, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        SessionFactory(workshop=WorkshopFactory(state="draft"))
        SessionFactory(workshop=WorkshopFactory())
    with django_assert_num_queries(7):
        as_sam.get("/secretariat/workshops/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_workspace_asks_the_same_number_of_queries(
    as_sam: Client, draft: Workshop, django_assert_num_queries: Any, number: int
) -> None:
    for order in range(1, number + 1):
        session = SessionFactory(workshop=draft, order=order, day=order, source=SourceFactory())
        group = WorkingGroupFactory(workshop=draft, session=session)
        output = OutputFactory(workshop=draft, order=order, working_group=group, source=SourceFactory())
        RecommendationFactory(output=output, workshop=draft)
        CommitmentFactory(output=output, workshop=draft)
        RoleFactory(workshop=draft)
        FigureFactory(workshop=draft)
        ParticipationFactory(workshop=draft)
        ContributionFactory(workshop=draft, session=session, organization=OrganizationFactory())
    with django_assert_num_queries(24):
        as_sam.get(at(draft))


# -- the agenda ---------------------------------------------------------------------------------------------


def test_sessions_are_added_to_their_day_in_whatever_order_they_are_written(as_sam: Client, draft: Workshop) -> None:
    for day, title in (("2", "Second"), ("1", "First"), ("3", "Third"), ("1", "First again")):
        response = as_sam.post(at(draft, f"sessions/new/?day={day}"), session_form(day=day, title_en=title))
        assert response.status_code == 302, response.context["form"].errors
    assert agenda(draft) == [(1, "First"), (1, "First again"), (2, "Second"), (3, "Third")]


def test_a_session_is_moved_within_its_day_and_into_the_next_one(draft: Workshop, sam: User) -> None:
    one, two = (
        SessionFactory(workshop=draft, order=1, day=1, title="A"),
        SessionFactory(workshop=draft, order=2, day=1, title="B"),
    )
    move_session(session=two, up=True, by=sam)
    assert agenda(draft) == [(1, "B"), (1, "A")]
    for day in (2, 3, 3):  # from the last day it goes nowhere
        move_session(session=one, up=False, by=sam)
        assert agenda(draft) == [(1, "B"), (day, "A")]
    for day in (2, 1):
        move_session(session=one, up=True, by=sam)
        assert agenda(draft) == [(1, "B"), (day, "A")]
    move_session(session=two, up=True, by=sam)
    assert agenda(draft)[0] == (1, "B")


def test_a_session_may_end_after_midnight(as_sam: Client, draft: Workshop) -> None:
    sent = session_form(starts_at="22:30", ends_at="00:30")
    assert as_sam.post(at(draft, "sessions/new/"), sent).status_code == 302
    assert Session.objects.get().ends_next_day
    response = as_sam.post(at(draft, "sessions/new/"), session_form(starts_at="10:00", ends_at="10:00"))
    assert "both at the same time" in str(response.context["form"].errors)
    response = as_sam.post(at(draft, "sessions/new/"), session_form(ends_at="10:00"))
    assert "an end and no beginning" in str(response.context["form"].errors)


def test_the_form_of_a_session_stands_in_its_place_and_a_second_curator_loses_nothing(
    as_sam: Client, draft: Workshop, ada: User
) -> None:
    session = SessionFactory(workshop=draft, order=1, day=1, title="Opening")
    page = as_sam.get(at(draft, f"sessions/{session.pk}/")).content.decode()
    assert page.index("Day 1") < page.index('id="edit"') < page.index("Day 2")
    read = str(session.version)
    other = Client()
    other.force_login(ada)
    assert (
        other.post(at(draft, f"sessions/{session.pk}/"), session_form(title_en="Welcome", version=read)).status_code
        == 302
    )
    late = as_sam.post(at(draft, f"sessions/{session.pk}/"), session_form(title_en="Opening words", version=read))
    assert late.status_code == 409
    content = late.content.decode()
    assert "Somebody else changed this while you wrote." in content
    assert 'value="Opening words"' in content
    assert "Welcome" in content
    assert Session.objects.get().title == "Welcome"


def test_the_banner_says_what_the_rule_hides(as_sam: Client, draft: Workshop) -> None:
    session = SessionFactory(workshop=draft, order=1, day=1, disclosure="chatham_house")
    assert "hidden everywhere" in as_sam.get(at(draft, f"sessions/{session.pk}/")).content.decode()
    open_one = SessionFactory(workshop=draft, order=2, day=1)
    assert "hidden everywhere" not in as_sam.get(at(draft, f"sessions/{open_one.pk}/")).content.decode()


def test_a_part_is_removed_and_the_journal_keeps_it(as_sam: Client, draft: Workshop) -> None:
    session = SessionFactory(workshop=draft, order=1, day=1, title="Opening")
    as_sam.post(at(draft, f"sessions/{session.pk}/"), {"remove": "1"})
    assert not Session.objects.exists()
    entry = JournalEntry.objects.get(object_id=session.pk, verb="deleted")
    assert entry.diff["title"] == ["Opening", None]


# -- outputs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One thing", ["One thing"]),
        ("- One\n• Two\n3. Three\nd) Four\n\n   \n* Five", ["One", "Two", "Three", "Four", "Five"]),
        ("A whole-of-society  approach", ["A whole-of-society approach"]),
        ("2025 was a year", ["2025 was a year"]),
        ("", []),
    ],
)
def test_a_pasted_list_is_its_lines(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_lines_become_rows_once(as_sam: Client, draft: Workshop) -> None:
    group = WorkingGroupFactory(workshop=draft, session=SessionFactory(workshop=draft, order=1))
    source = SourceFactory()
    sent = {"kind": "proposal", "text": "- Train\n- Teach\n- Train", "working_group": group.pk, "source": source.pk}
    page = as_sam.post(at(draft, "capture/"), sent, follow=True).content.decode()
    assert "2 outputs added." in page
    again = as_sam.post(at(draft, "capture/"), sent, follow=True).content.decode()
    assert "these lines are here already" in again
    rows = Output.objects.order_by("order")
    assert [(row.text, row.kind, row.working_group, row.source, row.session) for row in rows] == [
        (text, "proposal", group, source, group.session) for text in ("Train", "Teach")
    ]
    assert as_sam.get(at(draft)).context["capture"].initial["working_group"] == group.pk


def test_an_empty_line_is_told_and_what_was_chosen_stays(as_sam: Client, draft: Workshop) -> None:
    response = as_sam.post(at(draft, "capture/"), {"kind": "mechanism", "text": " "})
    form = response.context["capture"]
    assert "text" in form.errors
    assert form["kind"].value() == "mechanism"


def test_outputs_change_places(as_sam: Client, draft: Workshop) -> None:
    first, second = (OutputFactory(workshop=draft, order=order, text=str(order)) for order in (1, 2))
    as_sam.post(at(draft, f"outputs/{second.pk}/move/"), {"up": "1"})
    as_sam.post(at(draft, f"outputs/{second.pk}/move/"), {"up": "1"})
    assert list(Output.objects.order_by("order").values_list("text", flat=True)) == ["2", "1"]
    as_sam.post(at(draft, f"outputs/{first.pk}/move/"), {"down": "1"})
    assert list(Output.objects.order_by("order").values_list("text", flat=True)) == ["2", "1"]


def test_an_output_becomes_a_recommendation_and_a_commitment_with_its_thread(as_sam: Client, draft: Workshop) -> None:
    pillar, source = PillarFactory(), SourceFactory()
    output = OutputFactory(workshop=draft, order=1, text="Train teachers.", pillar=pillar, source=source)
    form = as_sam.get(f"/secretariat/outputs/{output.pk}/recommendation/").context["form"]
    assert (form["text"].value(), form["made_in"].value()) == ("Train teachers.", 2026)
    sent = {"text": "Train teachers.", "language": "en", "made_in": "2026", "source": source.pk,
            "pillars": [pillar.pk], "addressees": ["all_states", "media"], "inferred": "on"}  # fmt: skip
    assert as_sam.post(f"/secretariat/outputs/{output.pk}/recommendation/", sent).status_code == 302
    recommendation = output.recommendations.get()
    assert (recommendation.workshop, recommendation.state) == (draft, "draft")
    assert {(each.kind, each.inferred) for each in recommendation.addressees.all()} == {
        ("all_states", True), ("media", True),
    }  # fmt: skip
    house = OrganizationFactory()
    with time_machine.travel(datetime(2026, 3, 5, tzinfo=UTC)):
        as_sam.force_login(User.objects.get(email="sam@example.org"))
        promised = {"organization": house.pk, "title": "Train 40 teachers", "due_on": "2026-12-01", "language": "en"}
        for _ in range(2):  # a double click begins one draft
            assert as_sam.post(f"/secretariat/outputs/{output.pk}/commitment/", promised).status_code == 302
    as_sam.force_login(User.objects.get(email="sam@example.org"))
    commitment = output.commitments.get()
    assert (commitment.organization, commitment.workshop, commitment.state) == (house, draft, "draft")
    page = as_sam.get(at(draft)).content.decode()
    assert "Recommendation (draft)" in page
    assert "Commitment (draft)" in page


# -- other parts --------------------------------------------------------------------------------------------


PART_FORMS: dict[str, dict[str, Any]] = {
    "groups": {"code": "a", "name": "Group A"},
    "roles": {"role": "host"},
    "participants": {"attribution": "anonymous"},
    "figures": {"qualifier": "about", "value": "40", "unit": "participants"},
    "people": {"kind": "spoke", "person_name": "Ana Example"},
    "names": {"name": "The harbour meeting"},
    "outputs": {"kind": "finding", "text": "It works."},
}


@pytest.mark.parametrize("kind", PART_FORMS)
def test_each_part_is_written_and_changed(as_sam: Client, draft: Workshop, kind: str) -> None:
    sent = PART_FORMS[kind] | {"organization": OrganizationFactory().pk, "source": SourceFactory().pk}
    response = as_sam.post(at(draft, f"{kind}/new/"), sent)
    assert response.status_code == 302, response.context["form"].errors
    relation = {"groups": "working_groups", "participants": "participations", "people": "contributions"}.get(kind, kind)
    row = getattr(draft, relation).get()
    page = as_sam.get(at(draft, f"{kind}/{row.pk}/"))
    assert page.status_code == 200
    assert as_sam.post(at(draft, f"{kind}/{row.pk}/"), {"remove": "1"}).status_code == 302
    assert not getattr(draft, relation).exists()


def test_rows_of_one_source_are_written_one_after_the_other(as_sam: Client, draft: Workshop) -> None:
    source = SourceFactory()
    sent = {"organization": OrganizationFactory().pk, "role": "host", "source": source.pk, "another": "1"}
    response = as_sam.post(at(draft, "roles/new/"), sent)
    assert response["Location"] == f"{at(draft, 'roles/new/')}?source={source.pk}"
    assert as_sam.get(response["Location"]).context["form"].initial["source"] == source.pk
    assert as_sam.get(at(draft, "roles/new/?source=nonsense")).context["form"].initial["source"] == draft.source_id
    people = as_sam.get(at(draft, f"people/new/?source={source.pk}")).context["form"]
    assert people.initial["source"] is None, "a source publishes a name: it is chosen by hand"


def test_a_name_without_a_source_is_shown_while_the_person_agrees(as_sam: Client, client: Client) -> None:
    workshop = WorkshopFactory()
    said = {"kind": "spoke", "person_name": "Ana Example", "correction": "A name."}
    as_sam.post(at(workshop, "people/new/"), said | {"agreed": "on"})
    row = workshop.contributions.get()

    def shown() -> bool:
        return "Ana Example" in Client().get(workshop.get_absolute_url()).content.decode()

    assert shown()
    assert as_sam.get(at(workshop, f"people/{row.pk}/")).context["form"].initial["agreed"]
    assert as_sam.post(at(workshop, f"people/{row.pk}/"), said | {"version": row.version}).status_code == 302
    assert not shown()
    consent = Consent.objects.get(subject_id=row.pk)
    assert (consent.purpose, consent.withdrawn_at is None) == ("name_in_record", False)


def test_a_part_of_another_workshop_is_not_written_here(as_sam: Client, draft: Workshop) -> None:
    elsewhere = OutputFactory(workshop=WorkshopFactory())
    for address in (f"outputs/{elsewhere.pk}/", f"outputs/{elsewhere.pk}/move/", "nonsense/new/"):
        assert as_sam.post(at(draft, address), {"up": "1"}).status_code == 404
    group = WorkingGroupFactory(workshop=elsewhere.workshop)
    sent = {"kind": "proposal", "text": "Mine", "working_group": group.pk}
    assert "working_group" in as_sam.post(at(draft, "capture/"), sent).context["capture"].errors


def test_a_source_is_added_once_and_then_chosen(as_sam: Client, draft: Workshop) -> None:
    sent = {"publisher": "Harbour Press", "title": "What was said", "url": "https://press.example/said"}
    response = as_sam.post(at(draft, "sources/new/"), sent)
    source = Source.objects.get(publisher="Harbour Press")
    assert source.slug == "harbour-press-what-was-said"
    assert f"source={source.pk}" in response["Location"]
    assert as_sam.get(response["Location"]).context["capture"].initial["source"] == str(source.pk)


# -- publishing ---------------------------------------------------------------------------------------------


def test_the_check_says_what_is_missing_and_where_to_mend_it(as_sam: Client, draft: Workshop) -> None:
    session = SessionFactory(workshop=draft, order=1, day=1, title="Opening")
    ContributionFactory(workshop=draft, session=session, source=None)
    checks = {check.words: check for check in as_sam.get(at(draft, "publish/")).context["checks"]}
    assert checks["Session without a pillar: Opening"].address == at(draft, f"sessions/{session.pk}/")
    assert not checks["1 name has neither source nor consent: it is not shown"].is_fine
    assert checks["At least one session"].is_fine
    assert any("is missing in" in words and "français" in words.lower() for words in checks)


def test_the_table_says_who_will_see_what_and_nothing_is_published_by_looking(as_sam: Client, draft: Workshop) -> None:
    SessionFactory(workshop=draft, order=1)
    SessionFactory(workshop=draft, order=2, disclosure="off_record")
    rows = {row.words: row for row in as_sam.get(at(draft, "publish/")).context["shown"]}
    assert (rows["Sessions"].total, rows["Sessions"].seen) == (2, [1, 1, 1])
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("draft", None)
    assert not Document.objects.filter(object_id=draft.pk).exists()
    assert not Workshop.objects.visible_to(PUBLIC).exists()


def test_a_draft_is_looked_at_as_others_will_see_it(as_sam: Client, draft: Workshop) -> None:
    open_one = SessionFactory(workshop=draft, order=1, day=1, title="Open words")
    ContributionFactory(workshop=draft, session=open_one, person_name="Ana Example", source=SourceFactory())
    closed = SessionFactory(workshop=draft, order=2, day=1, title="Closed words", disclosure="chatham_house")
    ContributionFactory(workshop=draft, session=closed, person_name="Ben Example", source=SourceFactory())
    page = as_sam.get(at(draft, "preview/public/")).content.decode()
    assert "You see this as everybody would." in page
    assert "Ana Example" in page
    assert "Ben Example" not in page
    assert "Sign in" in page
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert as_sam.get(at(draft, "preview/secretariat/")).status_code == 404


def test_what_is_off_the_record_has_no_preview(as_sam: Client, draft: Workshop) -> None:
    with change(by=None, what="test"):
        draft.disclosure = "off_record"
        draft.save()
    page = as_sam.get(at(draft, "preview/public/"), follow=True).content.decode()
    assert "Nobody outside the secretariat sees this" in page


def test_it_is_published_once(as_sam: Client, draft: Workshop) -> None:
    assert "Everybody can read it now." in as_sam.post(at(draft, "publish/"), follow=True).content.decode()
    assert Client().get("/workshops/genoa/").status_code == 200
    assert "It cannot become" in as_sam.post(at(draft, "publish/"), follow=True).content.decode()


def test_it_is_published_by_itself_on_the_clock_of_its_zone(as_sam: Client, draft: Workshop, sam: User) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        as_sam.force_login(sam)
        late = as_sam.post(at(draft, "publish/"), {"schedule": "1", "at": "2026-03-01T12:59"})
        assert "This time is over." in str(late.context["form"].errors)
        as_sam.post(at(draft, "publish/"), {"schedule": "1", "at": "2026-03-05T09:00"})
    draft.refresh_from_db()
    assert draft.publish_at == datetime(2026, 3, 5, 8, tzinfo=UTC)
    regular.do_all(datetime(2026, 3, 5, 7, 59, tzinfo=UTC))
    assert not Workshop.objects.visible_to(PUBLIC).exists()
    for _ in range(2):
        regular.do_all(datetime(2026, 3, 5, 8, tzinfo=UTC))
    stored = Workshop.objects.get()
    assert (stored.state, stored.publish_at) == ("published", None)


def test_a_schedule_is_taken_back(as_sam: Client, draft: Workshop, sam: User) -> None:
    schedule_workshop(workshop=draft, at=timezone.now() + timezone.timedelta(days=1), by=sam)
    as_sam.post(at(draft, "publish/"), {"unschedule": "1"})
    stored = Workshop.objects.get()
    assert (stored.state, stored.publish_at) == ("draft", None)


# -- after publishing ---------------------------------------------------------------------------------------


def test_a_correction_needs_a_sentence_that_readers_see(as_sam: Client) -> None:
    workshop = WorkshopFactory(slug="genoa", starts_on="2026-03-02")
    session = SessionFactory(workshop=workshop, order=1, day=1, title="Oppening")
    sent = session_form(title_en="Opening", version=str(session.version))
    refused = as_sam.post(at(workshop, f"sessions/{session.pk}/"), sent)
    assert "correction" in refused.context["form"].errors
    as_sam.post(at(workshop, f"sessions/{session.pk}/"), sent | {"correction": "The title was misspelt."})
    assert "The title was misspelt." in Client().get("/workshops/genoa/").content.decode()
    text = Document.objects.get(object_id=workshop.pk, audience="public").text
    assert "The title was misspelt." in text


def test_quick_changes_of_a_published_record_leave_one_note_a_day(sam: User) -> None:
    workshop = WorkshopFactory(starts_on="2026-03-02", ends_on="2026-03-04")
    session = SessionFactory(workshop=workshop, order=1, day=1)
    for _ in range(2):
        move_session(session=session, up=False, by=sam)
    capture_outputs(workshop=workshop, text="One", kind="proposal", by=sam)
    assert set(Correction.objects.values_list("kind", flat=True)) == {"agenda", "outputs"}
    assert Correction.objects.count() == 2
    assert Correction.objects.first().made_on == timezone.localdate()


def test_a_draft_is_changed_without_notes(sam: User, draft: Workshop) -> None:
    move_session(session=SessionFactory(workshop=draft, order=1, day=1), up=False, by=sam)
    assert not Correction.objects.exists()


# -- who may ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [None, "alice", "charlie"])
def test_nobody_else_gets_in_or_writes(
    client: Client, request: pytest.FixtureRequest, draft: Workshop, person: str | None
) -> None:
    output = OutputFactory(workshop=draft)
    if person:
        client.force_login(request.getfixturevalue(person))
    for address in ("", "publish/", "capture/", "sessions/new/", "outputs/new/", "preview/public/", "sources/new/"):
        response = client.get(at(draft, address))
        assert response.status_code == (403 if person else 302), address
        assert "Harbour days" not in response.content.decode()
        assert client.post(at(draft, address), {"kind": "proposal", "text": "Mine"}).status_code in {302, 403}
    for kind in ("recommendation", "commitment"):
        assert client.get(f"/secretariat/outputs/{output.pk}/{kind}/").status_code in {302, 403}
    draft.refresh_from_db()
    assert (draft.state, draft.outputs.count()) == ("draft", 1)


def test_services_ask_for_the_right(alice: User, draft: Workshop) -> None:
    with pytest.raises(PermissionDenied):
        capture_outputs(workshop=draft, text="Mine", kind="proposal", by=alice)
    with pytest.raises(PermissionDenied):
        schedule_workshop(workshop=draft, at=None, by=alice)
    with pytest.raises(ValidationError):
        schedule_workshop(workshop=WorkshopFactory(), at=None, by=None)


def test_a_session_past_midnight_ends_on_the_next_day_in_the_calendar() -> None:
    workshop = WorkshopFactory(slug="genoa", starts_on=date(2026, 3, 28), time_zone="Europe/Rome")
    # In the night in which the clocks go forward.
    SessionFactory(workshop=workshop, order=1, day=1, starts_at=time(23, 30), ends_at=time(3, 30))
    text = Client().get("/workshops/genoa/calendar.ics").content.decode()
    assert "DTSTART;TZID=Europe/Rome:20260328T233000" in text
    assert "DTEND;TZID=Europe/Rome:20260329T033000" in text
