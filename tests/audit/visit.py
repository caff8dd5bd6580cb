"""One visit of one page, and everything that is looked at there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.audit import source
from tests.audit.verdict import AXE, CONSOLE, CSP, FOREIGN, HTML, SCROLL, WRONG, Problem, Seat

NOBODY = "nobody"
HEIGHT = 900

Act = Callable[[Page], None]
#: The text of a page in a language.
Body = Callable[[str], str]


@dataclass(frozen=True)
class Example:
    """A page as somebody sees it, in one language. ``lands`` is where its address leads to, where that is elsewhere;
    ``act`` is what is done there before looking; ``body`` is shown in place of what the portal answers; ``asks`` is the
    language that the browser asks for, and ``speaks`` that of the page, where they are others than that of the visit.
    """

    path: str
    reader: str = NOBODY
    status: int = 200
    lands: str = ""
    act: Act | None = None
    note: str = ""
    body: Body | None = None
    asks: str = ""
    speaks: str = ""

    def __str__(self) -> str:
        return f"{self.path} ({self.note})" if self.note else self.path


class Way(NamedTuple):
    """How a page is looked at."""

    language: str
    theme: str
    width: int


@dataclass
class Found:
    seat: Seat
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    title: str = ""
    #: Where the visit ended, without its query: the same page has the same title. Nothing for errors, and for pages of
    #: an account, of which nobody has two open.
    place: str = ""

    def add(self, kind: str, rule: str, where: str) -> None:
        self.problems.append(Problem(kind, rule, where, self.seat))


AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2; axe leaves it to be asked for
}
#: Told before anything of the page runs.
LISTEN = """document.addEventListener("securitypolicyviolation", event => {
  (window.refused ||= []).push(event.effectiveDirective + " " + (event.blockedURI || "inline") + " " + event.sample);
})"""
MEASURE = """() => {
  const name = element => {
    const words = [...element.classList].map(each => "." + each).join("");
    const own = element.localName + (element.id ? "#" + element.id : "") + words;
    const parent = element.parentElement;
    return !parent || parent === document.body || element.id ? own : name(parent) + " > " + own;
  };
  const root = document.documentElement, edge = root.clientWidth;
  const framed = element => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== "visible") return true;
    return false;
  };
  const wide = [], cut = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width || !box.height || !element.checkVisibility({visibilityProperty: true})) continue;
    const spills = [...element.children].some(child => child.getBoundingClientRect().right > edge + 1);
    if (box.right > edge + 1 && !spills && !framed(element)) wide.push(name(element));
    const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!text || box.width < 3 || element.matches("input, select, textarea, svg *")) continue;
    const hides = way => ["hidden", "clip"].includes(way);
    if ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)) cut.push(name(element));
  }
  return {
    wide, cut, scrolls: document.scrollingElement.scrollWidth > edge ? document.scrollingElement.scrollWidth : 0,
    language: root.lang, direction: root.dir, title: document.title, refused: window.refused || [],
    late: [...document.body.querySelectorAll("style, link[rel=stylesheet]")].map(name),
    blocking: [...document.head.querySelectorAll("script[src]:not([defer], [async], [type=module])")].map(e => e.src),
  };
}"""


class Visitor:
    """Somebody with a browser, at a portal."""

    def __init__(self, browser: Browser, address: str, cookies: dict[str, dict[str, str]] | None = None) -> None:
        self.browser, self.address, self.cookies = browser, address, cookies or {}
        self.axe = Axe()

    def look(self, example: Example, way: Way) -> Found:
        found = Found(Seat(str(example), example.reader, *way))
        with self.context(example.reader, way, locale=example.asks or way.language) as context:
            page = context.new_page()
            ears = Ears(self.address, page, example.status)
            try:
                self.open(page, example, way.language)
                self._look(page, ears, example, way, found)
            except Exception as error:  # noqa: BLE001 -- whatever the driver says, the other pages are looked at
                found.add(WRONG, "could not be looked at", str(error).strip().splitlines()[0])
        return found

    @contextmanager
    def context(self, reader: str, way: Way, **options: Any) -> Iterator[BrowserContext]:
        """A browser that was never here before: nothing is in its cache."""
        context = self.browser.new_context(
            viewport={"width": way.width, "height": HEIGHT},
            color_scheme="dark" if way.theme == "dark" else "light",
            reduced_motion="reduce",
            **{"locale": way.language} | options,
        )
        context.set_default_timeout(20_000)
        try:
            context.add_init_script(LISTEN)
            if reader in self.cookies:
                cookie: Any = self.cookies[reader] | {"url": self.address}
                context.add_cookies([cookie])
            yield context
        finally:
            context.close()

    def open(self, page: Page, example: Example, language: str) -> None:
        body = example.body(language) if example.body else ""
        if body:
            page.route(
                f"{self.address}{example.path}",
                lambda route: route.fulfill(status=example.status, body=body, content_type="text/html"),
            )
        page.goto(f"{self.address}{example.path}")
        if example.act:
            example.act(page)
            page.wait_for_load_state("load")

    def _look(self, page: Page, ears: Ears, example: Example, way: Way, found: Found) -> None:
        seen = page.evaluate(MEASURE)
        text = ears.document.text() if ears.document else ""
        tree = page.evaluate(source.TREE, text)
        # What is shown in place of an answer never went over the wire.
        found.size, found.title = 0 if example.body else ears.size, seen["title"]
        place = urlsplit(page.url).path
        found.place = "" if example.status >= 400 or "/accounts/" in place else place
        ears.tell(found)
        self._answers(ears, example, page, found)
        self._measured(seen, example.speaks or way.language, found)
        for fault in source.faults(text, tree):
            found.add(HTML, "source", fault)
        for violation in self.axe.run(page, options=AXE_OPTIONS).response["violations"]:
            for node in violation["nodes"]:
                target = " ".join(map(str, node["target"]))
                found.add(AXE, violation["id"], f"{target} | {' '.join(node['html'].split())[:120]}")

    def _answers(self, ears: Ears, example: Example, page: Page, found: Found) -> None:
        status = ears.document.status if ears.document else 0
        if status != example.status:
            found.add(WRONG, f"status {status}, expected {example.status}", page.url.removeprefix(self.address))
        place, lands = urlsplit(page.url).path, example.lands or urlsplit(example.path).path
        if place != lands:
            found.add(WRONG, "leads elsewhere", f"{place} in place of {lands}")

    def _measured(self, seen: dict[str, Any], language: str, found: Found) -> None:
        # A page that is cut off where it would scroll is as bad as one that scrolls.
        wide = seen["wide"] or ([f"the page is {seen['scrolls']} px wide"] if seen["scrolls"] else [])
        for kind, rule, names in (
            (SCROLL, "wider than the window", wide[:3]),
            (WRONG, "text is cut off", seen["cut"][:3]),
            (CSP, "refused", seen["refused"]),
            (HTML, "style sheet outside the head", seen["late"]),
            (HTML, "script holds the page up", seen["blocking"]),
        ):
            for name in names:
                found.add(kind, rule, name)
        if seen["language"] != language:
            found.add(HTML, "language", f"lang is {seen['language']!r}, not {language!r}")
        if seen["direction"] not in {"ltr", "rtl"}:
            found.add(HTML, "direction", f"dir is {seen['direction']!r}")
        if not seen["title"].strip() or seen["title"].strip().startswith("\N{EN DASH}"):
            found.add(HTML, "title", f"{seen['title']!r} says nothing of the page")


class Ears:
    """Hears what a page asks for, gets and complains about."""

    def __init__(self, address: str, page: Page, status: int) -> None:
        self.host, self.page, self.status = urlsplit(address).netloc, page, status
        self.document: Response | None = None
        self.size = 0
        self.foreign: list[str] = []
        self.complaints: list[tuple[str, str]] = []
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(("exception", str(error).splitlines()[0])))
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, Any]) -> None:
        self.size += int(event["encodedDataLength"])

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob", "about"} and asked.netloc != self.host:
            self.foreign.append(request.url)

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.document = response

    def _console(self, message: ConsoleMessage) -> None:
        """What the policy refused is heard of as an event; a page that is meant to be missing may say so."""
        where = message.location.get("url", "")
        own = where == (self.document.url if self.document else "") and self.status >= 400
        if message.type != "error" or "Content Security Policy" in message.text:
            return
        if "Failed to load resource" in message.text and (own or urlsplit(where).netloc not in {"", self.host}):
            return
        self.complaints.append(("console", f"{message.text.splitlines()[0]} {where.split(self.host)[-1]}"))

    def tell(self, found: Found) -> None:
        for url in self.foreign:
            found.add(FOREIGN, "another host", url)
        for rule, words in self.complaints:
            found.add(CONSOLE, rule, words)
