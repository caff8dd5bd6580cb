"""Pages with one fault each, which the audit must see, and one without: an audit that sees nothing proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Browser

from tests.audit.journeys import every_stop, travel
from tests.audit.verdict import AXE, CONSOLE, CSP, FOREIGN, HTML, MOST_BYTES, SCROLL, WRONG
from tests.audit.visit import Example, Visitor, Way

STYLE = """
  body { font: 1rem/1.5 sans-serif; color: #111; background: #fff }
  .wide { width: 120vw; height: 1px } .cut { width: 4rem; height: 1rem; overflow: hidden; white-space: nowrap }
  .pale { color: #ccc } .ringless:focus { outline: none } .hidden { position: absolute; left: -99rem }
"""
SHELL = """<!DOCTYPE html><html lang="{language}" dir="ltr"><head><title>{title}</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,"></head><body><main><h1>A planted page</h1>{body}</main></body></html>"""
POLICY = "default-src 'self'; img-src 'self' data: http://elsewhere.example"
WAY = Way("en", "light", 320)

#: What stands on the page, and what must be found there: kind, rule, and a word of where.
PLANTED: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "sound": ("<p>Nothing is wrong here.</p>", []),
    "pale": ('<p class="pale">Hard to read</p>', [(AXE, "color-contrast", "pale")]),
    "styled": ('<p id="own" style="color: red">Own style</p>', [
        (CSP, "refused", "style-src-attr"), (HTML, "source", "own style")]),
    "complaining": ('<script src="/complain.js" defer></script>', [(CONSOLE, "console", "planted complaint")]),
    "failing": ('<script src="/fail.js" defer></script>', [(CONSOLE, "exception", "planted exception")]),
    "lacking": ('<img src="/lacking.png" alt="">', [(CONSOLE, "console", "/lacking.png")]),
    "foreign": ('<img src="http://elsewhere.example/x.png" alt="">', [(FOREIGN, "another host", "elsewhere.example")]),
    "wide": ('<div class="wide"></div>', [(SCROLL, "wider than the window", "div.wide")]),
    "cut": ('<p class="cut">Words that do not fit</p>', [(WRONG, "text is cut off", "p.cut")]),
    "nested": ("<p>A list <ul><li>in a paragraph</li></ul></p>", [(HTML, "source", "<ul> in <p>")]),
    "unclosed": ("<div><form><div></form></div></div>", [(HTML, "source", "</form> where <div> is open")]),
    "mended": ("<table><tbody><div></div></tbody></table>", [(HTML, "source", "the browser builds")]),
    "doubled": ('<p id="a">One</p><p id="a">Two</p>', [(HTML, "source", "'a' is there 2 times")]),
    "late": ('<link rel="stylesheet" href="/style.css">', [(HTML, "style sheet outside the head", "link")]),
    "missing": ("", [(WRONG, "status 404, expected 200", "/missing"), (CONSOLE, "console", "/missing")]),
}  # fmt: skip
#: What somebody meets who goes from stop to stop by keyboard.
STOPS: dict[str, tuple[str, str]] = {
    "ringless": ('<a class="ringless" href="/sound">No ring</a>', "no ring around a “No ring”"),
    "hidden": ('<a class="hidden" href="/sound">Out of sight</a>', "a “Out of sight” has the focus but is not seen"),
    "jumping": ('<a href="/sound">Second</a> <a tabindex="1" href="/sound">First</a>', "not in the order of the text"),
}
FILES = {
    "/style.css": ("text/css", STYLE),
    "/complain.js": ("text/javascript", "console.error('a planted complaint')"),
    "/fail.js": ("text/javascript", "throw new Error('a planted exception')"),
    "/untitled": ("text/html", SHELL.format(language="en", title="", body="")),
    "/foreign-language": ("text/html", SHELL.format(language="fr", title="In another language", body="")),
    "/heavy": ("text/html", SHELL.format(language="en", title="Heavy", body=f"<!--{'x' * MOST_BYTES}-->")),
}
BODIES = {name: body for name, (body, *_rest) in [*PLANTED.items(), *STOPS.items()]}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/")
        if self.path in FILES:
            self._send(200, *FILES[self.path])
        elif name in BODIES and name != "missing":
            self._send(200, "text/html", SHELL.format(language="en", title=name, body=BODIES[name]))
        else:
            self._send(404, "text/html", SHELL.format(language="en", title="Nothing", body=""))

    def _send(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        pass


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def unseen(browser: Browser) -> Iterator[str]:
    """What was planted and not found, or found and not planted."""
    with _served() as address:
        visitor = Visitor(browser, address)
        yield from _not_met(visitor)
        for name, (_body, expected) in PLANTED.items():
            found = visitor.look(Example(f"/{name}"), WAY)
            told = [(kind, rule, where) for kind, rule, where, _seat in found.problems]
            seen = all(
                any((kind, rule) == each[:2] and word in each[2] for each in told) for kind, rule, word in expected
            )
            more = {each[:2] for each in told} - {each[:2] for each in expected}
            if more or not seen:
                yield f"planted {name}: expected {expected}, found {told}"
        for name, rule in (("untitled", "title"), ("foreign-language", "language")):
            found = visitor.look(Example(f"/{name}"), WAY)
            if rule not in {problem.rule for problem in found.problems}:
                yield f"planted {name}: not seen"
        if visitor.look(Example("/heavy"), WAY).size <= MOST_BYTES:
            yield "planted heavy: not seen"


def _not_met(visitor: Visitor) -> Iterator[str]:
    for name, (_body, expected) in STOPS.items():
        told = [problem.where for problem in travel(visitor, None, every_stop(f"/{name}"), WAY)]
        if len(told) != 1 or expected not in told[0]:
            yield f"planted {name}: expected {expected!r}, found {told}"
