"""The registry of what leaves the house, and which documents follow from which record.

A package registers its kinds in ``documents.py``, loaded from its ``AppConfig.ready()``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from net4u.base.words import said_at, search_text

if TYPE_CHECKING:
    from rest_framework.serializers import Serializer

    from net4u.base.models import Record
    from net4u.base.viewers import Viewer

#: Ids of objects whose documents must be looked at again, by kind.
Pending = defaultdict[str, set[UUID]]


class DocumentKind:
    """How one model leaves the house.

    ``again`` maps another record's model to ORM lookups from ``model``: when such a record changes, the documents
    these lookups reach are written again. Nothing is chained: a transitive dependency is a longer lookup.
    Embed only the identity, name and address of other records, and only codes of vocabulary: else one change
    of a name would hold the lock while thousands of documents are built.

    ``named_by`` and ``searched`` are paths into the document, such as ``milestones.title``: what the object is called
    (its title first), and what else search reads. Search knows nothing that is not in the document.
    """

    kind: ClassVar[str]
    plural: ClassVar[str]
    model: ClassVar[type[Record]]
    serializer: ClassVar[type[Serializer[Any]]]
    again: ClassVar[Mapping[type[Record], Sequence[str]]] = {}
    named_by: ClassVar[Sequence[str]]
    searched: ClassVar[Sequence[str]] = ()

    @classmethod
    def queryset(cls, viewer: Viewer) -> QuerySet[Any]:
        """The objects this viewer may see, with everything the serializer reads (nested ones filtered as well)."""
        objects: Any = cls.model.objects
        rows: QuerySet[Any] = objects.visible_to(viewer).with_details(viewer)
        return rows

    @classmethod
    def search(cls, audience: str, data: Mapping[str, Any]) -> str:
        """What search reads of a document."""
        names, texts = (
            [said.text for path in paths for said in said_at(data, path)] for paths in (cls.named_by, cls.searched)
        )
        return search_text(audience, cls.kind, names, [cls.kind, *texts])


KINDS: dict[str, type[DocumentKind]] = {}


def register(kind: type[DocumentKind]) -> type[DocumentKind]:
    """Class decorator: this kind of document exists."""
    KINDS[kind.kind] = kind
    return kind


def follow(model: type[Record], ids: Iterable[UUID], pending: Pending) -> None:
    """Add to ``pending`` the objects whose documents depend on these rows, as the database stands now."""
    ids = list(ids)
    for name, kind in KINDS.items():
        if kind.model is model:
            pending[name].update(ids)
        for lookup in kind.again.get(model, ()):
            rows = QuerySet(kind.model).filter(**{f"{lookup}__in": ids}).order_by()
            pending[name].update(rows.values_list("pk", flat=True))
