"""The three forms of an import: the file, what its columns are, and one of its rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.forms import PlainText
from net4u.base.imports import ImportKind, mapping_faults, unknown
from net4u.base.models import ImportRow, ImportRun
from net4u.base.tables import MOST_BYTES, MOST_CHARACTERS, RefusedTable, Table, read_table

#: Which organization a row is: as the check finds it, a new one, or one of the list.
AS_FOUND, NEW = "", "new"


class UploadForm(forms.Form):
    """Read at once: a file that cannot be taken says so beside its field."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("CSV or XLSX, at most 5 MB and 10,000 rows.")
    )
    table: Table

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.table = read_table(file.read(MOST_BYTES + 1))
        except RefusedTable as error:
            raise ValidationError(str(error)) from error
        return file


class MappingForm(forms.Form):
    """One choice for each column of the file, with the guess."""

    def __init__(self, *args: Any, run: ImportRun, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run, self.kind = run, kind
        known = [("", _("not known")), *((column.key, column.label) for column in kind.columns)]
        first = run.rows.first()
        for at, name in enumerate(run.header):
            says = first.cells[at][:60] if first else ""
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=name, choices=known, initial=run.mapping[at], error_messages={"required": unknown(name)},
                help_text=_("The first row says: %(text)s") % {"text": says} if says else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for sentence in mapping_faults(self.kind, self.run.header, self.mapping):
                self.add_error(None, sentence)
        return self.cleaned_data

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class RowForm(forms.Form):
    """The cells of a row, which organization it is, and whether it stays out."""

    def __init__(self, *args: Any, row: ImportRow, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {column.key: column.label for column in kind.columns}
        for at, key in enumerate(row.run.mapping):
            self.fields[f"cell_{at}"] = PlainText(
                label=labels[key], required=False, max_length=MOST_CHARACTERS, initial=row.cells[at]
            )
        self.cells = list(self.fields)
        chosen = (str(row.organization) if row.organization else NEW) if row.is_chosen else AS_FOUND
        self.fields["organization"] = forms.ChoiceField(
            label=_("Which organization it is"), required=False, initial=chosen,
            choices=[(AS_FOUND, _("as the check finds it")), (NEW, _("a new organization")), *kind.choices()],
        )  # fmt: skip
        self.fields["is_left_out"] = forms.BooleanField(
            label=_("Leave this row out"), required=False, initial=row.is_left_out
        )

    @property
    def edited(self) -> dict[str, Any]:
        """As ``edit_row`` takes it."""
        told = self.cleaned_data
        chosen = told["organization"]
        return {
            "cells": [told[name] for name in self.cells],
            "organization": UUID(chosen) if chosen not in {AS_FOUND, NEW} else None,
            "is_chosen": chosen != AS_FOUND,
            "is_left_out": told["is_left_out"],
        }
