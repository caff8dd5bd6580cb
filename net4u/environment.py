"""Reads the environment for settings.py.

A wrong value is refused with one sentence that says what to write instead.
"""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SQLITE = "django.db.backends.sqlite3"
BOOLEANS = dict.fromkeys(["true", "yes", "on", "1"], True) | dict.fromkeys(["false", "no", "off", "0"], False)
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


class SettingsError(ImproperlyConfigured):
    """One sentence for the person who runs the portal; never shown with a traceback by our commands."""


@contextmanager
def one_sentence() -> Iterator[None]:
    """Ends the process with the sentence alone: the environment is wrong, not the code."""
    try:
        yield
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def text(name: str, default: str = "") -> str:
    """An empty variable counts as not set, because compose files pass `NAME=` for what nobody filled in."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() not in BOOLEANS:
        raise SettingsError(f"{name} is “{value}”: write true or false.")
    return BOOLEANS[value.lower()]


def port(name: str, *, default: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= 65535):
        raise SettingsError(f"{name} is “{value}”: write a number from 1 to 65535, for example {default}.")
    return int(value)


def data_folder(name: str, *, default: Path, base: Path) -> Path:
    """The folder of everything the portal writes; made here, because nothing works without it."""
    folder = base / Path(text(name, str(default))).expanduser()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the data of people at risk: for this user alone
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingsError(
            f"The data folder {folder} cannot be written ({error.strerror}): "
            f"set {name} to a folder that this user may write to."
        ) from error
    return folder


def secret_key(name: str, *, folder: Path) -> str:
    """From the environment, else made once and kept.

    The file appears complete or not at all (a link to a finished file), so two processes that start together
    agree on one key.
    """
    if key := text(name):
        return key
    kept = folder / "secret-key"
    if not kept.exists():
        handle, fresh = tempfile.mkstemp(dir=folder)  # mode 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, kept)
        Path(fresh).unlink()
    return kept.read_text()


def site_url(name: str, *, default: str) -> str:
    wanted = f"write the scheme and the host alone, for example https://net4u.example.org or {default}"
    value = text(name, default).rstrip("/")
    parts = _split(name, value, wanted)
    extra = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or extra:
        raise SettingsError(f"{name} is “{value}”: {wanted}.")
    return value


def database(name: str, *, default: Path) -> dict[str, Any]:
    wanted = "write postgres://user:password@host:5432/name or sqlite:////folder/net4u.sqlite3 (four slashes)"
    value = text(name, f"sqlite:///{default}")
    parts = _split(name, value, wanted)
    if parts.scheme == "sqlite" and parts.path.startswith("//") and not parts.netloc:
        return _sqlite(value)
    if parts.scheme in {"postgres", "postgresql"} and parts.hostname and len(parts.path) > 1:
        return _postgresql(value)
    raise SettingsError(f"{name} is not understood: {wanted}.")


def redis_url(name: str) -> str:
    wanted = "write redis://host:6379/0, or leave it empty to run without Redis"
    value = text(name)
    parts = _split(name, value, wanted)
    if value and (parts.scheme not in {"redis", "rediss"} or not parts.hostname):
        raise SettingsError(f"{name} is not understood: {wanted}.")
    return value


@dataclass(frozen=True, kw_only=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool


def mail_server(name: str) -> MailServer | None:
    """None: no server is named, mail is written to files."""
    wanted = (
        "write smtp+tls://user:password@host:587 (also smtp:// or smtp+ssl://), "
        "or leave it empty to write mail to files"
    )
    value = text(name)
    if not value:
        return None
    parts = _split(name, value, wanted)
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise SettingsError(f"{name} is not understood: {wanted}.")
    mail = Env.email_url_config(value)
    return MailServer(
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=mail["EMAIL_HOST_USER"] or "",
        password=mail["EMAIL_HOST_PASSWORD"] or "",
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtp+ssl",
    )


def _split(name: str, value: str, wanted: str) -> SplitResult:
    """The value itself is not repeated for addresses that may carry a password."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 -- reading it is what checks it
    except ValueError as error:
        raise SettingsError(f"{name} is not understood: {wanted}.") from error
    return parts


def _sqlite(value: str) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at the start of a transaction: a later upgrade from reading to writing
    # fails at once with "database is locked" and no busy timeout helps. WAL lets readers go on meanwhile.
    config: dict[str, Any] = Env.db_url_config(value)
    return config | {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(value: str) -> dict[str, Any]:
    # A forgotten open transaction would hold row locks and the numbering of documents for everybody.
    config: dict[str, Any] = Env.db_url_config(value)
    options = {"options": "-c idle_in_transaction_session_timeout=60000"} | config.get("OPTIONS", {})
    # Health checks: without them the first request after a restart of PostgreSQL fails on a kept connection.
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
