"""Small tools over the ORM that hold alike on SQLite and PostgreSQL: guarded updates and reserved ids."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import OperationalError, connection, connections, models, router, transaction
from django.db.models import Q


def guarded_update(queryset: models.QuerySet[Any], *guards: Q, **changes: Any) -> bool:
    """Change exactly one row if what must still be true is true; says whether it was.

    The condition and the change are one UPDATE, so two people cannot both win.
    """
    return queryset.filter(*guards).update(**changes) == 1


Result = TypeVar("Result")
#: PostgreSQL's codes for a deadlock and for a transaction that must be run again
_RUN_AGAIN = frozenset({"40P01", "40001"})
TRIES = 4


def again_after_deadlock(work: Callable[[], Result]) -> Result:
    """Run a whole transaction, and once more from its start when the database has broken a deadlock at its cost.

    Locks are taken in one order everywhere, so this is for the rare knot of several processes doing the very same
    thing, such as one file imported eight times at once. Inside a transaction the caller's is the one to run again.
    """
    if connection.in_atomic_block:
        return work()
    for attempt in range(1, TRIES):
        try:
            return work()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in _RUN_AGAIN:
                raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - only to part those who collided
    return work()


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
