"""Pages of lists, and the letters of sources."""

from __future__ import annotations

import pytest
from django.core.paginator import EmptyPage

from net4u.base.views import SourceLetters, WindowPaginator, letter
from tests.factories import SourceFactory, ThemeFactory
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db


def page_of(number: int, *, rows: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setattr(WindowPaginator, "MOST", 4)
    source = SourceFactory()
    ThemeFactory.create_batch(rows, source=source)
    paginator = WindowPaginator(Theme.objects.order_by("order", "id"), 2)
    page = paginator.page(number)
    return {
        "rows": len(page.object_list),
        "shown": (page.start_index(), page.end_index()),
        "of": paginator.count_in_words,
        "previous": page.has_previous() and page.previous_page_number(),
        "next": page.has_next() and page.next_page_number(),
    }


@pytest.mark.parametrize(
    ("number", "rows", "told"),
    [
        (1, 0, {"rows": 0, "shown": (1, 0), "of": "0", "previous": False, "next": False}),
        (1, 2, {"rows": 2, "shown": (1, 2), "of": "2", "previous": False, "next": False}),
        (1, 3, {"rows": 2, "shown": (1, 2), "of": "3", "previous": False, "next": 2}),
        (2, 3, {"rows": 1, "shown": (3, 3), "of": "3", "previous": 1, "next": False}),
        (3, 5, {"rows": 1, "shown": (5, 5), "of": "more than 4", "previous": 2, "next": False}),
    ],
)
def test_a_page_says_what_it_shows(
    number: int, rows: int, told: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page_of(number, rows=rows, monkeypatch=monkeypatch) == told


@pytest.mark.parametrize("number", [0, -1, 2, 10_001, 10**30])
def test_there_is_no_such_page(number: int) -> None:
    ThemeFactory()
    with pytest.raises(EmptyPage, match=r"^There is no such page\.$"):
        WindowPaginator(Theme.objects.all(), 2).page(number)


def test_sources_are_lettered_in_the_order_of_the_page() -> None:
    first, second = SourceFactory(), SourceFactory()
    letters = SourceLetters([None, second, first, second])
    assert list(letters) == [("A", second), ("B", first)]
    assert (letters.of(first), letters.of(None), letters.of(SourceFactory())) == ("B", "", "")


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
