"""What Markdown may become, and what it may not."""

import pytest

from net4u.base.markdown import Heading, escape, write


def test_headings_start_below_the_page_s_own_and_have_names() -> None:
    written = write("# Who\n\nText.\n\n## Who\n\n### What *now*\n\n## …\n\n## Main")
    assert written.html == (
        '<h2 id="who">Who</h2>\n<p>Text.</p>\n<h2 id="who-2">Who</h2>\n<h3 id="what-now">What <em>now</em></h3>\n'
        '<h2 id="part">…</h2>\n<h2 id="main-2">Main</h2>\n'
    )
    assert written.headings == [
        Heading("who", "Who"), Heading("who-2", "Who"), Heading("part", "…"), Heading("main-2", "Main"),
    ]  # fmt: skip


def test_beside_another_text_there_are_no_names() -> None:
    assert write("## Who", anchored=False).html == "<h2>Who</h2>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://example.org/)", '<p><a href="https://example.org/" rel="noreferrer">a</a></p>\n'),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org" rel="noreferrer">a</a></p>\n'),
        ("[a](/contact/)", '<p><a href="/contact/" rel="noreferrer">a</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](ftp://example.org)", '<p><a rel="noreferrer">a</a></p>\n'),
        ("![a](https://example.org/a.png)", '<p>!<a href="https://example.org/a.png" rel="noreferrer">a</a></p>\n'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('<b onclick="x">a</b>', '<p>&lt;b onclick="x"&gt;a&lt;/b&gt;</p>\n'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ],
)
def test_only_what_is_named_gets_through(text: str, html: str) -> None:
    assert write(text).html == html


def test_words_from_elsewhere_are_no_signs() -> None:
    words = "[Body] *of* <b>one</b> & 1. two_three"
    assert write(escape(words)).html == "<p>[Body] *of* &lt;b&gt;one&lt;/b&gt; &amp; 1. two_three</p>\n"
