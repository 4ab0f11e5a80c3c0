"""Small tools over the ORM that hold alike on SQLite and PostgreSQL: guarded updates and reserved ids."""

from __future__ import annotations

from typing import Any

from django.db import connections, models, router, transaction
from django.db.models import Q


def guarded_update(queryset: models.QuerySet[Any], *guards: Q, **changes: Any) -> bool:
    """Change exactly one row if what must still be true is true; says whether it was.

    The condition and the change are one UPDATE, so two people cannot both win.
    """
    return queryset.filter(*guards).update(**changes) == 1


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys for rows about to be inserted; a key is never given twice.

    PostgreSQL takes them from the column's sequence, so writers do not wait for each other and a rolled-back
    transaction leaves a gap. SQLite has one writer: call inside its write transaction.
    """
    if count <= 0:
        return []
    connection = connections[router.db_for_write(model)]
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return [row[0] for row in cursor.fetchall()]
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("reserve_ids needs a transaction")
        # Rows are never deleted from tables numbered this way, so the highest key is the last one given.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return list(range(last + 1, last + count + 1))
