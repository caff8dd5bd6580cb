"""Runs a command with a PostgreSQL and a Redis of its own: python -m tools.with_services COMMAND...

Both listen on free ports, keep nothing, and end with the command; services that already run are not touched.
"""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


def main(command: Sequence[str]) -> int:
    if not command:
        sys.exit("Name the command to run: python -m tools.with_services COMMAND...")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that everything is ended
    initdb, postgres, redis = program("initdb"), program("postgres"), program("redis-server")
    with tempfile.TemporaryDirectory(prefix="net4u-") as folder:
        own(Path(folder))
        with postgresql(initdb, postgres, Path(folder)) as database_url, redis_server(redis) as redis_url:
            return run(command, {"DATABASE_URL": database_url, "REDIS_URL": redis_url})


def program(name: str) -> str:
    """Debian keeps PostgreSQL's programs out of the path, a folder for each version: the newest is taken."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    if not found:
        package = "redis-server" if name == "redis-server" else "postgresql"
        sys.exit(f"{name} is missing: install the Debian package {package}.")
    return found


@contextmanager
def postgresql(initdb: str, postgres: str, folder: Path) -> Iterator[str]:
    data, port = str(folder / "data"), free_port()
    initialize = [
        initdb,
        "--auth=trust",
        "--username=net4u",
        "--encoding=UTF8",
        "--no-sync",
        "--pgdata",
        data,
    ]
    subprocess.run(initialize, check=True, stdout=subprocess.DEVNULL, user=service_user())  # noqa: S603
    # It keeps nothing, so it need not wait for the disk.
    quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    listen = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-p", str(port)]
    with service([postgres, "-D", data, *listen, *quick], port, ends_with=signal.SIGINT, user=service_user()):
        yield f"postgres://net4u@127.0.0.1:{port}/postgres"


@contextmanager
def redis_server(redis: str) -> Iterator[str]:
    port = free_port()
    with service([redis, "--bind", "127.0.0.1", "--port", str(port), "--save", ""], port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def service(
    command: list[str], port: int, *, ends_with: signal.Signals = signal.SIGTERM, user: str | None = None
) -> Iterator[None]:
    # A session of its own: Ctrl-C ends the command first, its services afterwards.
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, user=user, start_new_session=True)  # noqa: S603
    try:
        wait_for(port, process)
        yield
    finally:
        process.send_signal(ends_with)
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"{process.args!r} did not start.")


def run(command: Sequence[str], services: Mapping[str, str]) -> int:
    return subprocess.run(command, env=os.environ | services, check=False).returncode  # noqa: S603


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def service_user() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    return "postgres" if getpass.getuser() == "root" else None


def own(folder: Path) -> None:
    if user := service_user():
        shutil.chown(folder, user)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
