from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.models import Commitment
from net4u.base.templatetags.ui import when


def facts(commitment: Commitment) -> Iterator[str]:
    """Who promised it until when, how far it is, and what somebody else found: a sentence each."""
    yield _("%(organization)s promised this until %(day)s.") % {
        "organization": commitment.organization, "day": when(commitment.due_on),
    }  # fmt: skip
    yield _("Reported: %(progress)s. Found by others: %(completion)s.") % {
        "progress": commitment.get_progress_display(), "completion": commitment.get_completion_display(),
    }  # fmt: skip
