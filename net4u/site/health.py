"""Two plain answers for whoever watches over the portal."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from net4u.base.models import ChangeCounter


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _plain("alive")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Requests can be served: 503 names the part that cannot."""
    problem = what_is_missing()
    return _plain(problem, status=503) if problem else _plain("ready")


def what_is_missing() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "database: migrations are not applied"
        if not ChangeCounter.objects.exists():
            return "database: the row that counts changes is missing"
    except DatabaseError:
        return "database: no answer"
    return ""


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
