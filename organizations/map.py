"""The map of who works where: figures by country, never finer, for whoever may see the organizations they count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from net4u.base.languages import alphabetical
from organizations.shapes import HEIGHT, WIDTH, Shape, shapes
from vocabulary.models import Territory

if TYPE_CHECKING:
    from uuid import UUID

#: How much room (half units of the map) a number needs, and each further digit.
ROOM, DIGIT = 18, 8
DASH = "\N{EN DASH}"
#: Shades above "none".
SHADES = 4


class Country(NamedTuple):
    code: str
    name: str
    number: int
    words: str
    address: str
    shade: int
    shape: Shape | None

    @property
    def shows_number(self) -> bool:
        fits = self.shape is not None and self.shape.room >= ROOM + DIGIT * (len(str(self.number)) - 1)
        return fits and self.number > 0


class Class(NamedTuple):
    """One shade of the legend, from its least number on."""

    shade: int
    words: str


class Map(NamedTuple):
    """All countries by name; ``chosen`` is outlined; ``unknown`` organizations state no country."""

    countries: list[Country]
    legend: list[Class]
    chosen: Country | None
    total: int
    unknown: int

    @property
    def frame(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def drawn(self) -> list[Country]:
        return [each for each in self.countries if each.shape is not None]

    @property
    def painted(self) -> list[tuple[str, int]]:
        """Every outline with its shade, whether or not the portal knows the country."""
        shades = {each.code: each.shade for each in self.countries}
        return [(code, shades.get(code, 0)) for code, shape in shapes().items() if not shape.is_point]

    @property
    def listed(self) -> list[Country]:
        """Those with any, in the table; also what no map of Europe shows."""
        return [each for each in self.countries if each.number]

    @property
    def in_words(self) -> str:
        """How many organizations, in how many countries."""
        organizations = ngettext("%(number)s organization", "%(number)s organizations", self.total)
        countries = ngettext("%(number)s country", "%(number)s countries", len(self.listed))
        return _("%(organizations)s in %(countries)s") % {
            "organizations": organizations % {"number": number_format(self.total, force_grouping=True)},
            "countries": countries % {"number": len(self.listed)},
        }


def map_of(counts: Mapping[UUID | None, int], *, chosen: Territory | None, address: Callable[[str], str]) -> Map:
    """``counts`` by id of country; ``address`` gives the list of a country by its code."""
    steps = steps_up_to(max((number for country, number in counts.items() if country), default=0))
    countries = [
        country_of(territory, counts.get(territory.pk, 0), steps, address)
        for territory in sorted(Territory.objects.all(), key=lambda each: alphabetical(str(each)))
    ]
    return Map(
        countries=countries,
        legend=legend(steps),
        chosen=next((each for each in countries if chosen and each.code == chosen.iso2), None),
        total=sum(counts.values()),
        unknown=counts.get(None, 0),
    )


def country_of(territory: Territory, count: int, steps: list[int], address: Callable[[str], str]) -> Country:
    words = ngettext("%(country)s, %(number)s organization", "%(country)s, %(number)s organizations", count)
    return Country(
        code=territory.iso2,
        name=str(territory),
        number=count,
        words=words % {"country": territory, "number": number_format(count, force_grouping=True)},
        address=address(territory.iso2),
        shade=sum(count >= step for step in steps),
        shape=shapes().get(territory.iso2),
    )


def steps_up_to(most: int) -> list[int]:
    """The least number of each shade: 1, 2, 3, 4 while numbers are small, then round steps of one size."""
    size = max(1, -(-most // SHADES)) if most > 2 * SHADES else 1
    if size > 1:
        power = 10 ** (len(str(size)) - 1)
        size = next(round_size * power for round_size in (1, 2, 3, 5, 10) if round_size * power >= size)
    return [1, *(1 + size * shade for shade in range(1, SHADES))]


def legend(steps: Iterable[int]) -> list[Class]:
    steps = list(steps)
    shown = [number_format(step, force_grouping=True) for step in steps]
    last = [number_format(step - 1, force_grouping=True) for step in steps[1:]]
    spans = [first if first == end else f"{first}{DASH}{end}" for first, end in zip(shown, last, strict=False)]
    words = [_("none"), *spans, _("%(number)s or more") % {"number": shown[-1]}]
    return [Class(shade, text) for shade, text in enumerate(words)]
