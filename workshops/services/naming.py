"""A person is named in a record because a source does, or because they agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from net4u.base.change import change
from net4u.base.states import require
from people.enums import ConsentPurpose
from people.services import close_consents, record_consent

if TYPE_CHECKING:
    from people.models import User
    from workshops.models import Contribution

#: Version of the words in the form with which the secretariat says that somebody agreed.
CONSENT_TEXT = "2026-11"


def record_naming(*, contribution: Contribution, agreed: bool, by: User | None) -> None:
    """Keep that the person agreed to be named here, as they told the secretariat, or that they take it back.

    Taken back, the name disappears from every page and document with the same change, unless a source names them.
    """
    require(by, "workshops.curate_workshop")
    if agreed == (contribution.consent_id is not None):
        return
    purpose = ConsentPurpose.NAME_IN_RECORD
    with change(by=by, what="contribution.naming"):
        close_consents(subject=contribution, purpose=purpose)
        contribution.consent = (
            record_consent(subject=contribution, purpose=purpose, text_version=CONSENT_TEXT, by=by) if agreed else None
        )
        contribution.save()
