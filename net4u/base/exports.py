"""A list as a table to download: the same filters, all its rows, only columns its reader may see."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.cells import guarded
from net4u.base.views import RecordList

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

#: How many rows are read at once: bounds memory, and no reading stays open while somebody downloads.
BATCH = 500
#: Tells spreadsheets that the text is UTF-8.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class Column(NamedTuple):
    """``value`` takes a row; what is not stated is empty."""

    name: str | Promise
    value: Callable[[Any], Any]


#: What is invented says so wherever it is handed out.
INVENTED = Column(gettext_lazy("demonstration"), lambda row: _("invented") if row.is_demonstration else "")


def lines(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The text of the table, in pieces of as many rows as are read at once."""
    text = io.StringIO()
    writer = csv.writer(text)
    text.write(MARK)
    writer.writerow([guarded(each) for each in heads])
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded(each) for each in row])
        if number % BATCH == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def download(request: HttpRequest, heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A file named as its address ends."""
    name = request.path.rpartition("/")[2]
    return StreamingHttpResponse(
        lines(heads, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def wrong_filter() -> HttpResponse:
    words = _("A filter in this address has a wrong value. Open the page to see which.")
    return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")


def in_batches(queryset: QuerySet[Any], order: Sequence[str], size: int = BATCH) -> Iterator[list[Any]]:
    """All rows by columns that are never empty and together unique; each batch begins after the last one."""
    ordered, after = queryset.order_by(*order), Q()
    while rows := list(ordered.filter(after)[:size]):
        yield rows
        if len(rows) < size:
            return
        after = _after(rows[-1], order)


def _after(row: Any, order: Sequence[str]) -> Q:
    found, same = Q(), Q()
    for name in order:
        found |= same & Q(**{f"{name}__gt": getattr(row, name)})
        same &= Q(**{name: getattr(row, name)})
    # The first column alone, too: an index answers it.
    return Q(**{f"{order[0]}__gte": getattr(row, order[0])}) & found


class RecordCsv(RecordList):
    """The sibling of a list page. Set ``columns``, and ``order`` as ``in_batches`` needs it."""

    columns: ClassVar[Sequence[Column]]
    order: ClassVar[Sequence[str]] = ("pk",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        filterset = self.get_filterset(self.get_filterset_class())
        if filterset.is_bound and not filterset.is_valid():
            return wrong_filter()
        return download(request, [column.name for column in self.columns], self.cells(filterset.qs))

    def cells(self, queryset: QuerySet[Any]) -> Iterator[list[Any]]:
        for rows in in_batches(queryset, self.order):
            self.prepare(rows)
            yield from ([column.value(row) for column in self.columns] for row in rows)
