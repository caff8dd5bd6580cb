"""Organizations from a list, and all of them as a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from net4u.base.importing import TableDownload, UploadPage
from organizations.imports import PARTS, OrganizationsImport
from organizations.matching import LIVING
from organizations.models import Organization


class ImportOrganizations(UploadPage):
    permission_required = OrganizationsImport.permission
    template_name = "organizations/import.html"
    kind = OrganizationsImport.key


class OrganizationsTable(TableDownload):
    permission_required = OrganizationsImport.permission
    kind = OrganizationsImport.key

    def rows(self) -> Iterable[list[Any]]:
        every = Organization.objects.filter(state__in=LIVING).select_related("country")
        return (cells_of(each) for each in every.prefetch_related("pillars", "identifiers"))


def cells_of(row: Organization) -> list[Any]:
    """In the columns that the import takes."""
    return [
        row.legal_name, row.english_name, row.acronym, row.country.iso2 if row.country else "", row.kind,
        row.civil_society_kind, row.website, f"{PARTS} ".join(row.languages),
        f"{PARTS} ".join(pillar.code for pillar in row.pillars.all()),
        f"{PARTS} ".join(f"{each.scheme} {each.value}" for each in row.identifiers.all()),
    ]  # fmt: skip
