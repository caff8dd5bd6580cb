"""What the audit found, and the line it ends with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

#: What a first page may weigh over the wire, style sheets and pictures included, with an empty cache.
MOST_BYTES = 100_000

AXE, CSP, CONSOLE, FOREIGN, SCROLL = (
    "axe_violations", "csp_violations", "console_errors", "foreign_requests", "horizontal_scrolls",
)  # fmt: skip
#: Anything else: the text of the page (tags, ids, title, language), what it answers, and what does not work.
HTML, WRONG, UNDECLARED, JOURNEY = "html_errors", "wrong", "undeclared", "failed_journeys"
KINDS = (AXE, CSP, CONSOLE, FOREIGN, SCROLL, HTML, WRONG, UNDECLARED, JOURNEY)


class Seat(NamedTuple):
    """From where a page is looked at."""

    page: str
    reader: str
    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.page} as {self.reader}, {self.language}, {self.theme}, {self.width} px"


class Problem(NamedTuple):
    kind: str
    rule: str
    where: str
    seat: Seat | None = None


@dataclass
class Verdict:
    pages: int = 0
    visits: int = 0
    journeys: int = 0
    heaviest: int = 0
    heaviest_page: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.problems and self.heaviest <= MOST_BYTES

    def weigh(self, seat: Seat, size: int) -> None:
        if size > self.heaviest:
            self.heaviest, self.heaviest_page = size, str(seat)

    def line(self) -> str:
        counted = {kind: sum(problem.kind == kind for problem in self.problems) for kind in KINDS}
        return json.dumps(
            {"pages": self.pages, "visits": self.visits, "journeys": self.journeys}
            | counted
            | {"heaviest_first_page_bytes": self.heaviest}
        )

    def lines(self) -> Iterator[str]:
        """The same fault in the same place is told once, with the first page that has it and how many more."""
        seats: dict[tuple[str, str, str], list[Seat]] = {}
        for kind, rule, where, seat in self.problems:
            seats.setdefault((kind, rule, where), []).extend([seat] if seat else [])
        for (kind, rule, where), at in sorted(seats.items()):
            pages = f" on {at[0]}" if at else ""
            more = f" (and {len(at) - 1} more)" if len(at) > 1 else ""
            yield f"{kind}: {rule}: {where}{pages}{more}"
        if self.heaviest > MOST_BYTES:
            yield f"too heavy: {self.heaviest} bytes, the most is {MOST_BYTES}: {self.heaviest_page}"
