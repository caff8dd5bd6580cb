"""A cell of a table stays text, whatever somebody wrote into it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise

#: What makes a spreadsheet take a text for a formula, full-width twins included.
FORMULA = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001


def guarded(value: Any) -> str:
    """A cell that stays text: numbers and dates of ours are no formulas, what people wrote may be."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str | Promise) and text.startswith(FORMULA) else text
