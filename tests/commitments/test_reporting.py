"""Reports: on the desk, behind the link of a reminder, and evidence that only its readers get."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from commitments.models import Commitment, Evidence, ProgressUpdate
from commitments.reminders import CommitmentDue
from organizations.models import Organization
from people.links import make_link, read_link
from people.models import OneTimeLink, User
from tests.factories import AffiliationFactory, CommitmentFactory, MilestoneFactory, UpdateFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.STORAGES["private"]["OPTIONS"]["location"] = tmp_path
    storage: Any = Evidence._meta.get_field("file").storage
    before = storage._location
    storage._location = tmp_path
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
    yield
    storage._location = before
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)


@pytest.fixture
def promise(house: Organization) -> Commitment:
    return CommitmentFactory(organization=house, unit="teachers", target=4711)


@pytest.fixture
def open_promise() -> Commitment:
    """Of an organization that everybody sees."""
    return CommitmentFactory(unit="teachers", target=40, title="Train 40 teachers")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, format="PNG")
    return out.getvalue()


def told(**more: Any) -> dict[str, Any]:
    return {"progress": "in_progress", "text": "Three schools.", "value": "3"} | more


def test_a_report_is_appended_with_steps_and_evidence(client: Client, bob: User, promise: Commitment) -> None:
    step = MilestoneFactory(commitment=promise, title="First course")
    client.force_login(bob)
    sent = told(next_step="The fourth", reached=[step.pk, "nonsense"]) | {
        "evidence-title": "The list", "evidence-url": "example.org/list", "evidence-audience": "members",
    }  # fmt: skip
    answer = client.post(f"/desk/commitments/{promise.pk}/report/", sent)
    assert answer.headers["Location"] == f"/desk/commitments/{promise.pk}/"
    update, evidence = ProgressUpdate.objects.get(), Evidence.objects.get()
    assert (update.author, str(update.value), update.next_step) == (bob, "3.00", "The fourth")
    assert (evidence.url, evidence.audience, evidence.update) == ("https://example.org/list", "members", update)
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (told(text=""), "This field is required."),
        (told(value="three"), "Enter a number."),
        (told(text="x" * 3001), "at most 3000 characters"),
        (told(**{"evidence-title": "List"}), "Give a link or a file, or empty the title."),
        (told(**{"evidence-url": "https://example.org/"}), "Say in some words what it shows."),
        (told(**{"evidence-title": "List", "evidence-url": "https://list"}), "This address is not complete."),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(
    client: Client, bob: User, promise: Commitment, sent: dict[str, str], words: str
) -> None:
    client.force_login(bob)
    page = client.post(f"/desk/commitments/{promise.pk}/report/", sent).content.decode()
    assert words in page
    assert sent["text"][:20] in page
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "This kind of file is not taken."),
        ("list.pdf", b"<html>", "not what its name says"),
        ("list.png", b"no picture", "This picture cannot be read."),
        ("list.csv", b"<script>", "not what its name says"),
        ("list.pdf", b"", "This file is empty."),
    ],
)
def test_a_wrong_file_is_told(
    client: Client, bob: User, promise: Commitment, name: str, content: bytes, words: str
) -> None:
    client.force_login(bob)
    sent = told(**{"evidence-title": "List", "evidence-file": SimpleUploadedFile(name, content)})
    page = client.post(f"/desk/commitments/{promise.pk}/report/", sent).content.decode()
    assert words in page
    assert not Evidence.objects.exists()


def status(client: Client, address: str) -> int:
    """Of an answer that is read to its end: its file would stay open."""
    answer = client.get(address)
    b"".join(answer.streaming_content if answer.streaming else answer)
    return int(answer.status_code)


def test_a_file_is_handed_out_to_its_readers_alone(
    client: Client, bob: User, charlie: User, sam: User, open_promise: Commitment
) -> None:
    AffiliationFactory(person=bob, organization=open_promise.organization, role="editor")
    client.force_login(bob)
    for audience in ("public", "members", "secretariat"):
        sent = told() | {
            "evidence-title": audience, "evidence-audience": audience,
            "evidence-file": SimpleUploadedFile("holiday in Rome.png", picture()),
        }  # fmt: skip
        client.post(f"/desk/commitments/{open_promise.pk}/report/", sent)
    where = {each.title: f"/commitments/evidence/{each.pk}/" for each in Evidence.objects.all()}
    assert all("holiday" not in each.file.name for each in Evidence.objects.all())

    def seen() -> set[str]:
        return {audience for audience, address in where.items() if status(client, address) == 200}

    assert seen() == {"public", "members", "secretariat"}, "its own people"
    client.force_login(sam)
    assert seen() == {"public", "members", "secretariat"}
    client.force_login(charlie)
    assert seen() == {"public", "members"}
    client.logout()
    assert seen() == {"public"}
    answer = client.get(where["public"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="public.png"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    Image.open(io.BytesIO(b"".join(answer.streaming_content))).verify()


def test_a_hidden_organization_hides_its_files_at_once(client: Client, open_promise: Commitment) -> None:
    from net4u.base.change import change

    with change(by=None, what="test"):
        evidence = Evidence(commitment=open_promise, title="List", audience="public")
        evidence.file.save("list.txt", SimpleUploadedFile("list.txt", b"one"), save=False)
        evidence.save()
    assert status(client, f"/commitments/evidence/{evidence.pk}/") == 200
    with change(by=None, what="test"):
        organization = open_promise.organization
        organization.appearance = "hidden"
        organization.save()
    assert status(client, f"/commitments/evidence/{evidence.pk}/") == 404


def test_a_correction_is_a_row_that_names_the_old_one(client: Client, bob: User, promise: Commitment) -> None:
    old = UpdateFactory(commitment=promise, text="Thirty schools.")
    client.force_login(bob)
    address = f"/desk/commitments/{promise.pk}/report/?corrects={old.pk}"
    assert "Thirty schools." in client.get(address).content.decode()
    client.post(address, told(text="Three schools."))
    assert list(ProgressUpdate.objects.order_by("pk").values_list("text", flat=True)).count("Thirty schools.") == 1
    assert ProgressUpdate.objects.get(text="Three schools.").corrects == old
    for nonsense in ("nonsense", UpdateFactory().pk):
        assert client.get(f"/desk/commitments/{promise.pk}/report/?corrects={nonsense}").status_code == 404


def test_a_completed_promise_is_corrected_and_not_reported_on(client: Client, bob: User, promise: Commitment) -> None:
    client.force_login(bob)
    address = f"/desk/commitments/{promise.pk}/report/"
    client.post(address, told(progress="completed", value="40"))
    page = client.post(address, told()).content.decode()
    assert "This commitment is reported as completed already." in page
    assert ProgressUpdate.objects.count() == 1


def test_a_step_is_ticked_once(client: Client, bob: User, promise: Commitment) -> None:
    step = MilestoneFactory(commitment=promise)
    client.force_login(bob)
    address = f"/desk/commitments/{promise.pk}/steps/{step.pk}/"
    today = timezone.localdate()
    for wrong, words in ((today + timedelta(days=1), "in the future"), ("soon", "Write the day as year")):
        assert words in client.post(address, {"done_on": wrong}, follow=True).content.decode()
    client.post(address, {"done_on": today - timedelta(days=3)})
    assert "reached already" in client.post(address, follow=True).content.decode()
    step.refresh_from_db()
    assert step.done_on == today - timedelta(days=3)
    assert client.post(f"/desk/commitments/{promise.pk}/steps/{MilestoneFactory().pk}/").status_code == 404


# -- the link of a reminder ---------------------------------------------------------------------------------


def link_of(commitment: Commitment, person: User) -> str:
    address = make_link(purpose="report", about=commitment.pk, person=person, lasts=timedelta(days=45))
    return address.removeprefix("http://localhost:8000")


@pytest.fixture
def reporter(open_promise: Commitment) -> User:
    person = UserFactory(email="reporter@example.org")
    AffiliationFactory(person=person, organization=open_promise.organization, role="editor")
    return person


def test_the_mail_of_a_reminder_holds_a_link_that_works_once(
    client: Client, open_promise: Commitment, reporter: User
) -> None:
    mail = CommitmentDue.mail(open_promise, reporter, days=-7)
    address = next(word for word in mail.text.split() if "/link/" in word).removeprefix("http://localhost:8000")
    assert address in mail.html
    page = client.get(address)
    assert (page.status_code, "Train 40 teachers" in page.content.decode()) == (200, True)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert not ProgressUpdate.objects.exists(), "GET shows"
    assert "Thank you" in client.post(address, told()).content.decode()
    assert (client.get(address).status_code, client.post(address, told()).status_code) == (410, 410)
    assert ProgressUpdate.objects.get().author == reporter


def test_a_wrong_answer_does_not_use_up_the_link(client: Client, open_promise: Commitment, reporter: User) -> None:
    address = link_of(open_promise, reporter)
    page = client.post(address, told(text="", next_step="Kept.")).content.decode()
    assert ("This field is required." in page, "Kept." in page) == (True, True)
    assert "Thank you" in client.post(address, told()).content.decode()


def test_of_what_is_not_public_the_link_shows_nothing(client: Client, bob: User, promise: Commitment) -> None:
    page = client.get(link_of(promise, bob)).content.decode()
    for private in (promise.title, promise.organization.legal_name, "teachers", "4711"):
        assert private not in page
    assert "How far are you?" in page


def test_dead_links_all_look_alike(client: Client, open_promise: Commitment, reporter: User) -> None:
    withdrawn = CommitmentFactory(organization=open_promise.organization, state="withdrawn")
    addresses = ["/link/nonsense/", link_of(withdrawn, reporter), link_of(open_promise, UserFactory())]
    with time_machine.travel(timezone.now() - timedelta(days=46)):
        addresses.append(link_of(open_promise, reporter))
    closed = UserFactory(is_active=False)
    AffiliationFactory(person=closed, organization=open_promise.organization, role="editor")
    addresses.append(link_of(open_promise, closed))
    for address in addresses:
        for answer in (client.get(address), client.post(address, told())):
            assert answer.status_code == 410
            assert "This link does not work any more" in answer.content.decode()
            assert open_promise.title not in answer.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_only_the_digest_of_a_link_is_kept(open_promise: Commitment, reporter: User) -> None:
    token = link_of(open_promise, reporter).split("/")[2]
    kept = OneTimeLink.objects.get()
    assert token not in str(OneTimeLink.objects.values().get())
    assert read_link(token) == kept
    assert read_link(token[:-1]) is None
