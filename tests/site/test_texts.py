"""Pages of the portal's own texts, and where the secretariat writes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organizations.enums import TextKey
from organizations.models import EditableText
from organizations.services import write_text
from organizations.texts import shipped
from people.models import User

pytestmark = pytest.mark.django_db

PAGES = {"about": "/about/", "privacy": "/privacy/", "accessibility": "/accessibility/", "imprint": "/imprint/",
         "house_rules": "/house-rules/"}  # fmt: skip
EDIT = "/secretariat/texts/about/en/"
NEW = {"title": "We", "body": "## Who\n\nHello.", "version": "0"}


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.mark.parametrize("key", TextKey.values)
def test_each_text_has_a_page_that_says_when_it_was_changed(client: Client, key: str) -> None:
    page = client.get(PAGES[key])
    text = shipped(key, "en")
    assert text is not None
    content = page.content.decode()
    assert f'<h1 class="list-title">{text.title}</h1>' in content
    assert "Last changed 25\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026" in " ".join(content.split(" "))
    assert ("On this page" in content) == (len(text.written().headings) >= 4)
    assert "Edit this text" not in content


def test_reading_sets_no_cookie(client: Client) -> None:
    for address in ("/", *PAGES.values(), "/organizations/", "/commitments/"):
        assert client.get(address).cookies.output() == ""


def test_a_text_asks_one_question(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # the others: the frame of the page, and the licence that the text names
        client.get("/about/")


def test_what_was_written_is_shown_and_cannot_harm(client: Client, ada: User) -> None:
    body = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) {{ data_controller }}"
    write_text(text=EditableText(key="about", language="en", title="<b>We</b>", body=body), by=ada)
    content = client.get("/about/").content.decode()
    assert "&lt;b&gt;We&lt;/b&gt;" in content
    assert "<script>alert" not in content
    assert 'href="javascript' not in content
    assert "not stated" in content


@pytest.mark.parametrize(
    ("person", "status"), [(None, 302), ("alice", 403), ("charlie", 403), ("sam", 200), ("ada", 200)]
)
def test_who_may_look_at_how_texts_are_written(
    client: Client, request: pytest.FixtureRequest, person: str | None, status: int
) -> None:
    if person:
        client.force_login(request.getfixturevalue(person))
    for address in ("/secretariat/texts/", EDIT):
        assert client.get(address).status_code == status
    if person == "sam":
        assert "Administrators of the secretariat can change this text." in client.get(EDIT).content.decode()
    if person != "ada":
        assert client.post(EDIT, NEW).status_code == {None: 302}.get(person, 403)
        assert EditableText.objects.count() == 0


@pytest.mark.parametrize("address", ["/secretariat/texts/nothing/en/", "/secretariat/texts/about/xx/"])
def test_what_is_no_text_is_not_found(as_ada: Client, address: str) -> None:
    assert as_ada.get(address).status_code == 404


def test_the_form_starts_with_the_shipped_text_and_sending_it_so_keeps_it_shipped(as_ada: Client) -> None:
    text = shipped("about", "en")
    assert text is not None
    form = as_ada.get(EDIT).context["form"]
    assert (form.initial["title"], form.initial["body"]) == (text.title, text.body)
    same = {"title": text.title, "body": text.body.replace("\n", "\r\n"), "version": "0"}
    assert as_ada.post(EDIT, same).status_code == 302
    assert EditableText.objects.get().is_shipped
    assert "As shipped" in as_ada.get("/secretariat/texts/").content.decode()


def test_a_text_is_saved_and_everybody_reads_it(as_ada: Client) -> None:
    response = as_ada.post(EDIT, NEW, follow=True)
    assert "Saved. Everybody reads it now." in response.content.decode()
    row = EditableText.objects.get()
    assert (row.key, row.language, row.title, row.body) == ("about", "en", "We", "## Who\n\nHello.")
    assert '<h2 id="who">Who</h2>\n<p>Hello.</p>' in as_ada.get("/about/").content.decode()


def test_a_preview_saves_nothing_and_keeps_what_was_typed(as_ada: Client) -> None:
    content = as_ada.post(EDIT, NEW | {"preview": "1"}).content.decode()
    assert "Preview: not saved yet" in content
    assert "<h2>Who</h2>\n<p>Hello.</p>" in content
    assert "## Who\n\nHello.</textarea>" in content
    assert EditableText.objects.count() == 0


def test_a_preview_of_nothing_is_the_shipped_text(as_ada: Client) -> None:
    content = as_ada.post(EDIT, {"title": "", "body": "", "version": "0", "preview": "1"}).content.decode()
    assert '<p class="voice title">About NET4U Europe</p>' in content


def test_an_unknown_word_in_braces_is_told(as_ada: Client) -> None:
    content = as_ada.post(EDIT, NEW | {"body": "By {{ boss }}."}).content.decode()
    assert "Nothing is filled in for boss. You can use: data_controller," in content
    assert "By {{ boss }}.</textarea>" in content


@pytest.mark.parametrize("version", ["0", "1", ""])
def test_somebody_who_was_faster_is_told_with_both_texts(as_ada: Client, ada: User, version: str) -> None:
    """0: nobody had written when the form was opened; 1: the other one wrote again; none: the form lost it."""
    theirs = write_text(text=EditableText(key="about", language="en", title="Theirs", body="Good day."), by=ada)
    write_text(text=theirs, by=ada)
    response = as_ada.post(EDIT, NEW | {"version": version})
    content = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else changed this while you wrote." in content
    assert "Good day.</pre>" in content
    assert "## Who\n\nHello.</textarea>" in content
    assert EditableText.objects.get().body == "Good day."
    again = response.context["form"]["version"].value()
    assert as_ada.post(EDIT, NEW | {"version": again}).status_code == 302
    assert EditableText.objects.get().body == "## Who\n\nHello."


def test_the_instant_between_look_and_save_is_a_conflict_too(
    as_ada: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_text(text=EditableText(key="about", language="en", title="Theirs", body="Good day."), by=ada)
    stale = EditableText.objects.get()
    write_text(text=EditableText.objects.get(), by=ada)
    monkeypatch.setattr("net4u.site.texts.TextEdit.text", stale)
    monkeypatch.setattr(EditableText._base_manager, "get", lambda **_: stale, raising=False)
    response = as_ada.post(EDIT, NEW | {"version": "1"})
    assert response.status_code == 409
    assert "## Who\n\nHello.</textarea>" in response.content.decode()
