import json

from tests.audit.__main__ import tell
from tests.audit.verdict import AXE, JOURNEY, KINDS, MOST_BYTES, Problem, Seat, Verdict
from tests.audit.visit import Found

HOME = Seat("/", "nobody", "en", "light", 320)
LIST = Seat("/commitments/", "nobody", "en", "dark", 1280)


def test_nothing_found_passes() -> None:
    verdict = Verdict(pages=1, visits=4, journeys=2, heaviest=MOST_BYTES)

    assert (verdict.passed, list(verdict.lines())) == (True, [])
    assert json.loads(verdict.line()) == {
        "pages": 1, "visits": 4, "journeys": 2, **dict.fromkeys(KINDS, 0), "heaviest_first_page_bytes": MOST_BYTES
    }  # fmt: skip


def test_every_kind_of_problem_fails_and_is_counted() -> None:
    for kind in KINDS:
        verdict = Verdict(problems=[Problem(kind, "rule", "where", HOME)])
        assert (verdict.passed, json.loads(verdict.line())[kind]) == (False, 1)


def test_a_page_that_is_too_heavy_fails() -> None:
    verdict = Verdict()
    verdict.weigh(HOME, 10)
    verdict.weigh(LIST, MOST_BYTES + 1)

    assert not verdict.passed
    assert list(verdict.lines()) == [
        "too heavy: 100001 bytes, the most is 100000: /commitments/ as nobody, en, dark, 1280 px"
    ]


def test_the_same_fault_is_told_once_and_counted_each_time() -> None:
    verdict = Verdict(problems=[
        Problem(AXE, "color-contrast", "p.pale", HOME), Problem(AXE, "color-contrast", "p.pale", LIST),
        Problem(JOURNEY, "lost", "no ring"),
    ])  # fmt: skip

    assert list(verdict.lines()) == [
        "axe_violations: color-contrast: p.pale on / as nobody, en, light, 320 px (and 1 more)",
        "failed_journeys: lost: no ring",
    ]
    assert json.loads(verdict.line())[AXE] == 2


def test_titles_tell_pages_apart() -> None:
    verdict = Verdict()
    tell(
        verdict,
        [
            Found(HOME, title="NET4U", place="/", size=5),
            Found(LIST, title="NET4U", place="/commitments/"),
            Found(LIST._replace(language="fr"), title="NET4U", place="/fr/commitments/"),
            Found(LIST._replace(page="/nowhere/"), title="NET4U", place=""),
        ],
    )

    assert list(verdict.lines()) == [
        "html_errors: one title for several pages: 'NET4U' in en for nobody: /, /commitments/"
    ]
    assert (verdict.visits, verdict.heaviest, verdict.heaviest_page) == (4, 5, str(HOME))
