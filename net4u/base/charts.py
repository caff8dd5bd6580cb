"""The geometry of charts, and the same figures as a table. Pure: numbers in, marks out.

Lengths that depend on the width of the page are percentages and text is never scaled: one drawing fits a phone and a
desk. What stands in templates is text already, so that no language writes its decimals with a comma there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

#: How wide (percent) a part must be for a number of one digit, and for each further digit.
ROOM, DIGIT = 4.5, 2.5
#: How much of the width the longest bar takes where its number stands behind it.
LONGEST = 84.0
#: Between a bar and the number behind it, in pixels.
GAP = 8
#: Columns: how high the plot is, and what is left above it for a number.
PLOT, ABOVE = 180, 22
#: How much of its place a column takes, and from which height a number stands in it.
COLUMN, ROOM_HIGH = 0.66, 20


class Part(NamedTuple):
    """One figure: how it looks (a class), what it counts in words, and the list it counts."""

    look: str
    value: int
    words: str
    address: str


class Mark(NamedTuple):
    """A part with its place along the bar; ``middle`` is where its number stands."""

    part: Part
    x: str
    width: str
    middle: str
    shows_value: bool


class Bar(NamedTuple):
    name: str
    total: Part
    marks: list[Mark]
    #: Where a number behind the bar begins, and how many pixels further.
    end: str = ""
    gap: int = 0


class Block(NamedTuple):
    """A part with its place in a column, in pixels from the top."""

    part: Part
    y: int
    height: int
    middle: int
    shows_value: bool


class Column(NamedTuple):
    name: str
    total: int
    x: str
    width: str
    middle: str
    top: int
    blocks: list[Block]


def percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def stacked(name: str, total: Part, parts: Iterable[Part], *, most: int, from_right: bool = False) -> Bar:
    """Parts one behind the other; ``most`` is the total of the longest bar. Nothing is drawn for nothing."""
    marks, start = [], 0.0
    for part in parts:
        width = 100 * part.value / most if most else 0.0
        if part.value:
            left = 100 - start - width if from_right else start
            shows = width >= ROOM + DIGIT * (len(str(part.value)) - 1)
            marks.append(Mark(part, percent(left), percent(width), percent(left + width / 2), shows))
        start += width
    return Bar(name, total, marks)


def single(name: str, part: Part, *, most: int, from_right: bool = False) -> Bar:
    """One bar with its number behind it."""
    width = LONGEST * part.value / most if most else 0.0
    left = 100 - width if from_right else 0.0
    mark = Mark(part, percent(left), percent(width), percent(left + width / 2), shows_value=False)
    end, gap = (left, -GAP) if from_right else (width, GAP)
    return Bar(name, part, [mark] if part.value else [], percent(end), gap)


def columns(named: Sequence[tuple[str, Sequence[Part]]]) -> list[Column]:
    """Parts upon each other, the first one at the bottom; time runs from left to right in every language."""
    most = max((sum(part.value for part in parts) for _, parts in named), default=0)
    place = 100 / max(len(named), 1)
    drawn = []
    for number, (name, parts) in enumerate(named):
        left = number * place + place * (1 - COLUMN) / 2
        blocks = list(_blocks(parts, most))
        top = min((block.y for block in blocks), default=ABOVE + PLOT)
        total = sum(part.value for part in parts)
        drawn.append(
            Column(name, total, percent(left), percent(place * COLUMN), percent((number + 0.5) * place), top, blocks)
        )
    return drawn


def _blocks(parts: Sequence[Part], most: int) -> Iterator[Block]:
    bottom = ABOVE + PLOT
    for part in parts:
        if part.value:
            height = max(round(PLOT * part.value / most), 1)
            bottom -= height
            yield Block(part, bottom, height, bottom + height // 2, height >= ROOM_HIGH)


class Row(NamedTuple):
    """One line of a table: its name and its figures, in the order of the heads."""

    name: str
    figures: list[Part]
    look: str = ""


class Table(NamedTuple):
    heads: list[str]
    rows: list[Row]

    def cells(self) -> Iterator[list[str | int]]:
        """As a file to download has it."""
        return ([row.name, *(figure.value for figure in row.figures)] for row in self.rows)
