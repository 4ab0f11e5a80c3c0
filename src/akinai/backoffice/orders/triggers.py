"""The triggers that feed the search of SQLite, put back after every migration.

SQLite changes most things about a table by making a new one, and the triggers go with the old one in silence. So no
migration has to think of them: after each `migrate` they are there again.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "orders_search"
TRIGGERS = {
    "orders_search_insert": """AFTER INSERT ON orders_order BEGIN
        INSERT INTO orders_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    "orders_search_update": """AFTER UPDATE OF search_text ON orders_order
    WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO orders_search(orders_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO orders_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    "orders_search_delete": """AFTER DELETE ON orders_order BEGIN
        INSERT INTO orders_search(orders_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END""",
}


def restore(using: str = "default", **_signal: Any) -> None:
    """Make the triggers that are missing; a receiver of `post_migrate`. PostgreSQL needs none."""
    connection = connections[using]
    if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name, what in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}")
