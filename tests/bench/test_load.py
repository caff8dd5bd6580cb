"""The load generator counts whole answers and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench import load

BODY = b"x" * 200_000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections: set[object] = set()

    def do_GET(self) -> None:
        self.connections.add(self.client_address)
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("content-length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Handler.connections = set()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_an_answer_is_read_to_its_end(port: int) -> None:
    assert load.get(port, "/") == BODY


def test_connections_are_kept(port: int) -> None:
    """However busy the machine is: a second question takes the connection of the first."""
    with load._connection(port) as connection:
        for _ in range(2):
            assert bytes(load._ask(connection, load._request("/"), bytearray(1 << 22))) == BODY
    assert len(Handler.connections) == 1


def test_throughput_opens_no_more_connections_than_it_says(port: int) -> None:
    measured = load.throughput(port, "/", seconds=0.2)
    assert len(Handler.connections) == load.CONNECTIONS
    assert measured.per_second > 0
    assert measured.own_ms > 0


def test_another_answer_than_200_ends_it(port: int) -> None:
    with pytest.raises(load.Unexpected, match="404"):
        load.throughput(port, "/missing", seconds=0.2)
