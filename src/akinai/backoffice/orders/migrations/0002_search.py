"""Parts of words and beginnings of names find an order: trigrams on PostgreSQL, FTS5 on SQLite."""

from django.db import migrations

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX orders_search_trgm ON orders_order USING gin (search_text gin_trgm_ops)",
    # a prefix is asked for as a range, which needs the order of code points
    'ALTER TABLE orders_order ALTER COLUMN name_folded TYPE varchar(200) COLLATE "C"',
    'ALTER TABLE orders_order ALTER COLUMN kana_folded TYPE varchar(200) COLLATE "C"',
]
POSTGRESQL_BACK = ["DROP INDEX orders_search_trgm"]

SQLITE = [
    "CREATE VIRTUAL TABLE orders_search USING fts5"
    "(search_text, content='orders_order', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER orders_search_insert AFTER INSERT ON orders_order BEGIN"
    " INSERT INTO orders_search(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER orders_search_update AFTER UPDATE OF search_text ON orders_order"
    " WHEN old.search_text <> new.search_text BEGIN"
    " INSERT INTO orders_search(orders_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
    " INSERT INTO orders_search(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER orders_search_delete AFTER DELETE ON orders_order BEGIN"
    " INSERT INTO orders_search(orders_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END",
]
SQLITE_BACK = [
    "DROP TRIGGER orders_search_insert",
    "DROP TRIGGER orders_search_update",
    "DROP TRIGGER orders_search_delete",
    "DROP TABLE orders_search",
]


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
