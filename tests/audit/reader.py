"""Somebody without JavaScript who uses the keyboard alone, and gets lost loudly."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Page

#: A page is left by then, or the wanted is not reachable.
MOST_STOPS = 250
#: What stands in focus: its name as it is read out, and whether its ring is seen.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element), box = element.getClientRects()[0] || element.getBoundingClientRect();
  const words = each => each ? each.innerText.replace(/\\s+/g, " ").trim() : "";
  const label = element.labels && words(element.labels[0]);
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    name: element.getAttribute("aria-label") || label || words(element) || element.textContent.trim(),
    tag: element.localName, place: [...document.querySelectorAll("*")].indexOf(element),
    inside: (element.closest("main, header, footer, nav") || document.body).localName,
    closed: element.localName === "summary" && !element.parentElement.open,
    hides: element.localName === "summary" ? element.parentElement.textContent.replace(/\\s+/g, " ") : "",
    ring: style.outlineStyle === "auto" || style.boxShadow !== "none" ||
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    seen: box.width > 2 && box.height > 2 && box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 &&
      box.top < innerHeight && (!middle || element.contains(middle) || middle.contains(element) ||
        element.ownerSVGElement?.contains(middle)),
  };
}"""
STOPS = """() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll("*")];
  return [...document.querySelectorAll(wanted)]
    .filter(each => !each.disabled && each.checkVisibility({visibilityProperty: true}))
    .map(each => all.indexOf(each));
}"""


class Lost(Exception):
    """The reader does not get where the journey leads."""


class Focus(NamedTuple):
    name: str
    tag: str
    place: int
    inside: str
    closed: bool
    hides: str
    ring: bool
    seen: bool


class Reader:
    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    @property
    def path(self) -> str:
        here = urlsplit(self.page.url)
        return f"{here.path}?{here.query}" if here.query else here.path

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def lost(self, why: str) -> Lost:
        return Lost(f"{why} (at {self.path})")

    # -- the keyboard ------------------------------------------------------------------------------------------

    def focused(self) -> Focus | None:
        found = self.page.evaluate(FOCUS)
        return Focus(**found) if found else None

    def tab(self) -> Focus | None:
        """The next stop; nothing when the page is left. Each stop must be seen."""
        self.page.keyboard.press("Tab")
        stop = self.focused()
        if stop and not stop.ring:
            raise self.lost(f"no ring around {stop.tag} “{stop.name}”")
        if stop and not stop.seen:
            raise self.lost(f"{stop.tag} “{stop.name}” has the focus but is not seen")
        return stop

    def find(self, name: str, inside: str = "") -> Focus:
        """Tab until something of this name (a regular expression of all of it) has the focus; opens what hides it."""
        passed: list[str] = []
        for _each in range(MOST_STOPS):
            stop = self.tab()
            if stop is None:
                break
            passed.append(stop.name)
            if re.fullmatch(name, stop.name) and inside in {"", stop.inside} and stop.tag != "summary":
                return stop
            if stop.closed and re.search(name, stop.hides):
                self.enter()
                if (still := self.focused()) is None or still.closed:
                    raise self.lost(f"“{stop.name}” does not open with Enter")
        raise self.lost(f"no “{name}” within {len(passed)} stops: {', '.join(passed[:60])}")

    def enter(self) -> None:
        self.page.keyboard.press("Enter")

    def go(self) -> None:
        with self.page.expect_navigation():
            self.enter()

    def follow(self, name: str, inside: str = "") -> None:
        self.find(name, inside)
        self.go()

    def search(self, words: str) -> None:
        """On a desk the roof has a field; on a phone it leads to one."""
        if self.find("Search( the record)?", inside="header").tag == "a":
            self.go()
            self.find("Search.*|Words", inside="main")
        self.page.keyboard.insert_text(words)
        self.go()

    def write(self, label: str, text: str) -> None:
        self.find(label)
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, option: str) -> None:
        """In a list of choices, by typing its first letters."""
        self.find(label)
        self.page.keyboard.type(option)
        chosen = self.page.evaluate("() => document.activeElement.selectedOptions?.[0]?.text")
        if chosen is None or not chosen.startswith(option):
            raise self.lost(f"{label} is {chosen!r} after typing {option!r}")

    # -- what is read ------------------------------------------------------------------------------------------

    def expect(self, path: str, heading: str = ".+") -> None:
        """Both are regular expressions of the whole."""
        if not re.fullmatch(path, self.path):
            raise self.lost(f"this is not {path}")
        title = self.page.locator("h1")
        words = " ".join(title.inner_text().split()) if title.count() == 1 else ""
        if not re.fullmatch(heading, words):
            raise self.lost(f"the heading is “{words}”, not “{heading}”")

    def words(self, selector: str) -> list[str]:
        return [" ".join(each.split()) for each in self.page.locator(selector).all_inner_texts()]

    def all_stops(self) -> None:
        """Every control is reached once, in the order of the text, and the page is left at its end."""
        expected = self.page.evaluate(STOPS)
        reached: list[int] = []
        while len(reached) <= len(expected) and (stop := self.tab()):
            reached.append(stop.place)
        if reached != expected:
            missed = len(set(expected) - set(reached))
            raise self.lost(f"tabbing is not in the order of the text: {missed} of {len(expected)} are never reached")
