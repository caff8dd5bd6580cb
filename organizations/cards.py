from __future__ import annotations

from net4u.base.addresses import absolute
from net4u.base.cards import Data, told
from organizations.enums import OrganizationKind
from organizations.models import Organization


def organization_data(organization: Organization) -> Data:
    """A profile that its reader may see, in the words of schema.org."""
    others = [organization.legal_name, organization.acronym, *organization.aliases]
    country = {"@type": "PostalAddress", "addressCountry": organization.country.iso2} if organization.country else None
    is_ngo = organization.kind == OrganizationKind.CIVIL_SOCIETY
    return told(
        {
            "@type": "NGO" if is_ngo else "Organization",
            "@id": organization.pk.urn,
            "url": organization.website or absolute(organization.get_absolute_url()),
            "name": str(organization),
            "alternateName": sorted({each for each in others if each} - {str(organization)}),
            "description": organization.mission,
            "foundingDate": str(organization.year_founded or ""),
            "address": country,
        }
    )
