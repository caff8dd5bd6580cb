"""What the secretariat decides about many organizations at once."""

from __future__ import annotations

from net4u.base.bulk import asking_for_changes, can_be_listed, publishing
from organizations.filters import OrganizationInEveryStateFilter
from organizations.models import Organization
from organizations.services import approve_organization, request_changes, tag_organization
from vocabulary.many import adding_a_pillar

can_be_listed(
    Organization,
    OrganizationInEveryStateFilter,
    "review_organization",
    [
        publishing(lambda organization, _told, by: approve_organization(organization=organization, by=by)),
        asking_for_changes(
            lambda organization, told, by: request_changes(organization=organization, words=told["words"], by=by)
        ),
        adding_a_pillar(
            lambda organization, told, by: tag_organization(organization=organization, pillar=told["pillar"], by=by)
        ),
    ],
)
