"""The way from a record to the secretariat."""

from __future__ import annotations

from django import template
from django.urls import reverse

from net4u.base.models import Record
from net4u.base.reports import kind_of

register = template.Library()


@register.filter
def wrong_address(record: Record) -> str:
    """Where somebody says that something is wrong with this record."""
    return reverse("wrong", args=[kind_of(record), record.pk])
