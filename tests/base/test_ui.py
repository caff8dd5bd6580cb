"""How figures and dates are said."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from net4u.base.templatetags.ui import choices, control, figure, time_left, when

NOVEMBER = date(2025, 11, 19)


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        (None, None, "unknown", "Date not stated"),
        (None, None, "day", "Date not stated"),
        (NOVEMBER, None, "unknown", "Date not stated"),
        (NOVEMBER, None, "day", "19 November 2025"),
        (NOVEMBER, NOVEMBER, "day", "19 November 2025"),
        (NOVEMBER, date(2025, 11, 21), "day", "19\N{EN DASH}21 November 2025"),
        (NOVEMBER, date(2025, 12, 1), "day", "19 November \N{EN DASH} 1 December 2025"),
        (NOVEMBER, date(2026, 1, 2), "day", "19 November 2025 \N{EN DASH} 2 January 2026"),
        (NOVEMBER, None, "month", "November 2025"),
        (NOVEMBER, date(2025, 11, 21), "month", "November 2025"),
        (NOVEMBER, date(2025, 12, 21), "month", "November 2025 \N{EN DASH} December 2025"),
        (NOVEMBER, None, "year", "2025"),
        (NOVEMBER, date(2026, 11, 21), "year", "2025 \N{EN DASH} 2026"),
    ],
)
def test_a_date_is_no_more_exact_than_its_source(
    start: date | None, end: date | None, precision: str, said: str
) -> None:
    assert when(start, end, precision).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("language", "start", "end", "said"),
    [
        ("fr", date(2026, 3, 1), None, "1er mars 2026"),
        ("it", date(2026, 3, 1), None, "1º marzo 2026"),
        ("en", date(2026, 3, 1), None, "1 March 2026"),
        ("fr", date(2026, 8, 1), date(2026, 8, 3), "1er\N{EN DASH}3 août 2026"),
        ("fr", date(2026, 7, 31), date(2026, 8, 1), "31 juillet \N{EN DASH} 1er août 2026"),
        ("it", date(2026, 7, 11), date(2026, 7, 12), "11\N{EN DASH}12 luglio 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, start: date, end: date | None, said: str) -> None:
    with translation.override(language):
        assert when(start, end).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("language", "number", "days"),
    [
        ("en", "1,400", "in 2 days"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}400", "dans 2 jours"),
        ("it", "1.400", "tra 2 giorni"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, number: str, days: str) -> None:
    with translation.override(language):
        assert (figure(1400), time_left(date(2026, 1, 3), date(2026, 1, 1))) == (number, days)


@pytest.mark.parametrize(
    ("value", "qualifier", "said"),
    [
        (14, "exact", "14"),
        (1400, "exact", "1,400"),
        (40, "more_than", (">", "more than")),
        (40, "about", ("≈", "about")),
        (40, "at_least", ("≥", "at least")),
    ],
)
def test_a_figure_keeps_its_qualifier(value: int, qualifier: str, said: str | tuple[str, str]) -> None:
    if isinstance(said, tuple):
        sign, words = said[0].replace(">", "&gt;"), said[1]
        said = (
            f'<span aria-hidden="true">{sign}\N{NO-BREAK SPACE}{value}</span>'
            f'<span class="visually-hidden">{words} {value}</span>'
        )
    assert figure(value, qualifier) == said


class Answers(forms.Form):
    name = forms.CharField(help_text="As it is registered.", widget=forms.TextInput(attrs={"placeholder": "Name"}))
    country = forms.ChoiceField(choices=[("it", "Italy")], required=False)
    agree = forms.BooleanField(label="We agree")
    seen = forms.ChoiceField(choices=[("all", "Everybody")], widget=forms.RadioSelect)


def told(markup: str) -> str:
    return " ".join(markup.split())


def test_each_kind_of_control_has_its_class_and_is_tied_to_help_error_and_who_sees_it() -> None:
    form = Answers()
    assert told(control(form["name"], "Everybody")) == (
        '<input type="text" name="name" class="form-control" '
        'aria-describedby="id_name_helptext id_name_sees" required id="id_name">'
    )
    assert 'class="form-select" aria-describedby="id_country_sees"' in control(form["country"], "Everybody")
    assert told(control(form["agree"])) == (
        '<input type="checkbox" name="agree" class="form-check-input" required id="id_agree">'
    )
    assert [told(each.tag()) for each in choices(form["seen"])] == [
        '<input type="radio" name="seen" value="all" id="id_seen_0" required class="form-check-input">'
    ]
    sent = Answers({})
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in control(sent["name"])


def test_a_form_that_came_back_leads_to_each_of_its_errors() -> None:
    page = told(render_to_string("ui/form_fields.html", {"form": Answers({"name": "Second House"})}))
    assert '<div class="error-summary" tabindex="-1" autofocus aria-labelledby="errors">' in page
    assert '<h2 id="errors"> 2 answers need another look </h2>' in page
    assert '<a href="#id_agree">We agree: This field is required.</a>' in page
    assert '<a href="#id_seen_0">Seen: This field is required.</a>' in page
    assert '<span class="optional">(optional)</span>' in page
    assert "error-summary" not in render_to_string("ui/form_fields.html", {"form": Answers()})
