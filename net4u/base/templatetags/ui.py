"""How pages say figures, dates and who says so. They know no app: they take values and plain codes."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms, template
from django.conf import settings
from django.db.models import Model
from django.forms.boundfield import BoundField, BoundWidget
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from net4u.base.translations import language_of_text, text_in
from net4u.base.views import SourceLetters

register = template.Library()

DASH = "\N{EN DASH}"
MARKS = {"p1", "p2", "p3", "p4", "p5", "p6"}
#: Django's names of months begin with a capital here as well.
SMALL_MONTHS = {"it"}
#: How a qualifier is shown, and how it is read aloud.
QUALIFIERS = {
    "about": ("≈", _("about")),
    "more_than": (">", _("more than")),
    "at_least": ("≥", _("at least")),
}


@register.simple_tag
def figure(value: int, qualifier: str = "exact") -> str | SafeString:
    """``> 40`` for the eye, "more than 40" for the ear."""
    number = number_format(value, force_grouping=True)
    if qualifier not in QUALIFIERS:
        return number
    sign, words = QUALIFIERS[qualifier]
    return format_html(
        '<span aria-hidden="true">{}\N{NO-BREAK SPACE}{}</span><span class="visually-hidden">{} {}</span>',
        sign, number, words, number,
    )  # fmt: skip


@register.simple_tag
def when(start: date | None, end: date | None = None, precision: str = "day") -> str:
    """A date or a span of dates, no more exact than its source tells it."""
    if start is None or precision == "unknown":
        return str(_("Date not stated"))
    end = end or start
    full = _pattern(precision)
    if start == end or _spell(start, full) == _spell(end, full):
        return _spell(start, full)
    if precision == "day" and (start.year, start.month) == (end.year, end.month):
        day = pgettext("day", "j")
        return f"{_spell(start, day)}{DASH}{_spell(end, full)}"
    same_year = precision == "day" and start.year == end.year
    head = _spell(start, pgettext("day and month", "j F") if same_year else full)
    return f"{head} {DASH} {_spell(end, full)}"


def _pattern(precision: str) -> str:
    return {"month": pgettext("month and year", "F Y"), "year": "Y"}.get(
        precision, pgettext("day, month and year", "j F Y")
    )


def _spell(day: date, pattern: str) -> str:
    """With spaces that do not break, and the first of a month as the language writes it: ``1er`` in French."""
    # Translators: how the first day of a month is written, with a backslash before each letter that stays: j\\e\\r
    first = pgettext("first day of a month", "j")
    if day.day == 1 and first != "j":
        pattern = pattern.replace("j", first)
    said = date_format(day, pattern).replace(" ", "\N{NO-BREAK SPACE}")
    return said.lower() if get_language() in SMALL_MONTHS else said


@register.simple_tag
def time_left(due: date, on: date | None = None) -> str:
    """``in 77 days``, ``today`` or ``8 days overdue``; what is due on the day itself is not late."""
    days = (due - (on or timezone.localdate())).days
    if days == 0:
        return gettext("today")
    words = (
        ngettext("in %(days)s day", "in %(days)s days", days)
        if days > 0
        else ngettext("%(days)s day overdue", "%(days)s days overdue", -days)
    )
    return words % {"days": number_format(abs(days), force_grouping=True)}


@register.simple_tag
def early_or_late(due: date, done: date) -> str:
    """How the day it was done compares with the day it was due."""
    days = (done - due).days
    if days == 0:
        return gettext("on the day")
    words = (
        ngettext("%(days)s day late", "%(days)s days late", days)
        if days > 0
        else ngettext("%(days)s day early", "%(days)s days early", -days)
    )
    return words % {"days": number_format(abs(days), force_grouping=True)}


#: From how many days before a date its row says how many are left.
SOON = 30


@register.inclusion_tag("ui/due.html")
def due(day: date, is_open: bool = True, on: date | None = None) -> dict[str, Any]:
    """A date in words: when it is due, how soon, or that it is overdue. Nothing closed is late."""
    today = on or timezone.localdate()
    return {
        "day": day,
        "is_late": is_open and day < today,
        "is_soon": is_open and 0 <= (day - today).days <= SOON,
        "left": time_left(day, today),
    }


@register.simple_tag
def lang(what: Any, field: str = "") -> str | SafeString:
    """Attributes for an element whose words are in another language than the page; nothing where they are not.

    They bring their space with them: ``<p{% lang workshop "summary" %}>`` for a text of a record,
    ``{% lang workshop %}`` for what it is called, ``{% lang organization.mission_language %}`` for a code.
    """
    code = language_of_text(what, field) if isinstance(what, Model) else what if isinstance(what, str) else ""
    here = get_language() or settings.LANGUAGE_CODE
    if not code or _family(code) == _family(here):
        return ""
    attributes = format_html(' lang="{}"', code)
    if _direction(code) == _direction(here):
        return attributes
    return format_html('{} dir="{}"', attributes, _direction(code))


def _direction(code: str) -> str:
    return "rtl" if _family(code) in settings.LANGUAGES_BIDI else "ltr"


def _family(code: str) -> str:
    """``pt`` of ``pt-br``."""
    return code.partition("-")[0]


@register.filter
def original(record: Any, field: str) -> str:
    """The English text behind one of our own translations; empty where the original is what is read."""
    if language_of_text(record, field) == settings.LANGUAGE_CODE:
        return ""
    return text_in(record, field, settings.LANGUAGE_CODE)


@register.inclusion_tag("ui/source_mark.html")
def source_mark(letters: SourceLetters, source: Any) -> dict[str, Any]:
    """The letter of a source in a small box, leading to the list at the end of the page."""
    return {"letter": letters.of(source), "source": source}


#: Bootstrap's class for each kind of control; the first that fits.
CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


@register.simple_tag
def control(field: BoundField, sees: str = "") -> SafeString:
    """The control of a field, with Bootstrap's class, tied to the line that tells who ``sees`` it, if there is one.

    Help and error are tied by Django. A placeholder is left out: the label stands above, and stays.
    """
    css = next(css for kind, css in CONTROLS if isinstance(field.field.widget, kind))
    attrs: dict[str, Any] = {"class": css, "placeholder": False}
    if sees:
        attrs["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}_sees".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """Each box or dial of a field that has several, with Bootstrap's class."""
    for each in field.subwidgets:
        each.data["attrs"]["class"] = "form-check-input"
    return list(field.subwidgets)


@register.filter
def host_of(address: str) -> str:
    """Where a link leads, in short."""
    return urlsplit(address).hostname or ""


@register.filter
def has_mark(pillar: Any) -> bool:
    """Whether a sign was drawn for it (``static/img/pillars.svg``)."""
    return pillar.code in MARKS


@register.filter
def named_otherwise(row: Any) -> str:
    """The name a source uses for an organization, where it is another one than ours."""
    return row.named_as if row.named_as != str(row.organization) else ""


@register.filter
def in_group(groups: dict[Any, Any], key: Any) -> Any:
    """What a view sorted under this key."""
    return groups.get(key, ())
