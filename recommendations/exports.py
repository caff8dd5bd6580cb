"""The list of recommendations as a table: the words of the source, whole."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.exports import INVENTED, Column


def _listed(name: str) -> Any:
    return lambda recommendation: "; ".join(map(str, getattr(recommendation, name).all()))


def _addressees(recommendation: Any) -> str:
    """Whom the source names, and whom we read into it."""
    return "; ".join(
        _("%(addressee)s (our reading)") % {"addressee": each} if each.inferred else str(each)
        for each in recommendation.addressees.all()
    )


COLUMNS = (
    Column(gettext_lazy("reference"), lambda recommendation: recommendation.reference),
    Column(gettext_lazy("recommendation"), lambda recommendation: recommendation.text),
    Column(gettext_lazy("language"), lambda recommendation: recommendation.language),
    Column(gettext_lazy("year"), lambda recommendation: recommendation.made_in),
    Column(gettext_lazy("workshop"), lambda recommendation: recommendation.workshop and str(recommendation.workshop)),
    Column(gettext_lazy("addressees"), _addressees),
    Column(gettext_lazy("pillars"), _listed("pillars")),
    Column(gettext_lazy("themes"), _listed("themes")),
    Column(gettext_lazy("articles"), _listed("provisions")),
    Column(gettext_lazy("commitments"), lambda recommendation: recommendation.commitments_count),
    Column(gettext_lazy("source"), lambda recommendation: str(recommendation.source)),
    Column(gettext_lazy("state"), lambda recommendation: recommendation.get_state_display()),
    INVENTED,
    Column(gettext_lazy("address"), lambda recommendation: settings.SITE_URL + recommendation.get_absolute_url()),
)
