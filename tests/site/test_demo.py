"""The demonstration network, loaded once for the whole module on top of the public record."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client, TestCase
from pytest_django import DjangoDbBlocker

from commitments.models import Commitment, CommitmentPartner, Evidence, Milestone, ProgressUpdate, Verification
from commitments.services import submit_commitment
from net4u.base.change import change
from net4u.base.documents import check
from net4u.base.models import ChangeCounter, Document, JournalEntry, Reminder
from net4u.base.states import Editorial
from net4u.base.viewers import DOCUMENT_VIEWERS
from net4u.site.context import frame
from net4u.site.demo import network
from net4u.site.demo.network import LOADED, SEED, load_demonstration
from net4u.site.demo.people import ACCOUNTS, FILE
from net4u.site.demo.story import PLAY, Days, Story, read
from net4u.site.management.commands import serve
from net4u.site.public_record import load_public_record
from organizations.enums import Appearance, MembershipStatus
from organizations.models import Affiliation, Membership, Organization
from people.models import User
from recommendations.models import Answer, Assessment, Recommendation
from tests.factories import OrganizationFactory, UserFactory
from workshops.enums import Disclosure
from workshops.models import Contribution, Participation, Session, Workshop, WorkshopRole

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 14)
STORY = Story(SEED, TODAY)
#: What the first of two loads gave, and how the real documents were before it.
Kept = dict[str, Any]
MARKED = {"organization", "workshop", "recommendation", "declaration", "commitment"}


def texts(**only: Any) -> dict[tuple[str, str], str]:
    rows = Document.objects.filter(**only).values_list("object_id", "audience", "text")
    return {(str(pk), audience): text for pk, audience, text in rows}


def load(now: str) -> str:
    with time_machine.travel(now):
        return load_demonstration(seed=SEED, today=TODAY).accounts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("data")
    (path / FILE).write_text("from an earlier time, for everybody to read")
    (path / FILE).chmod(0o644)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", path)
        yield path


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder: Path) -> Iterator[Kept]:
    """Loaded twice, each time in a transaction of its own: the first is rolled back, the second stays for the tests."""
    kept: Kept = {}

    class First(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            load_public_record()
            load("2026-09-14T10:00:00+00:00")
            kept["first"] = texts()

    class Second(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            load_public_record()
            kept["real"] = texts()
            kept["accounts"] = load("2027-01-31T10:00:00+00:00")

    with django_db_blocker.unblock():
        for each in (First, Second):
            each.setUpClass()
            if each is First:
                each.tearDownClass()
                each.doClassCleanups()
    yield kept
    with django_db_blocker.unblock():
        Second.tearDownClass()
        Second.doClassCleanups()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-09-14T12:00:00+00:00"):
        yield


def invented(model: Any) -> Any:
    return model.objects.filter(is_demonstration=True)


def counted(rows: Any, field: str) -> dict[str, int]:
    return dict(Counter(rows.values_list(field, flat=True)))


# -- what is there ----------------------------------------------------------------------------------------------


def test_36_organizations_in_22_countries_in_every_state_and_appearance() -> None:
    organizations = invented(Organization)
    assert organizations.count() == 36
    assert organizations.values("country").distinct().count() == 22
    assert counted(organizations, "state") == {
        "published": 29, "submitted": 2, "draft": 2, "changes_requested": 1, "declined": 1, "withdrawn": 1,
    }  # fmt: skip
    published = organizations.filter(state=Editorial.PUBLISHED)
    assert counted(published, "appearance") == {
        "public": 20, "members_only": 4, "name_and_country": 3, "hidden": 2,
    }  # fmt: skip
    assert set(counted(organizations, "state")) == set(Editorial.values)
    assert set(counted(published, "appearance")) == set(Appearance.values)
    assert counted(organizations, "kind") == {"civil_society": 31, "academia": 3, "private_sector": 2}
    assert set(counted(organizations, "civil_society_kind")) == {
        "", "ngo", "community_group", "labour_union", "charitable_organization", "faith_based_organization",
        "professional_association", "foundation",
    }  # fmt: skip
    assert organizations.filter(sharing_consent__isnull=False).count() == 10


def test_memberships_in_every_status_one_of_those_who_consider_said_so_in_public() -> None:
    memberships = Membership.objects.filter(organization__is_demonstration=True)
    assert counted(memberships, "status") == {
        "member": 20, "observer": 2, "applied": 2, "considering": 2, "declined": 1, "suspended": 1, "left": 1,
    }  # fmt: skip
    assert set(counted(memberships, "status")) == set(MembershipStatus.values)
    considering = memberships.filter(status="considering")
    assert [considering.filter(consent__isnull=each).count() for each in (True, False)] == [1, 1]


def test_60_commitments_of_all_horizons_in_every_state() -> None:
    commitments = invented(Commitment)
    published = commitments.filter(state=Editorial.PUBLISHED)
    assert Commitment.objects.count() == commitments.count() == 60
    assert counted(commitments, "state") == {
        "published": 46, "draft": 4, "submitted": 4, "changes_requested": 2, "declined": 2, "withdrawn": 2,
    }  # fmt: skip
    assert counted(commitments, "horizon") == {"short": 25, "medium": 24, "long": 11}
    assert counted(published, "progress") == {
        "in_progress": 21, "completed": 11, "not_reported": 9, "not_started": 5,
    }  # fmt: skip
    assert counted(published, "completion") == {
        "not_assessed": 25, "complete": 7, "substantial": 5, "limited": 5, "no_evidence": 2, "not_started": 2,
    }  # fmt: skip
    assert Commitment.objects.overdue(TODAY).count() == 6
    assert published.values("organization").distinct().count() == 29


def test_their_milestones_reports_evidence_and_partners() -> None:
    steps = Milestone.objects.all()
    late = [each for each in steps if each.done_on and each.done_on > each.due_on]
    early = [each for each in steps if each.done_on and each.done_on <= each.due_on]
    assert (steps.count(), len(early), len(late)) == (118, 28, 34)
    assert Milestone.objects.overdue(TODAY).count() == 5
    assert ProgressUpdate.objects.count() == 69
    assert ProgressUpdate.objects.filter(corrects__isnull=False).count() == 2
    assert counted(Evidence.objects, "audience") == {"public": 32, "members": 6, "secretariat": 5, "partners": 4}
    partners = CommitmentPartner.objects
    answers = Counter((bool(each.confirmed_at), bool(each.declined_at)) for each in partners.all())
    assert answers == {(True, False): 29, (False, True): 3, (False, False): 7}
    assert counted(Verification.objects, "completion") == {
        "complete": 7, "limited": 6, "substantial": 5, "not_started": 2, "no_evidence": 2,
    }  # fmt: skip


def test_workshops_of_its_own_one_session_of_them_under_the_chatham_house_rule() -> None:
    workshops = invented(Workshop)
    assert counted(workshops, "state") == {"published": 3, "draft": 1}
    told = Session.objects.filter(workshop__in=workshops.filter(state=Editorial.PUBLISHED))
    assert counted(told, "disclosure") == {Disclosure.ON_RECORD: 10, Disclosure.CHATHAM_HOUSE: 1}
    assert counted(invented(Recommendation), "state") == {"published": 8, "draft": 1, "withdrawn": 1}
    follow_up = STORY.named(Workshop, "demonstration-follow-up")
    groups = [[pillar.code for pillar in group.pillars.all()] for group in follow_up.working_groups.all()]
    assert groups == [["p1"], ["p2"], ["p3"], ["p4"], ["p5"], ["p6"]]


def test_the_whole_thread_can_be_walked() -> None:
    commitment = STORY.named(Commitment, "register")
    (recommendation,) = commitment.answers.all()
    output = recommendation.output
    assert output == commitment.output
    assert output.working_group == commitment.working_group == recommendation.working_group
    assert output.session == output.working_group.session == recommendation.session
    assert output.session.workshop == commitment.workshop
    assert commitment.milestones.filter(done_on__isnull=False).count() == 3
    assert [each.value for each in commitment.updates.all()] == [18, 30, 31, 60, 74]
    assert commitment.evidence.count() == 5
    with_all = invented(Commitment).filter(output__recommendations__in=invented(Recommendation))
    assert with_all.distinct().count() == 21


def test_reminders_are_planned_for_what_is_open() -> None:
    planned = Reminder.objects.filter(state=Reminder.State.PLANNED)
    open_ones = {
        *Commitment.objects.open().values_list("pk", flat=True),
        *Milestone.objects.open().values_list("pk", flat=True),
    }
    assert set(planned.values_list("object_id", flat=True)) <= open_ones
    assert planned.count() > 100


def test_who_reports_works_there_and_who_verifies_does_not() -> None:
    for update in ProgressUpdate.objects.select_related("author", "commitment__organization"):
        role = update.author.affiliations.get(organization=update.commitment.organization).role
        assert role in {"admin", "editor"}
    verifiers = User.objects.filter(verifications__isnull=False).distinct()
    assert set(verifiers.values_list("email", flat=True)) == {"sam@example.org", "ada@example.org"}
    assert not Affiliation.objects.filter(person__in=verifiers).exists()


def test_a_reviewer_s_words_are_in_the_journal() -> None:
    words = {str(entry.object_id): entry.why for entry in JournalEntry.objects.exclude(why="").exclude(what=LOADED)}
    wanted = {
        str(STORY.id(model, facts[key])): facts["words"]
        for model, key, rows in (
            (Commitment, "key", read("commitments")),
            (Organization, "slug", read("organizations")),
            (Recommendation, "key", read("workshops")["recommendations"]),
        )
        for facts in rows
        if "words" in facts
    }
    assert words == wanted
    assert len(words) == 10


# -- the same again ---------------------------------------------------------------------------------------------


def test_the_same_seed_and_day_give_the_same_documents_whenever_it_is_loaded(loaded: Kept) -> None:
    """The second load was four months after the first one; demonstration and public record are compared whole."""
    ids = {str(pk) for pk in Document.objects.filter(kind="commitment").values_list("object_id", flat=True)}
    assert len(ids) >= 39
    known = {key: text for key, text in loaded["first"].items() if 'is_demonstration":true' in text}
    again = {key: text for key, text in texts().items() if 'is_demonstration":true' in text}
    assert len(known) == len(again) > 100
    assert known == again
    parts = {str(each.pk) for each in Session.objects.filter(workshop__is_demonstration=True)}
    assert {key: text for key, text in loaded["first"].items() if key[0] in parts} == {
        key: text for key, text in texts().items() if key[0] in parts
    }


def test_another_seed_gives_other_ids_and_days() -> None:
    other = Story(SEED + 1, TODAY)
    assert other.id(Commitment, "register") != STORY.id(Commitment, "register")
    keys = [facts["key"] for facts in read("commitments")]
    assert [other.days(key).moved for key in keys] != [STORY.days(key).moved for key in keys]


def written() -> tuple[int, int, int]:
    return ChangeCounter.objects.get().value, JournalEntry.objects.count(), User.objects.count()


def test_a_second_run_changes_nothing_and_says_so(folder: Path) -> None:
    before, file, out = written(), (folder / FILE).read_text(), StringIO()
    call_command("seed_demo", today=TODAY, stdout=out)
    assert (written(), (folder / FILE).read_text()) == (before, file)
    assert out.getvalue() == (
        f"The demonstration network is there already; nothing was changed.\nIts accounts: {folder / FILE}.\n"
    )


def test_what_an_interrupted_run_left_undone_is_done_and_what_somebody_did_meanwhile_stays() -> None:
    undone, answered = STORY.named(Commitment, "shame"), STORY.named(Commitment, "twelve-schools")
    submit_commitment(commitment=answered, by=User.objects.get(email="bob@example.org"))
    with change(by=None, what="test"):
        undone.state = Editorial.SUBMITTED
        undone.save()
    JournalEntry.objects.filter(object_id=undone.pk).exclude(what=LOADED).delete()
    out = StringIO()
    call_command("seed_demo", today=TODAY, stdout=out)
    assert out.getvalue() == "The demonstration network was there. Decisions that were missing and are made now: 1.\n"
    states = Commitment.objects.filter(pk__in=[undone.pk, answered.pk]).values_list("pk", "state")
    assert dict(states) == {undone.pk: Editorial.CHANGES_REQUESTED, answered.pk: Editorial.SUBMITTED}


def test_without_the_public_record_or_in_the_future_it_says_what_to_do() -> None:
    JournalEntry.objects.all().delete()
    with pytest.raises(CommandError) as refused:
        call_command("seed_demo", today=TODAY)
    assert str(refused.value) == (
        "ada@example.org has an account already. The demonstration needs this address for itself."
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "HOME", "nowhere")
        with pytest.raises(CommandError) as refused:
            call_command("seed_demo", today=TODAY)
    assert str(refused.value) == "The public record is not loaded yet: run manage.py prepare first."
    with pytest.raises(CommandError) as refused:
        call_command("seed_demo", today=TODAY + timedelta(days=1))
    assert str(refused.value) == "The demonstration tells what happened: --today cannot be in the future."


# -- days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moved", range(-PLAY, PLAY + 1))
def test_on_every_day_of_a_year_the_data_tell_a_possible_story(moved: int) -> None:
    """Steps lie between start and end, what was reached is past, reports follow each other."""
    commitments = read("commitments")
    for number in range(366):
        today = date(2026, 1, 1) + timedelta(days=number)
        days = Days(today, moved)
        for facts in commitments:
            key, start, due = facts["key"], days.start(facts["start"]), days.due(facts["due"])
            assert start < due, key
            assert (due < today) is (facts["due"] < 0), key
            for _title, step, delay in facts["milestones"]:
                assert start <= days.due(step) <= due, key
                if delay is not None:
                    assert start <= days.reached(days.due(step), delay) <= today, key
            told = [days.on(each["on"]) for each in facts.get("updates", [])]
            assert all(first < second for first, second in pairwise(told)), key
            past = [days.on(each["on"]) for each in facts.get("verifications", [])] + told
            assert all(start <= day < today for day in past), key


# -- nothing real, nothing hidden -------------------------------------------------------------------------------


def test_no_document_differs_from_what_would_be_written_now() -> None:
    assert list(check()) == []


def test_the_real_record_is_word_for_word_what_it_was(loaded: Kept) -> None:
    now = texts()
    assert {key: now[key] for key in loaded["real"]} == loaded["real"]


def test_what_is_invented_is_marked_and_nothing_else_is(loaded: Kept) -> None:
    for row in Document.objects.filter(kind__in=MARKED).exclude(text=""):
        is_real = (str(row.object_id), row.audience) in loaded["real"]
        assert json.loads(row.text)["is_demonstration"] is not is_real


def test_no_real_organization_is_put_into_an_invented_role() -> None:
    real = Organization.objects.filter(is_demonstration=False)
    assert real.count() == 14
    assert not Commitment.objects.filter(organization__in=real).exists()
    assert not CommitmentPartner.objects.filter(organization__in=real).exists()
    assert [each.status for each in Membership.objects.filter(organization__in=real)] == ["considering"]
    for model in (WorkshopRole, Participation, Contribution):
        assert not model.objects.filter(workshop__is_demonstration=True, organization__in=real).exists()
        assert not model.objects.filter(workshop__is_demonstration=False, organization__is_demonstration=True).exists()
    assert not Commitment.objects.filter(workshop__is_demonstration=False).exists()
    assert not Recommendation.objects.filter(is_demonstration=True, workshop__is_demonstration=False).exists()
    assert not Affiliation.objects.filter(organization__in=real).exists()


def test_answers_and_findings_of_every_kind_are_invented_ones_alone() -> None:
    for model, field in ((Answer, "kind"), (Assessment, "level")):
        assert not model.objects.exclude(recommendation__is_demonstration=True).exists()
        assert not model.objects.filter(organization__is_demonstration=False).exists()
        assert len(counted(model.objects, field)) > 2
    assert counted(Answer.objects, "kind") == {"none": 1, "partly": 1, "accepted": 2, "noted": 2, "rejected": 1}
    assert all("invented" in each.named_as for each in Answer.objects.filter(organization=None))


def test_every_address_is_under_example_org() -> None:
    invented_texts = [text for key, text in texts().items() if 'is_demonstration":true' in text]
    hosts = set(re.findall(r'https?://([^/"\s]+)', "".join(invented_texts))) - {"localhost:8000"}
    hosts |= {re.sub("https?://", "", each).split("/")[0] for each in Evidence.objects.values_list("url", flat=True)}
    assert len(hosts) > 20
    assert {host for host in hosts if not host.endswith(".example.org")} == set()
    emails = User.objects.values_list("email", flat=True)
    assert len(emails) == 42
    assert {email for email in emails if not email.endswith("@example.org")} == set()
    assert "@" not in "".join(invented_texts)


def secrets() -> dict[str, list[str]]:
    """Words that must not be in any document, by the reason."""
    organizations, commitments = invented(Organization), invented(Commitment)
    out = organizations.exclude(state=Editorial.PUBLISHED) | organizations.filter(appearance__in=["hidden"])
    members = organizations.filter(state=Editorial.PUBLISHED, appearance="members_only", sharing_consent=None)
    whose = commitments.filter(organization__in=out | members)
    rest = commitments.exclude(state=Editorial.PUBLISHED)
    follow_up = STORY.named(Workshop, "demonstration-follow-up")
    chatham = follow_up.contributions.filter(session__disclosure=Disclosure.CHATHAM_HOUSE)
    drafts = invented(Workshop).exclude(state=Editorial.PUBLISHED)
    return {
        "organizations": [str(each) for each in out | members],
        "profiles": [each.mission for each in organizations.exclude(appearance="public") if each.mission
                     and each.sharing_consent_id is None],
        "commitments": [each.title for each in whose | rest],
        "evidence": [each.title for each in Evidence.objects.exclude(audience__in=["public", "partners"])],
        "chatham house": [each.reported for each in chatham],
        "no consent": [each.person_name for each in follow_up.contributions.filter(consent=None)],
        "drafts": [each.title for each in drafts],
        "recommendations": [each.text for each in invented(Recommendation).exclude(state=Editorial.PUBLISHED)],
        "people": list(User.objects.exclude(name__in=TOLD).values_list("name", flat=True)),
    }  # fmt: skip


#: Whose own consent shows their name in the follow-up workshop, outside the session under the Chatham House Rule.
TOLD = ["Zofia Bench", "Vuk Marker", "Orla Reed"]


@pytest.mark.parametrize("audience", sorted(DOCUMENT_VIEWERS))
def test_nothing_hidden_is_in_a_document(audience: str) -> None:
    everything = "".join(Document.objects.filter(audience=audience).values_list("text", flat=True))
    for reason, words in secrets().items():
        assert words, reason
        for word in words:
            assert json.dumps(word, ensure_ascii=False)[1:-1] not in everything, (reason, word)
    assert all(name in everything for name in TOLD)
    partners_only = [each.title for each in Evidence.objects.filter(audience="partners")]
    assert {title in everything for title in partners_only} == {audience == "partners"}
    assert ("Bridge Keepers" in everything) is (audience == "partners")


# -- accounts ---------------------------------------------------------------------------------------------------


def test_one_account_for_each_role_with_one_random_password_kept_for_this_user_alone(
    loaded: Kept, folder: Path
) -> None:
    path = folder / FILE
    assert path.read_text() == loaded["accounts"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    head, *lines = loaded["accounts"].splitlines()
    password = head.removeprefix("Accounts of the demonstration, all with the password ")
    assert len(password) == 16
    assert [line.split()[0] for line in lines] == [account.email for account in ACCOUNTS]
    for account in ACCOUNTS:
        person = authenticate(None, username=account.email, password=password)
        assert person is not None, account
        assert EmailAddress.objects.get(user=person).verified
    others = User.objects.exclude(email__in=[account.email for account in ACCOUNTS])
    assert others.count() == 34
    assert not any(person.has_usable_password() for person in others)


def test_the_roles_are_what_the_list_says() -> None:
    def roles(name: str) -> list[str]:
        person = User.objects.get(email=f"{name}@example.org")
        current = Affiliation.objects.current(on=TODAY).filter(person=person)
        return [f"{each.role} of {each.organization.slug}" for each in current]

    house, signal = "second-house-cooperative", "clear-signal-institute"
    assert {account.key: roles(account.key) for account in ACCOUNTS} == {
        "alice": [f"admin of {house}"], "bob": [f"editor of {house}"], "vera": [f"viewer of {house}"], "frank": [],
        "charlie": [f"admin of {signal}"], "nora": [], "sam": [], "ada": [],
    }  # fmt: skip
    frank = User.objects.get(email="frank@example.org")
    assert frank.affiliations.filter(until__lt=TODAY).count() == frank.affiliations.count() == 1
    assert counted(User.objects, "secretariat_role") == {"none": 40, "curator": 1, "administrator": 1}


# -- pages ------------------------------------------------------------------------------------------------------

BAR = "What is marked Demo is invented."
TAG = '<span class="tag demo"'


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/organizations/second-house-cooperative/", True),
        ("/organizations/libera/", False),
        ("/workshops/demonstration-follow-up/", True),
        ("/workshops/demonstration-follow-up/groups/p4/", True),
        ("/workshops/rome-2025/", False),
        ("/recommendations/R-2020-0001/", None),
        ("/workshops/", True),
        ("/networks/net4u-europe/", True),
        ("/nothing/here/", False),
    ],
)
def test_every_page_has_the_bar_and_what_is_invented_the_mark(client: Client, address: str, marks: bool | None) -> None:
    page = client.get(address).content.decode()
    assert BAR in page
    assert marks is None or (TAG in page) is marks


def test_lists_mark_each_invented_row_and_no_other(client: Client) -> None:
    page = client.get("/organizations/?country=IT").content.decode()
    rows = re.findall(r'<li class="list-row">.*?</li>', page, re.DOTALL)
    marked = {re.findall(r"/organizations/([\w-]+)/", row)[0]: TAG in row for row in rows}
    assert marked == {
        "lantern-association": True, "libera": False, "paper-trail-reporters": True, "second-house-cooperative": True,
        "tide-table-research-centre": True,
        # registered elsewhere, active there
        "common-ground-legal-aid": True, "harbour-womens-network": True, "two-shores-network": True,
    }  # fmt: skip


def test_the_latest_workshop_on_the_first_page_is_a_real_one(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "/workshops/rome-2025/" in page
    assert "/workshops/demonstration-follow-up/" not in page


def test_the_bar_goes_with_the_last_invented_record(client: Client) -> None:
    assert frame().has_demonstration
    with change(by=None, what="test"):
        for model in (Commitment, Recommendation, Workshop, Organization):
            invented(model).update(is_demonstration=False)
    assert not frame().has_demonstration
    assert BAR not in client.get("/workshops/").content.decode()
    OrganizationFactory(is_demonstration=True, state="draft")
    assert BAR in client.get("/workshops/").content.decode()


# -- the first start --------------------------------------------------------------------------------------------


def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that `make run` calls before it starts anything."""
    called: list[str] = []
    monkeypatch.setattr(serve, "call_command", lambda name, **_: called.append(name))
    monkeypatch.setattr(serve, "bindings", lambda port: [])
    monkeypatch.setattr(serve, "run_together", lambda commands: None)
    serve.Command(stdout=StringIO()).handle()
    return called


def forget_everything() -> None:
    with change(by=None, what="test"):
        User.objects.all().delete()
    JournalEntry.objects.all().delete()


@pytest.mark.parametrize(
    ("values", "called"),
    [
        ({}, ["prepare", "seed_demo"]),
        ({"DEMO": False}, ["prepare"]),
        ({"LOOPBACK": False}, ["prepare"]),
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_the_first_start_loads_it_unless_told_not_to(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, bool], called: list[str], again: bool
) -> None:
    for name, value in {"DEMO": True, "LOOPBACK": True, **values}.items():
        monkeypatch.setattr(settings, name, value)
    if not again:
        forget_everything()
    assert started(monkeypatch) == called


def test_an_office_that_has_accounts_already_gets_no_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)
    forget_everything()
    UserFactory()
    assert started(monkeypatch) == ["prepare"]


def test_some_profiles_were_confirmed_and_none_tomorrow() -> None:
    days = Organization.objects.filter(confirmed_on__isnull=False).values_list("confirmed_on", "is_demonstration")
    assert len(days) == 8
    assert all(day < TODAY and invented for day, invented in days)
