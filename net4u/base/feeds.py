"""What everybody may see, for programs that follow it: one Atom feed beside each list, with the list's own filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from net4u.base.addresses import absolute
from net4u.base.decisions import decisions
from net4u.base.documents import changed_at
from net4u.base.filters import ViewerFilterSet
from net4u.base.viewers import Audience

#: What neither XML nor a calendar can hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def plain(text: Any) -> str:
    return CONTROL.sub("", str(text))


def paragraphs(lines: Iterable[Any]) -> SafeString:
    """The lines that say something, as HTML; what was marked safe stays as it is."""
    kept = (each if isinstance(each, SafeString) else plain(each) for each in lines if each)
    return format_html_join("", "<p>{}</p>", ((line,) for line in kept))


def named(record: Any, name: str = "") -> str:
    """Its name, and that it is invented where it is."""
    name = plain(name or record)
    return _("%(name)s (demonstration)") % {"name": name} if record.is_demonstration else name


class Followed(NamedTuple):
    """The rows of a list under its filters, and the addresses of both."""

    rows: QuerySet[Any]
    page: str
    feed: str


class SteadyFeed(Atom1Feed):
    """Without entries its date stays, too: the same answer to the same question, whenever it is asked."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class RecordFeed(Feed):
    """The newest records of one kind. Set ``filterset_class``, ``title``, ``subtitle`` and ``page``.

    The rows are those of the public whoever asks: a feed reader keeps what it fetched. An entry's ``updated`` is
    when its public document last changed.
    """

    feed_type = SteadyFeed
    filterset_class: ClassVar[type[ViewerFilterSet]]
    title: str | Promise
    subtitle: str | Promise
    MOST = 50

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # What is withdrawn leaves the feed without making its newest date any newer: the ETag tells, a date cannot.
        del response.headers["Last-Modified"]
        return response

    @classmethod
    def as_view(cls) -> Callable[..., HttpResponse]:
        view: Callable[..., HttpResponse] = require_safe(conditional_page(cls()))
        return view

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        rows = self.with_details(self.filterset_class.public_rows(request.GET))
        path = request.get_full_path()
        return Followed(rows, page=absolute(path.replace("feed.atom", "", 1)), feed=absolute(path))

    def with_details(self, rows: Any) -> Any:
        """What an entry reads, in a constant number of queries."""
        return rows

    def items(self, followed: Followed) -> list[Any]:
        rows = list(followed.rows.order_by("-published_at", "id")[: self.MOST])
        changes = changed_at((row.pk for row in rows), Audience.PUBLIC)
        for row in rows:
            row.changed_at = changes.get(row.pk, row.published_at)
        return rows

    def link(self, followed: Followed) -> str:
        return followed.page

    def feed_url(self, followed: Followed) -> str:
        return followed.feed

    def author_name(self) -> str:
        return "NET4U Europe"

    def feed_copyright(self) -> str | None:
        return decisions().data_licence or None

    def item_title(self, item: Any) -> str:
        return named(item)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """A record keeps its id whatever becomes of its address."""
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: Any) -> Any:
        return item.published_at

    def item_updateddate(self, item: Any) -> Any:
        return item.changed_at

    def item_description(self, item: Any) -> SafeString:
        return paragraphs(self.lines(item))

    def lines(self, item: Any) -> Iterable[Any]:
        raise NotImplementedError
