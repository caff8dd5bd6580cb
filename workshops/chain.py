"""The whole thread of a workshop: what was said, recommended, answered, promised and done, as one graph.

Each step starts from what its reader may see. The records of higher packages are reached from below, through the
relations that these declare, so a workshop's page can tell what became of it without knowing them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Prefetch, Q

from net4u.base.threads import kind_of

if TYPE_CHECKING:
    from uuid import UUID

    from net4u.base.viewers import Viewer
    from workshops.models import Workshop

#: More commitments than this are not drawn but left to their list.
MOST = 500


class Node(NamedTuple):
    kind: str
    record: Any
    is_demonstration: bool

    @property
    def title(self) -> str:
        return str(self.record)

    @property
    def source(self) -> Any:
        """What its people write is their own word."""
        return getattr(self.record, "source", None)

    @property
    def label(self) -> str:
        return kind_of(type(self.record))

    def get_absolute_url(self) -> str:
        address: str = self.record.get_absolute_url()
        return address


class Edge(NamedTuple):
    """A step that ``source`` states; None where an organization says it itself, or the record is its own source."""

    start: UUID
    end: UUID
    relation: str
    source: Any


#: What happened on the step that leads to a record of this kind.
RELATIONS = {
    "session": "held",
    "working_group": "formed",
    "output": "put_forward",
    "recommendation": "recommended",
    "answer": "answered",
    "assessment": "assessed",
    "commitment": "promised",
    "milestone": "planned",
    "progress_update": "reported",
    "evidence": "shown",
    "verification": "verified",
}


class Branch(NamedTuple):
    """A record and what hangs on it, as a page draws it: each record once, elsewhere ``again`` as a link.

    ``is_stated`` is off where no source says out of which part of the workshop it came.
    """

    node: Node
    is_stated: bool
    again: bool
    branches: list[Branch]

    @property
    def size(self) -> int:
        """How many records came of it, near and far."""
        return sum(1 + each.size for each in self.branches)


@dataclass
class Chain:
    workshop: Workshop
    nodes: dict[UUID, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    unstated: set[UUID] = field(default_factory=set)
    #: Off where there are more commitments than are drawn.
    is_complete: bool = True

    def add(self, kind: str, record: Any, parents: Sequence[UUID | None], *, source: Any = None) -> None:
        """Hang it on those of its parents that are in the graph, the nearest first, or on the workshop.

        A parent that is not for this reader is left out and is not the same as one that nobody states.
        """
        stated = [pk for pk in parents if pk is not None]
        known = [pk for pk in stated if pk in self.nodes]
        if parents and not stated:
            self.unstated.add(record.pk)
        invented = getattr(record, "is_demonstration", None)
        first = self.nodes[(known or [self.workshop.pk])[0]]
        self.nodes[record.pk] = Node(kind, record, first.is_demonstration if invented is None else invented)
        self.edges += [
            Edge(pk, record.pk, RELATIONS[kind], source) for pk in dict.fromkeys(known or [self.workshop.pk])
        ]

    @property
    def records(self) -> list[Node]:
        """In the order of the thread."""
        return list(self.nodes.values())

    @property
    def sources(self) -> list[Any]:
        """Of all steps, each once."""
        return list({edge.source.pk: edge.source for edge in self.edges if edge.source is not None}.values())

    def tree(self) -> list[Branch]:
        """What hangs on the workshop: each record under its nearest parent, a commitment under all it answers."""
        first: dict[UUID, UUID] = {}
        below: dict[UUID, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            nearest = first.setdefault(edge.end, edge.start)
            if edge.start == nearest or (edge.relation, self.nodes[edge.start].kind) == ("promised", "recommendation"):
                below[edge.start].append(edge)

        def branches(pk: UUID) -> list[Branch]:
            return [branch(edge, again=first[edge.end] != pk) for edge in below[pk]]

        def branch(edge: Edge, *, again: bool) -> Branch:
            is_stated = edge.end not in self.unstated
            return Branch(self.nodes[edge.end], is_stated, again, [] if again else branches(edge.end))

        return branches(self.workshop.pk)


def chain_of(workshop: Workshop, viewer: Viewer, *, most: int = MOST) -> Chain:
    """Read step by step; the number of queries does not depend on what there is."""
    chain = Chain(workshop)
    chain.nodes[workshop.pk] = Node("workshop", workshop, workshop.is_demonstration)
    sessions: Any = workshop.sessions
    for session in sessions.visible_to(viewer).select_related("source"):
        chain.add("session", session, (), source=session.source)
    groups: Any = workshop.working_groups
    for group in groups.visible_to(viewer).select_related("source"):
        chain.add("working_group", group, [group.session_id], source=group.source)
    outputs: Any = workshop.outputs
    for output in outputs.visible_to(viewer).select_related("source"):
        chain.add("output", output, [output.working_group_id, output.session_id], source=output.source)
    for recommendation in _recommendations(workshop, viewer):
        parents = [recommendation.output_id, recommendation.working_group_id, recommendation.session_id]
        chain.add("recommendation", recommendation, parents, source=recommendation.source)
        for answer in recommendation.answers.all():
            chain.add("answer", answer, [recommendation.pk], source=answer.source)
        for assessment in recommendation.assessments.all():
            chain.add("assessment", assessment, [recommendation.pk], source=assessment.source)
    asked = [node.record.pk for node in chain.records if node.kind == "recommendation"]
    commitments = list(_commitments(workshop, viewer, asked)[: most + 1])
    chain.is_complete = len(commitments) <= most
    for commitment in commitments[:most]:
        _add_commitment(chain, commitment)
    return chain


def _recommendations(workshop: Workshop, viewer: Viewer) -> Any:
    seen: Any = workshop.recommendations.visible_to(viewer)
    answers, assessments = (seen.related(name).visible_to(viewer) for name in ("answers", "assessments"))
    return seen.select_related("source").prefetch_related(
        Prefetch("answers", answers.select_related("addressee__territory", "organization", "source")),
        Prefetch("assessments", assessments.select_related("organization", "source")),
    )


def _commitments(workshop: Workshop, viewer: Viewer, asked: list[UUID]) -> Any:
    """Those made out of the workshop, and those that answer one of its recommendations.

    ``answers`` are read whole, hidden ones too, but only to tell them from none: see :meth:`Chain.add`.
    """
    seen: Any = workshop.commitments.model._default_manager.visible_to(viewer)
    answering = seen.filter(answers__in=asked).values("pk")
    parts = (
        Prefetch(name, seen.related(name).visible_to(viewer))
        for name in ("milestones", "updates", "evidence", "verifications")
    )
    every_answer = Prefetch("answers", seen.related("answers").only("pk"))
    made = seen.filter(Q(workshop=workshop) | Q(pk__in=answering))
    return made.select_related("organization").prefetch_related(every_answer, *parts)


def _add_commitment(chain: Chain, commitment: Any) -> None:
    answered = [each.pk for each in commitment.answers.all()]
    chain.add("commitment", commitment, [*answered, commitment.output_id, commitment.working_group_id])
    for milestone in commitment.milestones.all():
        chain.add("milestone", milestone, [commitment.pk])
    for update in commitment.updates.all():
        chain.add("progress_update", update, [commitment.pk])
    for evidence in commitment.evidence.all():
        chain.add("evidence", evidence, [evidence.update_id or commitment.pk])
    for verification in commitment.verifications.all():
        chain.add("verification", verification, [commitment.pk])
