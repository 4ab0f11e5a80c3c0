"""引当振替: goods promised to one order are given to another (T11); a manager's decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.events import MailDraftRequested, OrderChanged
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import Cancel, Check
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Conflict, NotFound, Refused, Sentence
from akinai.shop.catalog.models import Sku

from .guarding import changes_since, lock
from .lines import reference
from .reasons import open_reason
from .refreshing import refresh
from .stocking import fill


@dataclass(frozen=True, slots=True)
class Moved:
    """What a re-allocation came to: both orders, and the pieces of the SKU that the donor gave."""

    order: Order
    donor: Order
    pieces: int


@transaction.atomic
def reallocate(
    actor: Actor,
    *,
    order_id: int,
    donor_id: int,
    sku_id: int,
    reason: str,
    offer_mail: bool = True,
    seen_version: int | None = None,
) -> Moved:
    """Give goods of a SKU that are set aside for `donor_id` to `order_id`, as many as that one is short of (T11).

    The donor must have no papers out and nothing sent; it becomes short, which a person must see (STOCKOUT), and with
    `offer_mail` a notice of the delay (M09) is drafted if it was accepted. Raises BadInput without a reason, Refused
    with every guard that failed, Conflict if the order changed since `seen_version`. Emits OrderChanged for both.
    """
    if not reason.strip():
        raise BadInput(_("Write why the goods go to another order."), field="reason")
    if order_id == donor_id:
        raise BadInput(_("Choose another order."), field="donor")
    both = {order.pk: order for order in lock([order_id, donor_id])}
    if len(both) != 2 or not Sku.objects.filter(pk=sku_id).exists():
        raise NotFound(_("There is no such order."))
    order, donor = both[order_id], both[donor_id]
    if seen_version is not None and order.version != seen_version:
        raise Conflict(
            _("Somebody else updated this order. Look at it again."), changes=changes_since(order, seen_version)
        )
    inventory.hold_still([sku_id])
    wanted, held = _short(order, sku_id), _held(donor, sku_id)
    obstacles = _obstacles(order, donor, wanted, held)
    if obstacles:
        raise Refused(obstacles)
    pieces = _give(actor, donor, held, sum(line.short * line.units_per_item for line in wanted))
    fill(actor, [order], only={sku_id})
    Order.objects.filter(pk__in=both).update(version=F("version") + 1)
    _tell(actor, order, donor, sku_id, pieces, reason, offer_mail=offer_mail)
    refresh(actor, [order, donor])
    return Moved(order, donor, pieces)


def _short(order: Order, sku_id: int) -> list[OrderLine]:
    return [line for line in order.lines.filter(sku_id=sku_id) if line.short > 0]


def _held(donor: Order, sku_id: int) -> list[OrderLine]:
    return list(donor.lines.filter(sku_id=sku_id, allocated__gt=0).order_by("-number"))


def _obstacles(order: Order, donor: Order, wanted: list[OrderLine], held: list[OrderLine]) -> list[Sentence]:
    found: list[Sentence] = []
    for one in (order, donor):
        if one.cancel == Cancel.CANCELLED or one.is_history:
            found.append(_("%(number)s is over.") % {"number": one.number})
    if donor.in_work:
        found.append(
            _("The papers of %(number)s are printed. Pull its shipment back first.") % {"number": donor.number}
        )
    if not wanted:
        found.append(_("%(number)s is not short of these goods.") % {"number": order.number})
    if not held:
        found.append(_("Nothing of these goods is set aside for %(number)s.") % {"number": donor.number})
    return found


def _give(actor: Actor, donor: Order, held: list[OrderLine], pieces: int) -> int:
    """Let go whole items of the donor until so many pieces are free; its lines become short."""
    freed, short = 0, []
    for line in held:
        if freed >= pieces:
            break
        items = min(line.allocated, -(-(pieces - freed) // line.units_per_item))
        inventory.release(actor, [reference(donor, line)], quantity=items * line.units_per_item)
        OrderLine.objects.filter(pk=line.pk).update(allocated=F("allocated") - items)
        freed += items * line.units_per_item
        if not line.short_told:
            short.append([line.number, line.short + items])
    if short:
        open_reason(actor, donor, Check.STOCKOUT, {"lines": short})
    return freed


def _tell(actor: Actor, order: Order, donor: Order, sku_id: int, pieces: int, reason: str, *, offer_mail: bool) -> None:
    for one, other, action in ((order, donor, "orders.took_stock"), (donor, order, "orders.gave_stock")):
        detail = {"sku": sku_id, "pieces": pieces, "other": other.number}
        audit.record(actor, action, one.subject, detail=detail, reason=reason)
    changed = [OrderChanged(one.pk, one.number, one.edition, what="stock") for one in (order, donor)]
    events.emit(*changed, actor=actor)
    if offer_mail and donor.accepted_at is not None:
        asked = MailDraftRequested(donor.pk, donor.number, donor.edition, kind="M09")
        events.emit(asked, actor=actor)
