"""出荷指示 (T13): papers for orders in 出荷待ち, each order in its own transaction and with its own answer (ORD-33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.cod import Cod, CodOrder, amount_at_the_door
from akinai.backoffice.fulfillment.events import ShipmentInstructed
from akinai.backoffice.fulfillment.models import Batch, Bundle, Shipment
from akinai.backoffice.fulfillment.states import BatchState, BundleState
from akinai.backoffice.fulfillment.sums import goods_of
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import Blocker
from akinai.backoffice.orders.services.bulk import one_by_one
from akinai.backoffice.orders.states import Check, Stage
from akinai.backoffice.orders.types import BulkResult
from akinai.backoffice.orders.wording import sentence
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import digits
from akinai.foundation.jobs import enqueue
from akinai.shop.stores import settings
from akinai.shop.terms import declared, windows
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.fees import cod_obstacles
from akinai.shop.terms.states import MethodKind
from akinai.shop.terms.types import Service

from .locking import stages_of, what_blocks
from .parting import end_parts_if_whole, later_fees
from .planning import in_work, plan
from .together import bundle_of, of_order, take_together

SHIP_TO = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")
#: How often a batch number is tried when several people make batches at the same moment.
TRIES = 5
PRINT_TASK = "fulfillment.print_batch"
INSTRUCT_TASK = "fulfillment.instruct_batch"


@dataclass(frozen=True)
class Instructed:
    """What became of a batch: None if no order could be printed; `results` order by order."""

    batch: Batch | None
    results: list[BulkResult] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(result.done for result in self.results)


def make_batch(
    actor: Actor,
    *,
    order_ids: Sequence[int] = (),
    shipment_ids: Sequence[int] = (),
    ship_on: dt.date | None = None,
    papers: bool = True,
) -> Instructed:
    """Print the papers of these orders (or of the orders of these planned shipments) as one batch (T13).

    `ship_on` (JST, not before today) is the ship date on papers and labels. With `papers` a job makes the lists and
    delivery notes. Raises BadInput for a date that is over.
    """
    wanted = _orders_of(order_ids, shipment_ids)
    batch = open_batch(actor, ship_on=ship_on)
    results = instruct_orders(actor, batch=batch, order_ids=wanted)
    if not any(result.done for result in results):
        Batch.objects.filter(pk=batch.pk).delete()
        return Instructed(None, results)
    if papers:
        print_again(actor, batch_id=batch.pk)
    batch.refresh_from_db()
    return Instructed(batch, results)


def make_batch_later(actor: Actor, *, order_ids: Sequence[int], ship_on: dt.date | None = None) -> Batch:
    """The same as a job with progress, for many orders: the batch is there at once, its shipments follow."""
    with transaction.atomic():
        batch = open_batch(actor, ship_on=ship_on)
        args = {"batch_id": batch.pk, "order_ids": list(order_ids), "by": actor.key, "label": actor.label}
        batch.job_id = enqueue(INSTRUCT_TASK, args=args, actor=actor).pk
        batch.save(update_fields=["job_id"])
    return batch


def _orders_of(order_ids: Sequence[int], shipment_ids: Sequence[int]) -> list[int]:
    found = list(dict.fromkeys(order_ids))
    if shipment_ids:
        found += list(Shipment.objects.filter(pk__in=shipment_ids).values_list("order_id", flat=True))
    rows = Order.objects.filter(pk__in=found).order_by("delivery_service_id", "ordered_at", "id")
    known = list(rows.values_list("pk", flat=True))
    return known + [pk for pk in dict.fromkeys(found) if pk not in set(known)]


def open_batch(actor: Actor, *, ship_on: dt.date | None = None) -> Batch:
    """An empty batch, numbered by its day: 261124-1. Raises BadInput for a ship date that is over."""
    day = ship_on or clock.today()
    if day < clock.today():
        raise BadInput(_("The ship date is over."), field="ship_on")
    for attempt in range(TRIES):
        number = f"{clock.today():%y%m%d}-{_batches_of_today() + 1 + attempt}"
        try:
            with transaction.atomic():
                batch = Batch.objects.create(
                    number=number, ship_on=day, created_by=actor.key, created_by_label=actor.label
                )
                audit.record(actor, "fulfillment.make_batch", batch.subject, detail={"number": number})
                return batch
        except IntegrityError:
            continue
    raise Refused(_("Many batches are being made at this moment. Try again."))


def _batches_of_today() -> int:
    rows = Batch.objects.filter(number__startswith=f"{clock.today():%y%m%d}-").values_list("number", flat=True)
    return max((int(number.partition("-")[2]) for number in rows), default=0)


def instruct_orders(
    actor: Actor, *, batch: Batch, order_ids: Sequence[int], progress: Callable[[int, int], None] | None = None
) -> list[BulkResult]:
    """Instruct each order for itself and keep the refusals on the batch. Orders already in the batch count as done."""
    places = {pk: place for place, pk in enumerate(order_ids, 1)}
    results = one_by_one(
        order_ids,
        lambda pk: instruct_one(actor, order_id=pk, batch_id=batch.pk, position=places[pk]),
        progress=progress,
    )
    refused = [
        {"order_id": r.order_id, "number": r.number, "sentences": [str(s) for s in r.sentences]}
        for r in results
        if not r.done
    ]
    Batch.objects.filter(pk=batch.pk).update(refused=refused)
    return results


@transaction.atomic
def instruct_one(actor: Actor, *, order_id: int, batch_id: int, position: int = 0) -> Shipment:
    """Put one order into a batch: its shipment takes ship-to, wish and amount to collect as they are now.

    Raises Refused with everything that blocks the order (R55), or if its papers are out already. Emits
    ShipmentInstructed.
    """
    found = take_together(order_id)
    made = bundle_of(order_id)
    if made is not None and made.state != BundleState.OPEN:  # the buyer is still asked: the wait blocks, if anything
        made = None
    mine = Shipment.objects.filter(of_order(order_id), batch_id=batch_id, stage=Stage.INSTRUCTED).first()
    if mine is not None:  # a job that is run again, or an order that went with another one
        return mine
    if in_work(order_id):
        raise Refused(_("The papers of this order are printed already."))
    order = _lead(found, made, order_id)
    reasons = what_blocks(order) or _not_whole(found)
    if reasons:
        raise Refused(reasons)
    end_parts_if_whole(actor, order)
    order.refresh_from_db()
    shipment = plan(actor, order, bundle=made)
    if shipment is None:
        raise Refused(_("Nothing of this order is secured."))
    _fix(actor, shipment, order, found, batch_id, position)
    for one in found:
        orders.instruct(actor, order_id=one.pk, stages=stages_of(one.pk))
    detail = {"batch": batch_id, "order": order.number, "cod": shipment.cod_amount}
    audit.record(actor, "fulfillment.instruct", shipment.subject, detail=detail)
    events.emit(ShipmentInstructed(shipment.pk, order.pk, shipment.number), actor=actor)
    return shipment


def _lead(found: Sequence[Order], made: Bundle | None, order_id: int) -> Order:
    """The order whose ship-to and service the parcel bears."""
    lead_id = made.members.get(is_lead=True).order_id if made is not None else order_id
    return next(order for order in found if order.pk == lead_id)


def _not_whole(found: Sequence[Order]) -> list[str]:
    """Orders that share a parcel leave whole (ORD-54)."""
    if len(found) < 2:
        return []
    short = [order.number for order in found if any(line.short > 0 for line in order.lines.all())]
    return [_("%(number)s is not complete yet.") % {"number": number} for number in short]


def require_collectable(order: Order, service: Service, cash: int) -> None:
    """PAY-11, once more where it counts: raise Refused if the driver cannot collect this much there (yen incl. tax)."""
    if cash <= 0:
        return
    snapshot = terms.snapshot()
    bands = snapshot.bands(order.payment_method.code, clock.aware(order.ordered_at).date())
    top = max((band.up_to for band in bands), default=None)
    island = snapshot.island(digits(order.ship_postcode), service.carrier.code)
    found = cod_obstacles(
        None if top is not None and cash > top else cash, cod_ok=service.cod_ok, is_post_box=service.is_post_box,
        cod_limit=service.cod_limit, island_refuses=bool(island and island.no_cod),
    )  # fmt: skip
    if found:
        detail = {"why": [f.code for f in found], "limit": next((f.limit for f in found if f.limit), top)}
        raise Refused(sentence(Blocker(f"check.{Check.PAY_NOT_ALLOWED}"), detail), code="pay_11")


def _fix(actor: Actor, shipment: Shipment, order: Order, found: Sequence[Order], batch_id: int, position: int) -> None:
    """What is printed is kept as printed."""
    for name in SHIP_TO:
        setattr(shipment, f"ship_{name}", getattr(order, f"ship_{name}"))
    snapshot = terms.snapshot()
    service = snapshot.services[order.delivery_service.code]
    choice = windows.for_service(
        order.wish_window,
        snapshot.windows.get(service.carrier.code, {}),
        window_ok=service.window_ok,
        noon=settings.value(declared.NOON_WINDOW),
    )
    parts = [cod_of(one, shipment) for one in found]
    cod = Cod(sum(part.amount for part in parts), sum(part.tax for part in parts))
    require_collectable(order, service, cod.amount)
    batch = Batch.objects.get(pk=batch_id)
    shipment.window, shipment.window_code, shipment.window_differs = choice.window, choice.code, choice.badge
    shipment.cod_amount, shipment.cod_tax = cod.amount, cod.tax
    shipment.batch, shipment.position = batch, position
    shipment.planned_ship_on = max(batch.ship_on, clock.today())
    shipment.stage, shipment.instructed_at, shipment.instructed_by = Stage.INSTRUCTED, clock.now(), actor.key
    shipment.version += 1
    shipment.save()


def cod_of(order: Order, shipment: Shipment) -> Cod:
    """What the driver collects for this shipment; nothing unless the order is paid by 代金引換."""
    if order.payment_method.kind != MethodKind.COD:
        return Cod()
    earlier = order.shipments.exclude(pk=shipment.pk).exclude(stage__in=[Stage.VOID, Stage.PLANNED])
    here = dict(shipment.lines.values_list("order_line_id", "quantity"))
    later = sum(goods_of(x, x.remaining - here.get(x.pk, 0)) for x in order.lines.all())
    if later:
        later += later_fees(order)
    money = CodOrder(
        total=order.total,
        tax=sum(int(rate["tax"]) for rate in order.tax_lines),
        received=order.received_amount,
        collected=sum(earlier.values_list("cod_amount", flat=True)),
    )
    return amount_at_the_door(money, goods_later=later)


@transaction.atomic
def print_again(actor: Actor, *, batch_id: int) -> int:
    """Let a job make the papers of a batch (again); returns the job's number. A job that waits already is used."""
    batch = Batch.objects.get(pk=batch_id)
    job = enqueue(PRINT_TASK, args={"batch_id": batch_id}, unique_key=f"fulfillment.print:{batch_id}", actor=actor)
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    audit.record(actor, "fulfillment.print", batch.subject)
    return job.pk


def close_empty(batch: Batch) -> None:
    """A batch in which no order could be printed has no work."""
    if not batch.shipments.exists():
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.DONE)


__all__ = [
    "Instructed",
    "close_empty",
    "cod_of",
    "instruct_one",
    "instruct_orders",
    "make_batch",
    "make_batch_later",
    "open_batch",
    "print_again",
]
