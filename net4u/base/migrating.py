"""Steps that migrations of several packages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations import RunPython
from django.db.models import F


def text_was_english(app: str, columns: Mapping[str, Sequence[str]]) -> RunPython:
    """What a column held before it was translated becomes its English text."""

    def copy(apps: Any, _schema_editor: Any) -> None:
        for model, names in columns.items():
            rows = apps.get_model(app, model)._base_manager
            rows.update(**{f"{name}_en": F(name) for name in names})

    return RunPython(copy, RunPython.noop)
