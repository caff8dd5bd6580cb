"""The portal's own texts: what is shipped, what replaces it, and what is filled in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError

from net4u.base.change import Conflict
from net4u.base.decisions import Decisions
from net4u.base.markdown import write
from net4u.base.models import JournalEntry
from organizations.enums import TextKey
from organizations.models import EditableText
from organizations.services import write_text
from organizations.texts import PLACEHOLDER, PLACEHOLDERS, filled, shipped, text_for, text_in, unknown_placeholders
from people.models import User

LANGUAGES = ("en", "fr", "it")


@pytest.mark.parametrize("key", TextKey.values)
def test_each_text_is_shipped_in_each_language_with_the_same_parts(key: str) -> None:
    """So many headings, points and links, and the same things filled in: nothing was forgotten in translation."""
    texts = [shipped(key, language) for language in LANGUAGES]
    shapes = set()
    for text in texts:
        assert text is not None
        assert text.title
        assert unknown_placeholders(text.body) == []
        html = write(text.body).html
        tags = tuple(len(re.findall(f"<{tag}[ >]", html)) for tag in ("h2", "li", "p", "a", "strong"))
        shapes.add((text.changed_on, tags, tuple(sorted(PLACEHOLDER.findall(text.body)))))
    assert len(shapes) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_keep_their_promises_to_plain_words(language: str) -> None:
    for key in TextKey.values:
        text = shipped(key, language)
        assert text is not None
        assert "!" not in text.body
        assert "112" in text.body or key in {"about", "accessibility", "privacy"}


@pytest.mark.django_db
def test_decisions_of_the_owner_are_filled_in_or_not_stated(settings: LazySettings) -> None:
    assert filled("{{ data_controller }}, {{data_licence}}") == "not stated, not stated"
    settings.DATA_CONTROLLER = "*Alliance* [x](y)"
    assert write(filled("By {{ data_controller }}.")).html == "<p>By *Alliance* [x](y).</p>\n"
    assert filled("[Write]({{ contact_page }}) {{ nothing }} {% now %}") == "[Write](/contact/) {{ nothing }} {% now %}"


def test_every_placeholder_is_a_word() -> None:
    told = Decisions(data_controller="", data_licence="", reports_kept_days=30)
    assert all(fill(told) for fill in PLACEHOLDERS.values())


@pytest.mark.django_db
def test_a_written_text_replaces_the_shipped_one_in_its_language_alone(ada: User) -> None:
    with time_machine.travel(date(2026, 12, 1)):
        write_text(text=EditableText(key="about", language="fr", title="Nous", body="Bonjour."), by=ada)
    french = text_for("about", "fr")
    assert (french.title, french.body, french.changed_on) == ("Nous", "Bonjour.", date(2026, 12, 1))
    assert text_for("about", "en") == shipped("about", "en")
    entry = JournalEntry.objects.get()
    assert (entry.by, entry.what, entry.diff["body"]) == (ada, "text.written", [None, "Bonjour."])


@pytest.mark.django_db
def test_an_empty_text_is_the_shipped_one_again(ada: User) -> None:
    text = write_text(text=EditableText(key="about", language="en", title="We", body="Hello."), by=ada)
    text.title = text.body = ""
    write_text(text=text, by=ada)
    assert text_for("about", "en") == shipped("about", "en")


@pytest.mark.django_db
def test_a_language_without_the_text_reads_the_first_one() -> None:
    assert text_in("about", "mt") is None
    assert text_for("about", "mt") == shipped("about", "en")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "may"), [("alice", False), ("bob", False), ("charlie", False), ("sam", False), ("ada", True)]
)
def test_administrators_write(request: pytest.FixtureRequest, person: str, may: bool) -> None:
    text, by = EditableText(key="about", language="en", title="We", body="Hello."), request.getfixturevalue(person)
    if may:
        write_text(text=text, by=by)
    else:
        with pytest.raises(PermissionDenied):
            write_text(text=text, by=by)
    assert EditableText.objects.count() == may


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"title": "We"}, {"body": "Hello."}])
def test_half_a_text_is_none(ada: User, given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="A text needs a title and a body."):
        write_text(text=EditableText(key="about", language="en", **given), by=ada)


@pytest.mark.django_db
def test_two_who_write_it_first_are_a_conflict(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both looked before either had saved."""
    theirs = write_text(text=EditableText(key="about", language="en", title="We", body="Hello."), by=ada)
    monkeypatch.setattr(EditableText, "full_clean", lambda _self: None)
    mine: Any = EditableText(key="about", language="en", title="Us", body="Good day.")
    with pytest.raises(Conflict) as conflict:
        write_text(text=mine, by=ada)
    assert conflict.value.theirs == theirs
