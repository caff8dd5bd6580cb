"""A workshop is written down by somebody who never did it before: in a real browser, with and without scripts."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error

from tests.audit.joining import Person
from tests.audit.reader import Lost
from tests.audit.verdict import JOURNEY, Problem, Seat
from tests.audit.visit import Visitor, Way
from tests.audit.world import CURATOR

#: Once with scripts, on a desk; once without, on a phone.
KINDS = ((True, Way("en", "light", 1280)), (False, Way("it", "dark", 390)))
TITLES = ("Evenings at the lighthouse", "Mornings at the harbour")
CAPTURE = ".capture form .btn-primary"


def writes_down(visitor: Visitor, title: str, way: Way, scripts: bool) -> None:
    with visitor.context(CURATOR, way, java_script_enabled=scripts) as context:
        curator = Person(context.new_page(), visitor.address, way.language)
        curator.open("/secretariat/workshops/new/")
        curator.send(title_en="", place="Genoa")
        curator.expect("/secretariat/workshops/new/")
        curator.send(title_en=title, kind="training", starts_on="2026-03-02", ends_on="2026-03-03")
        curator.expect(r"/secretariat/workshops/[\w-]+/")
        desk = curator.page.url.partition("#")[0].removeprefix(visitor.address + curator.prefix)
        for day, session in (("1", "Opening words"), ("1", "What we saw")):
            curator.open(f"{desk}sessions/new/?day={day}")
            curator.send(".in-place .btn-primary", title_en=session)
        moves(curator, scripts)
        captures(curator, desk, scripts)
        curator.open(desk)
        curator.page.locator(".turn > summary").first.click()
        with curator.page.expect_navigation():
            curator.page.locator(".turn a").first.click()
        curator.send("main form.form .btn-primary", source="", addressees="all_states")
        curator.open(f"{desk}publish/")
        curator.send("main form .btn-primary")
        slug = curator.page.locator("main a[href*='/workshops/']:not([href*='secretariat'])").last.get_attribute("href")
    with visitor.context("nobody", way, java_script_enabled=scripts) as context:
        stranger = Person(context.new_page(), visitor.address, way.language)
        stranger.open(f"/{str(slug).removeprefix(stranger.prefix).lstrip('/')}")
        for words in (title, "Opening words", "Open the doors on Sundays", "Train teachers"):
            stranger.reads(words)


def moves(curator: Person, scripts: bool) -> None:
    """The second session to the top, by key or by button."""
    up = curator.page.locator(".desk-day [name=up]").nth(1)
    with curator.page.expect_navigation():
        if scripts:
            up.focus()
            curator.page.keyboard.press("Alt+ArrowUp")
        else:
            up.click()
    first = curator.page.locator(".desk-day .desk-row strong").first.inner_text()
    if first != "What we saw":
        raise Lost(f"“{first}” is still the first session")


def captures(curator: Person, desk: str, scripts: bool) -> None:
    """A pasted list, then one more line with Enter alone where there are scripts."""
    curator.open(desk)
    curator.send(CAPTURE, text="- Open the doors on Sundays\n- Train teachers")
    if scripts:
        field = curator.page.locator("[data-capture] textarea")
        field.fill("Ask the neighbours")
        with curator.page.expect_navigation():
            field.press("Enter")
    else:
        curator.send(CAPTURE, text="Ask the neighbours")
    found = curator.page.locator(".captured .voice").all_inner_texts()
    if found != ["Open the doors on Sundays", "Train teachers", "Ask the neighbours"]:
        raise Lost(f"captured: {found}")


#: The inbox, on a phone with a keyboard and on a desk.
BY_KEYS = (Way("en", "light", 320), Way("fr", "dark", 1280))


def works_through(visitor: Visitor, way: Way, place: int) -> None:
    """Without a mouse: down to a row, take it, find it taken, open it, go back and give it back."""
    with visitor.context(CURATOR, way) as context:
        curator = Person(context.new_page(), visitor.address, way.language)
        page = curator.page

        def the_row() -> str:
            curator.open("/secretariat/")
            for _ in range(place):
                page.keyboard.press("j")
            return str(page.evaluate("document.activeElement.innerText"))

        row = page.locator(".inbox-row").nth(place - 1)
        words = the_row()
        with page.expect_navigation():
            page.keyboard.press("t")
        if the_row() != words or not row.locator("[name=let_go]").count():
            raise Lost(f"“{words}” is not taken")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.url.rstrip("/").endswith("/secretariat"):
            raise Lost(f"“{words}” does not open")
        the_row()
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        the_row()
        if row.locator("[name=let_go]").count():
            raise Lost(f"“{words}” was not given back")


def travels_by_keys(visitor: Visitor, _world: Any, number: int) -> list[Problem]:
    way = BY_KEYS[number]
    try:
        works_through(visitor, way, place=2 * number + 2)  # both are on their way at once
    except (Lost, Error) as error:
        said = str(error).strip().splitlines()[0]
        return [Problem(JOURNEY, "lost", said, Seat("the_inbox_is_worked_by_keys", "", *way))]
    return []


def travels(visitor: Visitor, _world: Any, number: int) -> list[Problem]:
    scripts, way = KINDS[number]
    try:
        writes_down(visitor, TITLES[number], way, scripts)
    except (Lost, Error) as error:
        said = str(error).strip().splitlines()[0]
        return [Problem(JOURNEY, "lost", said, Seat("a_workshop_is_written_down", f"scripts: {scripts}", *way))]
    return []
