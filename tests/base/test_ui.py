"""How figures and dates are said."""

from __future__ import annotations

from datetime import date

import pytest

from net4u.base.templatetags.ui import figure, when

NOVEMBER = date(2025, 11, 19)


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        (None, None, "unknown", "Date not stated"),
        (None, None, "day", "Date not stated"),
        (NOVEMBER, None, "unknown", "Date not stated"),
        (NOVEMBER, None, "day", "19 November 2025"),
        (NOVEMBER, NOVEMBER, "day", "19 November 2025"),
        (NOVEMBER, date(2025, 11, 21), "day", "19\N{EN DASH}21 November 2025"),
        (NOVEMBER, date(2025, 12, 1), "day", "19 November \N{EN DASH} 1 December 2025"),
        (NOVEMBER, date(2026, 1, 2), "day", "19 November 2025 \N{EN DASH} 2 January 2026"),
        (NOVEMBER, None, "month", "November 2025"),
        (NOVEMBER, date(2025, 11, 21), "month", "November 2025"),
        (NOVEMBER, date(2025, 12, 21), "month", "November 2025 \N{EN DASH} December 2025"),
        (NOVEMBER, None, "year", "2025"),
        (NOVEMBER, date(2026, 11, 21), "year", "2025 \N{EN DASH} 2026"),
    ],
)
def test_a_date_is_no_more_exact_than_its_source(
    start: date | None, end: date | None, precision: str, said: str
) -> None:
    assert when(start, end, precision).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("value", "qualifier", "said"),
    [
        (14, "exact", "14"),
        (1400, "exact", "1,400"),
        (40, "more_than", (">", "more than")),
        (40, "about", ("≈", "about")),
        (40, "at_least", ("≥", "at least")),
    ],
)
def test_a_figure_keeps_its_qualifier(value: int, qualifier: str, said: str | tuple[str, str]) -> None:
    if isinstance(said, tuple):
        sign, words = said[0].replace(">", "&gt;"), said[1]
        said = (
            f'<span aria-hidden="true">{sign}\N{NO-BREAK SPACE}{value}</span>'
            f'<span class="visually-hidden">{words} {value}</span>'
        )
    assert figure(value, qualifier) == said
