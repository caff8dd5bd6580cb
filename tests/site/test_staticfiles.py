import os
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from pytest_django import Settings

from net4u import staticfiles
from net4u.staticfiles import UsedStaticFiles


def test_files_are_collected_again_only_when_one_changed(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "portal.css").write_text("a{}")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    collected: list[str] = []
    monkeypatch.setattr(staticfiles, "call_command", lambda name, **options: collected.append(name))

    staticfiles.collect()
    staticfiles.collect()
    assert collected == ["collectstatic"]

    (source / "portal.css").write_text("b{}")
    os.utime(source / "portal.css", (0, 0))
    staticfiles.collect()
    assert collected == ["collectstatic", "collectstatic"]


def test_what_no_page_asks_for_is_left_out() -> None:
    names = {
        path
        for finder in get_finders()
        for path, _ in finder.list(UsedStaticFiles.ignore_patterns)
        if path.startswith(("drf_spectacular_sidecar/redoc/", "rest_framework/"))
    }

    assert names == set()
