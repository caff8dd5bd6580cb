from __future__ import annotations

from net4u.base.threads import Knot, in_short

HERE = Knot("Recommendation", ("r",), shape="here")


def test_what_fits_stays_as_it_is() -> None:
    knots = [Knot(str(number)) for number in range(6)]
    assert in_short(knots) == knots


def test_neighbouring_steps_share_a_knot_until_six_are_left() -> None:
    before = [Knot("Workshop", ("w",)), Knot("Session", ("s",)), Knot("Working group", ("g",)), Knot("Output", ("o",))]
    after = [Knot("Answers", links=(("12 answers", "#answers"),), note="late"), Knot("Commitment", ("c",))]
    assert in_short([*before, HERE, *after]) == [
        Knot("Workshop, session", ("w", "s")),
        *before[2:],
        HERE,
        *after,
    ]
    assert in_short([*before, Knot("Theme", ("t",)), HERE, *after]) == [
        Knot("Workshop, session", ("w", "s")),
        Knot("Working group, output", ("g", "o")),
        Knot("Theme", ("t",)),
        HERE,
        *after,
    ]


def test_here_gap_and_absent_keep_their_own_knot() -> None:
    gap, absent = Knot("Session", note="not stated", shape="gap"), Knot("What became of it", shape="absent")
    knots = [Knot("Workshop", ("w",)), gap, Knot("Working group", ("g",)), gap, HERE, Knot("Answer", ("a",), note="n"),
             Knot("Commitment", ("c",), note="m"), absent]  # fmt: skip
    assert in_short(knots)[5:] == [Knot("Answer, commitment", ("a", "c"), note="n; m"), absent]
