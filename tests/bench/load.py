"""A small load generator: a few keep-alive connections to 127.0.0.1, each asks again once it has the whole answer.

Sockets instead of a client library, because it shares two processor cores with what it measures.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import NamedTuple

#: Enough that both workers of gunicorn always have something to do.
CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Measured(NamedTuple):
    per_second: float
    #: Processor time of this side for one answer, in milliseconds.
    own_ms: float


class Unexpected(RuntimeError):
    """The answer was not 200, or ended early."""


def throughput(port: int, path: str, seconds: float) -> Measured:
    """Whole answers per second over all connections."""
    began, used = time.monotonic(), time.process_time()
    until = began + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answers = sum(pool.map(lambda _number: _ask_until(port, path, until), range(CONNECTIONS)))
    passed, used = time.monotonic() - began, time.process_time() - used
    return Measured(answers / passed, 1000 * used / answers)


def get(port: int, path: str) -> bytes:
    """One answer's body."""
    with _connection(port) as connection:
        return bytes(_ask(connection, _request(path), bytearray(1 << 22)))


def _ask_until(port: int, path: str, until: float) -> int:
    request, buffer, answers = _request(path), bytearray(1 << 22), 0
    with _connection(port) as connection:
        while not answers or time.monotonic() < until:
            _ask(connection, request, buffer)
            answers += 1
    return answers


@contextmanager
def _connection(port: int) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".encode()


def _ask(connection: socket.socket, request: bytes, buffer: bytearray) -> memoryview:
    """Send, then read into the one buffer until the announced length is there; returns the body."""
    connection.sendall(request)
    view, have, start, end = memoryview(buffer), 0, 0, len(buffer)
    while have < end:
        read = connection.recv_into(view[have:])
        if not read:
            raise Unexpected("The connection was closed.")
        have += read
        if not start and (head := buffer.find(b"\r\n\r\n", 0, have)) >= 0:
            length = LENGTH.search(buffer, 0, head)
            if length is None or buffer[9:12] != b"200":
                raise Unexpected(bytes(buffer[:have]).decode(errors="replace"))
            start = head + 4
            end = start + int(length[1])
    return view[start:end]
