"""Europe as it is drawn: outlines, points of small states, and where a number has room. Names and figures come later.

The outlines go into one file of their own (``static/img/europe.svg``), written by ``manage.py draw_map``: a browser
loads it once, compressed, and each page only says what stands in which country.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data" / "europe_map.json"
#: Drawn in half units of the data: whole numbers, and nobody sees the difference.
SCALE = 2
WIDTH, HEIGHT = 800 * SCALE, 760 * SCALE
#: What is narrower than this, or lies beyond the edge, is drawn as a point.
LEAST_ROOM = 4
#: How far inside the edge a state that lies beyond it is marked.
INSET = 16

Point = tuple[int, int]
Ring = list[Point]


class Shape(NamedTuple):
    """``x`` and ``y`` are its point, or where its number stands; ``room`` is how far the next border is from there."""

    code: str
    is_point: bool
    x: int
    y: int
    room: int


@cache
def shapes() -> dict[str, Shape]:
    return {each["iso2"]: _shape(each) for each in _data()["countries"]}


def drawing() -> str:
    """The file of outlines. No colour is in it: the page that uses an outline gives it."""
    data = _data()
    lands = "".join(_outline(_rings(each["d"])) for each in data["context"])
    paths = [
        f'  <path id="{each["iso2"]}" d="{_outline(_rings(each["d"]))}"/>\n'
        for each in sorted(data["countries"], key=lambda each: str(each["iso2"]))
        if not shapes()[each["iso2"]].is_point
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        f"  <!-- {data['source']}. Projection: {data['projection']}. -->\n"
        f'  <path id="around" d="{lands}"/>\n{"".join(paths)}</svg>\n'
    )


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def _shape(country: dict[str, Any]) -> Shape:
    x, y, room = _roomiest(_rings(country["d"]))
    if country["small"] or room < LEAST_ROOM:
        x, y, room = round(country["x"] * SCALE), round(country["y"] * SCALE), 0
        x, y = min(max(x, INSET), WIDTH - INSET), min(max(y, INSET), HEIGHT - INSET)
    return Shape(country["iso2"], not room, x, y, room)


def _rings(path: str) -> list[Ring]:
    """Closed lines of whole points; what shrinks to less than a triangle is gone."""
    rings = []
    for text in filter(None, path.split("Z")):
        numbers = [each.split(",") for each in text.removeprefix("M").split("L")]
        points = [(round(float(x) * SCALE), round(float(y) * SCALE)) for x, y in numbers]
        ring = [points[0], *(there for here, there in pairwise(points) if there != here)]
        if len(ring) > 2:
            rings.append(ring)
    return rings


def _outline(rings: list[Ring]) -> str:
    """Relative steps take half the space of absolute points."""
    text = ""
    for ring in rings:
        steps = [f"{there[0] - here[0]},{there[1] - here[1]}" for here, there in pairwise(ring)]
        text += f"M{ring[0][0]},{ring[0][1]}l{' '.join(steps)}z"
    return text.replace(",-", "-").replace(" -", "-")


def _roomiest(rings: list[Ring]) -> tuple[int, int, int]:
    """A place well inside: the middle of a wide chord that is high there, too; and half of the shorter of the two."""
    best = (0, 0, -1)
    for ring in rings:
        top, bottom = max(min(y for _, y in ring), 0), min(max(y for _, y in ring), HEIGHT)
        for share in range(1, 24):
            level = top + (bottom - top) * share / 24
            for left, right in _chords(ring, level):
                middle = (max(left, 0) + min(right, WIDTH)) / 2
                for up, down in _chords([(y, x) for x, y in ring], middle):
                    room = int(min(min(right, WIDTH) - max(left, 0), 2 * (level - up), 2 * (down - level)) / 2)
                    if up <= level <= down and room > best[2]:
                        best = (round(middle), round(level), room)
    return best


def _chords(ring: Ring, level: float) -> Iterator[tuple[float, float]]:
    """Where a horizontal line runs inside the ring."""
    level += 0.01  # never through a corner
    crossings = sorted(
        here[0] + (level - here[1]) * (there[0] - here[0]) / (there[1] - here[1])
        for here, there in pairwise([*ring, ring[0]])
        if (here[1] > level) != (there[1] > level)
    )
    return zip(crossings[::2], crossings[1::2], strict=True)
