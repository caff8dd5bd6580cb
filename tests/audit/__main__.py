"""``make audit``: every page in a browser, in every language, light and dark, narrow and wide, and the journeys.

The last line on standard output is the verdict as JSON; what is wrong stands before it, on standard error.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple

from tests.audit.browser import chromium, program
from tests.audit.covering import everything, pairwise
from tests.audit.pages import pages, undeclared
from tests.audit.planted import unseen
from tests.audit.portal import Portal, portal
from tests.audit.verdict import HTML, UNDECLARED, WRONG, Problem, Verdict
from tests.audit.visit import Example, Found, Visitor, Way
from tests.audit.world import Loaded

THEMES = ("light", "dark")
#: 320 is also what a window of 1280 shows at 400 % zoom.
WIDTHS = (320, 1280)
BROWSERS = 2


class Task(NamedTuple):
    example: Example
    path: str
    way: Way


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    program()
    begun, verdict = time.monotonic(), Verdict()
    with chromium() as browser:
        blind = list(unseen(browser))
    if blind:
        sys.exit("\n".join(["audit: FAILED, it does not see what was planted:", *blind]))
    with portal() as ours:
        world = Loaded()
        table = pages(world)
        verdict.problems += [Problem(UNDECLARED, "route", each) for each in undeclared(_routes(), table)]
        verdict.pages = sum(len(examples) for examples in table.values())
        found = visits(ours, world, tasks(table, full=os.environ.get("AUDIT") == "full"))
        tell(verdict, found)
        verdict.problems += [Problem(WRONG, "the portal's log", line) for line in complaints(ours)]
    for line in verdict.lines():
        print(line, file=sys.stderr)
    print(f"audited in {time.monotonic() - begun:.0f} s; heaviest: {verdict.heaviest_page}", file=sys.stderr)
    print(verdict.line())
    return 0 if verdict.passed else 1


def _routes() -> list[str]:
    from tests.sweep.routes import routes

    return [route.name for route in routes()]


def tasks(table: Mapping[str, Sequence[Example]], *, full: bool) -> list[Task]:
    """Of each route: every two of example, language, theme and width meet, or all of them do."""
    from django.conf import settings

    languages = [code for code, _name in settings.LANGUAGES]
    combine = everything if full else pairwise
    return [
        Task(example, localized(example.path, language), Way(language, theme, width))
        for examples in table.values()
        for example, language, theme, width in combine([examples, languages, THEMES, WIDTHS])
    ]


def localized(path: str, language: str) -> str:
    """The address of the same page in a language."""
    from django.conf import settings
    from django.urls import translate_url
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(path, language)


def visits(ours: Portal, world: Loaded, planned: Iterable[Task]) -> list[Found]:
    """Shared among a few browsers; whoever is free takes the next."""
    waiting: SimpleQueue[Task] = SimpleQueue()
    for task in planned:
        waiting.put(task)
    found: list[Found] = []

    def work() -> None:
        with chromium() as browser:
            visitor = Visitor(browser, ours.address, world.cookies)
            while True:
                try:
                    task = waiting.get_nowait()
                except Empty:
                    return
                found.append(visitor.look(*task))

    browsers = [Thread(target=work, daemon=True) for _ in range(BROWSERS)]
    for each in browsers:
        each.start()
    for each in browsers:
        each.join()
    return found


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
