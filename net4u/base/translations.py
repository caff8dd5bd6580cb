"""Curated texts in several languages: English is the original, the others are our own translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model, Q
from django.utils.translation import get_language
from modeltranslation.fields import TranslationField
from modeltranslation.utils import build_localized_fieldname

if TYPE_CHECKING:
    from net4u.base.models import Record


def translations(model: type[Model]) -> Iterator[Any]:
    """The columns that hold another language than English."""
    return (
        each
        for each in model._meta.concrete_fields
        if isinstance(each, TranslationField) and each.language != settings.LANGUAGE_CODE
    )


def in_every_language(record: Model, fields: Iterable[str]) -> Iterator[str]:
    """These fields, and of translated ones each column."""
    for field in fields:
        yield field
        if is_translated(type(record), field):
            yield from (build_localized_fieldname(field, code) for code, _name in settings.LANGUAGES)


def is_translated(model: type[Model], field: str) -> bool:
    return any(each.translated_field.name == field for each in translations(model))


def in_any_language(word: str, *fields: str) -> Q:
    """Has the word in one of these translated fields, original or translation: readers may remember either."""
    columns = (build_localized_fieldname(field, code) for field in fields for code, _name in settings.LANGUAGES)
    return reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))


def text_in(record: Model, field: str, language: str) -> str:
    """Exactly in this language, or empty."""
    text: str | None = getattr(record, build_localized_fieldname(field, language), None)
    return text or ""


def missing_translations(record: Model) -> list[str]:
    """Names of the languages in which something is not written yet that is written in English."""
    found = {
        each.language
        for each in translations(type(record))
        if not getattr(record, each.name)
        and getattr(record, build_localized_fieldname(each.translated_field.name, settings.LANGUAGE_CODE))
    }
    return [name for code, name in settings.LANGUAGES if code in found]


#: By which of its fields a record is called.
CALLED = ("title", "name", "text")


def language_of_text(record: Model, field: str = "") -> str:
    """In which language a field (or what a record is called) is read now: the page's, or English if not translated.

    Other texts are in the language their record names, and else in English, in which the record is kept. In which
    language an organization is called is not known.
    """
    here = get_language() or settings.LANGUAGE_CODE
    field = field or next((name for name in CALLED if hasattr(record, name)), "")
    if not field:
        return ""
    if not is_translated(type(record), field):
        return getattr(record, "language", settings.LANGUAGE_CODE)
    return here if text_in(record, field, here) else settings.LANGUAGE_CODE


def add_translations(record: Record, facts: Mapping[str, Any]) -> bool:
    """Fill in what was translated since ``record`` was loaded from ``facts``; returns whether anything was.

    What somebody translated stays, and nothing is filled in where somebody changed the English text meanwhile.
    """
    filled = False
    for each in translations(type(record)):
        name = each.translated_field.name
        is_ours = facts.get(name) == text_in(record, name, settings.LANGUAGE_CODE)
        if is_ours and facts.get(each.name) and not getattr(record, each.name):
            setattr(record, each.name, facts[each.name])
            filled = True
    if filled:
        record.save()
    return filled
