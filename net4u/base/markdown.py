"""Text in Markdown, as pages show it: headings from the second level on, links that cannot harm, no images.

markdown-it writes the HTML and is told to take no raw HTML; nh3 then lets through only what is named here, so that
neither of the two has to be trusted alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TAGS = HEADINGS | {"p", "ul", "ol", "li", "a", "strong", "em", "blockquote", "code", "pre", "hr", "br"}
SCHEMES = {"http", "https", "mailto"}

_writer = MarkdownIt("commonmark", {"html": False}).disable("image")


class Heading(NamedTuple):
    """A heading of the second level: what a table of contents leads to."""

    anchor: str
    words: str


class Written(NamedTuple):
    html: SafeString
    headings: list[Heading]


def write(text: str, *, anchored: bool = True) -> Written:
    """The text as HTML, and its headings. A heading of the first level is the page's own: it becomes a second.

    Without anchors it can stand beside another text, or in a page with names of its own.
    """
    tokens = _writer.parse(text)
    headings = list(_headings(tokens, anchored=anchored))
    html = nh3.clean(
        _writer.renderer.render(tokens, _writer.options, {}),
        tags=TAGS,
        attributes={"a": {"href"}} | {tag: {"id"} for tag in HEADINGS},
        url_schemes=SCHEMES,
        link_rel="noreferrer",
    )
    return Written(mark_safe(html), headings)  # noqa: S308 -- nh3 lets through only what is named above


def _headings(tokens: Sequence[Token], *, anchored: bool) -> Iterator[Heading]:
    """Give each heading a name of its own, and yield those of the second level."""
    taken: set[str] = set()
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        if opening.tag == "h1":
            opening.tag = closing.tag = "h2"
        words = "".join(each.content for each in inline.children or ())
        anchor = _new(slugify(words) or "part", taken)
        if anchored:
            opening.attrSet("id", anchor)
        if opening.tag == "h2":
            yield Heading(anchor, words)


def _new(anchor: str, taken: set[str]) -> str:
    """The anchor, with a number where it was given before; ``main`` is the page's own."""
    place, name = 1, anchor
    while name in taken or name == "main":
        place += 1
        name = f"{anchor}-{place}"
    taken.add(name)
    return name


def escape(words: str) -> str:
    """Words from elsewhere that stand in a Markdown text and must not be taken for signs of it."""
    return "".join(f"\\{each}" if each.isascii() and not (each.isalnum() or each.isspace()) else each for each in words)
