"""Fills the portal with what published sources say about the network, from ``data/public_record.json``.

Every start loads it again, so a record must be recognised whatever became of it meanwhile. Its id follows
from its place in the file: renamed it is still itself, and what somebody removed (perhaps a person's name, at
that person's wish) does not come back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid5

from django.db.models import Model, Q, QuerySet
from django.utils import translation

from net4u.base.change import change
from net4u.base.models import JournalEntry, Record
from net4u.base.translations import add_translations
from organizations.models import Membership, Organization, RegionalNetwork
from organizations.services import record_known_organization, record_network, record_standing
from recommendations.models import Addressee, Declaration, Recommendation
from recommendations.services import (
    publish_declaration,
    publish_recommendation,
    record_declaration,
    record_recommendation,
)
from vocabulary.loading import load_vocabulary
from vocabulary.models import Pillar, Source, Territory
from workshops.models import (
    Contribution,
    Output,
    Participation,
    Resource,
    Session,
    SourceDifference,
    Statement,
    WorkingGroup,
    Workshop,
    WorkshopFigure,
    WorkshopName,
    WorkshopRole,
)
from workshops.services import curate, publish_workshop

RECORD = Path(__file__).parent / "data" / "public_record.json"
#: Never to be changed, like the keys below: the ids of everything loaded so far follow from them.
NAMESPACE = UUID("0d2c1b52-5f0e-4b0a-9c43-6a6e65743475")

Facts = dict[str, Any]
R = TypeVar("R", bound=Record)


class Part(NamedTuple):
    """A list within a workshop's facts, and which of its fields tell one entry from another."""

    model: type[Record]
    key: tuple[str, ...]
    #: The field that names the workshop; empty where the entry hangs on another part.
    parent: str = "workshop"


#: In this order: groups, contributions and outputs name sessions, statements name differences.
PARTS: Mapping[str, Part] = {
    "names": Part(WorkshopName, ("name",)),
    "figures": Part(WorkshopFigure, ("unit", "source")),
    "roles": Part(WorkshopRole, ("organization", "role", "source")),
    "participations": Part(Participation, ("organization",)),
    "sessions": Part(Session, ("order",)),
    "working_groups": Part(WorkingGroup, ("code",)),
    "contributions": Part(Contribution, ("person_name",)),
    "outputs": Part(Output, ("order",)),
    "differences": Part(SourceDifference, ("order",)),
    "statements": Part(Statement, ("difference", "source"), parent=""),
}
#: Records that somebody may have made before us under the same public name.
PUBLIC_NAME: Mapping[type[Record], str] = {
    RegionalNetwork: "code",
    Organization: "slug",
    Workshop: "slug",
    Resource: "slug",
    Declaration: "slug",
}


def load_public_record() -> int:
    """Record and publish, as the portal itself, what is missing; returns how many entries of the file were.

    1. the word lists, which everything else names; 2. networks and organizations; 3. workshops with their
    parts; 4. what came out of them. All of it is one change, or nothing.
    """
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    with translation.override("en"), change(by=None, what="public_record.loaded"):
        load_vocabulary()
        return sum(
            load(facts)
            for name, load in (
                ("networks", _load_network),
                ("organizations", _load_organization),
                ("standings", _load_standing),
                ("workshops", _load_workshop),
                ("resources", _load_resource),
                ("recommendations", _load_recommendation),
                ("declarations", _load_declaration),
            )
            for facts in record[name]
        )


# -- one entry of each list: 1 when it was missing ----------------------------------------------------------


def _load_network(facts: Facts) -> int:
    if (network := _missing(RegionalNetwork, facts["code"], facts)) is None:
        return 0
    record_network(network=network, by=None)
    return 1


def _load_organization(facts: Facts) -> int:
    if (organization := _missing(Organization, facts["slug"], facts)) is None:
        return 0
    source = Source.objects.get(slug=facts["source"])
    record_known_organization(organization=organization, source=source, by=None)
    return 1


def _load_standing(facts: Facts) -> int:
    key = f"{facts['organization']}/{facts['network']}"
    if (membership := _missing(Membership, key, facts)) is None:
        return 0
    record_standing(membership=membership, by=None)
    return 1


def _load_workshop(facts: Facts) -> int:
    """A workshop that is there already still gets parts that are new in the file; a removed one does not."""
    slug = facts["slug"]
    parts = [(PARTS[name], each) for name in PARTS for each in facts.pop(name, [])]
    new = _missing(Workshop, slug, facts)
    if new is not None:
        curate(record=new, by=None)
    workshop = new or find(Workshop, slug)
    count = sum(_load_part(part, workshop, slug, each) for part, each in parts) if workshop else 0
    if new is None:
        return count
    publish_workshop(workshop=new, by=None)
    return count + 1


def _load_part(part: Part, workshop: Workshop, slug: str, facts: Facts) -> int:
    links = _links(facts, "pillars")
    key = "/".join([slug, *(str(facts[name]) for name in part.key)])
    within = {part.parent: workshop} if part.parent else {}
    if (record := _missing(part.model, key, within | facts)) is None:
        return 0
    curate(record=record, by=None, links=links)
    return 1


def _load_resource(facts: Facts) -> int:
    links = _links(facts, "workshops", "sessions")
    if (resource := _missing(Resource, facts["slug"], facts)) is None:
        return 0
    curate(record=resource, by=None, links=links)
    return 1


def _load_recommendation(facts: Facts) -> int:
    addressees = [Addressee(**each) for each in facts.pop("addressees")]
    key = f"{facts['workshop']}/{facts['order']}"
    if (recommendation := _missing(Recommendation, key, facts)) is None:
        return 0
    record_recommendation(recommendation=recommendation, addressees=addressees, by=None)
    publish_recommendation(recommendation=recommendation, by=None)
    return 1


def _load_declaration(facts: Facts) -> int:
    areas = facts.pop("areas")
    if (declaration := _missing(Declaration, facts["slug"], facts)) is None:
        return 0
    record_declaration(declaration=declaration, areas=areas, by=None)
    publish_declaration(declaration=declaration, by=None)
    return 1


# -- what the file names ------------------------------------------------------------------------------------


def identifier(model: type[Record], key: str) -> UUID:
    return uuid5(NAMESPACE, f"{model._meta.label_lower}:{key}")


def find(model: type[R], key: str) -> R | None:
    """The record of this key, whatever it is called today; None when it was removed.

    One that somebody made before us under the same public name counts as ours, and an organization that was
    merged into another one is found as its successor.
    """
    rows: QuerySet[R] = model._base_manager.all()
    found = rows.filter(pk=identifier(model, key)).first()
    if found is None and (name := PUBLIC_NAME.get(model)):
        found = rows.filter(**{name: key}).first()
    if found is None and model is Organization:
        former = Q(former__former_id=identifier(model, key)) | Q(former__former_slug=key)
        found = rows.filter(former).first()
    return found


def _missing(model: type[R], key: str, facts: Facts) -> R | None:
    """A new record with what the facts say, or None where there is one, or where somebody removed it.

    One that is there gets the translations that are new in the file.
    """
    pk = identifier(model, key)
    if (known := find(model, key)) is not None:
        add_translations(known, facts)
        return None
    if _was_removed(pk):
        return None
    return model(id=pk, **{name: _named(name, value, model) for name, value in facts.items()})


def _was_removed(pk: UUID) -> bool:
    return JournalEntry.objects.filter(object_id=pk, verb=JournalEntry.Verb.DELETED).exists()


def _word(model: type[Model], field: str) -> Callable[[str], Model]:
    return lambda code: model._default_manager.get(**{field: code})


def _record(model: type[Record]) -> Callable[[str], Record | None]:
    return lambda key: find(model, key)


#: How a field of the file becomes the record it names.
NAMED: Mapping[str, Callable[[str], Model | None]] = {
    "source": _word(Source, "slug"),
    "country": _word(Territory, "iso2"),
    "pillars": _word(Pillar, "code"),
    "network": _record(RegionalNetwork),
    "organization": _record(Organization),
    "organizer": _record(Organization),
    "workshop": _record(Workshop),
    "workshops": _record(Workshop),
    "launched_at": _record(Workshop),
    "session": _record(Session),
    "sessions": _record(Session),
    "difference": _record(SourceDifference),
}


def _named(name: str, value: object, model: type[Record]) -> object:
    """What a field holds: the record that its text names, or the value as it is."""
    if name == "part_of":
        return find(model, str(value))
    return NAMED[name](value) if name in NAMED and isinstance(value, str) else value


def _links(facts: Facts, *names: str) -> dict[str, Iterable[Any]]:
    """Takes the lists of other records out of the facts; what was removed is left out."""
    lists = {name: facts.pop(name) for name in names if name in facts}
    return {name: [each for each in map(NAMED[name], keys) if each is not None] for name, keys in lists.items()}
