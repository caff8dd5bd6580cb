import pytest

from tests.audit.source import faults


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>A page</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        '<p>Words <a href="/">and a link</a><br> <img src="x.png" alt=""></p>',
        '<ul><li>One</li><template><li>Two</li></template></ul><dl><div><dt id="a">T</dt><dd>D</dd></div></dl>',
        '<details><summary><h2>Heading</h2></summary><label for="b">B</label><input id="b"></details>',
        '<svg viewBox="0 0 1 1"><a href="/"><path d="M0 0"/><title>Here</title></a></svg>',
    ],
)
def test_sound_pages_have_no_fault(body: str) -> None:
    assert faults(page(body)) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p><em>Never closed</p>", ["</p> where <em> is open (line 1)"]),
        ("<div>", ["</body> where <div> is open (line 1)"]),
        ("<div/>", ["<div/> does not close itself (line 1)"]),
        ("<p>One<br></br></p>", ["</br> is not allowed (line 1)"]),
        ("<p></p></p>", ["</p> where <body> is open (line 1)"]),
        ("<p><div></div></p>", ["<div> in <p>, which holds running text only"]),
        ("<span><ul></ul></span>", ["<ul> in <span>, which holds running text only"]),
        ("<ul><a>One</a></ul>", ["<a> directly in <ul>"]),
        ("<div><li>One</li></div>", ["<li> directly in <div>"]),
        ("<table><tr><td>One</td></tr></table>", ["<tr> directly in <table>"]),
        ('<a href="/"><button>One</button></a>', ["<button> within <a>"]),
        ("<form><div><form></form></div></form>", ["<form> within <form>"]),
        ('<i id="a"></i><i id="a"></i>', ["the id 'a' is there 2 times"]),
        ('<i id="a b"></i>', ["the id 'a b' is not a name"]),
        ('<label for="a">One</label>', ['<label for="a">: there is no such id']),
        ('<i class="a" class="b"></i>', ["<i> has class 2 times (line 1)"]),
        ('<i style="color: red"></i>', ["<i> brings its own style or script (line 1)"]),
        ('<i onclick="go()"></i>', ["<i> brings its own style or script (line 1)"]),
    ],
)
def test_each_fault_is_told(body: str, expected: list[str]) -> None:
    assert faults(page(body)) == expected


def test_a_page_says_that_it_is_html() -> None:
    assert faults("<html></html>") == ["no <!DOCTYPE html>"]


def test_what_the_browser_mends_is_told() -> None:
    written = page("<table><tbody><div></div></tbody></table>")
    built = ["0 html", "1 head", "2 title", "1 body", "2 div", "2 table", "3 tbody"]

    assert faults(written, built) == [
        "the browser builds '2 div' where '2 table' is written, after html head title body"
    ]
    assert faults(page("<p></p>"), [*built[:4], "2 p"]) == []
    assert faults(page("<p></p>"), built[:4]) == [
        "the browser builds 'the end' where '2 p' is written, after html head title body"
    ]
