"""The sweep: every address, method, actor and object; and everything that answers is searched for canaries."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver

from net4u.base.documents import feed
from net4u.base.languages import in_language
from net4u.base.models import Document
from net4u.base.viewers import DOCUMENT_VIEWERS, PUBLIC, Audience
from partners.api import entry, with_known_successor
from tests.sweep.actors import ACTORS, NOBODY
from tests.sweep.routes import Route, routes
from tests.sweep.table import HIDDEN, METHODS, MISSING, OWN_HIDDEN, READS, Rule, Statuses, rule_for
from tests.sweep.world import World
from workshops.models import Workshop
from workshops.report import Report, published

#: Pages are read in English and once more in this one, where records show other columns.
LANGUAGE = "fr"
#: What differs from answer to answer and tells nothing.
NONCE = re.compile(r"nonce-[\w+/=-]+|nonce=\"[^\"]*\"|name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"|csrfToken[^,;]*")
#: Feeds, calendars, reports and sitemaps.
FOR_PROGRAMS = re.compile(r"\.(?:atom|ics|pdf|xml|txt)(?:\?|$)")
#: An ETag is the digest of a body that names its own address; the body is compared itself.
UNTOLD_HEADERS = {"Date", "Set-Cookie", "Content-Length", "ETag"}
#: Lists that search by words.
SEARCHED = ("search", "workshops:list", "organizations:list", "recommendations:list", "workshops:feed",
            "workshops:calendar_all", "recommendations:feed", "commitments:feed",
            "api:workshops-list", "api:organizations-list", "api:recommendations-list")  # fmt: skip
#: Who searches: the least that anybody sees, and a member of another organization.
SEARCHERS = (NOBODY, "other")


@dataclass
class Verdict:
    routes: int = 0
    actors: int = len(ACTORS)
    cells: int = 0
    undeclared: list[str] = field(default_factory=list)
    canaries: int = 0
    unplanted: list[str] = field(default_factory=list)
    outputs: int = 0
    hits: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not (self.undeclared or self.unplanted or self.hits or self.wrong)

    def line(self) -> str:
        """What ``make sweep`` prints last. A private column without a canary counts as undeclared, too."""
        return json.dumps(
            {
                "routes": self.routes, "actors": self.actors, "cells": self.cells,
                "undeclared": len(self.undeclared) + len(self.unplanted), "canaries": self.canaries,
                "outputs": self.outputs, "hits": len(self.hits), "wrong": len(self.wrong),
            }
        )  # fmt: skip

    def problems(self) -> Iterator[str]:
        yield from (f"undeclared route: {each}" for each in self.undeclared)
        yield from (f"no canary and not declared public: {each}" for each in self.unplanted)
        yield from self.wrong
        yield from self.hits


class Sweep:
    """One world, its actors signed in, and what was found so far."""

    def __init__(self, world: World, *, methods: Iterable[str] = METHODS, actors: Iterable[str] = ACTORS) -> None:
        self.world, self.methods, self.actors = world, tuple(methods), tuple(actors)
        self.verdict = Verdict(canaries=len(world.canaries.allowed), unplanted=world.canaries.unplanted())
        self.log = io.StringIO()
        self.clients = {actor: self._client(actor) for actor in self.actors}

    def _client(self, actor: str) -> Client:
        # An exception is an answer as well: what its page shows is searched, and 500 is in no rule.
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        user = self.world.people[actor]
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def run(self, only: Callable[[Route], bool] = lambda _route: True, *, searching: bool = True) -> Verdict:
        with captured_log(self.log):
            for route in filter(only, routes()):
                self.route(route)
                if searching and route.name in SEARCHED:
                    self.search(route)
            self.documents()
            self.reports()
            self.error_pages()
        self.look_at(f"mails: {[str(each.message()) for each in mail.outbox]}", to="nobody's", where="mail")
        return self.verdict

    # -- the matrix -----------------------------------------------------------------------------------

    def route(self, route: Route) -> None:
        self.verdict.routes += 1
        rule = rule_for(route.name)
        if rule is None:
            self.verdict.undeclared.append(f"{route.name or '(no name)'} /{route.shape}")
            return
        objects = rule.objects(self.world)
        for actor in self.actors:
            for method in self.methods:
                answers = {kind: self.cell(route, rule, actor, method, kind, given) for kind, given in objects.items()}
                self.alike(route, rule, actor, method, answers)

    def cell(self, route: Route, rule: Rule, actor: str, method: str, kind: str, given: Mapping[str, Any]) -> Answer:
        expected = rule.expected(actor, method, kind)
        answer = self.expect(expected, actor, method, route.path(given), kind)
        if route.in_languages and method == "GET":
            self.expect(expected, actor, method, in_language(route.path(given), LANGUAGE), kind)
        return answer

    def expect(self, expected: Statuses, actor: str, method: str, path: str, kind: str) -> Answer:
        answer = self.ask(actor, method, path)
        self.verdict.cells += 1
        if answer.status not in expected:
            where = f"{method} {path} as {actor} ({kind})"
            self.verdict.wrong.append(f"wrong: {where} gave {answer.status}, expected {sorted(expected)}")
        return answer

    def alike(self, route: Route, rule: Rule, actor: str, method: str, answers: Mapping[str, Answer]) -> None:
        """To whoever may not see it, what is hidden answers like what does not exist."""
        if MISSING not in answers:
            return
        missing = answers[MISSING].plain()
        for kind in (HIDDEN, OWN_HIDDEN):
            if kind in answers and not rule.sees(actor, kind) and answers[kind].plain() != missing:
                self.verdict.wrong.append(f"wrong: {method} {route.name} as {actor}: {kind} differs from missing")

    def ask(self, actor: str, method: str, path: str) -> Answer:
        """One request whose writes are undone; its answer and its log lines are searched."""
        before = self.log.tell()
        client = self.clients[actor]
        if method in READS:
            response = client.generic(method, path)
        else:
            cookies = client.cookies.copy()
            with undone():
                response = client.generic(method, path)
            client.cookies = cookies  # signing out was undone, too
        answer = Answer.of(response, path)
        # Programs are told what is public, whoever is signed in beside them.
        reader = Audience.PUBLIC.value if path.startswith("/api/") or FOR_PROGRAMS.search(path) else actor
        self.look_at(answer.whole(), to=reader, where=f"{method} {path} as {actor}", given=path)
        self.log.seek(before)
        self.look_at(self.log.read(), to="the log", where=f"log of {method} {path} as {actor}", given=path)
        return answer

    # -- search ---------------------------------------------------------------------------------------

    def search(self, route: Route) -> None:
        """A hidden word must find what a word that is nowhere finds: nothing, told in the same way."""
        searchers = (NOBODY,) if route.name.startswith("api:") else SEARCHERS
        for actor in (each for each in searchers if each in self.actors):
            nothing = self._found(actor, route, "zqjnothinghere")
            for canary, where in self.world.canaries.one_of_each(hidden_from=actor):
                if self._found(actor, route, canary) != nothing:
                    self.verdict.hits.append(f"hit: {route.name}?q= as {actor} tells of {where}")

    def _found(self, actor: str, route: Route, words: str) -> tuple[Any, ...]:
        answer = self.ask(actor, "GET", f"{route.path({})}?{urlencode({'q': words})}")
        return answer.plain(but=words)

    # -- what leaves the house ------------------------------------------------------------------------

    def documents(self) -> None:
        for audience in DOCUMENT_VIEWERS:
            for row in Document.objects.for_audience(audience):
                self.look_at(
                    f"{row.text} {row.search} {row.object_id}", to=audience, where=f"{row.kind} for {audience}"
                )
            after, more = 0, True
            while more:
                rows = list(with_known_successor(feed(audience, after=after, limit=50), audience))
                self.look_at("".join(map(entry, rows)), to=audience, where=f"feed for {audience}")
                after, more = (rows[-1].number, True) if rows else (after, False)

    def reports(self) -> None:
        """What the printable reports are made of: the text of a PDF is packed, nothing would be found in it."""
        for workshop in Workshop.objects.visible_to(PUBLIC):
            record, _at = Report(published(workshop.slug)).told()
            self.look_at(record, to=Audience.PUBLIC.value, where=f"report of {workshop.slug}")

    def error_pages(self) -> None:
        """As Django calls them, each with an exception that knows a secret: none may repeat it."""
        secret = next(each for each, allowed in self.world.canaries.allowed.items() if not allowed)
        errors = {400: SuspiciousOperation(secret), 403: PermissionDenied(secret), 404: Http404(secret), 500: None}
        for status, error in errors.items():
            handler: Any = get_resolver().resolve_error_handler(status)
            request = _request()
            response = handler(request) if error is None else handler(request, exception=error)
            self.look_at(Answer.of(response, "").whole(), to=NOBODY, where=f"error page {status}")
        refused = Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/accounts/login/")
        self.look_at(Answer.of(refused, "").whole(), to=NOBODY, where="error page of CSRF")
        for actor in self.actors:
            self.ask(actor, "GET", "/nowhere/")

    def look_at(self, text: str, *, to: str, where: str, given: str = "") -> None:
        self.verdict.outputs += 1
        for leak in sorted(self.world.canaries.leaks(text, to=to, given=given)):
            self.verdict.hits.append(f"hit: {where} shows {self.world.canaries.where[leak]}")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    path: str

    @classmethod
    def of(cls, response: Any, path: str) -> Answer:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return cls(response.status_code, dict(response.headers), content.decode(errors="replace"), path)

    def whole(self) -> str:
        return f"{self.headers} {self.body}"

    def plain(self, but: str = "") -> tuple[Any, ...]:
        """Status, headers and body without nonces and without what the address itself says."""
        words = sorted({but, self.path, *self.path.strip("/").split("/")} - {""}, key=len, reverse=True)
        headers = {name: value for name, value in self.headers.items() if name not in UNTOLD_HEADERS}
        return self.status, _without(str(headers), words), _without(self.body, words)


def _without(text: str, words: Iterable[str]) -> str:
    text = NONCE.sub("", text)
    for each in words:
        text = text.replace(each, "")
    return text


def _request() -> Any:
    request: Any = RequestFactory(headers={"host": "localhost"}).get("/nowhere/")
    request.user, request.viewer, request.session = AnonymousUser(), PUBLIC, {}
    return request


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is rolled back, as between Django's own tests: ``change()`` may still be outermost."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def captured_log(into: io.StringIO) -> Iterator[None]:
    """Everything that is logged, tracebacks included, and only here."""
    root, handler = logging.getLogger(), logging.StreamHandler(into)
    handlers, root.handlers = root.handlers, [handler]
    level = root.level
    root.setLevel(logging.DEBUG)
    sql, sql_level = logging.getLogger("django.db.backends"), logging.getLogger("django.db.backends").level
    sql.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
        sql.setLevel(sql_level)
