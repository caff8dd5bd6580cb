"""The style sheets: names come from one place, and the sheets are few."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bootstrap_wrapper import get_bootstrap_css_dir
from django.conf import settings
from django.test import Client

SHEETS = settings.BASE_DIR / "static" / "css"


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda sheet: sheet.name)
def test_a_sheet_names_only_tokens_that_exist(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", (SHEETS / "tokens.css").read_text(encoding="utf-8") + text))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - known == set()


@pytest.mark.django_db
def test_the_first_page_is_light(client: Client) -> None:
    """At most 100 kB over the wire; pictures and icons are a few kB more."""
    page = client.get("/").content
    names = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page.decode())
    assert names[0] == "bootstrap/bootstrap.min.css"
    sheets = [
        Path(get_bootstrap_css_dir()) / "bootstrap.min.css",
        *(settings.BASE_DIR / "static" / each for each in names[1:]),
    ]
    total = sum(len(gzip.compress(content)) for content in (page, *(each.read_bytes() for each in sheets)))
    assert total < 70_000
