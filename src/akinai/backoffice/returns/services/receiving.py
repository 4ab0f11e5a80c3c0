"""返品検品 (T25, ORD-73): what came back, what it is worth, and where it goes. Nothing becomes stock uninspected."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.services import note_returned
from akinai.backoffice.fulfillment.states import UNDER_WAY
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.models import Place
from akinai.backoffice.inventory.states import PlaceKind
from akinai.backoffice.inventory.states import Reason as StockReason
from akinai.backoffice.orders.models import Order
from akinai.backoffice.returns.events import CaseReceived
from akinai.backoffice.returns.models import Case, CaseLine, Claim, Inspection
from akinai.backoffice.returns.states import EXPECTING, ClaimKind, ClaimState, Kind, Result, State
from akinai.backoffice.returns.types import Found
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.shop.catalog.models import Sku

from .listing import propose_listing
from .locking import change, key_of, lock, note, require_state, tell_order
from .opening import returnable
from .reversing import reverse_unpaid

SUPPLIER_PLACE = "supplier-returns"


@transaction.atomic
def receive(actor: Actor, *, case_id: int, found: Sequence[Found], key: str, seen_version: int | None = None) -> Case:
    """Write down what inspection found (T25): A goes back to the shelf, B becomes an outlet article, C is written off,
    D waits for the supplier.

    `key` is the form's: the same one again changes nothing (R94). A whole parcel that is back is told to `fulfillment`;
    with the last item the case is received, and a sale that was not paid is reversed (ORD-76). Raises BadInput for what
    cannot be, Refused with every failed guard. Emits CaseReceived once all is back.
    """
    if not found:
        raise BadInput(_("Say what came back, and how it is."), field="found")
    order, case = lock(case_id)
    if Inspection.objects.filter(key__startswith=f"{case.pk}:{key}:").exists():
        return case
    if seen_version is not None and case.version != seen_version:
        order, case = lock(case_id, seen_version=seen_version)
    require_state(case, EXPECTING)
    lines = {x.pk: x for x in case.lines.select_related("order_line__sku__product")}
    _check(found, lines)
    if case.kind == Kind.COMPLAINT:
        _check_left(order, found, lines)
    for number, one in enumerate(found):
        _put_away(actor, case, lines[one.line_id], one, f"{case.pk}:{key}:{number}")
    _parcel_is_back(actor, case)
    told = [[lines[f.line_id].order_line.number, f.result, f.quantity] for f in found]
    note(actor, case, "receive", detail={"found": told})
    if all(not line.missing for line in case.lines.all()):
        _finish(actor, order, case)
    else:
        change(case)
    return case


@transaction.atomic
def finish_receiving(actor: Actor, *, case_id: int, reason: str) -> Case:
    """No more will come: the case goes on with what is back. Raises BadInput without a reason, Refused for nothing."""
    if not reason.strip():
        raise BadInput(_("Write why the rest is not awaited."), field="reason")
    order, case = lock(case_id)
    require_state(case, EXPECTING)
    if not case.lines.filter(received__gt=0).exists():
        raise Refused(_("Nothing has come back yet."))
    case.lines.filter(received=0).delete()
    case.lines.update(quantity=F("received"))
    note(actor, case, "finish", reason=reason)
    _finish(actor, order, case)
    return case


def _check(found: Sequence[Found], lines: dict[int, CaseLine]) -> None:
    """Raise Refused unless each line can have come back so often and may go where it is sent."""
    reasons: list[Sentence] = []
    counts: dict[int, int] = {}
    for one in found:
        if one.line_id not in lines or one.result not in Result.values or one.quantity < 1:
            raise BadInput(_("Choose a line, a result and how many."), field="found")
        counts[one.line_id] = counts.get(one.line_id, 0) + one.quantity
        reasons += _result_obstacles(lines[one.line_id], one)
    for pk, count in counts.items():
        if count > lines[pk].missing:
            told = {"name": lines[pk].order_line.name, "count": lines[pk].missing}
            reasons.append(_("%(name)s: only %(count)d are awaited.") % told)
    if reasons:
        raise Refused(reasons)


def _check_left(order: Order, found: Sequence[Found], lines: dict[int, CaseLine]) -> None:
    """Goods of a complaint may have gone into another case meanwhile; no piece comes back twice (TAX-52)."""
    left = returnable(order)
    for one in found:
        line = lines[one.line_id].order_line
        left[line.pk] = left.get(line.pk, 0) - one.quantity
        if left[line.pk] < 0:
            raise Refused(_("%(name)s: all of it is in other cases already.") % {"name": line.name})


def _result_obstacles(line: CaseLine, one: Found) -> list[Sentence]:
    sku, name = line.order_line.sku, line.order_line.name
    if sku is None:
        return [_("%(name)s: the article is not known here.") % {"name": name}]
    if one.result == Result.RESELL and sku.product.never_resell:
        return [_("%(name)s is never sold again once it came back. Choose B, C or D.") % {"name": name}]
    if one.result == Result.OUTLET and (one.sku.strip() == sku.code or not _outlet(one.sku)):
        return [_("%(name)s: enter the SKU code under which it is sold as outlet.") % {"name": name}]
    return []


def _outlet(code: str) -> Sku | None:
    return Sku.objects.filter(code=code.strip()).first() if code.strip() else None


def _put_away(actor: Actor, case: Case, line: CaseLine, one: Found, key: str) -> None:
    """One result into stock and log. What is scrapped comes in and goes out again, so that the ledger tells both."""
    sku = line.order_line.sku
    assert sku is not None  # _check has seen to it
    target = (_outlet(one.sku) or sku) if one.result == Result.OUTLET else sku
    pieces = one.quantity * line.order_line.units_per_item
    place = supplier_place() if one.result == Result.SUPPLIER else None
    inventory.receive(
        actor, sku_id=target.pk, quantity=pieces, reason=StockReason.RETURN, note=one.note, place=place,
        reference=f"{case.number}/{line.order_line.number}",
    )  # fmt: skip
    if one.result == Result.SCRAP:
        inventory.adjust(actor, sku_id=target.pk, delta=-pieces, reason=StockReason.DAMAGE, note=case.number)
    CaseLine.objects.filter(pk=line.pk).update(received=F("received") + one.quantity)
    Inspection.objects.create(
        line=line, result=one.result, quantity=one.quantity, pieces=pieces, sku=target, key=key, note=one.note[:255],
        by=actor.key, by_label=actor.label,
    )  # fmt: skip


def supplier_place() -> Place:
    """Where goods wait that go back to their supplier; nothing is promised from there. Made on first use."""
    name = _("To be sent back to suppliers")
    place, _made = Place.objects.get_or_create(code=SUPPLIER_PLACE, defaults={"name": name, "kind": PlaceKind.RETURNS})
    return place


def _parcel_is_back(actor: Actor, case: Case) -> None:
    if case.kind == Kind.NON_DELIVERY and case.shipment is not None and case.shipment.stage in UNDER_WAY:
        note_returned(actor, shipment_id=case.shipment.pk)


def _finish(actor: Actor, order: Order, case: Case) -> None:
    """All is back: the bill for not sending it is waived, an unpaid sale is reversed, a person settles the rest."""
    change(case, state=State.RECEIVED, received_at=clock.now())
    Claim.objects.filter(case=case, kind=ClaimKind.GOODS, state=ClaimState.OPEN).update(
        state=ClaimState.WAIVED, settled_at=clock.now(), settled_by=actor.key
    )
    if case.child_id is not None:
        tell_order(actor, case.child_id)
    if case.kind == Kind.NON_DELIVERY:
        reverse_unpaid(actor, order, case)
        propose_listing(actor, order, case)
    tell_order(actor, order.pk)
    events.emit(CaseReceived(*key_of(case)), actor=actor)
