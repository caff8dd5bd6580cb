"""Pages that say what went wrong, and lead on."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

DOORS = ('href="/commitments/"', 'href="/organizations/"', 'href="/workshops/"')


def test_the_page_of_our_mistakes_needs_no_context_and_no_database() -> None:
    page = render_to_string("500.html")
    assert '<html lang="en" dir="ltr">' in page
    assert "The mistake is ours, and it was written down. Try again in a few minutes." in page
    assert "In danger? Call 112." in page
    assert all(door in page for door in DOORS)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "This request could not be read"),
        ("403.html", "You may not see this page"),
        ("403_csrf.html", "This form is too old"),
        ("404.html", "There is no such page"),
    ],
)
def test_each_says_it_in_a_sentence_and_offers_doors(template: str, words: str) -> None:
    page = render_to_string(template)
    assert f'<h1 class="list-title">{words}</h1>' in page
    assert all(door in page for door in DOORS)


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_to_be_loaded_again() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "bob@example.org"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Nothing was saved. Go back, load the page again and send it once more." in page
    assert all(door in page for door in DOORS)
