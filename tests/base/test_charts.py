"""Where the marks of a chart stand, and what a table of figures hands out."""

from __future__ import annotations

import pytest

from net4u.base.charts import Part, Row, Table, columns, percent, single, stacked


def part(value: int, look: str = "") -> Part:
    return Part(look, value, f"{value} things", f"/list/?look={look}")


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (12.5, "12.5%"), (100 / 3, "33.33%"), (100, "100%"), (99.999, "100%")]
)
def test_a_share_is_text_that_no_language_rewrites(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("from_right", "places"), [(False, ["0%", "30%"]), (True, ["70%", "20%"])])
def test_parts_stand_one_behind_the_other_from_the_reading_side(from_right: bool, places: list[str]) -> None:
    bar = stacked("Short", part(8), [part(3), part(0), part(5)], most=10, from_right=from_right)
    assert [mark.part.value for mark in bar.marks] == [3, 5]
    assert [mark.x for mark in bar.marks] == places
    assert [mark.width for mark in bar.marks] == ["30%", "50%"]
    assert bar.marks[0].middle == ("15%" if not from_right else "85%")


@pytest.mark.parametrize(
    ("value", "most", "shown"), [(5, 100, True), (4, 100, False), (10, 150, False), (11, 150, True)]
)
def test_a_number_stands_in_its_part_where_it_has_room(value: int, most: int, shown: bool) -> None:
    assert [mark.shows_value for mark in stacked("", part(value), [part(value)], most=most).marks] == [shown]


def test_nothing_is_drawn_of_nothing() -> None:
    assert stacked("Long", part(0), [part(0)], most=0).marks == []
    assert single("Pillar", part(0), most=0)[2:] == ([], "0%", 8)
    assert [column.blocks for column in columns([("Jan", [part(0), part(0)])])] == [[]]
    assert columns([]) == []


@pytest.mark.parametrize(("from_right", "found"), [(False, ("0%", "42%", "42%", 8)), (True, ("58%", "42%", "58%", -8))])
def test_a_single_bar_leaves_room_for_its_number(from_right: bool, found: tuple[str, str, str, int]) -> None:
    bar = single("Pillar", part(5), most=10, from_right=from_right)
    assert (bar.marks[0].x, bar.marks[0].width, bar.end, bar.gap) == found


def test_columns_grow_from_the_ground() -> None:
    high, low = columns([("Jan", [part(6), part(3)]), ("Feb", [part(1), part(0)])])
    assert (high.total, high.x, high.width, high.middle, high.top) == (9, "8.5%", "33%", "25%", 22)
    assert [(block.y, block.height) for block in high.blocks] == [(82, 120), (22, 60)]
    assert [(block.y, block.height, block.shows_value) for block in low.blocks] == [(182, 20, True)]
    assert low.middle == "75%"


def test_a_table_hands_out_names_and_numbers() -> None:
    table = Table(["Month", "In time"], [Row("May", [part(2)]), Row("All", [part(2)], "all")])
    assert list(table.cells()) == [["May", 2], ["All", 2]]
