import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from net4u.base.change import change
from net4u.base.migrating import text_was_english
from tests.factories import TerritoryFactory
from vocabulary.models import Territory

pytestmark = pytest.mark.django_db


def test_what_a_column_held_before_becomes_its_english_text() -> None:
    TerritoryFactory(iso2="IT", name="Italy", name_fr="Italie")
    before = MigrationExecutor(connection).loader.project_state().apps  # models as migrations have them
    with change(by=None, what="test.migrated"):
        before.get_model("vocabulary", "Territory").objects.update(name_en=None)
        text_was_english("vocabulary", {"Territory": ["name"]}).code(before, None)
    territory = Territory.objects.get()
    assert (territory.name_en, territory.name_fr, territory.name_it) == ("Italy", "Italie", None)
