"""``make screenshots``: every page on a phone and on a desk, light and dark, into ``var/screenshots/``.

And the three pictures of the README, into ``docs/pictures/``: always of the same day, so that they change with the
portal only.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator

from tests.audit.browser import chromium, program
from tests.audit.crew import Job, share
from tests.audit.pages import pages
from tests.audit.portal import ROOT, portal
from tests.audit.visit import HEIGHT, NOBODY, Example, Visitor, Way
from tests.audit.world import Loaded, World

WIDTHS = (390, 1280)
THEMES = ("light", "dark")
FOLDER = ROOT / "var" / "screenshots"
PICTURES = ROOT / "docs" / "pictures"
#: As much of a page as the README shows.
PICTURE = {"width": 1280, "height": 800}
MOST_BYTES = 250_000
NOT_A_NAME = re.compile(r"[^\w.-]+")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    program()
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with portal() as ours:
        world = Loaded()
        seen = {file_name(example): example for examples in pages(world).values() for example in examples}
        share([_page(name, example) for name, example in seen.items()], ours.address, world.cookies)
        with chromium() as browser:
            heavy = list(pictures(Visitor(browser, ours.address), world))
    for problem in heavy:
        print(problem, file=sys.stderr)
    print(f"screenshots: {len(seen)} pages in {FOLDER.relative_to(ROOT)}, README pictures in docs/pictures")
    return 1 if heavy else 0


def file_name(example: Example) -> str:
    """Of the address, and what makes it different from others of the same address."""
    reader = "" if example.reader == NOBODY else f" as {example.reader}"
    path = example.path.strip("/") or "home"
    return NOT_A_NAME.sub("-", f"{path}{reader} {example.note}").strip("-.")[:150]


def _page(name: str, example: Example) -> Job:
    """Loaded once, and then shown in every width and theme."""

    def job(visitor: Visitor) -> None:
        with visitor.context(example.reader, Way("en", "light", WIDTHS[0]), locale=example.asks or "en") as context:
            page = context.new_page()
            visitor.open(page, example, "en")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                for theme in THEMES:
                    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                    page.screenshot(path=FOLDER / f"{name}-{width}-{theme}.png", full_page=True)

    return job


def readme(world: World) -> dict[str, tuple[str, str]]:
    """The pictures of the README: the page, and what stands at their top."""
    return {
        "home": ("/", "body"),
        "commitment": (f"/commitments/{world.commitment('register')}/", "main"),
        "directory": ("/organizations/", "main"),
    }


def pictures(visitor: Visitor, world: World) -> Iterator[str]:
    """Tells of those that became too heavy."""
    for name, (path, top) in readme(world).items():
        file = PICTURES / f"{name}.png"
        with visitor.context(NOBODY, Way("en", "light", PICTURE["width"])) as context:
            page = context.new_page()
            page.goto(f"{visitor.address}{path}")
            y = page.locator(top).evaluate("element => element.getBoundingClientRect().top")
            page.screenshot(path=file, full_page=True, clip={"x": 0, "y": y, **PICTURE})
        if (size := file.stat().st_size) > MOST_BYTES:
            yield f"{file.relative_to(ROOT)} has {size} bytes, the most is {MOST_BYTES}"


if __name__ == "__main__":
    sys.exit(main())
