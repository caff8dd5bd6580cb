"""What search reads of each document, and the index of each database over it."""

from typing import Any

import orjson
from django.db import migrations, models

from net4u.base.kinds import KINDS

POSTGRESQL = """
CREATE INDEX document_search ON base_document
USING gin (to_tsvector('simple'::regconfig, COALESCE(search, ''))) WHERE text <> ''
"""
# Words are cut before they are stored, so that only blanks part them. A later migration that makes the table anew
# (on SQLite most of AlterField do) drops these triggers and must make them again: tests of search fail until it does.
SQLITE = [
    """
    CREATE VIRTUAL TABLE base_document_words USING fts5(
        search, content='base_document', content_rowid='id', detail='none', prefix='3 4 5 6', tokenize='ascii'
    )
    """,
    """
    CREATE TRIGGER base_document_words_insert AFTER INSERT ON base_document BEGIN
        INSERT INTO base_document_words (rowid, search) VALUES (new.id, new.search);
    END
    """,
    """
    CREATE TRIGGER base_document_words_delete AFTER DELETE ON base_document BEGIN
        INSERT INTO base_document_words (base_document_words, rowid, search) VALUES ('delete', old.id, old.search);
    END
    """,
    """
    CREATE TRIGGER base_document_words_update AFTER UPDATE OF search ON base_document BEGIN
        INSERT INTO base_document_words (base_document_words, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO base_document_words (rowid, search) VALUES (new.id, new.search);
    END
    """,
    "INSERT INTO base_document_words (base_document_words) VALUES ('rebuild')",
]


def fill(apps: Any, schema_editor: Any) -> None:
    """From the stored texts themselves, so that no document is written again."""
    Document = apps.get_model("base", "Document")
    rows = []
    for row in Document.objects.exclude(text="").only("kind", "audience", "text").order_by("pk").iterator(500):
        if row.kind in KINDS:
            row.search = KINDS[row.kind].search(row.audience, orjson.loads(row.text))
            rows.append(row)
        if len(rows) == 500:
            Document.objects.bulk_update(rows, ["search"])
            rows.clear()
    Document.objects.bulk_update(rows, ["search"])


def index(apps: Any, schema_editor: Any) -> None:
    statements = [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX document_search")
        return
    for event in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER base_document_words_{event}")
    schema_editor.execute("DROP TABLE base_document_words")


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0004_reminder'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='search',
            field=models.TextField(blank=True, default='', help_text='What search reads of the text, in plain words.'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index, drop),
    ]
