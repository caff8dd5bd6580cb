"""The texts of the languages: ``.po`` files are kept in ``locale/``, Django reads the ``.mo`` compiled beside them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def catalogues(folder: Path = LOCALE) -> Iterable[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))


def compile_stale(folder: Path = LOCALE) -> int:
    """Compile what is missing or older than its source; returns how many files were written.

    A file appears whole or not at all: tests that run side by side compile at the same time.
    """
    stale = [path for path in catalogues(folder) if _is_stale(path)]
    for path in stale:
        handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".mo")
        with os.fdopen(handle, "wb") as file:
            file.write(polib.pofile(str(path)).to_binary())
        Path(fresh).chmod(0o644)  # who serves need not be who compiled
        Path(fresh).replace(path.with_suffix(".mo"))
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


if __name__ == "__main__":
    compile_stale()
