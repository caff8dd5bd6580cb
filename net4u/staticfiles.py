"""Static files: which are collected, and when again."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


class UsedStaticFiles(StaticFilesConfig):
    """Leaves out what no page of ours asks for; compressing it would double the time of a start.

    Redoc asks another host for fonts, and the browsable API of the REST framework is off. Of Bootstrap's sheets
    pages name the two whole ones, left to right and right to left, in their small form.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "drf_spectacular_sidecar/redoc/*",
        "rest_framework",
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap.rtl.css*",
    ]


def collect() -> None:
    """Compressing takes seconds, so it happens only when a file or a setting changed since the last time."""
    stamp = settings.STATIC_ROOT / "collected"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(UsedStaticFiles.ignore_patterns):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
