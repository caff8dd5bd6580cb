"""An organization joins, promises, reports and completes: in a real browser, on a phone, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

from playwright.sync_api import Error, Page

from tests.audit.reader import Lost
from tests.audit.verdict import JOURNEY, Problem, Seat
from tests.audit.visit import Visitor, Way
from tests.audit.world import CURATOR, EDITOR, NEWCOMERS, World

#: Once in each language, with and without scripts.
KINDS = list(product(("en", "it"), (True, False)))
#: So different that none is taken for another's double.
NAMES = (
    "Lighthouse for twelve schools",
    "Harbour of the reading aloud",
    "Il faro delle maestre",
    "Porte aperte a Quartu",
)
PRIMARY = "main form .btn-primary"


class Person:
    """Somebody signed in, with a phone."""

    def __init__(self, page: Page, address: str, language: str) -> None:
        self.page, self.address = page, address
        self.prefix = "" if language == "en" else f"/{language}"

    def open(self, path: str) -> None:
        answer = self.page.goto(f"{self.address}{self.prefix}{path}")
        if answer is None or not answer.ok:
            raise Lost(f"{path} is not there")

    def send(self, button: str = PRIMARY, **fields: str) -> None:
        """Fill in by the names of fields, then press a button."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']").first
            if field.get_attribute("type") in {"radio", "checkbox"}:
                chosen = f"[name='{name}'][value='{value}']" if value else f"[name='{name}']"
                self.page.locator(chosen).first.check()
            elif field.evaluate("each => each.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def expect(self, path: str) -> None:
        here = self.page.url.removeprefix(self.address).partition("#")[0]
        if not re.fullmatch(self.prefix + path, here):
            said = " ".join(self.page.locator(".errorlist li, .notice").all_inner_texts())
            raise Lost(f"this is {here}, not {path}: {said}")

    def reads(self, words: str) -> None:
        if words not in self.page.locator("main").inner_text():
            raise Lost(f"“{words}” is not read at {self.page.url}")


def joins(visitor: Visitor, world: World, number: int, way: Way, scripts: bool) -> None:
    """Register → changes requested → approved → colleague → commitment with partner → published → report by the link
    of a reminder → completed.
    """
    founder_name, colleague_name = NEWCOMERS[2 * number : 2 * number + 2]
    name = NAMES[number]

    @contextmanager
    def somebody(reader: str) -> Iterator[Person]:
        with visitor.context(reader, way, java_script_enabled=scripts) as context:
            yield Person(context.new_page(), visitor.address, way.language)

    with somebody(founder_name) as founder:
        registration = registers(founder, name, f"{colleague_name}@example.org")
        with somebody(CURATOR) as curator:
            curator.open(f"/secretariat/organizations/{registration}/")
            curator.send("button[value=request_changes]", words="Please say where you work.")
        founder.open(f"/register/{registration}/")
        founder.reads("Please say where you work.")
        founder.send()
        with somebody(CURATOR) as curator:
            curator.open(f"/secretariat/organizations/{registration}/")
            curator.send("button[value=publish]")
    with somebody(colleague_name) as colleague:
        colleague.open("/register/")
        colleague.send("main .queue a.btn")
        colleague.send()
        colleague.expect("/desk/")
        promise = promises(colleague, name)
        with somebody(CURATOR) as curator:
            curator.open(f"/secretariat/commitments/{promise}/")
            curator.send("button[value=publish]")
        with somebody(EDITOR) as partner:
            partner.open("/desk/commitments/")
            partner.send(f"main li:has-text('{name}') button[name=yes]")
        with somebody("nobody") as reporter:
            reporter.open(f"/link/{world.link_of(promise, colleague_name)}/")
            reporter.reads(name)
            reporter.send(progress="in_progress", value="3", text="Three schools.")
        colleague.open(f"/desk/commitments/{promise}/report/")
        colleague.send(progress="completed", value="12", text="All twelve schools.")
        colleague.expect(f"/desk/commitments/{promise}/")
    with somebody("nobody") as stranger:
        stranger.open(f"/commitments/{world.reference(promise)}/")
        for words in ("Three schools.", "All twelve schools.", "Second House Cooperative"):
            stranger.reads(words)


def registers(founder: Person, name: str, second: str) -> str:
    founder.open("/register/begin/")
    founder.send(legal_name="")
    founder.expect("/register/begin/")
    founder.send(legal_name=name, website="second-house")
    founder.expect("/register/begin/")
    founder.send(website="")
    founder.send()
    founder.expect(r"/register/[\w-]+/place/")
    italy = founder.page.locator("[name=country] option:not([value=''])").first.get_attribute("value") or ""
    founder.send(country=italy, numbers__0__scheme="EU-TR", numbers__0__value="48120937716-05")
    founder.expect(r"/register/[\w-]+/place/")
    founder.send(numbers__0__value="481209377169-05")
    founder.expect(r"/register/[\w-]+/work/")
    founder.send(pillars="", mission="We talk with parents.", mission_language="en")
    founder.expect(r"/register/[\w-]+/people/")
    founder.send(email=second)
    founder.expect(r"/register/[\w-]+/appearance/")
    founder.send(appearance="public", consent="")
    founder.expect(r"/register/[\w-]+/")
    founder.send()
    return founder.page.url.rstrip("/").rpartition("/")[2]


def promises(colleague: Person, name: str) -> str:
    colleague.open("/desk/commitments/new/")
    colleague.send(title=f"Evenings for parents in twelve schools, {name}", due_on="2020-01-01")
    colleague.expect("/desk/commitments/new/")
    colleague.send(due_on="2030-06-30")
    colleague.send(problem="Parents do not know what recruitment looks like, and ask nobody.")
    colleague.send(target="12")
    colleague.expect(r"/desk/commitments/[\w-]+/write/measure/")
    colleague.send(indicator="schools that held an evening", unit="schools", baseline="0")
    colleague.send(steps__0__title="Six schools", steps__0__due_on="2029-06-30", resources="Two people")
    colleague.expect(r"/desk/commitments/[\w-]+/write/links/")
    colleague.send("button[value=partners]", partner="second house")
    colleague.send("button[name=ask]")
    colleague.send()
    colleague.expect(r"/desk/commitments/[\w-]+/")
    promise = colleague.page.url.partition("#")[0].rstrip("/").rpartition("/")[2]
    colleague.send()
    return promise


def travels(visitor: Visitor, world: Any, number: int) -> list[Problem]:
    language, scripts = KINDS[number]
    way = Way(language, "light", 390)
    try:
        joins(visitor, world, number, way, scripts)
    except (Lost, Error) as error:
        said = str(error).strip().splitlines()[0]
        return [Problem(JOURNEY, "lost", said, Seat("an_organization_joins", f"scripts: {scripts}", *way))]
    return []
