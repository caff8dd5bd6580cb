from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from net4u.base.languages import alphabetical
from net4u.base.states import Editorial
from net4u.base.viewers import PUBLIC, Viewer


class AlphabeticalIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        choices = super().__iter__()
        if self.field.empty_label is not None:  # stays on top; the widget reads it alone, which must ask nothing
            yield next(choices)
        yield from sorted(choices, key=lambda choice: alphabetical(str(choice[1])))


class AlphabeticalField(ModelChoiceField):
    iterator = AlphabeticalIterator


class AlphabeticalChoiceFilter(django_filters.ModelChoiceFilter):
    """Choices in the order in which readers of the page's language look for them, whatever the database thinks."""

    field_class = AlphabeticalField


class ViewerFilterSet(django_filters.FilterSet):
    """A filter that knows its reader: choices of related records are those the reader may see.

    The page and its API twin use the same class, so that their addresses differ in the prefix only.
    """

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for each in self.filters.values():
            # The filter's own attribute: it overwrites ``extra`` each time its form field is asked for.
            queryset = getattr(each, "queryset", None)
            if queryset is not None:
                each.queryset = queryset.visible_to(viewer)

    @classmethod
    def public_rows(cls, parameters: QueryDict) -> QuerySet[Any]:
        """The rows everybody may see under these parameters, for feeds and calendars.

        Nobody reads a notice there, and a misspelt filter that is left out would hand over everything: it is refused.
        """
        filterset = cls(parameters, queryset=cls._meta.model.objects.visible_to(PUBLIC), viewer=PUBLIC)
        if filterset.unknown or not filterset.is_valid():
            raise BadRequest
        rows: QuerySet[Any] = filterset.qs
        return rows

    @property
    def unknown(self) -> list[str]:
        """Parameters in the address that are no filter of this list."""
        known = {*self.filters, "cursor", "limit", "page"}
        return sorted(name for name in (self.data or {}) if name not in known)

    #: How many fields stand in the bar; the others open below them.
    IN_THE_BAR = 6

    @property
    def bar(self) -> list[Any]:
        return list(self.form.visible_fields())[: self.IN_THE_BAR]

    @property
    def below(self) -> list[Any]:
        return list(self.form.visible_fields())[self.IN_THE_BAR :]

    @property
    def below_is_open(self) -> bool:
        return any(field.value() or field.errors for field in self.below)

    @property
    def in_use(self) -> dict[str, Any]:
        """Filters that have a valid value."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in {None, ""}}

    def without(self, *names: str) -> QuerySet[Any]:
        """What the other filters find: a figure beside a list shows the whole that its choice is part of."""
        queryset: QuerySet[Any] = self.queryset.all()
        if not self.is_bound:
            return queryset
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                queryset = self.filters[name].filter(queryset, value)
        return queryset


class InEveryState(ViewerFilterSet):
    """For the secretariat's lists, which hold drafts and what was withdrawn as well."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=Editorial.choices, empty_label=_("Any state"))
