"""An organization registers itself: the pages in their order, and what goes wrong on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from net4u.base.models import OutboxMessage
from net4u.base.reviews import reviewers_words
from net4u.base.states import Editorial, TransitionError
from organizations import services
from organizations.enums import RequestState
from organizations.models import Affiliation, Claim, Identifier, Invitation, Membership, Organization
from people.models import Consent, User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    IdentifierFactory,
    NetworkFactory,
    OrganizationFactory,
    PillarFactory,
    SourceFactory,
    TerritoryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(db: None) -> User:
    return verified(UserFactory(email="nora@example.org", name="Nora"))


def verified(person: User) -> User:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def as_nora(client: Client, nora: User) -> Client:
    client.force_login(nora)
    return client


def draft(by: User, **given: Any) -> Organization:
    fields = {"legal_name": "Lighthouse", "kind": "civil_society"} | given
    return services.begin_registration(organization=Organization(**fields), by=by)


def complete(by: User) -> Organization:
    """Nothing is missing."""
    organization = draft(by, country=TerritoryFactory(), mission="We talk.", mission_language="en")
    services.save_step(organization=organization, relations={"pillars": [PillarFactory()]}, by=by)
    services.invite(organization=organization, email="second@example.org", by=by)
    return organization


def step(organization: Organization, name: str) -> str:
    return f"/register/{organization.pk}/{name}/"


def sent(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    return {bound.html_name: value for bound in form if (value := bound.value()) not in (None, [], False, "")}


# -- the way ------------------------------------------------------------------------------------------------


def test_the_whole_way_of_an_organization(client: Client, nora: User, sam: User) -> None:
    italy, pillar = TerritoryFactory(name="Italy"), PillarFactory()
    NetworkFactory(code="net4u-europe")
    client.force_login(nora)
    begun = client.post("/register/begin/", {"legal_name": "Lighthouse", "website": "lighthouse.example.org"})
    organization = Organization.objects.get(legal_name="Lighthouse")
    assert begun.headers["Location"] == step(organization, "names")
    assert organization.website == "https://lighthouse.example.org"
    form = client.get(step(organization, "names")).context["form"]
    answer = client.post(step(organization, "names"), sent(form) | {"year_founded": "1999", "aliases": "LH\n\n L  H "})
    assert answer.headers["Location"] == step(organization, "place")
    place = {
        "version": Organization.objects.get().version, "country": italy.pk, "website": "lighthouse.example.org",
        "numbers-TOTAL_FORMS": 2, "numbers-INITIAL_FORMS": 0,
        "numbers-0-scheme": "EU-TR", "numbers-0-value": "123456789012-34",
    }  # fmt: skip
    assert client.post(step(organization, "place"), place).headers["Location"] == step(organization, "work")
    work = {
        "version": Organization.objects.get().version, "pillars": [pillar.pk], "mission": "We talk.",
        "mission_language": "it", "languages": ["it", "fr"], "self_description": ["women_led"],
    }  # fmt: skip
    assert client.post(step(organization, "work"), work).headers["Location"] == step(organization, "people")
    invited = client.post(step(organization, "people"), {"email": "second@example.org", "role": "editor"})
    assert invited.headers["Location"] == step(organization, "appearance")
    chosen = {"appearance": "public", "consent": "on", "sharing": "on", "membership": "on"}
    assert client.post(step(organization, "appearance"), chosen).headers["Location"] == f"/register/{organization.pk}/"
    client.post(f"/register/{organization.pk}/")

    organization = Organization.objects.get()
    assert (organization.state, organization.year_founded, organization.aliases) == ("submitted", 1999, ["LH", "L H"])
    assert list(organization.pillars.all()) == [pillar]
    assert list(Identifier.objects.values_list("scheme", "value")) == [("EU-TR", "123456789012-34")]
    assert Membership.objects.get().status == "applied"
    assert {each.purpose for each in Consent.objects.in_force()} == {"appearance", "sister_networks"}
    assert client.get(f"/organizations/{organization.slug}/").status_code == 200, "its own people"
    client.logout()
    assert client.get(f"/organizations/{organization.slug}/").status_code == 404

    services.request_changes(organization=organization, words="Please say where you work.", by=sam)
    client.force_login(nora)
    assert "Please say where you work." in client.get("/register/").content.decode()
    client.post(f"/register/{organization.pk}/")
    organization.refresh_from_db()
    services.publish_organization(organization=organization, by=sam)
    client.logout()
    assert "We talk." in client.get("/organizations/lighthouse/").content.decode()
    subjects = OutboxMessage.objects.filter(kind="mail").values_list("payload__subject", flat=True)
    assert {"Your registration of Lighthouse: please change something", "Lighthouse is now registered"} <= {
        " ".join(each.split()) for each in subjects
    }


def test_who_is_not_signed_in_reads_what_it_takes_and_is_led_to_an_account(client: Client) -> None:
    page = client.get("/register/").content.decode()
    assert 'href="/accounts/signup/?next=/register/"' in page
    assert client.get("/register/begin/").headers["Location"] == "/accounts/login/?next=/register/begin/"


# -- is it here already -------------------------------------------------------------------------------------


def test_a_similar_organization_is_shown_and_nothing_is_made_yet(as_nora: Client) -> None:
    OrganizationFactory(legal_name="Associazione Lanterna", slug="lanterna", appearance="public")
    answer = as_nora.post("/register/begin/", {"legal_name": "Lanterna"})
    assert "the same name" in answer.content.decode()
    assert 'href="/organizations/lanterna/join/"' in answer.content.decode()
    assert Organization.objects.count() == 1
    answer = as_nora.post("/register/begin/", {"legal_name": "Lanterna", "none_of_these": "1"})
    assert answer.status_code == 302


def test_a_hidden_double_is_not_told_to_who_may_not_see_it(as_nora: Client, sam: User) -> None:
    hidden = OrganizationFactory(legal_name="Lanterna", slug="lanterna", appearance="hidden")
    answer = as_nora.post("/register/begin/", {"legal_name": "Lanterna"})
    new = Organization.objects.get(state=Editorial.DRAFT)
    assert answer.headers["Location"] == step(new, "names")
    as_nora.force_login(sam)
    review = as_nora.get(f"/secretariat/organizations/{new.pk}/").content.decode()
    assert "It may be here already" in review
    assert hidden.get_absolute_url() in review


def test_sending_the_first_step_twice_makes_one_draft(as_nora: Client) -> None:
    answers = [as_nora.post("/register/begin/", {"legal_name": "Lighthouse"}) for _n in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Organization.objects.count() == 1


def test_beginning_twice_is_the_service_s_to_notice(nora: User, bob: User) -> None:
    """Two requests of a double click have both looked for similar ones before either writes."""
    assert draft(nora) == draft(nora)
    assert draft(nora, legal_name="Another") != draft(nora)
    assert draft(bob) != draft(nora)


def test_a_register_number_finds_a_double_and_is_kept(as_nora: Client) -> None:
    known = OrganizationFactory(legal_name="Lanterna", slug="lanterna", appearance="public")
    IdentifierFactory(organization=known, scheme="EU-TR", value="123456789012-34")
    told = {"legal_name": "Lighthouse", "scheme": "EU-TR", "value": "123456789012-34"}
    assert "the same register number" in as_nora.post("/register/begin/", told).content.decode()
    as_nora.post("/register/begin/", told | {"none_of_these": "1"})
    new = Organization.objects.get(legal_name="Lighthouse")
    assert list(new.identifiers.values_list("scheme", "value")) == [("EU-TR", "123456789012-34")]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"scheme": "EU-TR", "value": "1"}, "Write twelve digits"),
        ({"value": "1"}, "Choose the register that gave you this number."),
        ({"scheme": "EU-TR"}, "Write the number, or choose no register."),
    ],
)
def test_a_wrong_number_is_told_before_anything_is_made(as_nora: Client, told: dict[str, str], words: str) -> None:
    page = as_nora.post("/register/begin/", {"legal_name": "Lighthouse"} | told).content.decode()
    assert words in page
    assert 'value="Lighthouse"' in page
    assert not Organization.objects.exists()


# -- wrong answers ------------------------------------------------------------------------------------------


def test_nothing_typed_is_lost_when_an_answer_is_wrong(as_nora: Client, nora: User) -> None:
    organization = draft(nora)
    typed = {
        "version": 1, "country": "", "website": "https://second-house",
        "numbers-TOTAL_FORMS": 1, "numbers-INITIAL_FORMS": 0,
        "numbers-0-scheme": "EU-TR", "numbers-0-value": "48120937716-05",
    }  # fmt: skip
    page = as_nora.post(step(organization, "place"), typed).content.decode()
    for words in ("This address is not complete.", "Write twelve digits", "This field is required."):
        assert words in page
    for value in ("https://second-house", "48120937716-05"):
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("names", {"legal_name": "", "kind": "civil_society"}, "This field is required."),
        ("names", {"legal_name": "x" * 201, "kind": "academia"}, "at most 200 characters"),
        ("names", {"legal_name": "L", "kind": "academia", "year_founded": "2999"}, "This year has not come yet."),
        ("work", {"mission": "We talk."}, "Choose the language of your text"),
        ("work", {"mission": "x" * 501, "mission_language": "en"}, "at most 500 characters"),
        ("people", {"email": "nobody", "role": "editor"}, "Enter a valid email address."),
        ("people", {"email": "nora@example.org", "role": "editor"}, "acts for your organization already"),
        ("appearance", {"appearance": "public"}, "Tick this box if everybody may see it."),
        ("appearance", {}, "This field is required."),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field(
    as_nora: Client, nora: User, name: str, wrong: dict[str, str], words: str
) -> None:
    organization = draft(nora)
    answer = as_nora.post(step(organization, name), {"version": organization.version} | wrong)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Organization.objects.get().version == organization.version


def test_a_row_more_is_asked_for_without_scripts(as_nora: Client, nora: User) -> None:
    organization = draft(nora)
    typed = {"another": "1", "website": "typed", "numbers-TOTAL_FORMS": 1, "numbers-INITIAL_FORMS": 0}
    page = as_nora.post(step(organization, "place"), typed).content.decode()
    assert 'name="numbers-1-value"' in page
    assert 'value="typed"' in page


@pytest.mark.parametrize("number", ["", "abc", "-1", "9" * 30, "\N{SUPERSCRIPT TWO}"])
def test_a_crafted_number_of_rows_is_taken_for_none(as_nora: Client, nora: User, number: str) -> None:
    sent = {"another": "1", "website": "typed", "numbers-TOTAL_FORMS": number, "numbers-INITIAL_FORMS": 0}
    assert 'value="typed"' in as_nora.post(step(draft(nora), "place"), sent).content.decode()


@pytest.mark.parametrize("name", ["people", "appearance"])
def test_what_only_an_administrator_decides_is_no_form_for_an_editor(client: Client, nora: User, name: str) -> None:
    organization = draft(nora)
    editor = AffiliationFactory(organization=organization, role="editor").person
    client.force_login(editor)
    for answer in (client.get(step(organization, name)), client.post(step(organization, name))):
        assert answer.status_code == 403
        assert "Only an administrator of your organization may do this." in answer.content.decode()


def test_two_tabs_lose_nothing(as_nora: Client, nora: User) -> None:
    organization = draft(nora)
    for name in ("First", "Second"):
        answer = as_nora.post(step(organization, "names"), {"version": 1, "legal_name": name, "kind": "civil_society"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this while you wrote." in page
    assert 'value="Second"' in page
    assert "<dd>First</dd>" in page
    assert Organization.objects.get().legal_name == "First"


def test_an_empty_registration_cannot_be_sent(as_nora: Client, nora: User) -> None:
    organization = draft(nora)
    page = as_nora.get(f"/register/{organization.pk}/").content.decode()
    assert "4 things are missing" in page
    assert as_nora.post(f"/register/{organization.pk}/").status_code == 302
    assert Organization.objects.get().state == "draft"
    with pytest.raises(ValidationError, match="Invite a second person"):
        services.send_registration(organization=organization, by=nora)


def test_what_was_sent_cannot_be_written_but_withdrawn(as_nora: Client, nora: User) -> None:
    organization = complete(nora)
    as_nora.post(f"/register/{organization.pk}/")
    assert as_nora.get(step(organization, "names")).headers["Location"] == f"/register/{organization.pk}/"
    organization.refresh_from_db()
    with pytest.raises(TransitionError, match="with the secretariat"):
        services.save_step(organization=organization, by=nora)
    as_nora.post(f"/register/{organization.pk}/", {"withdraw": "1"})
    assert Organization.objects.get().state == "withdrawn"


def test_a_draft_that_was_never_sent_is_deleted_with_all_that_hangs_on_it(as_nora: Client, nora: User) -> None:
    organization = complete(nora)
    as_nora.post(f"/register/{organization.pk}/", {"withdraw": "1"})
    assert not Organization.objects.exists()
    assert not Affiliation.objects.exists()
    assert not Invitation.objects.exists()


def test_a_refusal_is_read_with_its_reason(as_nora: Client, nora: User, sam: User) -> None:
    organization = complete(nora)
    services.send_registration(organization=organization, by=nora)
    services.decline_organization(organization=organization, words="You work outside Europe.", by=sam)
    page = as_nora.get(f"/register/{organization.pk}/").content.decode()
    assert "You work outside Europe." in page
    assert "Send to the secretariat" not in page


def test_the_words_of_an_earlier_answer_are_not_shown_any_more(nora: User, sam: User) -> None:
    organization = complete(nora)
    services.send_registration(organization=organization, by=nora)
    services.request_changes(organization=organization, words="Once.", by=sam)
    assert reviewers_words(organization) == "Once."
    services.send_registration(organization=organization, by=nora)
    assert reviewers_words(organization) == ""
    services.request_changes(organization=organization, words="Twice.", by=sam)
    assert reviewers_words(organization) == "Twice."


@pytest.mark.parametrize("name", ["", "names/", "place/", "work/", "people/", "appearance/"])
def test_the_registration_of_others_is_nowhere(client: Client, nora: User, bob: User, name: str) -> None:
    address = f"/register/{draft(nora).pk}/{name}"
    client.force_login(bob)
    assert client.get(address).status_code == 404
    assert client.post(address, {"version": 1, "legal_name": "Taken"}).status_code == 404
    client.force_login(nora)
    assert client.get(address).status_code == 200
    assert client.get(f"/register/{uuid4()}/{name}").status_code == 404
    assert client.get(f"/register/{Organization.objects.get(legal_name='Lighthouse').pk}/nowhere/").status_code == 404


def test_a_viewer_reads_a_registration_and_writes_nothing(client: Client, nora: User, bob: User, sam: User) -> None:
    organization = complete(nora)
    AffiliationFactory(person=bob, organization=organization, role="viewer")
    services.send_registration(organization=organization, by=nora)
    services.request_changes(organization=organization, words="Where do you work?", by=sam)
    address = f"/register/{organization.pk}/"
    client.force_login(bob)
    assert address in client.get("/register/").content.decode()
    page = client.get(address)
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert (page.status_code, "The secretariat asks for a change" in main, "<form" in main) == (200, True, False)
    assert "/names/" not in main
    assert "second@example.org" not in main, "whom others invited"
    assert client.get(step(organization, "names")).status_code == 404
    assert client.post(address, {"withdraw": "1"}).status_code == 404
    organization.refresh_from_db()
    assert organization.state == "changes_requested"


def test_an_editor_is_not_offered_to_send_what_only_an_administrator_may(client: Client, nora: User, bob: User) -> None:
    organization = complete(nora)
    AffiliationFactory(person=bob, organization=organization, role="editor")
    for person, offered in ((bob, False), (nora, True)):
        client.force_login(person)
        page = client.get(f"/register/{organization.pk}/").content.decode()
        assert ("Send to the secretariat" in page, "/names/" in page) == (offered, True)


def test_old_drafts_are_forgotten_and_others_are_not(nora: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=91)):
        draft(nora, legal_name="Old")
        OrganizationFactory(legal_name="Of the demonstration", state="draft")
        revived = draft(nora, legal_name="Revived")
    services.save_step(organization=revived, by=nora)
    draft(nora, legal_name="New")
    assert services.forget_old_drafts(timezone.now()) == 1
    assert set(Organization.objects.values_list("legal_name", flat=True)) == {"Of the demonstration", "Revived", "New"}


def test_a_draft_with_commitments_stays_and_holds_up_no_other(as_nora: Client, nora: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=91)):
        CommitmentFactory(organization=draft(nora, legal_name="Promising"), state="draft", reference=None)
        draft(nora, legal_name="Old")
    assert services.forget_old_drafts(timezone.now()) == 1
    kept = Organization.objects.get()
    page = as_nora.post(f"/register/{kept.pk}/", {"withdraw": "1"}, follow=True).content.decode()
    assert "There are drafts of commitments. Delete them first." in page
    assert Organization.objects.get().legal_name == "Promising"


def test_the_address_is_made_of_the_name_and_no_other_has_it(nora: User, sam: User) -> None:
    OrganizationFactory(slug="lighthouse")
    organization = complete(nora)
    assert organization.slug.startswith("new-")
    services.send_registration(organization=organization, by=nora)
    services.publish_organization(organization=organization, by=sam)
    assert organization.slug == "lighthouse-2"


# -- invitations --------------------------------------------------------------------------------------------


def invitation(organization: Organization, email: str = "nora@example.org", **given: Any) -> Invitation:
    fields = {"expires_at": timezone.now() + timedelta(days=1)} | given
    return Invitation.objects.create(organization=organization, email=email, **fields)


def test_an_invitation_is_shown_by_get_and_accepted_by_post(as_nora: Client, nora: User, house: Organization) -> None:
    asked = invitation(house, email="Nora@Example.org", role="editor", contact="alternate")
    assert "Second House Cooperative" in as_nora.get(asked.get_absolute_url()).content.decode()
    assert not Affiliation.objects.filter(person=nora).exists()
    assert as_nora.post(asked.get_absolute_url()).headers["Location"] == "/desk/"
    acting = Affiliation.objects.get(person=nora)
    assert (acting.organization, acting.role, acting.contact) == (house, "editor", "alternate")
    assert as_nora.post(asked.get_absolute_url()).headers["Location"] == "/desk/", "a double click"
    assert Affiliation.objects.filter(person=nora).count() == 1
    Affiliation.objects.filter(person=nora).delete()
    assert as_nora.post(asked.get_absolute_url()).status_code == 404, "who left is not led back in"


def test_an_invitation_that_is_not_mine_looks_like_none(as_nora: Client, house: Organization) -> None:
    pages = [
        as_nora.get(address)
        for address in (
            invitation(house, email="somebody@example.org").get_absolute_url(),
            invitation(house, email="nora@example.org", expires_at=timezone.now()).get_absolute_url(),
            invitation(house, email="nora@example.org", state=RequestState.TAKEN_BACK).get_absolute_url(),
            f"/invitation/{uuid4()}/",
        )
    ]
    assert {page.status_code for page in pages} == {404}
    assert all("Second House" not in page.content.decode() for page in pages)


def test_an_address_that_is_not_verified_holds_no_invitation(client: Client, house: Organization) -> None:
    person = UserFactory(email="nora@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    client.force_login(person)
    assert client.get(invitation(house).get_absolute_url()).status_code == 404


def test_two_answers_in_one_instant_are_one(
    as_nora: Client, nora: User, house: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both requests saw the invitation open; the second comes after the first has written."""
    asked = invitation(house)

    def late(**given: Any) -> None:
        services.accept_invitation(**given)
        services.accept_invitation(**given)

    monkeypatch.setattr("organizations.joining.accept_invitation", late)
    assert as_nora.post(asked.get_absolute_url()).headers["Location"] == "/desk/"
    assert Affiliation.objects.filter(person=nora).count() == 1


def test_an_invitation_can_be_declined(as_nora: Client, nora: User, house: Organization) -> None:
    asked = invitation(house)
    as_nora.post(asked.get_absolute_url(), {"decline": "1"})
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert not Affiliation.objects.filter(person=nora).exists()


def test_whoever_is_invited_finds_it_on_the_first_page(as_nora: Client, house: Organization) -> None:
    asked = invitation(house)
    assert asked.get_absolute_url() in as_nora.get("/register/").content.decode()


# -- asking to act for an organization ----------------------------------------------------------------------


def test_an_organization_without_people_is_claimed_and_the_secretariat_decides(
    as_nora: Client, nora: User, sam: User
) -> None:
    organization = OrganizationFactory(
        slug="libera", source=SourceFactory(), appearance="name_and_country", appearance_consent=None
    )
    claim = services.make_claim(organization=organization, words="I am the secretary.", by=nora)
    assert claim.kind == "claim"
    as_nora.force_login(sam)
    assert organization.legal_name in as_nora.get("/secretariat/?kind=claims").content.decode()
    as_nora.post(f"/secretariat/claims/{claim.pk}/", {"decision": "accept"})
    acting = Affiliation.objects.get(person=nora)
    organization.refresh_from_db()
    assert (acting.role, organization.claimed_at is not None) == ("admin", True)
    assert organization.appearance == "members_only", "what a source made public is for the organization to decide now"
    again = as_nora.post(f"/secretariat/claims/{claim.pk}/", {"decision": "decline", "words": "No."})
    assert (again.status_code, "answered meanwhile" in again.content.decode()) == (409, True)


def test_who_joins_others_is_decided_by_their_administrator(
    as_nora: Client, nora: User, alice: User, bob: User, house: Organization
) -> None:
    AffiliationFactory(person=nora, organization=OrganizationFactory())  # a member, who sees the house
    as_nora.post("/organizations/house/join/", {"words": "I keep the books."})
    claim = Claim.objects.get()
    assert claim.kind == "join"
    assert OutboxMessage.objects.filter(payload__to=alice.email).exists()
    with pytest.raises(Exception, match="may not do this"):
        services.accept_claim(claim=claim, by=bob)
    services.accept_claim(claim=claim, by=alice)
    assert Affiliation.objects.get(person=nora, organization=house).role == "editor"


def test_asking_twice_is_told_and_kept_once(as_nora: Client, nora: User) -> None:
    OrganizationFactory(slug="open", appearance="public")
    as_nora.post("/organizations/open/join/", {"words": "I keep the books."})
    again = as_nora.post("/organizations/open/join/", {"words": "I keep the books, too."})
    assert "You have asked already. Wait for the answer." in again.content.decode()
    assert "I keep the books, too." in again.content.decode()
    assert Claim.objects.count() == 1


def test_what_one_may_not_see_cannot_be_asked_for(as_nora: Client, house: Organization) -> None:
    OrganizationFactory(slug="draft", state="draft")
    for slug in ("house", "draft", "nowhere"):
        assert as_nora.get(f"/organizations/{slug}/join/").status_code == 404
        assert as_nora.post(f"/organizations/{slug}/join/", {"words": "Me."}).status_code == 404


def test_a_question_is_taken_back_by_who_asked_alone(as_nora: Client, nora: User, bob: User) -> None:
    claim = services.make_claim(organization=OrganizationFactory(appearance="public"), words="Me.", by=nora)
    address = f"/register/claims/{claim.pk}/take-back/"
    as_nora.force_login(bob)
    assert as_nora.post(address).status_code == 404
    as_nora.force_login(nora)
    as_nora.post(address)
    claim.refresh_from_db()
    assert claim.state == "taken_back"
