"""What the secretariat decides about many organizations at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from net4u.base.bulk import BulkAction, can_be_listed
from net4u.base.forms import WordsToAuthorForm
from organizations.filters import OrganizationInEveryStateFilter
from organizations.models import Organization
from organizations.services import approve_organization, request_changes, tag_organization
from vocabulary.forms import PillarForm
from vocabulary.models import Pillar

can_be_listed(
    Organization,
    OrganizationInEveryStateFilter,
    "review_organization",
    [
        BulkAction(
            "published", gettext_lazy("Publish"), lambda organization, _told, by: approve_organization(
                organization=organization, by=by
            ),
        ),
        BulkAction(
            "changes_requested", gettext_lazy("Ask for changes"), lambda organization, told, by: request_changes(
                organization=organization, words=told["words"], by=by
            ),
            WordsToAuthorForm, lambda: {"words": "?"},
        ),
        BulkAction(
            "tagged", gettext_lazy("Add a pillar"), lambda organization, told, by: tag_organization(
                organization=organization, pillar=told["pillar"], by=by
            ),
            PillarForm, lambda: {"pillar": Pillar.objects.canonical().first()},
        ),
    ],
)  # fmt: skip
