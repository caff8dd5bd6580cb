"""The way from a record to the secretariat."""

from __future__ import annotations

from django import template
from django.urls import reverse

from net4u.base.models import Record
from net4u.base.reports import kind_of
from net4u.base.takedown import KINDS_TO_TAKE_DOWN

register = template.Library()


@register.filter
def wrong_address(record: Record) -> str:
    """Where somebody says that something is wrong with this record."""
    return reverse("wrong", args=[kind_of(record), record.pk])


@register.filter
def journal_address(record: Record) -> str:
    """Where the secretariat reads who changed it."""
    return reverse("journal", args=[kind_of(record), record.pk])


@register.filter
def take_down_address(record: Record) -> str:
    """Where the secretariat takes it down; "" for what has no life of its own."""
    kind = kind_of(record)
    return reverse("take_down", args=[kind, record.pk]) if kind in KINDS_TO_TAKE_DOWN else ""
