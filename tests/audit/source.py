"""Whether the text of a page is sound HTML: what the browser makes of it is what was written, and names are kept apart.

A browser mends what is nested wrongly and says nothing. So the tree that the text spells out, every tag closed by its
own end tag, is compared with the one the browser built (``TREE`` asks it for that).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser


def _names(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


VOID = _names("area base br col embed hr img input link meta source track wbr")
#: Elements of running text: nothing but such may stand in those that hold running text only.
PHRASING = _names(
    "a abbr audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd",
    "label link map mark meta meter noscript object optgroup option output picture progress q ruby s samp script",
    "select small span strong sub sup svg template textarea time u var video wbr",
)
HOLD_PHRASING = _names(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre",
    "progress q s samp small span strong sub summary sup time u var",
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INTERACTIVE = frozenset({"a", "button", "details", "embed", "iframe", "label", "select", "textarea"})
#: What may stand directly in these; script and template may stand anywhere.
CHILDREN = {
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd", "div"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "tr": frozenset({"td", "th"}),
    "select": frozenset({"option", "optgroup", "hr"}),
}
PARENTS = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
    "legend": frozenset({"fieldset"}),
}
ANYWHERE = frozenset({"script", "template"})
#: Attributes that name the ids of other elements.
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "list")

#: The browser's own tree of a text, an element a line as its depth and name.
TREE = """text => {
  const lines = [];
  const walk = (element, depth) => {
    lines.push(depth + " " + element.localName.toLowerCase());
    const within = element.localName === "template" ? element.content : element;
    for (const child of within.children) walk(child, depth + 1);
  };
  walk(new DOMParser().parseFromString(text, "text/html").documentElement, 0);
  return lines;
}"""


def faults(text: str, tree: Sequence[str] | None = None) -> list[str]:
    """What is wrong with the text of a page; ``tree`` is what the browser built of it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = list(reader.finish())
    if not found and tree is not None:
        found.extend(_mended(reader.tree, tree))
    return found


def _mended(written: Sequence[str], built: Sequence[str]) -> Iterator[str]:
    for place, (ours, theirs) in enumerate(zip([*written, "the end"], [*built, "the end"], strict=False)):
        if ours != theirs:
            before = " ".join(each.split()[-1] for each in written[max(0, place - 4) : place])
            yield f"the browser builds {theirs!r} where {ours!r} is written, after {before}"
            return


class _Reader(HTMLParser):
    """Reads tags as they are written; nothing is implied."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tree: list[str] = []
        self.found: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: list[tuple[str, str, str]] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = self.doctype or decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if "svg" not in self.open:
            self.found.extend(_misplaced(tag, attrs, self.open))
        self.tree.append(f"{len(self.open)} {tag}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if "svg" not in self.open:
                self.found.append(f"<{tag}/> does not close itself{self._where()}")
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.found.append(f"</{tag}> is not allowed{self._where()}")
        elif not self.open or self.open[-1] != tag:
            self.found.append(f"</{tag}> where <{self.open[-1] if self.open else 'nothing'}> is open{self._where()}")
            if tag in self.open:
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
        else:
            self.open.pop()

    def _where(self) -> str:
        return f" (line {self.getpos()[0]})"

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, number in Counter(name for name, _value in attrs).items():
            if number > 1:
                self.found.append(f"<{tag}> has {name} {number} times{self._where()}")
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        if "style" in given or any(name.startswith("on") for name in given):
            self.found.append(f"<{tag}> brings its own style or script{self._where()}")
        self.references += [(tag, name, each) for name in REFERENCES if name in given for each in given[name].split()]

    def finish(self) -> Iterator[str]:
        if self.doctype != "doctype html":
            yield "no <!DOCTYPE html>"
        yield from self.found
        yield from (f"<{tag}> is never closed" for tag in self.open)
        yield from (f"the id {name!r} is there {number} times" for name, number in self.ids.items() if number > 1)
        yield from (f"the id {name!r} is not a name" for name in self.ids if not name or len(name.split()) != 1)
        for tag, attribute, name in self.references:
            if name not in self.ids:
                yield f'<{tag} {attribute}="{name}">: there is no such id'


def _misplaced(tag: str, attrs: Iterable[tuple[str, str | None]], within: Sequence[str]) -> Iterator[str]:
    parent = within[-1] if within else ""
    if tag in ANYWHERE or parent in {"", "template"}:
        return
    if parent in CHILDREN and tag not in CHILDREN[parent]:
        yield f"<{tag}> directly in <{parent}>"
    if tag in PARENTS and parent not in PARENTS[tag]:
        yield f"<{tag}> directly in <{parent}>"
    if parent in HOLD_PHRASING and tag not in PHRASING and not (parent == "summary" and tag in HEADINGS):
        yield f"<{tag}> in <{parent}>, which holds running text only"
    yield from _within_a_control(tag, dict(attrs), within)


def _within_a_control(tag: str, given: dict[str, str | None], within: Sequence[str]) -> Iterator[str]:
    control = tag in INTERACTIVE or (tag == "input" and given.get("type") != "hidden")
    for outer in ("a", "button"):
        if control and outer in within:
            yield f"<{tag}> within <{outer}>"
    if tag in {"label", "form"} and tag in within:
        yield f"<{tag}> within <{tag}>"
