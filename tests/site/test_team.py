"""Who is of the secretariat: roles, second factors, and who may change them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from net4u.base.models import JournalEntry, OutboxMessage
from people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/secretariat/settings/team/"


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def nora(db: None) -> User:
    """Has an account with a proved address, and nothing else."""
    person: User = UserFactory(email="nora@example.org", name="Nora")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def role_of(person: User) -> str:
    return User.objects.get(pk=person.pk).secretariat_role


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("bob", 403), ("charlie", 403), ("sam", 200), ("ada", 200)]
)
def test_curators_look_and_administrators_change(
    client: Client, request: pytest.FixtureRequest, nora: User, person: str | None, status: int
) -> None:
    rita = UserFactory(email="rita@example.org", secretariat_role="curator")
    if person:
        client.force_login(request.getfixturevalue(person))
    page = client.get(PAGE)
    assert (page.status_code, "rita@example.org" in page.content.decode()) == (status, status == 200)
    assert ("<select" in page.content.decode()) == (person == "ada")
    for sent in ({"person": rita.pk, "role": "administrator"}, {"email": nora.email, "role": "administrator"}):
        assert client.post(PAGE, sent).status_code == (302 if person in {None, "ada"} else 403)
    after = "administrator" if person == "ada" else "curator"
    assert (role_of(rita), role_of(nora)) == (after, "administrator" if person == "ada" else "none")


def test_it_says_who_signs_in_how_safely_and_when(as_ada: Client, ada: User, settings: LazySettings) -> None:
    User.objects.filter(pk=ada.pk).update(last_login=datetime(2026, 3, 2, tzinfo=UTC))
    for name, kind in (("Key", "webauthn"), ("Codes only", "recovery_codes"), ("Nothing", None)):
        person = UserFactory(name=name, secretariat_role="curator")
        if kind:
            Authenticator.objects.create(user=person, type=kind, data={})
    Authenticator.objects.create(user=ada, type="totp", data={})
    settings.SECOND_FACTOR_REQUIRED = True
    page = as_ada.get(PAGE)
    assert [(str(each), each.has_second_factor) for each in page.context["team"]] == [
        ("Codes only", False), ("Key", True), ("Nothing", False), (str(ada), True),
    ]  # fmt: skip
    told = words(page)
    assert (told.count("Second factor: on"), told.count("Second factor: off")) == (2, 2)
    assert told.count("has not signed in yet") == 3
    assert "last signed in on 2 March 2026" in told
    assert "Nobody of the secretariat gets in without a second factor." in told


def test_a_role_is_changed_told_by_mail_and_kept_in_the_history(as_ada: Client, ada: User, sam: User) -> None:
    answer = as_ada.post(PAGE, {"person": sam.pk, "role": "administrator"}, follow=True)
    assert "Saved. They are told by mail." in words(answer)
    assert role_of(sam) == "administrator"
    (given,) = answer.context["history"]
    assert (given.by, given.person, given.before, given.after) == (ada, sam, "curator", "administrator")
    message = OutboxMessage.objects.get()
    assert message.payload["to"] == "sam@example.org"
    assert message.payload["subject"].strip() == "You are an administrator of the secretariat now"
    assert "set up a second factor first" in message.payload["text"]
    entry = JournalEntry.objects.get()
    assert (entry.by, entry.what, entry.model) == (ada, "team.role_given", "people.user")


def test_saving_the_same_role_does_nothing(as_ada: Client, sam: User) -> None:
    as_ada.post(PAGE, {"person": sam.pk, "role": "curator"})
    assert (OutboxMessage.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_whoever_is_let_go_is_told_and_does_not_get_in_any_more(as_ada: Client, sam: User) -> None:
    as_ada.post(PAGE, {"person": sam.pk, "role": "none"})
    assert OutboxMessage.objects.get().payload["subject"].strip() == "You are not of the secretariat any more"
    client = Client()
    client.force_login(User.objects.get(pk=sam.pk))
    assert client.get("/secretariat/").status_code == 403


@pytest.mark.parametrize("role", ["curator", "none"])
def test_the_last_administrator_stays(as_ada: Client, ada: User, role: str) -> None:
    UserFactory(secretariat_role="administrator", is_active=False)
    page = as_ada.post(PAGE, {"person": ada.pk, "role": role}, follow=True)
    assert "Nobody else is an administrator. Make somebody else an administrator first." in words(page)
    assert role_of(ada) == "administrator"


def test_whoever_gives_up_their_own_role_is_led_out(as_ada: Client, ada: User) -> None:
    UserFactory(secretariat_role="administrator")
    assert as_ada.post(PAGE, {"person": ada.pk, "role": "none"}).headers["Location"] == "/"
    assert role_of(ada) == "none"


def test_somebody_with_an_account_is_invited_by_any_address_of_theirs(as_ada: Client, nora: User) -> None:
    EmailAddress.objects.create(user=nora, email="second@example.org", verified=True)
    answer = as_ada.post(PAGE, {"email": "Second@Example.org", "role": "curator"}, follow=True)
    assert "Nora is of the secretariat now, and is told by mail." in words(answer)
    assert role_of(nora) == "curator"
    assert OutboxMessage.objects.get().payload["to"] == "nora@example.org"


@pytest.mark.parametrize("email", ["nobody@example.org", "unproved@example.org", "closed@example.org"])
def test_only_whoever_proved_an_address_is_invited(as_ada: Client, email: str) -> None:
    unproved = UserFactory(email="unproved@example.org")
    closed = UserFactory(email="closed@example.org", is_active=False)
    for person, verified in ((unproved, False), (closed, True)):
        EmailAddress.objects.create(user=person, email=person.email, verified=verified, primary=True)
    answer = as_ada.post(PAGE, {"email": email, "role": "administrator"})
    (sentence,) = answer.context["form"].errors["email"]
    assert sentence.startswith("No account has confirmed this address.")
    assert email in answer.content.decode(), "nothing typed is lost"
    assert {role_of(unproved), role_of(closed)} == {"none"}


def test_who_is_of_the_team_is_not_invited_again(as_ada: Client, sam: User) -> None:
    EmailAddress.objects.create(user=sam, email=sam.email, verified=True, primary=True)
    answer = as_ada.post(PAGE, {"email": sam.email, "role": "administrator"})
    assert "They are of the secretariat already." in words(answer)
    assert role_of(sam) == "curator"


def test_what_is_no_person_or_no_role_is_not_found(as_ada: Client, sam: User, alice: User) -> None:
    """Roles are given to strangers by invitation only: their address is typed, not an id."""
    for person, role in ((uuid4(), "curator"), ("nonsense", "curator"), (sam.pk, "queen"), (alice.pk, "curator")):
        assert as_ada.post(PAGE, {"person": person, "role": role}).status_code == 404
    assert (role_of(sam), role_of(alice)) == ("curator", "none")


def test_the_admin_gives_no_roles_and_closes_no_account_of_the_team(as_ada: Client, ada: User, alice: User) -> None:
    for person, fields in ((ada, {"name"}), (alice, {"name", "is_active"})):
        page = as_ada.get(f"/admin/people/user/{person.pk}/change/")
        assert {"name", "is_active", "secretariat_role"} & set(page.context["adminform"].form.fields) == fields


def test_the_last_administrator_does_not_erase_the_account(ada: User) -> None:
    from net4u.base.personal import hindrances

    assert hindrances(ada) == ["Make somebody else an administrator of the secretariat first."]
    UserFactory(secretariat_role="administrator")
    assert hindrances(ada) == []


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    as_ada: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for _number in range(item_count):
        person = UserFactory(secretariat_role="curator")
        as_ada.post(PAGE, {"person": person.pk, "role": "administrator"})
    with django_assert_num_queries(8):
        as_ada.get(PAGE)
