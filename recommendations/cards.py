from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from recommendations.models import Recommendation


def facts(recommendation: Recommendation) -> Iterator[str]:
    """Where it was made and whom it addresses, a sentence each."""
    if recommendation.workshop:
        yield _("Made at: %(workshop)s.") % {"workshop": recommendation.workshop}
    if addressees := [str(each) for each in recommendation.addressees.all()]:
        yield _("Addressed to: %(addressees)s.") % {"addressees": ", ".join(addressees)}
