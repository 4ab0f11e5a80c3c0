"""Stock work by hand: goods in, corrections, blocking, moving between places. Every change has a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.inventory import selectors
from akinai.backoffice.inventory.errors import HeldByOrders, NotEnough
from akinai.backoffice.inventory.ledger import Change, Key, default_place, lock, newest, post
from akinai.backoffice.inventory.models import Movement, Place, Stock
from akinai.backoffice.inventory.states import Kind, Reason
from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.shop.catalog.models import Sku

#: more than this in one go is a slip of the finger or a scanned code in the quantity field
MOST = 10_000_000


@transaction.atomic
def receive(
    actor: Actor,
    *,
    sku_id: int,
    quantity: int,
    reason: Reason = Reason.PURCHASE,
    note: str = "",
    place: Place | None = None,
    reference: str = "",
) -> Movement:
    """Goods came in: on hand grows by `quantity` pieces. Raises BadInput for a quantity below 1.

    Callers that face people use `orders.services.receive_stock`, which serves waiting orders in the same transaction.
    """
    _check(quantity)
    key, row = _row(sku_id, place)
    change = Change(key, Kind.RECEIVE, on_hand=quantity, reason=reason, note=note, reference=reference)
    return _do(actor, change, row)


@transaction.atomic
def adjust(
    actor: Actor,
    *,
    sku_id: int,
    delta: int | None = None,
    counted: int | None = None,
    reason: Reason,
    note: str = "",
    place: Place | None = None,
) -> Movement | None:
    """Correct what is on hand, by `delta` pieces or to what was `counted`. None if nothing changes.

    Raises HeldByOrders when fewer would be left than are reserved and blocked; it names who holds them.
    `orders.services.correct_stock` releases them first where that may be done.
    """
    if (delta is None) == (counted is None):
        raise BadInput(_("Give either the difference or the counted number."), field="counted")
    if counted is not None and not 0 <= counted <= MOST:
        raise BadInput(_("A counted number is 0 or more."), field="counted")
    key, row = _row(sku_id, place)
    change = delta if counted is None else counted - row.on_hand
    assert change is not None
    if abs(change) > MOST:
        raise BadInput(_("That is too many pieces."), field="delta")
    missing = row.reserved + row.blocked - (row.on_hand + change)
    if missing > 0:
        raise _held(sku_id, row, missing)
    if change == 0:
        return None
    return _do(actor, Change(key, Kind.ADJUST, on_hand=change, reason=reason, note=note), row)


def shortage(*, sku_id: int, counted: int, place: Place | None = None) -> HeldByOrders | None:
    """What stands against `counted` pieces on hand: who holds how many too many, or None.

    Locks the balance until the caller's transaction ends, so that the answer stays true. Raises BadInput for a number
    that cannot be.
    """
    if not 0 <= counted <= MOST:
        raise BadInput(_("A counted number is 0 or more."), field="counted")
    _key, row = _row(sku_id, place)
    missing = row.reserved + row.blocked - counted
    if missing <= 0:
        return None
    return _held(sku_id, row, missing)


def _held(sku_id: int, row: Stock, missing: int) -> HeldByOrders:
    holders = selectors.holders(sku_id, place_id=row.place_id)
    return HeldByOrders(_code(sku_id), missing=missing, holders=holders, blocked=row.blocked)


@transaction.atomic
def block(
    actor: Actor,
    *,
    sku_id: int,
    quantity: int,
    reason: Reason = Reason.DAMAGE,
    note: str = "",
    place: Place | None = None,
) -> Movement:
    """Set free pieces aside: damaged, quarantined, under count. Raises NotEnough when fewer are free."""
    _check(quantity)
    key, row = _row(sku_id, place)
    if row.free < quantity:
        raise NotEnough(_code(sku_id), wanted=quantity, free=row.free)
    return _do(actor, Change(key, Kind.BLOCK, blocked=quantity, reason=reason, note=note), row)


@transaction.atomic
def unblock(
    actor: Actor,
    *,
    sku_id: int,
    quantity: int,
    reason: Reason = Reason.INSPECTION,
    note: str = "",
    place: Place | None = None,
) -> Movement:
    """Pieces that were set aside are good after all. Raises BadInput when fewer are blocked."""
    _check(quantity)
    key, row = _row(sku_id, place)
    if row.blocked < quantity:
        raise BadInput(_("Only %(count)d pieces are blocked.") % {"count": row.blocked}, field="quantity")
    return _do(actor, Change(key, Kind.UNBLOCK, blocked=-quantity, reason=reason, note=note), row)


@transaction.atomic
def transfer(
    actor: Actor, *, sku_id: int, quantity: int, source: Place, target: Place, note: str = ""
) -> tuple[Movement, Movement]:
    """Move free pieces from one place to another. Raises NotEnough when fewer are free at the source."""
    _check(quantity)
    if source.pk == target.pk:
        raise BadInput(_("Choose two different places."), field="target")
    out, into = (sku_id, source.pk), (sku_id, target.pk)
    rows = lock({out, into}, create=True)
    if rows[out].free < quantity:
        raise NotEnough(_code(sku_id), wanted=quantity, free=rows[out].free)
    changes = [
        Change(out, Kind.TRANSFER_OUT, on_hand=-quantity, note=note),
        Change(into, Kind.TRANSFER_IN, on_hand=quantity, note=note),
    ]
    post(actor, changes, rows)
    detail = {"quantity": quantity, "from": source.code, "to": target.code}
    audit.record(actor, "inventory.transfer", f"sku:{sku_id}", detail=detail, reason=note)
    return newest(out), newest(into)


def _do(actor: Actor, change: Change, row: Stock) -> Movement:
    """One change by a person: into the ledger, and into the list of deeds."""
    post(actor, [change], {change.key: row})
    detail = {"on_hand": change.on_hand, "blocked": change.blocked, "reason": str(change.reason)}
    audit.record(actor, f"inventory.{change.kind.value}", f"sku:{change.key[0]}", detail=detail, reason=change.note)
    return newest(change.key)


def _check(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise BadInput(_("A quantity must be 1 or more."), field="quantity")


def _row(sku_id: int, place: Place | None) -> tuple[Key, Stock]:
    key = (sku_id, (place or default_place()).pk)
    return key, lock({key}, create=True)[key]


def _code(sku_id: int) -> str:
    return Sku.objects.values_list("code", flat=True).get(pk=sku_id)
