"""Who sends something too often is told so on a page of ours, in their language."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_count() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("prefix", "language", "words"), [("", "en", "That was too often"), ("/fr", "fr", "Trop de fois de suite")]
)
def test_the_page_says_what_to_do_next(client: Client, prefix: str, language: str, words: str) -> None:
    answers = [client.post(f"{prefix}/accounts/password/reset/", {"email": "nora@example.org"}) for _ in range(30)]
    last = answers[-1]
    assert last.status_code == 429
    page = last.content.decode()
    assert f'lang="{language}"' in page
    assert words in page
    assert f'href="{prefix}/commitments/"' in page
