"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import AlphabeticalChoiceFilter, InEveryState, ViewerFilterSet
from organizations.enums import BELONGING, MembershipStatus, OrganizationKind
from organizations.models import Membership, Organization, RegionalNetwork
from vocabulary.models import Pillar, Territory

#: Who is named in a cited text and belongs to no network by that.
NAMED_ONLY = ("named", _("only named in records"))


class RegionalNetworkFilter(ViewerFilterSet):
    class Meta:
        model = RegionalNetwork
        fields: tuple[str, ...] = ()


class OrganizationFilter(ViewerFilterSet):
    """Filters on a profile find only organizations whose profile the reader may see."""

    q = django_filters.CharFilter(label=_("Name"), method="named")
    country = AlphabeticalChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2", empty_label=_("Any country")
    )
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="works_on",
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=OrganizationKind.choices, empty_label=_("Any kind"), method="of_kind"
    )
    membership = django_filters.ChoiceFilter(
        label=_("Membership"), empty_label=_("Any"), method="with_standing",
        choices=[
            *((status.value, status.label) for status in (*BELONGING, MembershipStatus.CONSIDERING)), NAMED_ONLY,
        ],
    )  # fmt: skip
    active_in = django_filters.ModelChoiceFilter(
        label=_("Active in, registered elsewhere"), queryset=Territory.objects.all(), to_field_name="iso2",
        method="works_in", widget=forms.HiddenInput,
    )  # fmt: skip

    class Meta:
        model = Organization
        fields = ("q", "country", "pillar", "kind", "membership", "active_in")

    def named(self, queryset: Any, _name: str, words: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.named(words)
        return found

    def works_on(self, queryset: QuerySet[Any], _name: str, pillar: Pillar) -> QuerySet[Any]:
        through: Any = Organization.pillars.through
        works = through.objects.filter(organization_id=OuterRef("pk"), pillar_id=pillar.pk)
        return self._with_profile(queryset).filter(Exists(works))

    def of_kind(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return self._with_profile(queryset).filter(kind=kind)

    def works_in(self, queryset: Any, _name: str, country: Territory) -> QuerySet[Any]:
        return self._with_profile(queryset.active_in(country))

    def with_standing(self, queryset: Any, _name: str, status: str) -> QuerySet[Any]:
        if status == NAMED_ONLY[0]:
            found: QuerySet[Any] = queryset.known_from_sources()
            return found
        standing = Membership.objects.visible_to(self.viewer).filter(organization=OuterRef("pk"), status=status)
        by_standing: QuerySet[Any] = queryset.filter(Exists(standing))
        return by_standing

    def _with_profile(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=Organization.objects.with_profile_for(self.viewer).values("pk"))


class OrganizationInEveryStateFilter(InEveryState, OrganizationFilter):
    class Meta(OrganizationFilter.Meta):
        fields = ("state", "q", "country", "pillar", "kind", "membership")
