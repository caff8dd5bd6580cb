"""The workshop of Rome, entered from its public reports through the desk: how many steps, and is it all there?

Time is that of the keystroke-level model (Card, Moran, Newell 1980): a press 0.2 s, pointing 1.1 s, making up one's
mind 1.35 s, a key 0.28 s. Whoever has the report open copies a text of a sentence: pointing, marking, two shortcuts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from playwright.sync_api import Error, Page

from tests.audit.reader import Lost
from tests.audit.verdict import JOURNEY, Problem, Seat
from tests.audit.visit import Visitor, Way
from tests.audit.world import CURATOR

#: As the issue of the desk asks.
MOST_MINUTES = 30
CLICK = 1.35 + 1.1 + 0.2
COPY = 1.35 + 4 * (1.1 + 0.2) + 4 * 0.28
KEY = 0.28
#: A text up to this long is typed.
TYPED = 25

Row = dict[str, Any]


@dataclass
class Hand:
    """Somebody at the desk, who only clicks and types: each step is counted."""

    page: Page
    clicks: int = 0
    copies: int = 0
    keys: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        return (self.clicks * CLICK + self.copies * COPY + self.keys * KEY) / 60

    def press(self, what: str) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    def write(self, name: str, value: Any) -> None:
        """Into a field, or one choice of it; what stands there already costs nothing."""
        box = self.page.locator(f"main form [name='{name}']").first
        kind = box.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            self.clicks += 1
            chosen = f"[name='{name}'][value='{value}']" if value is not True else f"[name='{name}']"
            self.page.locator(f"main form {chosen}").first.check()
        elif box.evaluate("each => each.localName") == "select":
            option = box.locator(f"option[value='{value}'], option:text-is('{value}')").first
            wanted = str(option.get_attribute("value"))
            if box.input_value() != wanted:
                self.clicks += 2
                box.select_option(wanted)
        elif box.input_value() != str(value):
            self.keys += len(str(value)) if len(str(value)) <= TYPED else 0
            self.copies += len(str(value)) > TYPED
            box.fill(str(value))

    def fill(self, row: Row) -> None:
        for name, value in row.items():
            for each in value if isinstance(value, list) else [value]:
                self.write(name, each)


def facts() -> Row:
    data = json.loads((settings.BASE_DIR / "net4u" / "site" / "data" / "public_record.json").read_text())
    found: Row = next(each for each in data["workshops"] if each["slug"] == "rome-2025")
    return found


def enters(hand: Hand, address: str) -> str:
    """From the door of the desk to the published record; returns its address."""
    told = facts()
    hand.page.goto(f"{address}/secretariat/")
    hand.press("header .roof-words a[href$='/secretariat/workshops/']")
    hand.press("main a[href$='/workshops/new/']")
    hand.fill({
        "title_en": told["title"], "kind": told["kind"], "starts_on": told["starts_on"], "ends_on": told["ends_on"],
        "place": told["place"], "country": "Italy", "time_zone": "Europe/Rome", "source": hand.names[told["source"]],
    })  # fmt: skip
    hand.press("main form.form .btn-primary")
    hand.press("main a[href$='/edit/']")
    hand.fill({name: told[name] for name in ("date_note", "venue", "quote")} | {"summary_en": told["summary"]})
    hand.press("main form.form .btn-primary")
    for session in told["sessions"]:
        enters_session(hand, session)
    parts(hand, "groups", "groups", [
        named(each, "code", "name", "method") | {"pillars": [hand.names[code] for code in each["pillars"]]}
        for each in told["working_groups"]
    ], {
        "session": "Working Groups", "source": told["source"],
    })  # fmt: skip
    parts(hand, "roles", "roles", [
        named(each, "role", "named_as") | {"organization": hand.names[each["organization"]], "source": each["source"]}
        for each in told["roles"]
    ])  # fmt: skip
    parts(hand, "participations", "participants", [
        named(each, "attribution", "named_as") | {
            "organization": hand.names[each["organization"]], "source": each["source"],
        }
        for each in told["participations"]
    ])  # fmt: skip
    parts(hand, "figures", "figures", [
        named(each, "qualifier", "value", "unit", "wording", "source") | {"note_en": each["note"]}
        for each in told["figures"]
    ])  # fmt: skip
    parts(hand, "names", "names", [named(each, "name", "source") for each in told["names"]])
    captures(hand, told["outputs"])
    hand.press("main a[href$='/publish/']")
    hand.press("main form .btn-primary")
    public = hand.page.locator("main a[href*='/workshops/']:not([href*='secretariat'])").last
    return str(public.get_attribute("href"))


def named(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if row.get(name)}


def enters_session(hand: Hand, session: Row) -> None:
    hand.press(f"main a.add[href*='day={session['day']}']")
    hand.fill(named(session, "number", "format") | {
        "pillars": [hand.names[each] for each in session.get("pillars", ())],
        "title_en": session["title"], "summary_en": session["summary"], "source": hand.names[session["source"]],
    })  # fmt: skip
    if not session["title_is_verbatim"]:
        hand.clicks += 1
        hand.page.locator("main form [name=title_is_verbatim]").first.uncheck()
    hand.press(".in-place .btn-primary")


def parts(hand: Hand, anchor: str, kind: str, rows: Sequence[Row], always: Row | None = None) -> None:
    """One kind of row after the other, with the button that goes on to the next."""
    hand.press(f"main section[aria-labelledby={anchor}] a.add[href$='/{kind}/new/']")
    for number, row in enumerate(rows, start=1):
        told = row | (always or {})
        hand.fill(told | {"source": hand.names[told["source"]]})
        hand.press("main form.form .btn-primary" if number == len(rows) else "main form.form [name=another]")


def captures(hand: Hand, outputs: Sequence[Row]) -> None:
    """Each list of a report is pasted at once."""
    lists: dict[tuple[str, str], list[str]] = {}
    for each in outputs:
        lists.setdefault((each["kind"], each["source"]), []).append(each["text"])
    for (kind, source), lines in lists.items():
        hand.fill({"kind": kind, "source": hand.names[source]})
        hand.copies += 1
        hand.page.locator("[data-capture] textarea").fill("\n".join(lines))
        hand.press(".capture form .btn-primary")


def travels(visitor: Visitor, world: Any) -> list[Problem]:
    """On a desk, with scripts; the record that is there already shows what must be read at the end."""
    way = Way("en", "light", 1280)
    try:
        with visitor.context(CURATOR, way) as context:
            hand = Hand(context.new_page(), names=world.choices())
            path = enters(hand, visitor.address)
        with visitor.context("nobody", way) as context:
            page = context.new_page()
            page.goto(f"{visitor.address}{path}")
            read = page.locator("main").inner_text()
        missing = [words for words in expected(facts()) if words not in read]
        if missing:
            raise Lost(f"not in the record: {missing}")
        if hand.minutes >= MOST_MINUTES:
            raise Lost(f"{hand.clicks} clicks, {hand.copies} copies, {hand.keys} keys: {hand.minutes:.1f} minutes")
        told = f"Rome: {hand.clicks} clicks, {hand.copies} copies, {hand.keys} keys: {hand.minutes:.1f} minutes"
        print(told, file=sys.stderr)
    except (Lost, Error) as error:
        said = str(error).strip().splitlines()[0]
        return [Problem(JOURNEY, "lost", said, Seat("the_workshop_of_rome_is_entered", "", *way))]
    return []


def expected(told: Row) -> list[str]:
    return [
        *(each["title"] for each in told["sessions"]),
        *(each["name"] for each in told["working_groups"]),
        *(each["text"] for each in told["outputs"]),
        *(each["wording"] for each in told["figures"]),
        *(each["name"] for each in told["names"]),
        told["quote"],
    ]
