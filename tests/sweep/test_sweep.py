"""The sweep must be able to fail: each test but the first plants something and expects it to be found.

``make sweep`` runs all of it; here it runs over a part of the addresses.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import clear_url_caches, path
from django.utils.translation import get_language

import net4u.urls
from net4u.base.search import search
from net4u.base.views import RecordDetail
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from recommendations.filters import RecommendationFilter
from recommendations.models import Recommendation
from tests.sweep import canaries, table
from tests.sweep.routes import Route, routes
from tests.sweep.run import Sweep, Verdict
from tests.sweep.world import build

pytestmark = pytest.mark.django_db


def named(*names: str) -> Callable[[Route], bool]:
    return lambda route: route.name in names


def small(only: Callable[[Route], bool], *, searching: bool = False, **options: Any) -> Verdict:
    """Built and swept now, so that what a test planted has its effect on documents, too."""
    options = {"methods": ("GET", "POST"), "actors": ("nobody", "editor", "other", "curator")} | options
    return Sweep(build(), **options).run(only, searching=searching)


def test_pages_and_api_show_nothing_to_whoever_may_not_see_it() -> None:
    verdict = small(named("organizations:detail", "workshops:detail", "desk", "api:organizations-list", "search"))
    assert list(verdict.problems()) == []
    assert verdict.cells > 100
    assert verdict.outputs > verdict.cells
    assert verdict.canaries > 250


def test_every_address_is_declared_and_every_rule_has_an_address() -> None:
    names = {route.name for route in routes()}
    assert sorted(name for name in names if table.rule_for(name) is None) == []
    used = {id(table.rule_for(name)) for name in names}
    unused = [name for name, rule in table.TABLE.items() if id(rule) not in used]
    assert unused == []


# -- seen failing -------------------------------------------------------------------------------------------


@pytest.fixture
def open_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody forgot who is looking."""
    monkeypatch.setattr(OrganizationQuerySet, "visible_to", lambda self, _viewer: self.all())


def test_a_queryset_that_forgets_the_viewer_is_found(open_house: None) -> None:
    verdict = small(named("organizations:list", "organizations:detail", "api:organizations-list"))
    assert not verdict.passed
    hits = " ".join(verdict.hits)
    assert "GET /organizations/ as nobody shows organizations.Organization.english_name" in hits
    assert "GET /api/v1/organizations/ as nobody shows organizations.Organization.english_name" in hits
    assert "organization for public shows" in hits
    assert "feed for partners shows" in hits
    assert any("(hidden) gave 200, expected [404]" in wrong for wrong in verdict.wrong)


@pytest.fixture
def sought(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Searching for the secrets of one model, and not for each of hundreds."""
    every = canaries.Canaries.one_of_each

    def only(model: str) -> None:
        def of_it(self: canaries.Canaries, *, hidden_from: str) -> list[tuple[str, str]]:
            return [found for found in every(self, hidden_from=hidden_from) if found[1].startswith(f"{model}.")]

        monkeypatch.setattr(canaries.Canaries, "one_of_each", of_it)

    return only


def test_a_search_through_what_others_may_see_is_found(
    monkeypatch: pytest.MonkeyPatch, sought: Callable[[str], None]
) -> None:
    sought("organizations.Organization")
    monkeypatch.setattr("net4u.site.search.search", lambda _audience, question: search("partners", question))
    verdict = small(named("search"), searching=True, methods=("GET",), actors=("nobody",))
    assert "hit: search?q= as nobody tells of organizations.Organization.legal_name" in verdict.hits


def test_a_queryset_that_forgets_the_viewer_in_another_language_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    careful = OrganizationQuerySet.visible_to

    def forgetful(self: Any, viewer: Any) -> Any:
        return self.all() if get_language() == "fr" else careful(self, viewer)

    monkeypatch.setattr(OrganizationQuerySet, "visible_to", forgetful)
    verdict = small(named("organizations:list"), methods=("GET",), actors=("nobody",))
    assert verdict.hits
    assert {hit.partition(" shows ")[0] for hit in verdict.hits} == {"hit: GET /fr/organizations/ as nobody"}


def test_a_page_that_tells_hidden_from_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(self: Any, queryset: Any = None) -> Any:
        if Organization.objects.filter(slug=self.kwargs["slug"]).exists():
            raise PermissionDenied
        raise Http404

    monkeypatch.setattr(RecordDetail, "get_object", told)
    verdict = small(named("organizations:detail"), methods=("GET",), actors=("nobody",))
    assert "wrong: GET organizations:detail as nobody: hidden differs from missing" in verdict.wrong


def test_a_search_that_looks_at_what_is_hidden_is_found(
    monkeypatch: pytest.MonkeyPatch, sought: Callable[[str], None]
) -> None:
    sought("recommendations.Recommendation")

    def looks(self: Any, queryset: Any, _name: str, words: str) -> Any:
        found = Recommendation.objects.filter(text__icontains=words)
        return queryset.filter(pk__in=[]) if not found else queryset

    monkeypatch.setattr(RecommendationFilter, "with_words", looks)
    verdict = small(named("recommendations:list"), searching=True, methods=("GET",), actors=("nobody",))
    assert verdict.hits == ["hit: recommendations:list?q= as nobody tells of recommendations.Recommendation.text"]


def test_a_secret_in_the_log_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def chatty(_view: Any, queryset: Any = None) -> Any:
        logging.getLogger("organizations").info("%s", list(Organization.objects.filter(appearance="hidden")))
        raise Http404

    monkeypatch.setattr(RecordDetail, "get_object", chatty)
    verdict = small(named("organizations:detail"), methods=("GET",), actors=("nobody",))
    assert any(hit.startswith("hit: log of GET /organizations/") for hit in verdict.hits)


def test_an_address_that_nobody_declared_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def new(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    monkeypatch.setattr(net4u.urls, "urlpatterns", [*net4u.urls.urlpatterns, path("new/", new, name="new")])
    clear_url_caches()
    try:
        verdict = small(named("new"))
    finally:
        clear_url_caches()
    assert verdict.undeclared == ["new /new/"]
    assert not verdict.passed


def test_an_answer_that_is_not_the_expected_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table.TABLE, "account", table.LIST)
    verdict = small(named("account"), actors=("nobody",), methods=("GET",))
    assert verdict.wrong == [
        f"wrong: GET {path} as nobody (-) gave 302, expected [200]" for path in ("/account/", "/fr/account/")
    ]
    assert not verdict.passed


def test_a_new_private_column_needs_a_canary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canaries, "PUBLIC_FIELDS", canaries.PUBLIC_FIELDS - {"people.User.time_zone"})
    world = build()
    world.canaries.planted.discard("people.User.time_zone")
    verdict = Sweep(world, actors=("nobody",)).verdict
    assert verdict.unplanted == ["people.User.time_zone"]
    assert not verdict.passed
    assert json.loads(verdict.line())["undeclared"] == 1


def test_the_verdict_is_one_line() -> None:
    assert json.loads(Verdict(routes=2, cells=3, outputs=4, canaries=5).line()) == {
        "routes": 2, "actors": 9, "cells": 3, "undeclared": 0, "canaries": 5, "outputs": 4, "hits": 0, "wrong": 0,
    }  # fmt: skip
