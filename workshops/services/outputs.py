"""What a workshop put forward, written down line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from net4u.base.change import change
from net4u.base.states import require
from workshops.enums import CorrectionKind, OutputKind
from workshops.models import Output, WorkingGroup, Workshop
from workshops.services.order import last_place, neighbour, swap
from workshops.services.workshop import correct

if TYPE_CHECKING:
    from people.models import User
    from vocabulary.models import Source

#: What stands before an entry of a pasted list, and is no part of its text: "-", "•", "3.", "b)".
SIGNS = "-*\N{EN DASH}\N{EM DASH}\N{BULLET}\N{MIDDLE DOT}\N{BLACK SMALL SQUARE}\N{WHITE BULLET}"
MARK = re.compile(rf"^\s*(?:[{re.escape(SIGNS)}]|\d{{1,3}}[.)]|[a-z][.)])\s+", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """Each line is one entry, without the mark of the list; empty lines are none."""
    found = (" ".join(MARK.sub("", line).split()) for line in text.splitlines())
    return [line for line in found if line]


def capture_outputs(
    *,
    workshop: Workshop,
    text: str,
    kind: OutputKind,
    by: User | None,
    source: Source | None = None,
    working_group: WorkingGroup | None = None,
) -> list[Output]:
    """A row for each line. What is there in the same words is not written again: a double click does no harm."""
    require(by, "workshops.curate_workshop")
    with change(by=by, what="output.captured"):
        rows = Output.objects.filter(workshop=workshop)
        known = set(rows.filter(working_group=working_group, kind=kind).values_list("text", flat=True))
        made = []
        new = [line for line in dict.fromkeys(lines_of(text)) if line not in known]
        for order, line in enumerate(new, start=last_place(rows) + 1):
            output = Output(
                workshop=workshop, kind=kind, order=order, text=line, source=source, working_group=working_group,
                session=working_group.session if working_group else None,
            )  # fmt: skip
            output.full_clean()
            output.save()
            made.append(output)
        if made:
            correct(workshop=workshop, kind=CorrectionKind.OUTPUTS, by=by)
    return made


def move_output(*, output: Output, up: bool, by: User | None) -> None:
    require(by, "workshops.curate_workshop")
    rows = Output.objects.filter(workshop=output.workshop)
    with change(by=by, what="output.moved"):
        output = rows.select_for_update().get(pk=output.pk)
        if (other := neighbour(rows, output, up=up)) is not None:
            swap(rows, output, other)
