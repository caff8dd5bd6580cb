"""What people come for, done without JavaScript and by keyboard alone. Each raises ``Lost`` where it ends."""

from __future__ import annotations

from collections.abc import Callable
from re import escape
from typing import Any

from playwright.sync_api import Error

from tests.audit.reader import Lost, Reader
from tests.audit.verdict import JOURNEY, Problem, Seat
from tests.audit.visit import NOBODY, Visitor, Way
from tests.audit.world import ADMIN, World

Journey = Callable[[Reader, Any], None]
ROWS = "main .rows > .list-row"
#: Of a country: those registered there; others who are active there follow in a list of their own.
FIRST_LIST = "main .rows >> nth=0 >> .list-row"
#: The first title in the list of a page.
FIRST = f"{ROWS} .row-title a, {ROWS} a.row-title"


def first_title(reader: Reader) -> str:
    titles = [title for title in reader.words(FIRST) if title]
    if not titles:
        raise reader.lost("the list is empty")
    return escape(titles[0])


def from_the_front_page_to_what_is_overdue(reader: Reader, world: World) -> None:
    reader.open("/")
    reader.follow("Commitments", inside="nav")
    reader.expect("/commitments/", "Commitments")
    reader.choose("Date", "overdue")
    reader.follow("Show")
    reader.expect(r"/commitments/\?.*due=overdue.*", "Commitments")
    rows = reader.words(ROWS)
    if not rows or not all("overdue" in row for row in rows):
        raise reader.lost(f"rows that are not overdue: {rows}")
    reader.follow(first_title(reader), inside="main")
    reader.expect(r"/commitments/[\w-]+/")
    organization = reader.words("main a[href^='/organizations/']")[0]
    reader.follow(escape(organization), inside="main")
    reader.expect(r"/organizations/[\w-]+/", escape(organization) + ".*")
    reader.follow("Organizations", inside="nav")
    reader.expect("/organizations/", "Organizations")
    reader.follow("Home", inside="nav")
    reader.expect("/")


def who_is_there_in_one_country(reader: Reader, world: World) -> None:
    reader.open("/")
    reader.follow("Organizations", inside="nav")
    reader.choose("Country", "Italy")
    reader.follow("Show")
    reader.expect(r"/organizations/\?.*country=IT.*", "Organizations")
    rows = reader.words(FIRST_LIST)
    if not rows or not all("Italy" in row for row in rows):
        raise reader.lost(f"rows that are not in Italy: {rows}")
    reader.follow(first_title(reader), inside="main")
    reader.expect(r"/organizations/[\w-]+/")


def who_is_there_by_the_map(reader: Reader, world: World) -> None:
    reader.open("/organizations/")
    stop = reader.find(r"Italy, \d+ organizations?")
    number = stop.name.split()[1]
    reader.go()
    reader.expect(r"/organizations/\?.*country=IT.*", "Organizations")
    rows, said = reader.words(FIRST_LIST), reader.words("main .result")
    if len(rows) != int(number) or not said[0].startswith(stop.name.replace("Italy, ", "")):
        raise reader.lost(f"the map says {stop.name}, the list {said} and shows {len(rows)}")


def a_word_is_searched(reader: Reader, world: World) -> None:
    reader.open("/")
    reader.search("register")
    reader.expect(r"/search/\?q=register")
    reader.follow(first_title(reader), inside="main")
    reader.expect(r"/[\w-]+/.+")


def another_language_of_the_same_page(reader: Reader, world: World) -> None:
    reader.open("/commitments/?due=overdue")
    reader.follow("Français", inside="header")
    reader.expect(r"/fr/commitments/\?due=overdue")
    reader.follow("English", inside="header")
    reader.expect(r"/commitments/\?due=overdue", "Commitments")


def what_a_state_was_told(reader: Reader, world: World) -> None:
    reader.open("/")
    reader.follow("Recommendations", inside="nav")
    reader.choose("Addressee", "all States")
    reader.follow("Show")
    reader.expect(r"/recommendations/\?.*addressee=.*", "Recommendations")
    reader.follow(first_title(reader), inside="main")
    reader.expect(r"/recommendations/[\w-]+/")
    knots = [words for words in reader.words(".thread a") if words]
    if not knots:
        raise reader.lost("the thread leads nowhere")
    reader.follow(escape(knots[0]), inside="main")
    reader.expect(r"/(workshops|recommendations|commitments)/.*")


def past_the_roof(reader: Reader, world: World) -> None:
    reader.open("/commitments/")
    first = reader.tab()
    if first is None or first.name != "Skip to the content":
        raise reader.lost(f"the first stop is {first}")
    reader.enter()
    second = reader.tab()
    if second is None or second.inside == "header":
        raise reader.lost(f"after skipping the next stop is {second}")


def in_and_out(reader: Reader, world: World) -> None:
    reader.open("/")
    reader.follow("Sign in", inside="header")
    reader.write("E-?mail.*", f"{ADMIN}@example.org")
    reader.write("Password.*", world.password)
    reader.go()
    reader.expect("/desk/")
    reader.follow("My account", inside="header")
    reader.follow("Sign out")
    reader.expect("/accounts/logout/")
    reader.follow("Sign out", inside="main")
    reader.expect("/")
    reader.find("Sign in", inside="header")


def every_stop(path: str) -> Journey:
    def journey(reader: Reader, world: World) -> None:
        reader.open(path)
        reader.all_stops()

    journey.__name__ = f"every_stop_of {path}"
    return journey


JOURNEYS: list[Journey] = [
    from_the_front_page_to_what_is_overdue, who_is_there_in_one_country, who_is_there_by_the_map,
    what_a_state_was_told, a_word_is_searched, another_language_of_the_same_page, past_the_roof, in_and_out,
    *map(every_stop, ("/", "/organizations/", "/workshops/rome-2025/", "/commitments/?due=open", "/progress/")),
    every_stop("/accounts/signup/"),
]  # fmt: skip
#: On a phone, which is also a desk at 400 % zoom, and on a desk.
WAYS = (Way("en", "light", 320), Way("en", "dark", 1280))


def travel(visitor: Visitor, world: World | None, journey: Journey, way: Way) -> list[Problem]:
    seat = Seat(journey.__name__, NOBODY, *way)
    with visitor.context(NOBODY, way, java_script_enabled=False) as context:
        try:
            journey(Reader(context.new_page(), visitor.address), world)
        except (Lost, Error) as error:
            return [Problem(JOURNEY, "lost", str(error).strip().splitlines()[0], seat)]
    return []
