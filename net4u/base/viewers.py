"""Who is looking. Everything that is read starts from ``visible_to(viewer)``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from people.models import User


class Audience(TextChoices):
    """Four circles, each inside the next. Only the first two ever leave the house as documents."""

    PUBLIC = "public", _("everybody")
    PARTNERS = "partners", _("sister networks")
    MEMBERS = "members", _("people of the network's organizations")
    SECRETARIAT = "secretariat", _("the secretariat")


@dataclass(frozen=True)
class Viewer:
    """One reader: the widest circle they stand in, and the organizations that are their own.

    ``organizations`` holds the ids of organizations the person is affiliated with today; what belongs to
    these is seen by its own people whatever its state.
    """

    audience: Audience
    person: User | None = None
    organizations: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_secretariat(self) -> bool:
        return self.audience == Audience.SECRETARIAT

    @property
    def is_member(self) -> bool:
        """Whether records meant for members may be shown; true for the secretariat as well."""
        return self.audience in {Audience.MEMBERS, Audience.SECRETARIAT}

    @property
    def is_partner(self) -> bool:
        return self.audience == Audience.PARTNERS


PUBLIC = Viewer(Audience.PUBLIC)
PARTNERS = Viewer(Audience.PARTNERS)
SECRETARIAT = Viewer(Audience.SECRETARIAT)

#: The audiences documents are written for, in the order they are numbered.
DOCUMENT_VIEWERS = {Audience.PUBLIC: PUBLIC, Audience.PARTNERS: PARTNERS}
