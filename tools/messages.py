"""Gathers what pages say for translators, and finds what is not translated: python -m tools.messages gather|check

``gather`` is Django's own makemessages with Debian's gettext. ``check`` needs neither: it reads templates and code
itself, so that it runs on every machine, and compares what they say with the catalogues.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from net4u.messages import LOCALE, catalogues

ROOT = Path(__file__).resolve().parent.parent
#: Not what the portal says.
ASIDE = (".venv", "var", "tests", "tools", "locale")
#: Which arguments of a function are the context, the text and its plural.
FUNCTIONS = {
    "_": "t", "gettext": "t", "gettext_lazy": "t", "gettext_noop": "t",
    "ngettext": "tp", "ngettext_lazy": "tp", "pgettext": "ct", "pgettext_lazy": "ct",
    "npgettext": "ctp", "npgettext_lazy": "ctp",
}  # fmt: skip
CALL = re.compile(rf"\b({'|'.join(FUNCTIONS)})\(")
LITERAL = re.compile(r"""[\s,]*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|{\w*}")
#: Of two forms; the same for every zero, as the language has it.
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "it": "nplurals=2; plural=(n != 1);"}
#: Nothing that differs from run to run or from machine to machine.
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"
"""


class Message(NamedTuple):
    """What gettext looks a text up by; the plural is part of what must be translated."""

    context: str
    text: str
    plural: str = ""


# -- what the portal says -----------------------------------------------------------------------------------


def said(root: Path = ROOT) -> set[Message]:
    found = {each for path in _files(root, "*.py") for each in in_code(path.read_text(encoding="utf-8"))}
    for pattern in ("*.html", "*.txt"):
        for path in _files(root / "templates", pattern):
            found.update(in_template(path.read_text(encoding="utf-8")))
    return found


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in folder.rglob(pattern) if path.relative_to(folder).parts[0] not in ASIDE)


def in_code(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in FUNCTIONS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from _message(name, texts)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def in_template(source: str) -> Iterator[Message]:
    """Django turns the tags into calls and blanks everything else out."""
    calls = templatize(source)
    for call in CALL.finditer(calls):
        texts, end = [], call.end()
        while (literal := LITERAL.match(calls, end)) and len(texts) < len(FUNCTIONS[call[1]]):
            texts.append(ast.literal_eval(literal[1]))
            end = literal.end()
        yield from _message(call[1], texts)


def _message(function: str, texts: Sequence[str]) -> Iterator[Message]:
    """Nothing for a call whose text is not written in it."""
    parts = FUNCTIONS[function]
    if len(texts) >= len(parts):
        given = dict(zip(parts, texts, strict=False))
        yield Message(given.get("c", ""), given["t"], given.get("p", ""))


# -- what is wrong with a catalogue -------------------------------------------------------------------------


def problems(wanted: set[Message], catalogue: polib.POFile) -> Iterator[str]:
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    # A text that is also said with a plural has one entry for both: gettext finds its form for one.
    for_one = {Message(each.context, each.text) for each in known}
    for message in sorted(wanted - known.keys() - for_one):
        yield f"missing: {message.text!r}"
    for message, entry in sorted(known.items()):
        if message not in wanted:
            yield f"stale: {message.text!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {message.text!r}"
        elif not entry.translated():
            yield f"not translated: {message.text!r}"
        else:
            yield from _misfits(entry)


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _misfits(entry: polib.POEntry) -> Iterator[str]:
    """A placeholder that the text does not have would stop the page; a forgotten one tells less.

    A form for one may leave the number out.
    """
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for form in forms:
        found, is_last = _placeholders(form), form is forms[-1]
        if found - wanted or (is_last and found != wanted):
            yield f"placeholders differ: {entry.msgid!r} -> {form!r}"
        if form.startswith("\n") != entry.msgid.startswith("\n") or form.endswith("\n") != entry.msgid.endswith("\n"):
            yield f"line breaks differ: {entry.msgid!r} -> {form!r}"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


# -- the two commands ---------------------------------------------------------------------------------------


def gather() -> int:
    if not shutil.which("xgettext"):
        sys.stderr.write("xgettext is missing: install the Debian package gettext.\n")
        return 2
    LOCALE.mkdir(exist_ok=True)
    languages = [f"--locale={code}" for code in PLURALS]
    aside = [f"--ignore={folder}" for folder in ASIDE]
    subprocess.run(  # noqa: S603 -- Django's own command
        [sys.executable, "manage.py", "makemessages", *languages, *aside, "--no-wrap", "--add-location=file",
         "--no-obsolete", "--verbosity=0"],
        cwd=ROOT, check=True,
    )  # fmt: skip
    for path in catalogues():
        language = path.parts[-3]
        _header, _, entries = path.read_text(encoding="utf-8").partition("\n\n")
        header = HEADER.format(language=language, plurals=PLURALS[language])
        path.write_text(f"{header}\n{entries}", encoding="utf-8")
    return 0


def check() -> int:
    wanted = said()
    found = [
        f"{path.parts[-3]}: {problem}" for path in catalogues() for problem in problems(wanted, polib.pofile(str(path)))
    ]
    sys.stderr.writelines(f"{each}\n" for each in found)
    return 1 if found else 0


def main(command: Sequence[str]) -> int:
    settings.configure()  # the template lexer asks for them; which ones does not matter
    match command:
        case ["gather"]:
            return gather()
        case ["check"]:
            return check()
    sys.stderr.write("Say what to do: python -m tools.messages gather|check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
