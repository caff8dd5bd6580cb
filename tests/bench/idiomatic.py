"""The yardstick as most projects would write it: a generic view of the REST framework over the same serializer."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.idiomatic_settings"
app = get_wsgi_application()

from rest_framework.generics import ListAPIView  # noqa: E402 -- after the settings
from rest_framework.pagination import CursorPagination  # noqa: E402

from commitments.documents import CommitmentDocuments  # noqa: E402
from net4u.base.viewers import PUBLIC  # noqa: E402
from net4u.urls import urlpatterns as portal  # noqa: E402


class Pages(CursorPagination):
    ordering = "id"
    page_size = 100


class Commitments(ListAPIView):
    """The rows with everything the serializer reads, joined and prefetched."""

    serializer_class = CommitmentDocuments.serializer
    pagination_class = Pages
    filter_backends = ()

    def get_queryset(self) -> Any:
        return CommitmentDocuments.queryset(PUBLIC)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "viewer": PUBLIC}


urlpatterns = [path("drf", Commitments.as_view()), *portal]  # documents name the portal's addresses
