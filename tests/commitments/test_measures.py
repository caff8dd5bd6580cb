"""The bar and the words beside it: from where it started to the target, upwards or downwards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from commitments.measures import Measure
from commitments.models import Commitment


def told(start: str, target: str, reported: str | None, confirmed: str | None) -> tuple[Any, ...]:
    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    measure = Measure(Decimal(start), Decimal(target), number(reported), number(confirmed))
    further = measure.further
    return (
        measure.percent,
        None if further is None else str(further),
        str(measure.to_go),
        measure.confirmed_width,
        measure.further_width,
    )


@pytest.mark.parametrize(
    ("numbers", "percent", "further", "to_go", "widths"),
    [
        (("18", "120", "74", "71"), 55, "3", "46", (520, 29)),
        (("18", "120", "74", None), 55, "74", "46", (0, 549)),
        (("0", "40", None, None), 0, None, "40", (0, 0)),
        (("0", "40", None, "10"), 0, None, "30", (250, 0)),
        (("0", "40", "10", "12"), 25, None, "28", (300, 0)),  # less reported than found
        (("0", "40", "40", None), 100, "40", "0", (0, 1000)),
        (("0", "40", "55", "40"), 100, None, "0", (1000, 0)),  # beyond the target
        (("0", "1000", "999", None), 99, "999", "1", (0, 999)),  # a hundred per cent is never rounded to
        (("18", "120", "10", None), 0, None, "102", (0, 0)),  # worse than at the start
        (("40", "10", "22", "25"), 60, "22", "12", (500, 100)),  # fewer is better
        (("5", "5", "5", None), 100, "5", "0", (0, 1000)),  # nothing to move
        (("5", "5", "4", None), 0, None, "0", (0, 0)),
    ],
)
def test_a_measure(
    numbers: tuple[Any, ...], percent: int, further: str | None, to_go: str, widths: tuple[int, int]
) -> None:
    assert told(*numbers) == (percent, further, to_go, *widths)


def test_without_a_target_there_is_no_bar() -> None:
    assert Measure.of(Commitment(), confirmed=None) is None


def test_nothing_stated_at_the_start_is_none() -> None:
    commitment = Commitment(target=Decimal(40), value=Decimal(10))
    assert Measure.of(commitment, confirmed=Decimal(4)) == Measure(Decimal(0), Decimal(40), Decimal(10), Decimal(4))
