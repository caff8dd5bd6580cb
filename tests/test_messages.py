"""Texts are compiled where they are missing or older than their source."""

import gettext
import os
from pathlib import Path

from net4u.messages import LOCALE, compile_stale

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Home"\nmsgstr "{}"\n'


def test_a_stale_file_is_compiled_again(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"

    def home() -> str:
        with (folder / "django.mo").open("rb") as file:
            return gettext.GNUTranslations(file).gettext("Home")

    source.write_text(SOURCE.format("Accueil"), encoding="utf-8")
    assert (compile_stale(tmp_path), home()) == (1, "Accueil")
    assert compile_stale(tmp_path) == 0
    source.write_text(SOURCE.format("À la maison"), encoding="utf-8")
    later = (folder / "django.mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert (compile_stale(tmp_path), home()) == (1, "À la maison")
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_the_suite_reads_compiled_texts() -> None:
    assert (LOCALE / "fr" / "LC_MESSAGES" / "django.mo").exists()
    assert compile_stale() == 0
