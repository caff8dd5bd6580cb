"""The page for those who build pages: each component in all its states."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import path

from net4u.site.styleguide import RightToLeft, Styleguide
from net4u.urls import urlpatterns as ours

pytestmark = pytest.mark.django_db

urlpatterns = [
    *ours,
    path("styleguide/", Styleguide.as_view(), name="styleguide"),
    path("styleguide/rtl/", RightToLeft.as_view(), name="styleguide-rtl"),
]


@pytest.fixture
def _with_debug(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__


def test_without_debug_nobody_finds_it(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
    assert client.get("/styleguide/rtl/").status_code == 404


@pytest.mark.usefixtures("_with_debug")
@pytest.mark.parametrize(
    ("address", "direction", "sheet"),
    [
        ("/styleguide/", 'lang="en" dir="ltr"', "bootstrap/bootstrap.min.css"),
        ("/styleguide/rtl/", 'lang="ar" dir="rtl"', "bootstrap/bootstrap.rtl.min.css"),
    ],
)
def test_it_shows_every_state_in_both_directions(client: Client, address: str, direction: str, sheet: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert f"<html {direction}>" in page
    assert f'href="/static/{sheet}"' in page
    for shape in (
        "tag draft", "tag changes_requested", "tag published", "tag demo", "shape disc not_assessed",
        "shape disc complete", "shape bubble none", "shape bubble rejected", "shape late", "shape ok", "confirmed",
        "mark p6", "notice bad", "chip", "here", "gap", "absent", "reached", "planned", "error-summary", "step-line",
        "saved", "sees", "rows queue", "differ", "chart columns", "chart-bars", "chart-table", "map", "chosen",
    ):  # fmt: skip
        assert f'class="{shape}' in page, shape
    assert "style=" not in page
    assert "<script" not in page
