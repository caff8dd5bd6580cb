"""The mails of somebody's own machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MAILBOX, settings.EMAIL_FILE_PATH = True, tmp_path / "mail"
    return tmp_path / "mail"


def write(folder: Path, *subjects: str, at: int, text: str = "Grüße: http://localhost:8000/link/?a=1&b=2\n<b>") -> str:
    """Mails of one connection, which share a file."""
    connection = get_connection(BACKEND, file_path=folder)
    mails = [EmailMultiAlternatives(subject, text, to=["alice@example.org"]) for subject in subjects]
    connection.send_messages(mails)
    (path,) = folder.glob("*-*.log")
    path = path.rename(folder / f"{at}.log")
    os.utime(path, (at, at))
    return path.stem


def test_an_empty_mailbox_says_so(client: Client, db: None) -> None:
    assert "No mail was written yet." in client.get("/mailbox/").content.decode()


def test_mails_are_listed_newest_first(client: Client, folder: Path, db: None) -> None:
    first = write(folder, "First", "Second", at=1000)
    last = write(folder, "Third \N{EN DASH} ünïcode", at=2000)
    listed = [(mail.name, mail.message["Subject"]) for mail in client.get("/mailbox/").context["mails"]]
    assert listed == [
        (f"{last}.1", "Third \N{EN DASH} ünïcode"),
        (f"{first}.2", "Second"),
        (f"{first}.1", "First"),
    ]


def test_one_mail_shows_its_text_with_its_links(client: Client, folder: Path, db: None) -> None:
    name = write(folder, "Confirm", at=1000)
    page = client.get(f"/mailbox/{name}.1/").content.decode()
    assert "alice@example.org" in page
    assert "Grüße: " in page
    assert 'href="http://localhost:8000/link/?a=1&amp;b=2"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("name", ["missing.1", "..", "%2e%2e%2fsecret-key", "..%2fsecret-key.1", "x%00"])
def test_a_name_never_becomes_a_path(client: Client, folder: Path, db: None, name: str) -> None:
    write(folder, "Mail", at=1000)
    (folder.parent / "secret-key.log").write_text("Subject: canary\n\ncanary")
    response = client.get(f"/mailbox/{name}/")
    assert response.status_code == 404
    assert "canary" not in response.content.decode()


def test_without_a_mailbox_it_is_not_found(client: Client, folder: Path, settings: LazySettings, db: None) -> None:
    name = write(folder, "Mail", at=1000)
    settings.MAILBOX = False
    assert [client.get(f"/mailbox/{path}").status_code for path in ("", f"{name}.1/")] == [404, 404]
    assert client.get("/mailbox/").content == client.get("/nothing/").content
