"""The only door to the balances: locks rows in SKU order, changes each by one guarded UPDATE, writes the ledger.

Every change of `Stock` and `Reservation` happens while the row of its SKU and place is locked, so that what is read
there after the lock is true until the commit. On SQLite the writer's transaction is that lock.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_rows
from akinai.foundation.core.errors import Conflict, Refused
from akinai.foundation.events import services as events

from .events import StockChanged
from .models import Movement, Place, Stock
from .states import Kind, Reason

#: SKU id and place id, the order in which everybody locks
Key = tuple[int, int]

#: rows in one statement; keeps the number of its parameters far below every engine's limit
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Change:
    """One movement to be: the differences in pieces, what for, why."""

    key: Key
    kind: Kind
    on_hand: int = 0
    blocked: int = 0
    reserved: int = 0
    reference: str = ""
    reason: Reason | str = ""
    note: str = ""


def default_place() -> Place:
    """Where stock is kept unless somebody says otherwise; made on first use."""
    place = Place.objects.filter(is_default=True).first()
    if place is None:
        name = _("Main warehouse")
        place, _made = Place.objects.get_or_create(code="main", defaults={"name": name, "is_default": True})
    return place


def lock_skus(sku_ids: Collection[int], place: Place | None) -> dict[int, Stock]:
    """The balances of these SKUs at a place (None: the default place), locked in order. Unstocked SKUs lack."""
    rows = Stock.objects.filter(sku_id__in=set(sku_ids))
    rows = rows.filter(place=place) if place else rows.filter(place__is_default=True)
    return {sku_id: row for (sku_id, _place_id), row in _in_order(rows).items()}


def lock(keys: Collection[Key], *, create: bool = False) -> dict[Key, Stock]:
    """The balances of these SKUs and places, locked in order until the transaction ends.

    A row that does not exist is absent, or made empty first with `create`.
    """
    rows = _locked(keys)
    missing = sorted(set(keys) - rows.keys())
    if missing and create:
        Stock.objects.bulk_create([Stock(sku_id=s, place_id=p) for s, p in missing], ignore_conflicts=True)
        rows = _locked(keys)
    return rows


def _locked(keys: Collection[Key]) -> dict[Key, Stock]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("stock is locked inside a transaction")
    if not keys:
        return {}
    rows = Stock.objects.filter(sku_id__in={s for s, _ in keys}, place_id__in={p for _, p in keys})
    return {key: row for key, row in _in_order(rows).items() if key in keys}


def _in_order(rows: QuerySet[Stock]) -> dict[Key, Stock]:
    locked = rows.order_by("sku_id", "place_id").select_for_update(of=("self",), no_key=True)
    return {(row.sku_id, row.place_id): row for row in locked}


def post(actor: Actor, changes: Sequence[Change], rows: dict[Key, Stock]) -> None:
    """Make the changes on locked rows: one guarded UPDATE, one movement a change with the balances after it.

    Raises Refused when a balance would break INV-1, Conflict when a row was not what its lock said. `rows` are brought
    up to date. Emits StockChanged.
    """
    if not changes:
        return
    now = clock.now()
    movements = [_move(actor, change, rows[change.key], now) for change in changes]
    _update(_sums(changes), rows)
    insert_rows(Movement, _COLUMNS, movements)
    events.emit(StockChanged(tuple(sorted({change.key[0] for change in changes}))), actor=actor)


def newest(key: Key) -> Movement:
    """The last movement of a balance that this transaction has locked."""
    return Movement.objects.filter(sku_id=key[0], place_id=key[1]).order_by("-id")[0]


_COLUMNS = (
    "sku_id", "place_id", "kind", "on_hand", "blocked", "reserved", "on_hand_after", "blocked_after", "reserved_after",
    "reference", "reason", "note", "actor", "actor_label", "at",
)  # fmt: skip


def _move(actor: Actor, change: Change, row: Stock, now: dt.datetime) -> tuple[Any, ...]:
    """The movement as a row; brings the balance up to date."""
    row.on_hand += change.on_hand
    row.blocked += change.blocked
    row.reserved += change.reserved
    if row.blocked < 0 or row.reserved < 0 or row.free < 0:
        raise Refused(_("This would take more pieces than there are. Nothing was changed."), code="inv_1")
    return (
        row.sku_id, row.place_id, change.kind, change.on_hand, change.blocked, change.reserved, row.on_hand,
        row.blocked, row.reserved, change.reference, change.reason, change.note[:255], actor.key, actor.label[:80], now,
    )  # fmt: skip


def _sums(changes: Iterable[Change]) -> dict[Key, tuple[int, int, int]]:
    sums: dict[Key, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for change in changes:
        on_hand, blocked, reserved = sums[change.key]
        sums[change.key] = (on_hand + change.on_hand, blocked + change.blocked, reserved + change.reserved)
    return sums


# The differences are added in SQL and the guard stands in the same statement: even if a lock were missing, two people
# could not take the same piece. One statement serves many rows; both engines call the columns of VALUES column1, 2, …
_UPDATE = """
UPDATE inventory_stock AS s
SET on_hand = s.on_hand + d.column2, blocked = s.blocked + d.column3, reserved = s.reserved + d.column4
FROM (VALUES {rows}) AS d
WHERE s.id = d.column1 AND s.blocked + d.column3 >= 0 AND s.reserved + d.column4 >= 0
  AND s.on_hand + d.column2 >= s.blocked + d.column3 + s.reserved + d.column4
"""


def _update(sums: dict[Key, tuple[int, int, int]], rows: dict[Key, Stock]) -> None:
    wanted = [(rows[key].pk, *sums[key]) for key in sorted(sums) if any(sums[key])]
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        values = ", ".join(["(%d, %d, %d, %d)" % row for row in part])  # noqa: UP031 - nothing but numbers passes
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE.format(rows=values))
            if cursor.rowcount != len(part):
                raise Conflict(_("The stock changed at the same moment. Please try again."))
