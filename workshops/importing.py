"""The list of participants of a workshop: read, taken away, and imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from net4u.base.importing import TableDownload as Download
from net4u.base.importing import UploadPage
from net4u.base.views import WindowPaginator
from workshops.imports import cells_of
from workshops.services import names_kept_until
from workshops.workspaces import OfWorkshop


class Participants(OfWorkshop, UploadPage):
    permission_required = "workshops.import_participants"
    template_name = "workshops/desk/participants.html"
    kind = "participants"

    @property
    def about(self) -> UUID:  # type: ignore[override]
        return self.workshop.pk

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = self.workshop.delegates.select_related("organization", "country")
        page = WindowPaginator(rows, 100).get_page(self.request.GET.get("page", "1"))
        return super().get_context_data(**context) | {
            "page_obj": page, "delegates": page.object_list, "kept_until": names_kept_until(self.workshop),
        }  # fmt: skip


class ParticipantsTable(OfWorkshop, Download):
    permission_required = "workshops.import_participants"
    kind = "participants"

    def rows(self) -> Iterable[list[Any]]:
        return (cells_of(each) for each in self.workshop.delegates.select_related("organization", "country"))
