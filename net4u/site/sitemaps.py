"""For search engines: what may be read, and every public page with the day it last changed.

Records come from the public documents, so what is unpublished has no way in; the next 5,000 by id, so a large list
is neither counted nor skipped through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

import orjson
from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import Mod, RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import View

from net4u.base.addresses import absolute
from net4u.base.languages import codes, in_language
from net4u.base.models import Document
from net4u.base.paging import uuid_of
from net4u.base.viewers import PUBLIC, Audience
from vocabulary.models import Instrument

#: Kinds of documents whose records have a page of their own.
KINDS = ("organization", "workshop", "working_group", "pillar", "recommendation", "declaration", "commitment",
         "network")  # fmt: skip
#: Pages without a document.
PAGES = ("home", "organizations:list", "workshops:list", "pillars:list", "recommendations:list", "commitments:list",
         "resources:list", "progress", "about", "privacy", "accessibility", "imprint", "house_rules",
         "contact")  # fmt: skip
#: What is for one reader only, or endless.
CLOSED = (
    "/account/",
    "/accounts/",
    "/contact/wrong/",
    "/desk/",
    "/invitation/",
    "/link/",
    "/register/",
    "/secretariat/",
    "/search/",
)
#: The same in every language, since they have one only.
CLOSED_ONCE = ("/admin/", "/api/")
SIZE = 5000

Entry = tuple[str, datetime | None]


class Robots(View):
    """Everything is open but pages that are made for one reader; in every language."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest) -> HttpResponse:
        closed = [in_language(path, code) for code in codes() for path in CLOSED]
        rules = [f"Disallow: {path}" for path in (*closed, *CLOSED_ONCE)]
        lines = ["User-agent: *", *rules, "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class SitemapIndex(View):
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest) -> HttpResponse:
        places = [part("pages"), *(part(kind, start) for kind, start in starts())]
        rows = (f"<sitemap><loc>{escape(place)}</loc></sitemap>" for place in places)
        return xml("sitemapindex", "", rows)


class Sitemap(View):
    """The pages of one kind from an id onwards; each in every language."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        start = request.GET.get("from")
        if kind == "pages":
            entries = pages()
        elif kind in KINDS and (start is None or uuid_of(start)):
            entries = records(kind, start)
        else:
            raise Http404
        namespace = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        return xml("urlset", namespace, (row for entry in entries for row in rows_of(entry)))


def starts() -> Iterator[tuple[str, UUID | None]]:
    """Where each part begins: one walk over the index, tombstones counted, so that it is a walk over nothing else."""
    place = Window(RowNumber(), partition_by=F("kind"), order_by=F("object_id").asc())
    rows = Document.objects.for_audience(Audience.PUBLIC).filter(kind__in=KINDS).annotate(place=place)
    firsts = rows.annotate(rest=Mod(F("place"), SIZE)).filter(rest=1).order_by("kind", "object_id")
    for kind, object_id, number in firsts.values_list("kind", "object_id", "place"):
        yield kind, object_id if number > 1 else None


def part(kind: str, start: UUID | None = None) -> str:
    query = f"?{urlencode({'from': start})}" if start else ""
    return absolute(f"{reverse('sitemap_part', args=[kind])}{query}")


def pages() -> Iterator[Entry]:
    for name in PAGES:
        yield reverse(name), None
    for instrument in Instrument.objects.visible_to(PUBLIC).order_by("code"):
        yield instrument.get_absolute_url(), None


def records(kind: str, start: str | None) -> Iterator[Entry]:
    """What is invented is not to be found."""
    rows = Document.objects.for_audience(Audience.PUBLIC).filter(kind=kind)
    if start is not None:
        rows = rows.filter(object_id__gte=start)
    for text, at in rows.order_by("object_id").values_list("text", "at")[:SIZE].iterator():
        document: Any = orjson.loads(text) if text else {"is_demonstration": True}
        if not document.get("is_demonstration"):
            yield document["url"].removeprefix(settings.SITE_URL), at


def rows_of(entry: Entry) -> Iterator[str]:
    """One row for each language, which names all others."""
    path, at = entry
    places = {code: absolute(in_language(path, code)) for code in codes()}
    changed = f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(place)}/>' for code, place in places.items()
    )
    for place in places.values():
        yield f"<url><loc>{escape(place)}</loc>{changed}{links}</url>"


def xml(element: str, namespaces: str, rows: Iterable[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    body = "\n".join([f"{head}{namespaces}>", *rows, f"</{element}>", ""])
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
