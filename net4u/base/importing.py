"""The pages of an import, the same for every kind: the file, its columns, the table of what will be, and the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from net4u.base import imports
from net4u.base.exports import download
from net4u.base.import_forms import MappingForm, RowForm, UploadForm
from net4u.base.import_runs import RunState, Verdict
from net4u.base.imports import KINDS, ImportKind, kind_of
from net4u.base.models import ImportRow, ImportRun
from net4u.base.secretariat import ForSecretariat
from net4u.base.states import TransitionError
from net4u.base.tables import CSV, TYPES, as_xlsx
from net4u.base.views import WindowPaginator

if TYPE_CHECKING:
    from uuid import UUID

#: Seconds between two looks at a run that a worker has in hand.
LOOK_AGAIN = "3"
ROWS_ON_A_PAGE = 100


class UploadPage(ForSecretariat, FormView):
    """Begins an import of one kind; ``about`` is the record that it is about."""

    kind: ClassVar[str]
    form_class = UploadForm
    about: UUID | None = None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        runs = ImportRun.objects.filter(kind=self.kind, about=self.about).select_related("by")
        return super().get_context_data(**context) | {"columns": KINDS[self.kind].columns, "runs": runs[:10]}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        name = form.cleaned_data["file"].name
        kind = KINDS[self.kind]
        return redirect(imports.begin(kind=kind, about=self.about, name=name, table=form.table, by=self.person))


class TableDownload(ForSecretariat, View):
    """What is there, or the empty template: in the columns that an import takes."""

    kind: ClassVar[str]

    def rows(self) -> Iterable[list[Any]]:
        raise NotImplementedError

    def get(self, request: HttpRequest, what: str, ending: str, **_address: Any) -> HttpResponse:
        if what not in {self.kind, "template"} or ending not in TYPES:
            raise Http404
        heads = [column.key for column in KINDS[self.kind].columns]
        rows = self.rows() if what == self.kind else ()
        if ending == CSV:
            answer: Any = download(request, heads, rows)
        else:
            named = {"Content-Disposition": f'attachment; filename="{what}.{ending}"'}
            answer = HttpResponse(as_xlsx(heads, rows), content_type=TYPES[ending], headers=named)
        answer["Cache-Control"] = "no-store"
        return answer  # type: ignore[no-any-return]


class Runs(ForSecretariat, ListView):
    """Every import, the latest first; numbers only."""

    permission_required = "base.run_import"
    template_name = "imports/runs.html"
    context_object_name = "runs"
    paginate_by = ROWS_ON_A_PAGE
    paginator_class = WindowPaginator

    def get_queryset(self) -> Any:
        allowed = [kind.key for kind in KINDS.values() if self.person.has_perm(kind.permission)]
        return ImportRun.objects.filter(kind__in=allowed).select_related("by")


class OfRun(ForSecretariat):
    """A page about one import: for whoever may import this kind."""

    permission_required = "base.run_import"
    kwargs: dict[str, Any]

    @cached_property
    def run(self) -> ImportRun:
        run = get_object_or_404(ImportRun.objects.select_related("by"), pk=self.kwargs["pk"])
        if not self.person.has_perm(kind_of(run).permission):
            raise PermissionDenied
        return run

    @property
    def kind(self) -> ImportKind:
        return kind_of(self.run)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "run": self.run, "kind": self.kind, "back": self.kind.back(self.run),
        }  # fmt: skip


class RunPage(OfRun, TemplateView):
    """Where the run stands decides what is shown and what can be done."""

    def get_template_names(self) -> list[str]:
        state = self.run.state
        if state == RunState.UPLOADED:
            return ["imports/columns.html"]
        return ["imports/rows.html" if state == RunState.CHECKED else "imports/run.html"]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        known = super().get_context_data(**context)
        if self.run.state == RunState.UPLOADED:
            return {"form": MappingForm(run=self.run, kind=self.kind)} | known
        if self.run.state == RunState.CHECKED:
            return known | self.dry_run()
        words = {**self.kind.counted, "left_out": _("Rows left out")}
        counted = [(words[key], number) for key, number in self.run.result.items() if key in words]
        return known | {"counted": counted}

    def dry_run(self) -> dict[str, Any]:
        """A page of rows, those that need a person first."""
        numbers = imports.numbers(self.run)
        verdict = self.request.GET.get("verdict", "")
        rows = self.run.rows.order_by("number")
        if verdict == "left_out":
            rows = rows.filter(is_left_out=True)
        elif verdict in Verdict.values:
            rows = rows.filter(is_left_out=False, verdict=verdict)
        paginator = WindowPaginator(rows, ROWS_ON_A_PAGE)
        page = paginator.get_page(self.request.GET.get("page", "1"))
        return {
            "page_obj": page, "rows": self.shown(list(page.object_list)), "verdict": verdict, "total": self.run.total,
            "filters": [*((each, each.label, numbers.get(each, 0)) for each in Verdict),
                        ("left_out", _("left out"), numbers["left_out"])],
            "refused": numbers.get(Verdict.REFUSE, 0), "edited": numbers.get("", 0),
            "heads": [column.label for column in self.kind.columns if column.is_required],
        }  # fmt: skip

    def shown(self, rows: list[ImportRow]) -> list[dict[str, Any]]:
        names = self.kind.names({row.organization for row in rows if row.organization})
        required = [column.key for column in self.kind.columns if column.is_required]
        found = []
        for row in rows:
            row.run = self.run
            told = row.told()
            name = names.get(row.organization) if row.organization else None
            found.append({"row": row, "cells": [told.get(key, "") for key in required], "name": name})
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.run.is_at_work:
            response["Refresh"] = LOOK_AGAIN  # works without scripts, and nobody need press anything
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        do = {"map": self.map, "confirm": self.confirm, "drop": self.drop, "check": self.check,
              "leave_out": self.leave_out}.get(request.POST.get("do", ""))  # fmt: skip
        if do is None:
            return redirect(self.run)
        try:
            return do()
        except TransitionError as error:
            messages.error(request, str(error))
            return redirect(self.run)

    def map(self) -> HttpResponse:
        if self.run.state != RunState.UPLOADED:
            return redirect(self.run)
        form = MappingForm(self.request.POST, run=self.run, kind=self.kind)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data() | {"form": form})
        imports.map_columns(run=self.run, mapping=form.mapping, by=self.person)
        return redirect(self.run)

    def confirm(self) -> HttpResponse:
        imports.confirm(run=self.run, by=self.person)
        return redirect(self.run)

    def check(self) -> HttpResponse:
        imports.check_again(run=self.run, by=self.person)
        return redirect(self.run)

    def leave_out(self) -> HttpResponse:
        imports.leave_out_refused(run=self.run, by=self.person)
        return redirect(self.run)

    def drop(self) -> HttpResponse:
        imports.drop(run=self.run, by=self.person)
        messages.success(self.request, _("Given up. Nothing was imported, and the rows are deleted."))
        return redirect(self.kind.back(self.run))


class RowPage(OfRun, FormView):
    """One row, to correct, to match by hand or to leave out."""

    template_name = "imports/row.html"
    form_class = RowForm

    @cached_property
    def row(self) -> ImportRow:
        row = get_object_or_404(self.run.rows, number=self.kwargs["number"])
        row.run = self.run
        if len(self.run.mapping) != len(row.cells) or self.run.state == RunState.UPLOADED:
            raise Http404
        return row

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"row": self.row, "kind": self.kind}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"row": self.row}

    def form_valid(self, form: RowForm) -> HttpResponse:
        try:
            imports.edit_row(row=self.row, by=self.person, **form.edited)
        except TransitionError as error:
            messages.error(self.request, str(error))
        return redirect(self.run)
