"""Promising pieces to orders and letting them go: reserve, release, consume, expire (INV-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.backoffice.inventory.ledger import CHUNK, Change, Key, lock, lock_skus, post
from akinai.backoffice.inventory.models import Movement, Place, Reservation, Stock
from akinai.backoffice.inventory.states import Kind
from akinai.backoffice.inventory.types import Reserved, Taken, Want
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_rows
from akinai.foundation.core.errors import BadInput, Refused


@transaction.atomic
def reserve(
    actor: Actor,
    wants: Sequence[Want],
    *,
    place: Place | None = None,
    allow_partial: bool = True,
    expires_at: dt.datetime | None = None,
    fresh: bool = False,
) -> list[Reserved]:
    """Promise free pieces to those who want them, in the order given (who ordered first comes first).

    What is not there is `short`, never reserved; without `allow_partial` a want gets all or nothing, and wants that
    say `together` get all of them or nothing. A reference that already holds pieces of the SKU gets these on top.
    As many queries for one order as for a hundred. `expires_at` is for carts and pending payments: what a placed
    order holds never expires by itself. `fresh` says that no reference can hold anything yet (a clash is an error),
    which is written faster. Raises BadInput for a quantity below 1.
    """
    if any(want.quantity < 1 for want in wants):
        raise BadInput(_("A quantity must be 1 or more."), field="quantity")
    if not wants:
        return []
    stocks = lock_skus([want.sku_id for want in wants], place)
    given = _decide(wants, {sku_id: row.free for sku_id, row in stocks.items()}, allow_partial)
    taken = [(want, stocks[want.sku_id], count) for want, count in zip(wants, given, strict=True) if count]
    _promise(taken, expires_at, fresh=fresh)
    changes = [
        Change((row.sku_id, row.place_id), Kind.RESERVE, reserved=count, reference=want.reference)
        for want, row, count in taken
    ]
    post(actor, changes, {(row.sku_id, row.place_id): row for row in stocks.values()})
    return [Reserved(w.reference, w.sku_id, n, w.quantity - n) for w, n in zip(wants, given, strict=True)]


def hold_still(sku_ids: Collection[int]) -> dict[int, int]:
    """Free pieces of each SKU where orders reserve; nobody changes them until the caller's transaction ends.

    For work that reserves more than once: all its SKUs are locked here, in order, before the first.
    """
    return {sku_id: row.free for sku_id, row in lock_skus(sku_ids, None).items()}


def _decide(wants: Sequence[Want], free: dict[int, int], allow_partial: bool) -> list[int]:
    """How many pieces each want gets; uses up `free`. A group is decided where its first want stands."""
    groups: dict[str, list[int]] = {}
    for i, want in enumerate(wants):
        groups.setdefault(f"+{want.together}" if want.together else f"#{i}", []).append(i)
    given = [0] * len(wants)
    for members in groups.values():
        if allow_partial and not wants[members[0]].together:
            shares = [min(wants[i].quantity, free.get(wants[i].sku_id, 0)) for i in members]
        else:
            shares = _all_or_nothing([wants[i] for i in members], free)
        for i, share in zip(members, shares, strict=True):
            given[i] = share
            if share:
                free[wants[i].sku_id] -= share
    return given


def _all_or_nothing(wants: Sequence[Want], free: dict[int, int]) -> list[int]:
    needed: dict[int, int] = {}
    for want in wants:
        needed[want.sku_id] = needed.get(want.sku_id, 0) + want.quantity
    enough = all(free.get(sku_id, 0) >= count for sku_id, count in needed.items())
    return [want.quantity if enough else 0 for want in wants]


_PROMISE = """
INSERT INTO inventory_reservation (reference, sku_id, place_id, quantity, expires_at, created_at) VALUES {rows}
ON CONFLICT (reference, sku_id, place_id)
DO UPDATE SET quantity = inventory_reservation.quantity + excluded.quantity, expires_at = excluded.expires_at
"""


_COLUMNS = ("reference", "sku_id", "place_id", "quantity", "expires_at")


def _promise(taken: Iterable[tuple[Want, Stock, int]], expires_at: dt.datetime | None, *, fresh: bool = False) -> None:
    """Add to the reservations of the references, in one statement."""
    sums: dict[tuple[str, int, int], int] = {}
    for want, row, count in taken:
        key = (want.reference, row.sku_id, row.place_id)
        sums[key] = sums.get(key, 0) + count
    if fresh:
        insert_rows(Reservation, _COLUMNS, [(*key, count, expires_at) for key, count in sums.items()])
        return
    adapt = connection.ops.adapt_datetimefield_value
    ends, now = adapt(expires_at), adapt(clock.now())
    rows = [(*key, count, ends, now) for key, count in sums.items()]
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(_PROMISE.format(rows=values), [value for row in part for value in row])


@transaction.atomic
def release(
    actor: Actor, references: Iterable[str], *, quantity: int | None = None, note: str = "", kind: Kind = Kind.RELEASE
) -> list[Taken]:
    """Let go what these references hold: all of it, or `quantity` pieces of each. Returns what was let go.

    A reference that holds nothing is passed over, so that releasing twice does no harm. With a quantity larger than
    what is held, all that is held goes.
    """
    held = Reservation.objects.filter(reference__in=list(references))
    rows, reservations = _locked_reservations(held)
    taken = list(_take(reservations, quantity))
    _shrink(taken)
    changes = [Change((r.sku_id, r.place_id), kind, reserved=-n, reference=r.reference, note=note) for r, n in taken]
    post(actor, changes, rows)
    return [Taken(r.reference, r.sku_id, r.place_id, n) for r, n in taken]


@transaction.atomic
def consume(actor: Actor, shipped: Iterable[tuple[str, int | None]], *, note: str = "") -> list[Taken]:
    """Goods left the house: what the references held is taken off the shelf; free pieces stay as they were.

    `shipped` pairs a reference with the pieces shipped, None for all it holds. Raises Refused, and nothing is done,
    if a reference holds fewer: what was not reserved cannot leave.
    """
    wanted = dict(shipped)
    rows, reservations = _locked_reservations(Reservation.objects.filter(reference__in=list(wanted)))
    taken = [pair for ref in wanted for pair in _take((r for r in reservations if r.reference == ref), wanted[ref])]
    for reference, count in wanted.items():
        held = sum(n for r, n in taken if r.reference == reference)
        if held == 0 or (count is not None and held < count):
            text = _("%(reference)s holds %(held)d reserved pieces, so %(count)s cannot be shipped.")
            raise Refused(text % {"reference": reference, "held": held, "count": count or "1"}, code="not_reserved")
    _shrink(taken)
    changes = [
        Change((r.sku_id, r.place_id), Kind.SHIP, on_hand=-n, reserved=-n, reference=r.reference, note=note)
        for r, n in taken
    ]
    post(actor, changes, rows)
    return [Taken(r.reference, r.sku_id, r.place_id, n) for r, n in taken]


@transaction.atomic
def put_back(actor: Actor, undone: Iterable[Want], *, note: str = "") -> list[Taken]:
    """What left a moment ago has not left after all: the opposite of `consume`, to where it was taken from.

    Each want is promised to its reference again. Raises Refused, and nothing is done, where the ledger does not say
    that so many pieces left under that reference.
    """
    wanted = {(want.reference, want.sku_id): want for want in undone}
    places = _left_from([want.reference for want in wanted.values()])
    keys = {(want.sku_id, places[key][0]) for key, want in wanted.items() if key in places}
    rows = lock(keys, create=True)
    changes = []
    for key, want in wanted.items():
        place_id, gone = places.get(key, (0, 0))
        if gone < want.quantity:
            raise Refused(_("%(reference)s has not left with so many pieces.") % {"reference": want.reference})
        changes.append(
            Change((want.sku_id, place_id), Kind.UNSHIP, on_hand=want.quantity, reserved=want.quantity,
                   reference=want.reference, note=note)
        )  # fmt: skip
    post(actor, changes, rows)
    _promise([(want, rows[c.key], want.quantity) for want, c in zip(wanted.values(), changes, strict=True)], None)
    return [Taken(c.reference, *c.key, c.on_hand) for c in changes]


def _left_from(references: Collection[str]) -> dict[tuple[str, int], tuple[int, int]]:
    """By reference and SKU: the place the goods left from last, and how many pieces are gone (less those put back)."""
    rows = Movement.objects.filter(reference__in=references, kind__in=[Kind.SHIP, Kind.UNSHIP]).order_by("id")
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for reference, sku_id, place_id, pieces in rows.values_list("reference", "sku_id", "place_id", "on_hand"):
        _place, gone = found.get((reference, sku_id), (place_id, 0))
        found[(reference, sku_id)] = (place_id, gone - pieces)
    return found


@transaction.atomic
def expire(actor: Actor, *, now: dt.datetime | None = None, limit: int = 200) -> list[Taken]:
    """Let go reservations whose time is over (carts, pending payments); at most `limit` in one transaction."""
    at = now or clock.now()
    due = Reservation.objects.filter(expires_at__lte=at).order_by("expires_at", "id")
    ids = list(due.values_list("id", flat=True)[:limit])
    # read again under the lock: a payment may have made the reservation permanent in between
    rows, reservations = _locked_reservations(Reservation.objects.filter(id__in=ids, expires_at__lte=at))
    taken = list(_take(reservations, None))
    _shrink(taken)
    changes = [Change((r.sku_id, r.place_id), Kind.EXPIRE, reserved=-n, reference=r.reference) for r, n in taken]
    post(actor, changes, rows)
    return [Taken(r.reference, r.sku_id, r.place_id, n) for r, n in taken]


@transaction.atomic
def keep(references: Iterable[str]) -> int:
    """Make reservations permanent: the payment came, the order is placed. Says how many there were."""
    _rows, reservations = _locked_reservations(Reservation.objects.filter(reference__in=list(references)))
    return Reservation.objects.filter(id__in=[r.pk for r in reservations]).update(expires_at=None)


def _locked_reservations(held: QuerySet[Reservation]) -> tuple[dict[Key, Stock], list[Reservation]]:
    """Lock the balances these reservations belong to, then read the reservations as they are under the lock."""
    keys = set(held.order_by().values_list("sku_id", "place_id"))
    rows = lock(keys)
    reservations = [r for r in held.order_by("sku_id", "place_id", "id") if (r.sku_id, r.place_id) in rows]
    return rows, reservations


def _take(reservations: Iterable[Reservation], quantity: int | None) -> Iterator[tuple[Reservation, int]]:
    """Up to `quantity` pieces from each reference, or all."""
    left: dict[str, int] = {}
    for reservation in reservations:
        rest = left.get(reservation.reference, reservation.quantity if quantity is None else quantity)
        count = reservation.quantity if quantity is None else min(rest, reservation.quantity)
        left[reservation.reference] = rest - count
        if count > 0:
            yield reservation, count


def _shrink(taken: Sequence[tuple[Reservation, int]]) -> None:
    gone = [r.pk for r, n in taken if r.quantity == n]
    if gone:
        Reservation.objects.filter(pk__in=gone).delete()
    for reservation, count in taken:
        if reservation.quantity > count:
            changed = Reservation.objects.filter(Q(pk=reservation.pk, quantity__gt=count))
            changed.update(quantity=F("quantity") - count)
