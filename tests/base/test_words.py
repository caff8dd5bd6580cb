"""What search makes of texts and of what people type; no database is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from net4u.base.words import (
    EXCERPT,
    LONGEST,
    MOST_SEARCHED,
    MOST_WORDS,
    Part,
    Question,
    Said,
    cut,
    excerpt,
    said_at,
    search_text,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Réseau d\u2019élèves", ["reseau", "d", "eleves"]),
        ("re\u0301seau", ["reseau"]),
        ("Straße, ŁÓDŹ, Ærø, ﬁn", ["strasse", "lodz", "aero", "fin"]),
        ("İstanbul ISPARTA \u0131s\u0131", ["istanbul", "isparta", "isi"]),
        ("Οδός ΟΔΟΣ", ["οδοσ", "οδοσ"]),
        ("C-2025-0042", ["c", "2025", "0042"]),
        ("snake_case a.b:c*", ["snake", "case", "a", "b", "c"]),
        ("\0\ud800 \u202e", []),
        ("x" * 200, ["x" * LONGEST]),
    ],
)
def test_words_have_neither_case_nor_accents(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_words_are_letters_and_digits_and_stay_as_they_are(text: str) -> None:
    for word in words_of(text):
        assert word.isalnum()
        assert len(word) <= LONGEST
        assert words_of(word) == [word]


DATA = {
    "title": {"en": "Course", "fr": "Cours"},
    "organization": {"name": "House"},
    "partners": [{"organization": {"name": "One"}}, {"organization": None}, {"organization": {"name": "Two"}}],
    "aliases": ["A", "B"],
    "number": 7,
    "empty": "",
}


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("title", [("Course", "en"), ("Cours", "fr")]),
        ("organization.name", [("House", "")]),
        ("partners.organization.name", [("One", ""), ("Two", "")]),
        ("aliases", [("A", ""), ("B", "")]),
        ("number", []),
        ("empty", []),
        ("nowhere.at.all", []),
        ("aliases.name", []),
    ],
)
def test_a_path_leads_to_the_texts_of_a_document(path: str, texts: list[tuple[str, str]]) -> None:
    assert list(said_at(DATA, path)) == [Said(*each) for each in texts]


def test_what_is_stored_says_whose_it_is_what_it_is_called_and_what_it_says() -> None:
    assert search_text("public", "working_group", ["Élan vital", "EV"], ["One text.", "Another"]) == (
        "for0public kind0publicworkinggroup name0elanvital name0ev in0elan in0vital in0ev\n\n"
        " elan vital \n ev \n\n"
        " one text \n another "
    )  # fmt: skip


def test_a_very_long_text_is_cut() -> None:
    assert len(search_text("public", "output", ["x"], ["word " * 100_000])) == MOST_SEARCHED


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("", Question()),
        (" \0*:() ", Question(name="name0")),
        ("guide", Question((), "guide", name="name0guide")),
        ("guide ", Question(("guide",), "", name="name0guide")),
        ("EU", Question(("eu",), "", name="name0eu")),
        ("a guide a guide", Question(("a", "guide"), "guide", name="name0aguideaguide")),
        ('"social workers" tra', Question(("social", "workers"), "tra", ("social workers",), "name0socialworkerstra")),
        ("„guide“", Question(("guide",), "", name="name0guide")),
        ('"social work', Question(("social",), "work", name="name0socialwork")),
        ("NEAR(a b) OR c*", Question(("near", "a", "b", "or", "c"), "", name="name0nearaborc")),
    ],
)
def test_what_is_typed_is_words_and_nothing_else(typed: str, question: Question) -> None:
    asked = Question.of(typed)
    assert asked == question or (not typed and not asked)


def test_a_very_long_question_is_cut() -> None:
    assert len(Question.of("word " * 1000).all) == 1
    assert len(Question.of(" ".join(f"w{n}" for n in range(100))).all) == MOST_WORDS


def marked(text: str, typed: str) -> str:
    return "".join(f"[{part.text}]" if part.is_marked else part.text for part in excerpt(text, Question.of(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Nous formons les élèves, ÉLÈVE par élève.", "eleve ", "Nous formons les élèves, [ÉLÈVE] par [élève]."),
        ("Nous formons les e\u0301le\u0300ves.", "élè", "Nous formons les [e\u0301le\u0300ves]."),
        ("<script>alert(1)</script>", "script", "<[script]>alert(1)</[script]>"),
        ("Nothing of it.", "script", ""),
    ],
)
def test_words_that_were_asked_for_are_marked_as_they_were_written(text: str, typed: str, shown: str) -> None:
    assert marked(text, typed) == shown


def test_an_excerpt_is_where_most_of_the_words_are() -> None:
    text = "guide " + "word " * 100 + "A guide for teachers. " + "word " * 100
    shown = marked(text, "guide teachers")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "A [guide] for [teachers]. word" in shown
    assert EXCERPT - 20 < len(shown) < EXCERPT + 20


@given(st.text(), st.text(), st.integers(0, 50))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, typed: str, start: int) -> None:
    parts = excerpt(text, Question.of(typed))
    assert all(isinstance(part, Part) and part.text for part in parts)
    begin, end = cut(text, min(start, len(text)), 10)
    assert begin <= end <= len(text)
