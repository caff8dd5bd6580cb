from __future__ import annotations

import re
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import ViewerFilterSet
from vocabulary.enums import ReviewCluster
from vocabulary.models import Instrument, Pillar, PillarScheme, Provision

ARTICLE = re.compile(r"([A-Za-z0-9-]{1,20})-([0-9]{1,3})")


class ArticleField(django_filters.fields.ModelChoiceField):
    """Such as ``UNTOC-31``. Any article may stand in the address; the list offers those of its queryset."""

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Provision) else value

    def to_python(self, value: Any) -> Provision | None:
        if value in self.empty_values:
            return None
        if code := ARTICLE.fullmatch(str(value)):
            known = Provision.objects.select_related("instrument")
            found: Provision | None = known.filter(instrument__code=code[1], article=code[2]).first()
            if found is not None:
                return found
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class ArticleChoice(django_filters.ModelChoiceFilter):
    """By its code. ``offer`` says which articles stand in the list, since most are named by no record."""

    field_class = ArticleField

    def __init__(self, **extra: Any) -> None:
        super().__init__(
            label=_("Article"), queryset=Provision.objects.all(), to_field_name="code", empty_label=_("Any article"),
            **extra,
        )  # fmt: skip

    def offer(self, named: Exists) -> None:
        self.queryset: Any = Provision.objects.filter(named).select_related("instrument")


class PillarFilter(ViewerFilterSet):
    scheme = django_filters.ModelChoiceFilter(
        label=_("Scheme"), queryset=PillarScheme.objects.all(), to_field_name="code", empty_label=_("Any scheme")
    )

    class Meta:
        model = Pillar
        fields = ("scheme",)


class ProvisionFilter(ViewerFilterSet):
    instrument = django_filters.ModelChoiceFilter(
        label=_("Instrument"), queryset=Instrument.objects.all(), to_field_name="code", empty_label=_("Any instrument")
    )
    cluster = django_filters.ChoiceFilter(
        label=_("Review cluster"), choices=ReviewCluster.choices, empty_label=_("Any cluster")
    )

    class Meta:
        model = Provision
        fields = ("instrument", "cluster")
