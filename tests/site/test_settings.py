import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from net4u import environment as env
from net4u.environment import MailServer, SettingsError
from tests.site.processes import environment, manage

DATABASE = (
    "DATABASE_URL is not understood: write postgres://user:password@host:5432/name "
    "or sqlite:////folder/net4u.sqlite3 (four slashes)."
)
REDIS = "REDIS_URL is not understood: write redis://host:6379/0, or leave it empty to run without Redis."
MAIL = (
    "EMAIL_URL is not understood: write smtp+tls://user:password@host:587 (also smtp:// or smtp+ssl://), "
    "or leave it empty to write mail to files."
)
SITE = (
    "SITE_URL is “{}”: write the scheme and the host alone, "
    "for example https://net4u.example.org or http://localhost:8000."
)
WRONG = [
    ("DATABASE_URL", "mysql://somebody:secret@host/name", DATABASE),
    ("DATABASE_URL", "postgres://host", DATABASE),
    ("DATABASE_URL", "postgres://host:many/name", DATABASE),
    ("DATABASE_URL", "postgres://[broken/name", DATABASE),
    ("DATABASE_URL", "sqlite:///relative.sqlite3", DATABASE),
    ("DATABASE_URL", "net4u.sqlite3", DATABASE),
    ("REDIS_URL", "localhost:6379", REDIS),
    ("REDIS_URL", "redis://", REDIS),
    ("EMAIL_URL", "mail.example.org", MAIL),
    ("EMAIL_URL", "smtps://mail.example.org", MAIL),
    ("EMAIL_URL", "smtp://mail.example.org/inbox", MAIL),
    ("SITE_URL", "net4u.example.org", SITE.format("net4u.example.org")),
    ("SITE_URL", "https://net4u.example.org/portal", SITE.format("https://net4u.example.org/portal")),
    ("SITE_URL", "ftp://net4u.example.org", SITE.format("ftp://net4u.example.org")),
    ("PORT", "http", "PORT is “http”: write a number from 1 to 65535, for example 8000."),
    ("PORT", "0", "PORT is “0”: write a number from 1 to 65535, for example 8000."),
    ("PORT", "65536", "PORT is “65536”: write a number from 1 to 65535, for example 8000."),
    ("DEBUG", "maybe", "DEBUG is “maybe”: write true or false."),
]


def read(name: str, folder: Path) -> object:
    match name:
        case "DATABASE_URL":
            return env.database(name, default=folder / "net4u.sqlite3")
        case "REDIS_URL":
            return env.redis_url(name)
        case "EMAIL_URL":
            return env.mail_server(name)
        case "SITE_URL":
            return env.site_url(name, default="http://localhost:8000")
        case "PORT":
            return env.port(name, default=8000)
        case _:
            return env.boolean(name, default=False)


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_value_is_refused_with_one_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read(name, tmp_path)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(("name", "value", "sentence"), [WRONG[0], WRONG[11], WRONG[14], WRONG[17]])
def test_our_commands_print_the_sentence_alone(name: str, value: str, sentence: str, tmp_path: Path) -> None:
    ended = manage("check", folder=tmp_path, **{name: value})

    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize("module", ["net4u.wsgi", "net4u.celery"])
def test_servers_print_the_sentence_alone(module: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, PORT="many"),
        capture_output=True,
        text=True,
        check=False,
    )

    sentence = "PORT is “many”: write a number from 1 to 65535, for example 8000.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", sentence)


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    ended = manage("check", folder=file / "data")

    sentence = (
        f"The data folder {file}/data cannot be written (Not a directory): "
        "set NET4U_DATA_DIR to a folder that this user may write to.\n"
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        2,
        "",
        sentence,
    )


def test_a_new_data_folder_is_for_this_user_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NET4U_DATA_DIR", "new/data")

    folder = env.data_folder("NET4U_DATA_DIR", default=tmp_path, base=tmp_path)

    assert folder == tmp_path / "new/data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("REDIS_URL", "EMAIL_URL", "SITE_URL", "PORT", "DEBUG"):
        monkeypatch.setenv(name, "")

    found = [read(name, tmp_path) for name in ("REDIS_URL", "EMAIL_URL", "SITE_URL", "PORT", "DEBUG")]

    assert found == ["", None, "http://localhost:8000", 8000, False]


def test_booleans_are_read_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, meaning in {"true": True, "No": False, "ON": True, "0": False}.items():
        monkeypatch.setenv("DEBUG", value)
        assert env.boolean("DEBUG", default=not meaning) is meaning


def test_without_a_database_url_it_is_sqlite_that_many_can_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    database = env.database("DATABASE_URL", default=tmp_path / "net4u.sqlite3")

    assert database["NAME"] == str(tmp_path / "net4u.sqlite3")
    assert database["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }


def test_postgresql_connections_are_kept_and_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://net4u:p%40ss@db:5433/portal?sslmode=require")

    database = env.database("DATABASE_URL", default=tmp_path / "net4u.sqlite3")

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "net4u",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c idle_in_transaction_session_timeout=60000", "sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("scheme", "port", "tls", "ssl"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtp+ssl", 465, False, True)],
)
def test_a_mail_server_is_read_from_its_address(
    scheme: str, port: int, tls: bool, ssl: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", f"{scheme}://net4u:p%40ss@mail.example.org")

    server = MailServer(host="mail.example.org", port=port, user="net4u", password="p@ss", tls=tls, ssl=ssl)
    assert env.mail_server("EMAIL_URL") == server


def test_the_secret_key_is_made_once_and_kept_for_this_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = env.secret_key("SECRET_KEY", folder=tmp_path)

    assert len(first) > 50
    assert env.secret_key("SECRET_KEY", folder=tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_that_another_process_made_meanwhile_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    link = os.link

    def late(source: str, target: Path) -> None:
        target.write_text("theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", late)

    assert env.secret_key("SECRET_KEY", folder=tmp_path) == "theirs"


def test_the_secret_key_of_the_environment_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    assert env.secret_key("SECRET_KEY", folder=tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


ASK = """
import json
from net4u import settings as s
names = "ALLOWED_HOSTS SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT"
names += " SECURE_PROXY_SSL_HEADER SECURE_HSTS_SECONDS MAILBOX SECOND_FACTOR_REQUIRED EMAIL_BACKEND"
names += " CELERY_BROKER_URL ALLAUTH_TRUSTED_PROXY_COUNT SITE_URL"
print(json.dumps({name: getattr(s, name) for name in names.split()}))
"""


def settings_with(folder: Path, **variables: str) -> dict[str, object]:
    ended = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def test_on_somebodys_own_machine(tmp_path: Path) -> None:
    assert settings_with(tmp_path, PORT="8123") == {
        "SITE_URL": "http://localhost:8123",
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SESSION_COOKIE_NAME": "sessionid",
        "CSRF_COOKIE_NAME": "csrftoken",
        "SESSION_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_PROXY_SSL_HEADER": None,
        "SECURE_HSTS_SECONDS": 0,
        "MAILBOX": True,
        "SECOND_FACTOR_REQUIRED": False,
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "CELERY_BROKER_URL": "memory://localhost/",
        "ALLAUTH_TRUSTED_PROXY_COUNT": 0,
    }


def test_in_production(tmp_path: Path) -> None:
    found = settings_with(
        tmp_path,
        SITE_URL="https://net4u.example.org/",
        EMAIL_URL="smtp+tls://mail.example.org",
        REDIS_URL="redis://redis:6379/0",
    )

    assert found == {
        "SITE_URL": "https://net4u.example.org",
        "ALLOWED_HOSTS": ["net4u.example.org"],
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "SECURE_HSTS_SECONDS": 31536000,
        "MAILBOX": False,
        "SECOND_FACTOR_REQUIRED": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "CELERY_BROKER_URL": "redis://redis:6379/0",
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    }
