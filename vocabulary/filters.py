from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import ViewerFilterSet
from vocabulary.enums import ReviewCluster
from vocabulary.models import Instrument, Pillar, PillarScheme, Provision


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
