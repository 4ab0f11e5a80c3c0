"""Proof that stock is right: what `akinai check` asks of inventory (INV-1). No line means that all is well."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

# Every difference counts, also a ledger or a promise whose balance row is missing; so the three sources are put under
# one another and added up by SKU and place.
_BALANCES = """
SELECT k.code, p.code,
       SUM(t.on_hand), SUM(t.blocked), SUM(t.reserved),
       SUM(t.m_on_hand), SUM(t.m_blocked), SUM(t.m_reserved), SUM(t.promised)
FROM (
    SELECT sku_id, place_id, on_hand, blocked, reserved,
           0 AS m_on_hand, 0 AS m_blocked, 0 AS m_reserved, 0 AS promised FROM inventory_stock
    UNION ALL
    SELECT sku_id, place_id, 0, 0, 0, SUM(on_hand), SUM(blocked), SUM(reserved), 0
    FROM inventory_movement GROUP BY sku_id, place_id
    UNION ALL
    SELECT sku_id, place_id, 0, 0, 0, 0, 0, 0, SUM(quantity)
    FROM inventory_reservation GROUP BY sku_id, place_id
) AS t
JOIN catalog_sku AS k ON k.id = t.sku_id
JOIN inventory_place AS p ON p.id = t.place_id
GROUP BY k.code, p.code
HAVING SUM(t.on_hand) <> SUM(t.m_on_hand) OR SUM(t.blocked) <> SUM(t.m_blocked)
    OR SUM(t.reserved) <> SUM(t.m_reserved) OR SUM(t.reserved) <> SUM(t.promised)
    OR SUM(t.reserved) < 0 OR SUM(t.blocked) < 0 OR SUM(t.on_hand) < SUM(t.reserved) + SUM(t.blocked)
ORDER BY k.code, p.code
"""

_REPLAY = """
SELECT k.code, r.id FROM (
    SELECT id, sku_id, on_hand_after, blocked_after, reserved_after,
           SUM(on_hand) OVER w AS o, SUM(blocked) OVER w AS b, SUM(reserved) OVER w AS r
    FROM inventory_movement
    WINDOW w AS (PARTITION BY sku_id, place_id ORDER BY id)
) AS r
JOIN catalog_sku AS k ON k.id = r.sku_id
WHERE r.o <> r.on_hand_after OR r.b <> r.blocked_after OR r.r <> r.reserved_after
ORDER BY r.id
"""


def violations() -> Iterator[str]:
    """One line for each balance that its ledger or its reservations do not give, or that breaks INV-1.

    The whole ledger is replayed from its first line: each movement must have left the balances it says it left.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        for sku, place, *numbers in cursor.fetchall():
            yield _balance(sku, place, [int(n) for n in numbers])
        cursor.execute(_REPLAY)
        for sku, movement in cursor.fetchall():
            yield f"INV-1 {sku}: replay differs from the balances after movement {movement}"


def _balance(sku: str, place: str, n: list[int]) -> str:
    return (
        f"INV-1 {sku} at {place}: on hand {n[0]} (ledger {n[3]}), blocked {n[1]} (ledger {n[4]}), "
        f"reserved {n[2]} (ledger {n[5]}, promised {n[6]})"
    )
