"""What the pages of every package have in common: each starts from what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import DetailView
from django_filters.views import FilterView

from net4u.base.addresses import absolute
from net4u.base.cards import UNTOLD, Card, Data, trail
from net4u.base.threads import kind_of
from net4u.base.viewers import PUBLIC

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from net4u.base.viewers import Viewer


class NextPage(Page):
    """A page that knows whether another one follows because it read one row more than it shows."""

    def __init__(self, rows: list[Any], number: int, paginator: WindowPaginator) -> None:
        self.more = len(rows) > paginator.per_page
        super().__init__(rows[: paginator.per_page], number, paginator)

    def has_next(self) -> bool:
        return self.more

    def next_page_number(self) -> int:
        return self.number + 1

    def end_index(self) -> int:
        return self.start_index() + len(self.object_list) - 1

    def start_index(self) -> int:
        return self.paginator.per_page * (self.number - 1) + 1


class WindowPaginator(Paginator):
    """Never counts a large list: up to ``MOST`` rows are counted, beyond that the page says "more than"."""

    MOST = 1000
    LAST_PAGE = 10_000  # an offset beyond it is not worth a scan, and larger numbers do not fit the database

    def page(self, number: int | str) -> NextPage:
        number = int(number)
        if not 1 <= number <= self.LAST_PAGE:
            raise EmptyPage(_("There is no such page."))
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        if not rows and number > 1:
            raise EmptyPage(_("There is no such page."))
        return NextPage(rows, number, self)

    @cached_property
    def count(self) -> int:
        """At most ``MOST`` + 1."""
        rows: Any = self.object_list
        counted: int = rows.order_by().values("pk")[: self.MOST + 1].count()
        return counted

    @property
    def is_capped(self) -> bool:
        return self.count > self.MOST

    @property
    def count_in_words(self) -> str:
        if self.is_capped:
            return _("more than %(number)s") % {"number": number_format(self.MOST, force_grouping=True)}
        return number_format(self.count, force_grouping=True)


class Chip(NamedTuple):
    """A filter in use, and the address of the list without it."""

    label: str | Promise
    value: str
    without: str


class ForViewer:
    """A view that knows who is looking, from ``net4u.site.middleware``."""

    request: HttpRequest

    @property
    def viewer(self) -> Viewer:
        return self.request.viewer  # type: ignore[attr-defined, no-any-return]

    def told_card(self) -> Card:
        """Made of what the public sees, so only the public's pages carry one: no robot is signed in."""
        return self.card() if self.viewer == PUBLIC else UNTOLD

    def card(self) -> Card:
        raise NotImplementedError


class RecordList(ForViewer, FilterView):
    """A list with its filters in the address. Set ``model``, ``filterset_class`` and ``template_name``.

    A wrong value is told beside its field and shows no rows; an unknown parameter is told and ignored. ``feed``,
    ``calendar`` and ``csv`` name the addresses, if any, where the same rows are followed or downloaded under the same
    filters.
    """

    description: ClassVar[str | Promise] = ""
    feed: ClassVar[str] = ""
    calendar: ClassVar[str] = ""
    csv: ClassVar[str] = ""
    paginate_by = 25
    paginator_class = WindowPaginator

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.viewer).with_details(self.viewer)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "viewer": self.viewer}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**context), "chips": list(self._chips())}
        self.prepare(context["object_list"])
        self.number = context["page_obj"].number if context["page_obj"] else 1
        return {
            **context,
            "card": self.told_card(),
            "csv": self._twin(self.csv),
            "feed": self._twin(self.feed),
            "calendar": self._twin(self.calendar),
        }

    def prepare(self, rows: Any) -> None:
        """Tell the rows of a page or of one batch what they show their reader."""

    def card(self) -> Card:
        """A page under filters is shared as it is, but search engines are led to the whole list alone."""
        is_whole = not set(self.filterset.data or ()) - {self.page_kwarg}
        path = self.request.path if is_whole else self.request.get_full_path()
        if is_whole and self.number > 1:
            path = f"{path}?page={self.number}"
        return Card(
            kind_of(self.model, 2), str(self.description), absolute(path), is_indexed=is_whole
        )  # fmt: skip

    def _twin(self, route: str) -> str:
        """The address of the feed or calendar with the filters of this page."""
        if not (route and self.filterset.form.is_valid()):
            return reverse(route) if route else ""
        query = urlencode({name: self.request.GET[name] for name in self.filterset.in_use})
        return f"{reverse(route)}?{query}".removesuffix("?")

    def asked(self) -> str:
        """The filters in use, in words, for whoever reads the rows without their page."""
        words = "; ".join(f"{chip.label}: {chip.value}" for chip in self._chips())
        return words or _("none, all that is published")

    def _chips(self) -> Iterator[Chip]:
        if not (self.filterset.is_bound and self.filterset.is_valid()):
            return
        for name, value in self.filterset.in_use.items():
            field = self.filterset.form.fields[name]
            query = self.request.GET.copy()
            query.pop(name)
            query.pop(self.page_kwarg, None)
            labels = dict(field.choices) if isinstance(value, str) and hasattr(field, "choices") else {}
            address = f"{self.request.path}?{query.urlencode()}".removesuffix("?")
            words = labels.get(value) or getattr(value, "reference", None) or value
            yield Chip(field.label, str(words), address)


class RecordDetail(ForViewer, DetailView):
    """One record; what its reader may not see is not found. ``section`` is the list it belongs to: words, and route."""

    section: ClassVar[tuple[str | Promise, str] | None] = None

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.viewer).with_details(self.viewer)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "card": self.told_card()}

    def card(self) -> Card:
        if getattr(self.object, "is_demonstration", False):
            return UNTOLD  # what is invented is nothing to be found
        path, above = self.request.path, [(str(self.section[0]), reverse(self.section[1]))] if self.section else []
        data = [trail(*above, (str(self.object), path)), *self.structured()]
        return Card(str(self.object), self.described(), absolute(path), kind="article", data=data)

    def described(self) -> str:
        """A sentence or two for whoever gets the address."""
        return ""

    def structured(self) -> list[Data]:
        """The record in the words of schema.org."""
        return []


class ReferencedDetail(RecordDetail):
    """By reference or, until it has one, by id. The id of a record with a reference leads to its reference."""

    slug_field = slug_url_kwarg = "reference"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        address = self.object.get_absolute_url()
        return response if address == request.path else HttpResponsePermanentRedirect(address)


class Excerpt(NamedTuple):
    """The first rows of a longer list, and how many there are."""

    rows: list[Any]
    total: int

    @classmethod
    def of(cls, found: Any, at_most: int = 10) -> Excerpt:
        rows = list(found[: at_most + 1])
        return cls(rows[:at_most], len(rows) if len(rows) <= at_most else found.count())

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


class SourceLetters:
    """The sources of one page, lettered in the order in which they are first given; None is left out."""

    def __init__(self, sources: Iterable[Any]) -> None:
        self.sources: dict[UUID, Any] = {}
        for source in sources:
            if source is not None:
                self.sources.setdefault(source.pk, source)
        self._letters = {pk: letter(place) for place, pk in enumerate(self.sources)}

    def of(self, source: Any) -> str:
        return self._letters.get(source.pk, "") if source is not None else ""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return ((self._letters[pk], source) for pk, source in self.sources.items())

    def __len__(self) -> int:
        return len(self.sources)


def letter(place: int) -> str:
    """A to Z, then AA, AB …"""
    before, here = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + here)
