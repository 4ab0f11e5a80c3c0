"""Proof that money is right: what `akinai check` asks of payments. No line means that all is well."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from akinai.backoffice.orders.models import Order

from .models import Authorisation, LedgerEntry, Settlement
from .states import GIVEN_BACK, GUARANTEED, RECEIVED, UNGUARANTEED, Entry

# One statement sees one moment, also while clerks work. What was reversed counts as if it had never been.
_BALANCES = """
SELECT o.number, o.received_amount, o.guaranteed_amount, o.written_off,
       COALESCE(SUM(t.gross), 0), COALESCE(SUM(t.refunded), 0), COALESCE(SUM(t.guaranteed), 0),
       COALESCE(SUM(t.written_off), 0)
FROM {orders} AS o
LEFT JOIN (
    SELECT l.order_id,
           CASE WHEN l.kind IN ({received}) THEN l.amount ELSE 0 END AS gross,
           CASE WHEN l.kind IN ({given_back}) THEN l.amount ELSE 0 END AS refunded,
           CASE WHEN l.kind IN ({authorised}) THEN l.amount
                WHEN l.kind IN ({unguaranteed}) THEN -l.amount ELSE 0 END AS guaranteed,
           CASE WHEN l.kind = '{written_off}' THEN 1 ELSE 0 END AS written_off
    FROM {ledger} AS l LEFT JOIN {ledger} AS r ON r.reverses_id = l.id
    WHERE r.id IS NULL AND l.kind <> '{reversal}'
) AS t ON t.order_id = o.id
GROUP BY o.id, o.number, o.received_amount, o.guaranteed_amount, o.written_off
HAVING o.received_amount <> COALESCE(SUM(t.gross), 0) - COALESCE(SUM(t.refunded), 0)
    OR o.guaranteed_amount <> COALESCE(SUM(t.guaranteed), 0)
    OR COALESCE(SUM(t.gross), 0) < COALESCE(SUM(t.refunded), 0)
    OR CASE WHEN o.written_off THEN 1 ELSE 0 END <> COALESCE(SUM(t.written_off), 0)
ORDER BY o.number
"""

_REVERSALS = """
SELECT o.number, r.id FROM {ledger} AS r
JOIN {ledger} AS l ON l.id = r.reverses_id JOIN {orders} AS o ON o.id = r.order_id
WHERE r.amount <> l.amount OR r.order_id <> l.order_id OR l.kind = '{reversal}' OR r.id < l.id
ORDER BY r.id
"""

_SETTLEMENTS = """
SELECT s.id, s.paid, s.fee, COALESCE(SUM(l.amount), 0) FROM {settlements} AS s
LEFT JOIN {ledger} AS l ON l.settlement_id = s.id
GROUP BY s.id, s.paid, s.fee HAVING s.paid + s.fee <> COALESCE(SUM(l.amount), 0)
ORDER BY s.id
"""

_AUTHORISATIONS = """
SELECT o.number, o.guaranteed_amount, COALESCE(SUM(a.amount), 0) FROM {orders} AS o
LEFT JOIN {authorisations} AS a ON a.order_id = o.id AND a.state = 'live'
GROUP BY o.id, o.number, o.guaranteed_amount
HAVING o.guaranteed_amount <> COALESCE(SUM(a.amount), 0) ORDER BY o.number
"""


def violations() -> Iterator[str]:
    """One line for each order whose money its ledger does not give (PAY-0, ORD-74), and each crooked reversal (GEN-4).

    The payment fact itself is derived anew by the check of orders.
    """
    with connection.cursor() as cursor:
        cursor.execute(_filled(_BALANCES))
        for number, *figures in cursor.fetchall():
            yield _balance(number, [int(f) for f in figures])
        cursor.execute(_filled(_REVERSALS))
        for number, entry in cursor.fetchall():
            yield f"GEN-4 {number}: entry {entry} is not the opposite of what it takes back"
        cursor.execute(_filled(_SETTLEMENTS))
        for pk, paid, fee, entered in cursor.fetchall():
            yield f"PAY-20 settlement {pk}: paid {paid} and fee {fee}, its entries make {int(entered)}"
        cursor.execute(_filled(_AUTHORISATIONS))
        for number, guaranteed, live in cursor.fetchall():
            yield f"ORD-63 {number}: {guaranteed} yen guaranteed, live authorisations make {int(live)}"


def _filled(sql: str) -> str:
    quote = connection.ops.quote_name
    return sql.format(
        orders=quote(Order._meta.db_table),
        ledger=quote(LedgerEntry._meta.db_table),
        received=_listed(RECEIVED),
        given_back=_listed(GIVEN_BACK),
        authorised=_listed(GUARANTEED),
        unguaranteed=_listed(UNGUARANTEED),
        settlements=quote(Settlement._meta.db_table),
        authorisations=quote(Authorisation._meta.db_table),
        written_off=Entry.WRITE_OFF.value,
        reversal=Entry.REVERSAL.value,
    )


def _listed(kinds: tuple[Entry, ...]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


def _balance(number: str, n: list[int]) -> str:
    received, guaranteed, written_off, gross, refunded, authorised, write_offs = n
    if refunded > gross:
        return f"ORD-74 {number}: {refunded} yen refunded of {gross} yen received"
    if written_off != write_offs:
        return f"PAY-0 {number}: the order and its ledger differ on whether the rest was written off"
    return (
        f"PAY-0 {number}: received {received} (ledger {gross - refunded}), guaranteed {guaranteed} "
        f"(ledger {authorised})"
    )
