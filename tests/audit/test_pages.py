"""The table of pages without a browser: it names every route, and its examples are addresses of their route."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve

from tests.audit.__main__ import THEMES, WIDTHS, plan
from tests.audit.pages import NOT_PAGES, WITHOUT_ROUTE, pages, undeclared
from tests.audit.screenshots import file_name
from tests.audit.visit import Example
from tests.audit.world import languages, localized
from tests.sweep.routes import routes

ID = "00000000-0000-4000-8000-000000000000"


class Imagined:
    """Records that need not be there."""

    password = "a password"

    def __getattr__(self, name: str) -> Any:
        answers = {
            "commitment_id": ID,
            "recommendation_id": ID,
            "message": ID,
            "import_run": ID,
            "given_up": 1,
            "passkey": 1,
            "saved_view": 1,
            "affiliation": 1,
            **dict.fromkeys(
                (
                    "registration",
                    "invitation",
                    "organization",
                    "submitted",
                    "claim",
                    "profile_change",
                    "workspace",
                    "import_run",
                ),
                ID,
            ),
            "reset_key": ("1", "key"),
        }
        return lambda *asked: answers.get(name, f"X-{name}-{'-'.join(map(str, asked))}")


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    return dict(pages(Imagined()))


def test_every_route_is_a_page_or_is_excluded_with_a_reason(table: dict[str, Any]) -> None:
    assert undeclared([route.name for route in routes()], table) == []
    assert all(NOT_PAGES.values())


def test_a_new_route_and_one_that_is_gone_are_told(table: dict[str, Any]) -> None:
    names = [route.name for route in routes() if route.name != "home"]
    assert undeclared([*names, "poems:list"], table) == ["no example for the route poems:list", "no route home"]


def test_every_example_is_an_address_of_its_route(table: dict[str, Any]) -> None:
    for name, examples in table.items():
        for example in examples if name not in WITHOUT_ROUTE else ():
            found = resolve(example.path.partition("?")[0]).view_name
            assert (example.path, name in {found, "mfa_authenticate"} or found) == (example.path, True)


def test_no_two_examples_write_the_same_picture(table: dict[str, Any]) -> None:
    names = [file_name(example) for examples in table.values() for example in examples]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_page_is_seen_in_every_language_theme_and_width(table: dict[str, Any]) -> None:
    planned = plan(table, languages(), full=False)
    for examples in table.values():
        for example in examples:
            here = [language for language in languages() if localized(example.path, language)]
            paths = {localized(example.path, language) for language in here}
            ways = [way for seen, way in planned if (seen.path, seen.reader, seen.note) in {
                (path, example.reader, example.note) for path in paths}]  # fmt: skip
            assert {way.language for way in ways} == set(here)
            if len(here) > 1:
                assert ({way.theme for way in ways}, {way.width for way in ways}) == (set(THEMES), set(WIDTHS))


def test_with_audit_full_every_combination_is_seen() -> None:
    planned = plan({"home": [Example("/")]}, ["en", "fr"], full=True)
    assert [(seen.path, *way) for seen, way in planned] == [
        (path, language, theme, width)
        for path, language in (("/", "en"), ("/fr/", "fr"))
        for theme in THEMES
        for width in WIDTHS
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/commitments/?due=open", "/fr/commitments/?due=open"),
        ("/nowhere/", "/fr/nowhere/"),
        ("/robots.txt", ""),  # in English only
    ],
)
def test_a_page_has_an_address_in_each_language(path: str, expected: str) -> None:
    assert (localized(path, "fr"), localized(path, settings.LANGUAGE_CODE)) == (expected, path)
