"""What pages say is found without gettext, and whatever a catalogue lacks is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from net4u.messages import LOCALE
from tools import messages
from tools.messages import Message, in_code, in_template, problems, said

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Hello")
_("a " "b")
gettext_lazy("Lazy")
ngettext("%(n)s day", "%(n)s days", n)
pgettext("month and year", "F Y")
npgettext("ctx", "one", "many", n)
translation.gettext("Through a module")
_(variable)
"""
TEMPLATE = """
{% translate "Hello" %}{% translate 'It "is"' as words %}{{ value|default:_("Nothing") }}
{% blocktranslate trimmed %}
  Two
  lines
{% endblocktranslate %}
{% blocktranslate count days=n with title=x trimmed %}
  {{ days }} day: {{ title }}
{% plural %}
  {{ days }} days: {{ title }}
{% endblocktranslate %}
{% translate "May" context "month" %}<c-field :label="label" />
{% comment %}{% translate "Not said" %}{% endcomment %}{# {% translate "Nor this" %} #}
"""


def test_code_says_what_stands_in_calls() -> None:
    assert set(in_code(CODE)) == {
        Message("", "Hello"),
        Message("", "a b"),
        Message("", "Lazy"),
        Message("", "%(n)s day", "%(n)s days"),
        Message("month and year", "F Y"),
        Message("ctx", "one", "many"),
        Message("", "Through a module"),
    }


def test_templates_say_what_stands_in_tags() -> None:
    assert set(in_template(TEMPLATE)) == {
        Message("", "Hello"),
        Message("", 'It "is"'),
        Message("", "Nothing"),
        Message("", "Two lines"),
        Message("", "%(days)s day: %(title)s", "%(days)s days: %(title)s"),
        Message("month", "May"),
    }


def catalogue(tmp_path: Path, *entries: str) -> polib.POFile:
    path = tmp_path / "django.po"
    header = messages.HEADER.format(language="fr", plurals=messages.PLURALS["fr"])
    path.write_text("\n".join([header, *entries]), encoding="utf-8")
    return polib.pofile(str(path))


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "%(a)s of %(b)s"\nmsgstr "%(b)s : %(a)s"\n', None),
        ('msgid "%(a)s of %(b)s"\nmsgstr ""\n', "not translated: '%(a)s of %(b)s'"),
        ('#, fuzzy\nmsgid "%(a)s of %(b)s"\nmsgstr "%(b)s : %(a)s"\n', "fuzzy: '%(a)s of %(b)s'"),
        ("", "missing: '%(a)s of %(b)s'"),
        ('#~ msgid "%(a)s of %(b)s"\n#~ msgstr "%(b)s : %(a)s"\n', "missing: '%(a)s of %(b)s'"),
        ('msgid "%(a)s of %(b)s"\nmsgstr "%(a)s"\n', "placeholders differ: '%(a)s of %(b)s' -> '%(a)s'"),
        (
            'msgid "%(a)s of %(b)s"\nmsgstr "%(a)s, %(b)s, %(c)s"\n',
            "placeholders differ: '%(a)s of %(b)s' -> '%(a)s, %(b)s, %(c)s'",
        ),
        (
            'msgid "%(a)s of %(b)s"\nmsgstr "%(a)s, %(b)s\\n"\n',
            "line breaks differ: '%(a)s of %(b)s' -> '%(a)s, %(b)s\\n'",
        ),
    ],
)
def test_what_is_wrong_with_a_text_is_told(tmp_path: Path, entry: str, problem: str | None) -> None:
    found = list(problems({Message("", "%(a)s of %(b)s")}, catalogue(tmp_path, entry)))
    assert found == ([problem] if problem else [])


PLURAL = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'


@pytest.mark.parametrize(
    ("one", "many", "problem"),
    [
        ("%(n)s jour", "%(n)s jours", None),
        ("un jour", "%(n)s jours", None),
        ("%(n)s jour", "des jours", "placeholders differ: '%(n)s day' -> 'des jours'"),
        ("%(n)s jour", "", "not translated: '%(n)s day'"),
    ],
)
def test_every_form_of_a_plural_is_looked_at(tmp_path: Path, one: str, many: str, problem: str | None) -> None:
    wanted = {Message("", "%(n)s day", "%(n)s days")}
    found = list(problems(wanted, catalogue(tmp_path, PLURAL.format(one, many))))
    assert found == ([problem] if problem else [])


def test_a_text_that_is_also_said_with_a_plural_has_one_entry_for_both(tmp_path: Path) -> None:
    wanted = {Message("", "%(n)s day", "%(n)s days"), Message("", "%(n)s day")}
    entry = PLURAL.format("%(n)s jour", "%(n)s jours")
    assert list(problems(wanted, catalogue(tmp_path, entry))) == []


def test_what_nobody_says_any_more_is_told(tmp_path: Path) -> None:
    gone = catalogue(tmp_path, 'msgctxt "a"\nmsgid "Gone"\nmsgstr "Parti"\n')
    assert list(problems(set(), gone)) == ["stale: 'Gone'"]
    assert list(problems({Message("b", "Gone")}, gone)) == ["missing: 'Gone'", "stale: 'Gone'"]


def test_without_gettext_nothing_is_gathered_and_one_sentence_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert messages.gather() == 2
    assert capsys.readouterr().err == "xgettext is missing: install the Debian package gettext.\n"


def test_an_unknown_word_is_answered_with_the_known_ones() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.messages", "compile"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (2, "Say what to do: python -m tools.messages gather|check\n")


def test_the_files_of_the_languages_differ_by_nothing_but_the_language() -> None:
    keys = {}
    for path in messages.catalogues():
        text = path.read_text(encoding="utf-8")
        assert "POT-Creation-Date" not in text
        keys[path.parts[-3]] = {(each.msgctxt, each.msgid, each.msgid_plural) for each in polib.pofile(text)}
    assert list(keys) == sorted(messages.PLURALS)
    assert keys["fr"] == keys["it"]
    assert LOCALE / "fr" in {path.parents[1] for path in messages.catalogues()}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="compares with gettext, which is not everywhere")
def test_gettext_finds_the_same(tmp_path: Path) -> None:
    """Ours is read by ``make check``, gettext's by translators: a text that only one of them sees would get lost."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=fr", "--verbosity=0"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        check=True,
    )
    found = polib.pofile(str(tmp_path / "locale/fr/LC_MESSAGES/django.po"))
    assert {messages._key(each) for each in found} == said(tmp_path), "no text of these is said with and without plural"
