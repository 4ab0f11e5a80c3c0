"""検品 (T14, SHP-72, R69): each piece is scanned; a wrong, surplus or unknown one and a stopped order are refused.

A scan never raises for what a packer can do wrong: it answers, and the answer is logged with the code as it came.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.events import ShipmentChanged
from akinai.backoffice.fulfillment.models import Batch, ScanLog, Shipment, ShipmentLine
from akinai.backoffice.fulfillment.scanning import expected_line, matching
from akinai.backoffice.fulfillment.states import SCANNABLE, Scan
from akinai.backoffice.fulfillment.types.inspection import TAKEN, ScanResult
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Stage
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, BadInput, Refused, Sentence
from akinai.foundation.core.text import mask_cards
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import sku_by_scan
from akinai.shop.stores import settings

from .locking import change, lock, require_stage, tell_order, what_blocks
from .packing import mark_packed

LONGEST_CODE = 100


def start_picking(actor: Actor, *, batch_id: int) -> int:
    """Say that a batch is being fetched from the shelves; returns how many shipments moved on."""
    moved = 0
    ids = Shipment.objects.filter(batch_id=batch_id, stage=Stage.INSTRUCTED).order_by("order_id")
    for pk in ids.values_list("pk", flat=True):
        try:
            moved += _start(actor, pk)
        except AkinaiError:
            continue
    if moved:
        audit.record(actor, "fulfillment.start_picking", Batch(pk=batch_id).subject, detail={"shipments": moved})
    return moved


@transaction.atomic
def _start(actor: Actor, shipment_id: int) -> int:
    _order, shipment = lock(shipment_id)
    if shipment.stage != Stage.INSTRUCTED:
        return 0
    change(shipment, stage=Stage.PICKING)
    tell_order(actor, shipment.order_id)
    return 1


@transaction.atomic
def scan(actor: Actor, *, shipment_id: int, code: str, take_over: bool = False) -> ScanResult:
    """Count one piece of a box by its JAN or SKU code (SHP-72). The last one makes the shipment inspected.

    Stopped orders are refused (ORD-12), and boxes another person inspects unless `take_over`. Raises NotFound only.
    """
    order, shipment = lock(shipment_id)
    code = code.strip()[:LONGEST_CODE]
    refusal = _box_refuses(actor, order, shipment, code, take_over=take_over)
    if refusal is not None:
        return refusal
    lines = lines_of(shipment)
    fitting = matching(lines, code)
    if not fitting:
        return _not_in_this_box(actor, shipment, lines, code)
    line = next((x for x in fitting if x.left > 0), None)
    if line is None or not _count(line, 1):
        title = _("Too many")
        detail = _("%(name)s is complete. Put this one back.") % {"name": fitting[0].sku.title}
        return _answer(actor, shipment, lines, Scan.TOO_MANY, code, title, detail, line=fitting[0], sku=fitting[0].sku)
    return _counted(actor, shipment, lines, line, code, 1)


@transaction.atomic
def enter_count(actor: Actor, *, shipment_id: int, line_id: int, counted: int, take_over: bool = False) -> ScanResult:
    """Set how many pieces of a line are in the box without scanning each (needs fulfillment.count).

    Raises BadInput for a line of another box or a negative number; more than wanted is answered as too many.
    """
    order, shipment = lock(shipment_id)
    code = f"={counted}"
    refusal = _box_refuses(actor, order, shipment, code, take_over=take_over)
    if refusal is not None:
        return refusal
    lines = lines_of(shipment)
    line = next((x for x in lines if x.pk == line_id), None)
    if line is None or counted < 0:
        raise BadInput(_("Choose an item of this box and enter how many there are."), field="counted")
    if counted > line.pieces:
        title = _("Too many")
        detail = _("Only %(count)d of %(name)s belong in this box.") % {"count": line.pieces, "name": line.sku.title}
        return _answer(actor, shipment, lines, Scan.TOO_MANY, code, title, detail, line=line, sku=line.sku)
    step = counted - line.scanned
    ShipmentLine.objects.filter(pk=line.pk).update(scanned=counted)
    line.scanned = counted
    audit.record(actor, "fulfillment.enter_count", shipment.subject, detail={"sku": line.sku.code, "counted": counted})
    return _counted(actor, shipment, lines, line, code, step)


@transaction.atomic
def undo_scan(actor: Actor, *, shipment_id: int) -> ScanResult:
    """Take the last counted piece back (Backspace); a box that was complete is open again. Refused once it has left."""
    _order, shipment = lock(shipment_id)
    require_stage(shipment, [*SCANNABLE, Stage.INSPECTED, Stage.PACKED])
    last = _last_counted(shipment)
    if last is None or last.line_id is None:
        raise Refused(_("Nothing has been scanned yet."))
    ShipmentLine.objects.filter(pk=last.line_id).update(scanned=F("scanned") - last.quantity)
    _reopen(actor, shipment)
    lines = lines_of(shipment)
    line = next(x for x in lines if x.pk == last.line_id)
    title, detail = _("Taken back"), _("%(name)s: now %(count)d.") % {"name": line.sku.title, "count": line.scanned}
    return _answer(
        actor, shipment, lines, Scan.UNDONE, last.code, title, detail, line=line, sku=line.sku, quantity=-last.quantity
    )


@transaction.atomic
def undo_inspection(actor: Actor, *, shipment_id: int, reason: str) -> Shipment:
    """Empty the box and begin again: every count back to zero. Refused once it has left; needs a reason."""
    if not reason.strip():
        raise BadInput(_("Write why the box is inspected again."), field="reason")
    _order, shipment = lock(shipment_id)
    require_stage(shipment, [*SCANNABLE, Stage.INSPECTED, Stage.PACKED])
    for line in lines_of(shipment):
        if line.scanned:
            _log(actor, shipment, Scan.UNDONE, RESET, line=line, sku=line.sku, quantity=-line.scanned, note=reason)
    shipment.lines.update(scanned=0)
    _reopen(actor, shipment, claim="")
    audit.record(actor, "fulfillment.undo_inspection", shipment.subject, reason=reason)
    return shipment


@transaction.atomic
def pass_inspection(actor: Actor, *, shipment_id: int, reason: str) -> Shipment:
    """Let a box through although not everything was scanned (R69, needs fulfillment.override); the reason is kept.

    Refused for stopped orders (ORD-12): no permission opens those.
    """
    if not reason.strip():
        raise BadInput(_("Write why this box may pass without a scan."), field="reason")
    order, shipment = lock(shipment_id)
    require_stage(shipment, SCANNABLE)
    reasons = what_blocks(order)
    if reasons:
        raise Refused(reasons)
    change(shipment, override_reason=mask_cards(reason.strip()))
    _log(actor, shipment, Scan.PASSED, "", note=reason)
    audit.record(actor, "fulfillment.pass_inspection", shipment.subject, reason=reason)
    _finish(actor, shipment)
    return shipment


#: The code under which an emptied box is logged: taking back stops there.
RESET = "reset"


def lines_of(shipment: Shipment) -> list[ShipmentLine]:
    """The lines of a box in the order of the order."""
    return list(shipment.lines.select_related("sku__product", "order_line").order_by("order_line__number"))


def _box_refuses(actor: Actor, order: Order, shipment: Shipment, code: str, *, take_over: bool) -> ScanResult | None:
    """A stop (ORD-12), a box that is not to be inspected, or one that somebody else has on the table."""
    blocking: Sequence[Sentence] = ()
    if shipment.stage == Stage.VOID:
        blocking = [_("The papers of this shipment are void: %(why)s") % {"why": shipment.void_reason}]
    elif shipment.stage in (Stage.SHIPPED, Stage.DELIVERED, Stage.RETURNING, Stage.RETURNED):
        blocking = [_("This shipment has left already.")]
    elif shipment.stage == Stage.PLANNED:
        blocking = [_("The papers of this shipment are not printed yet.")]
    else:
        blocking = what_blocks(order)
    if blocking:
        title, detail = _("Stop. Do not ship"), " ".join(str(b) for b in blocking)
        return _answer(actor, shipment, lines_of(shipment), Scan.STOPPED, code, title, detail, reasons=tuple(blocking))
    holder = shipment.inspecting_by
    if holder and holder != actor.key and shipment.stage in SCANNABLE and not take_over:
        who = {"name": shipment.inspecting_by_label or holder}
        detail = _("%(name)s has this box on the table. Scan another one, or take it over.") % who
        return ScanResult(TAKEN, code, _("Somebody else inspects this box"), detail)
    return None


def _not_in_this_box(actor: Actor, shipment: Shipment, lines: list[ShipmentLine], code: str) -> ScanResult:
    wanted = expected_line(lines, _last_line(shipment))
    sku = sku_by_scan(code)
    if sku is None:
        title = _("Unknown code")
        detail = _("Nobody knows %(code)s. Is it the bar code of the goods?") % {"code": code or "-"}
        return _answer(actor, shipment, lines, Scan.UNKNOWN, code, title, detail, line=wanted)
    title = _("Wrong item")
    words = {
        "wrong": sku.title,
        "right": wanted.sku.title if wanted else "",
        "shelf": wanted.sku.shelf if wanted else "",
    }
    if wanted is None:
        detail = _("This box is complete. Take “%(wrong)s” out.") % words
    elif wanted.sku.shelf:
        detail = _("Take “%(wrong)s” out and scan “%(right)s” from shelf %(shelf)s.") % words
    else:
        detail = _("Take “%(wrong)s” out and scan “%(right)s”.") % words
    return _answer(actor, shipment, lines, Scan.WRONG_ITEM, code, title, detail, line=wanted, sku=sku)


def _count(line: ShipmentLine, pieces: int) -> bool:
    """Count pieces of a line if they still fit; the condition is in the UPDATE."""
    rows = ShipmentLine.objects.filter(pk=line.pk, scanned__lte=F("pieces") - pieces)
    if rows.update(scanned=F("scanned") + pieces) != 1:
        return False
    line.scanned += pieces
    return True


def _counted(
    actor: Actor, shipment: Shipment, lines: list[ShipmentLine], line: ShipmentLine, code: str, step: int
) -> ScanResult:
    """A right piece: claim the box, move its stage on, and say what is left."""
    left = sum(x.left for x in lines)
    was = shipment.stage
    change(shipment, inspecting_by=actor.key, inspecting_by_label=actor.label)
    if left == 0 and was in SCANNABLE:
        _finish(actor, shipment)
    elif was == Stage.INSTRUCTED:
        change(shipment, stage=Stage.PICKING)
        tell_order(actor, shipment.order_id)
    elif left and was in (Stage.INSPECTED, Stage.PACKED):
        _reopen(actor, shipment)
    if left == 0:
        title, detail = _("Everything is in"), _("Close the box and scan the next slip.")
    elif line.left:
        title = _("Right")
        detail = ngettext(
            "%(count)d more of it. Go on scanning.", "%(count)d more of it. Go on scanning.", line.left
        ) % {"count": line.left}
    else:
        title, detail = _("Right"), _next_item(lines)
    return _answer(actor, shipment, lines, Scan.OK, code, title, detail, line=line, sku=line.sku, quantity=step)


def _next_item(lines: list[ShipmentLine]) -> str:
    """Which item to take next, and from which shelf."""
    wanted = expected_line(lines)
    if wanted is None:
        return ""
    words = {"name": wanted.sku.title, "shelf": wanted.sku.shelf}
    if wanted.sku.shelf:
        return _("Next: “%(name)s” from shelf %(shelf)s.") % words
    return _("Next: “%(name)s”.") % words


def _finish(actor: Actor, shipment: Shipment) -> None:
    """Inspected; packed as well where the shop says so."""
    change(shipment, stage=Stage.INSPECTED, inspected_at=clock.now(), inspected_by=actor.key)
    audit.record(actor, "fulfillment.inspected", shipment.subject)
    if settings.value(declared.PACK_WITH_INSPECTION):
        mark_packed(actor, shipment, parcels=shipment.parcels)
    tell_order(actor, shipment.order_id)
    changed = ShipmentChanged(shipment.pk, shipment.order_id, shipment.number, what="inspected")
    events.emit(changed, actor=actor)


def _reopen(actor: Actor, shipment: Shipment, claim: str | None = None) -> None:
    """Back on the table. `claim` names who holds the box then; None leaves it."""
    fields: dict[str, object] = {"stage": Stage.PICKING, "inspected_at": None, "inspected_by": ""}
    fields |= {"packed_at": None, "packed_by": "", "override_reason": ""}
    if claim is not None:
        fields |= {"inspecting_by": claim, "inspecting_by_label": ""}
    was = shipment.stage
    change(shipment, **fields)
    if was != Stage.PICKING:
        tell_order(actor, shipment.order_id)
        changed = ShipmentChanged(shipment.pk, shipment.order_id, shipment.number, what="undone")
        events.emit(changed, actor=actor)


def _last_counted(shipment: Shipment) -> ScanLog | None:
    """The last count that was not taken back yet, since the box was last emptied."""
    taken_back = 0
    rows = shipment.scans.filter(result__in=[Scan.OK, Scan.UNDONE]).order_by("-id")
    for entry in rows.iterator(chunk_size=100):
        if entry.code == RESET and entry.result == Scan.UNDONE:
            return None
        if entry.result == Scan.UNDONE:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        else:
            return entry
    return None


def _last_line(shipment: Shipment) -> int | None:
    """The line counted last: what the packer has in hand."""
    rows = shipment.scans.filter(result=Scan.OK).order_by("-id")
    return rows.values_list("line_id", flat=True).first()


def _answer(
    actor: Actor,
    shipment: Shipment,
    lines: list[ShipmentLine],
    result: Scan,
    code: str,
    title: str,
    detail: str,
    *,
    line: ShipmentLine | None = None,
    sku: Sku | None = None,
    quantity: int = 0,
    reasons: tuple[Sentence, ...] = (),
) -> ScanResult:
    """Log what was scanned and make the answer of it."""
    _log(actor, shipment, result, code, line=line, sku=sku, quantity=quantity)
    left = sum(x.left for x in lines)
    return ScanResult(
        result.value, code, title, detail, line_id=line.pk if line else None, sku_id=sku.pk if sku else None,
        left=left, is_complete=left == 0 or bool(shipment.override_reason), reasons=reasons,
    )  # fmt: skip


def _log(
    actor: Actor,
    shipment: Shipment,
    result: Scan,
    code: str,
    *,
    line: ShipmentLine | None = None,
    sku: Sku | None = None,
    quantity: int = 0,
    note: str = "",
) -> None:
    ScanLog.objects.create(
        shipment=shipment, actor=actor.key, actor_label=actor.label, code=code, result=result, line=line, sku=sku,
        quantity=quantity, note=mask_cards(note),
    )  # fmt: skip
