"""``make audit``: every page in a browser, in every language, light and dark, narrow and wide, and the journeys.

Languages, themes and widths meet in pairs; with ``AUDIT=full`` every page is seen in each combination. The last line on
standard output is the verdict as JSON; what is wrong stands before it, on standard error.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tests.audit import curating, joining, rome
from tests.audit.browser import chromium, program
from tests.audit.covering import everything, pairwise
from tests.audit.crew import Job, share
from tests.audit.journeys import JOURNEYS, WAYS, Journey, travel
from tests.audit.pages import pages, undeclared
from tests.audit.planted import unseen
from tests.audit.portal import Portal, portal
from tests.audit.verdict import HTML, UNDECLARED, WRONG, Problem, Verdict
from tests.audit.visit import Example, Found, Visitor, Way
from tests.audit.world import Loaded, languages, localized

THEMES = ("light", "dark")
#: 320 is also what a window of 1280 shows at 400 % zoom.
WIDTHS = (320, 1280)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    program()
    begun, verdict = time.monotonic(), Verdict()
    with chromium() as browser:
        blind = list(unseen(browser))
    if blind:
        sys.exit("\n".join(["audit: FAILED, it does not see what was planted:", *blind]))
    with portal() as ours:
        audit(verdict, ours, Loaded())
    for line in verdict.lines():
        print(line, file=sys.stderr)
    print(f"audited in {time.monotonic() - begun:.0f} s; heaviest: {verdict.heaviest_page}", file=sys.stderr)
    print(verdict.line())
    return 0 if verdict.passed else 1


def audit(verdict: Verdict, ours: Portal, world: Loaded) -> None:
    from tests.sweep.routes import routes

    table = pages(world)
    missing = undeclared([route.name for route in routes()], table)
    verdict.problems += [Problem(UNDECLARED, "route", each) for each in missing]
    verdict.pages = sum(map(len, table.values()))
    found: list[Found] = []
    trips = [_trip(journey, way, world, verdict) for journey in JOURNEYS for way in WAYS]
    for way_of in (joining, curating):
        trips += [_working(way_of.travels, number, world, verdict) for number in range(len(way_of.KINDS))]
    trips += [_working(curating.travels_by_keys, number, world, verdict) for number in range(len(curating.BY_KEYS))]
    trips.append(_working(lambda visitor, world, _number: rome.travels(visitor, world), 0, world, verdict))
    planned = plan(table, languages(), full=os.environ.get("AUDIT") == "full")
    share([*trips, *(_visit(example, way, found, world) for example, way in planned)], ours.address, world.cookies)
    tell(verdict, found)
    verdict.problems += [Problem(WRONG, "the portal's log", line) for line in complaints(ours)]


def plan(table: Mapping[str, Sequence[Example]], spoken: Sequence[str], *, full: bool) -> list[tuple[Example, Way]]:
    """Of each route: every two of example, language, theme and width meet, or all of them do. Each example is in the
    language of its visit; a page that has no address in a language is not seen in it.
    """
    combine = everything if full else pairwise
    return [
        (replace(example, path=path, lands=example.lands and localized(example.lands, way[0])), Way(*way))
        for examples in table.values()
        for example, *way in combine([examples, spoken, THEMES, WIDTHS])
        if (path := localized(example.path, way[0]))
    ]


def _trip(journey: Journey, way: Way, world: Loaded, verdict: Verdict) -> Job:
    def job(visitor: Visitor) -> None:
        verdict.problems.extend(travel(visitor, world, journey, way))
        verdict.journeys += 1

    return job


def _working(travels: Callable[..., list[Problem]], number: int, world: Loaded, verdict: Verdict) -> Job:
    def job(visitor: Visitor) -> None:
        verdict.problems.extend(travels(visitor, world, number))
        verdict.journeys += 1

    return job


def _visit(example: Example, way: Way, found: list[Found], world: Loaded) -> Job:
    def job(visitor: Visitor) -> None:
        if example.act:
            world.forget_limits()  # nobody sends one form as often as it is looked at here
        found.append(visitor.look(example, way))

    return job


def tell(verdict: Verdict, found: Iterable[Found]) -> None:
    """What single visits say, and whether titles tell pages apart."""
    titles: dict[tuple[str, str, str], set[str]] = {}
    for each in sorted(found, key=lambda each: each.seat):
        verdict.visits += 1
        verdict.weigh(each.seat, each.size)
        verdict.problems += each.problems
        if each.place:
            titles.setdefault((each.seat.language, each.seat.reader, each.title), set()).add(each.place)
    for (language, reader, title), places in titles.items():
        if len(places) > 1:
            where = f"{title!r} in {language} for {reader}: {', '.join(sorted(places))}"
            verdict.problems.append(Problem(HTML, "one title for several pages", where))


def complaints(ours: Portal) -> list[str]:
    """Errors that the portal wrote down meanwhile."""
    lines = ours.log.read_text(errors="replace").splitlines()
    return sorted({line.split(" ERROR ")[1] for line in lines if " ERROR " in line})


if __name__ == "__main__":
    sys.exit(main())
