from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.db import models
from django.test.utils import isolate_apps
from rest_framework import serializers

from net4u.base import checks
from net4u.base.checks import ground
from net4u.base.kinds import KINDS, DocumentKind
from net4u.base.models import Record
from workshops.models import Workshop


def ids(found: list[Any]) -> list[str]:
    return [each.id for each in found]


def test_the_house_has_nothing_to_report() -> None:
    assert ground(None) == []


def test_atomic_requests_is_refused(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    assert ids(ground(None)) == ["base.E001"]


@isolate_apps("workshops")
def test_a_record_whose_meta_forgets_its_parent_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(Record):
        journal_fields: ClassVar[tuple[str, ...]] = ("title",)
        objects = models.Manager()

        class Meta:
            app_label = "workshops"

        def __str__(self) -> str:
            return "loose"

    monkeypatch.setattr(checks, "records", lambda: [Loose])
    assert ids(ground(None)) == ["base.E002", "base.E003", "base.E006", "base.E004"]


def test_a_document_that_does_not_list_its_fields_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Everything(serializers.ModelSerializer):
        class Meta:
            model = Workshop
            fields = "__all__"

    class Kind(DocumentKind):
        kind, plural, model, serializer = "x", "xs", Workshop, Everything

    monkeypatch.setitem(KINDS, "x", Kind)
    assert ids(ground(None)) == ["base.E005"]
