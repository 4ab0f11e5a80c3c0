"""More deeds: parcels on their way, what comes back, stock beside orders. Importing this adds them to `deeds.DEEDS`."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import IN_WORK, Stage
from akinai.backoffice.returns import services
from akinai.backoffice.returns.models import Case, Claim
from akinai.backoffice.returns.states import EXPECTING, OVER, REASONS, Cause, ClaimState, Kind, Result, State
from akinai.backoffice.returns.types import Found, Replacement
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.errors import AkinaiError
from tests.builders.shipments import tracking

from .deeds import Scene, deed

BOSS = Actor("staff:1", "佐藤")
OTHER = Actor("staff:2", "田中")


@deed
def print_many(scene: Scene) -> object:
    """One batch for what is ready, as a warehouse works."""
    ready = Order.objects.filter(queue="ready").order_by("-pk").values_list("pk", flat=True)[: scene.dice.randint(1, 6)]
    return shipping.make_batch(SYSTEM, order_ids=list(ready), papers=False).batch if ready else None


@deed
def scan(scene: Scene) -> object:
    """A piece of the box, or one that does not belong there."""
    box = scene.one_of(Shipment.objects.filter(stage__in=IN_WORK))
    if box is None:
        return None
    line = scene.dice.choice(list(box.lines.select_related("sku").order_by("pk")))
    code = line.sku.code if scene.dice.random() < 0.9 else scene.sku().code
    return shipping.scan(SYSTEM, shipment_id=box.pk, code=code).is_good or None


@deed
def undo_scan(scene: Scene) -> object:
    box = scene.one_of(Shipment.objects.filter(stage__in=IN_WORK))
    return box and (shipping.undo_scan(SYSTEM, shipment_id=box.pk).is_good or None)


@deed
def open_the_box(scene: Scene) -> object:
    box = scene.one_of(Shipment.objects.filter(stage__in=IN_WORK))
    return box and shipping.undo_inspection(SYSTEM, shipment_id=box.pk, reason="入れ直し")


@deed
def send_all(scene: Scene) -> object:
    """Every box on the table leaves that may."""
    left = []
    for box in Shipment.objects.filter(stage__in=IN_WORK).order_by("pk")[: scene.dice.randint(1, 5)]:
        with suppress(AkinaiError), transaction.atomic():
            if box.inspected_at is None:
                shipping.pass_inspection(SYSTEM, shipment_id=box.pk, reason="試験")
            shipping.set_tracking(SYSTEM, shipment_id=box.pk, numbers=[tracking(box.pk)])
            left.append(box.pk)
    return (left and any(r.done for r in shipping.dispatch(SYSTEM, shipment_ids=left))) or None


@deed
def undo_dispatch(scene: Scene) -> object:
    box = scene.one_of(Shipment.objects.filter(stage=Stage.SHIPPED))
    return box and shipping.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="積み残し")


@deed
def hear_of_it(scene: Scene) -> object:
    """The carrier says where a parcel is (T17, T18)."""
    box = scene.one_of(Shipment.objects.filter(stage__in=[Stage.SHIPPED, Stage.DELIVERED]))
    if box is None:
        return None
    state = scene.dice.choice([Tracking.DELIVERED, Tracking.DELIVERED, Tracking.HELD, Tracking.RETURNING])
    return shipping.note_tracking(SYSTEM, shipment_id=box.pk, state=state)


@deed
def parcel_is_back(scene: Scene) -> object:
    box = scene.one_of(Shipment.objects.filter(stage=Stage.RETURNING))
    return box and shipping.note_returned(SYSTEM, shipment_id=box.pk)


@deed
def open_case(scene: Scene) -> object:
    order = scene.one_of(Order.objects.filter(shipped_at__isnull=False))
    if order is None:
        return None
    kind = scene.dice.choice(list(Kind.values))
    reason = scene.dice.choice(REASONS[kind])
    cause = scene.dice.choice(list(Cause.values)) if kind == Kind.NON_DELIVERY else ""
    wanted = {line.pk: scene.dice.randint(0, max(0, line.shipped)) for line in order.lines.all()}
    return services.open_case(
        BOSS, order_id=order.pk, kind=kind, reason=reason, cause=cause,
        quantities=None if kind in (Kind.NON_DELIVERY, Kind.CARRIER_CLAIM) else wanted,
        exception="常連のお客様" if scene.dice.random() < 0.5 else "",
    )  # fmt: skip


def _case(scene: Scene, *states: str) -> Case | None:
    """A case in one of these states; now and then any other, since that has to be refused."""
    some = Case.objects.filter(state__in=states) if states and scene.dice.random() < 0.85 else Case.objects.all()
    return scene.one_of(some)


@deed
def receive_back(scene: Scene) -> object:
    case = _case(scene, *EXPECTING)
    if case is None:
        return None
    found = []
    for line in case.lines.all():
        n = scene.dice.randint(0, max(0, line.quantity - line.received))
        result = scene.dice.choice(list(Result.values))
        if n:
            found.append(Found(line.pk, result, n, sku=scene.sku().code if result == Result.OUTLET else ""))
    return services.receive(SYSTEM, case_id=case.pk, found=found, key=f"k{scene.dice.randint(0, 10**9)}")


@deed
def no_more_comes(scene: Scene) -> object:
    case = _case(scene, *EXPECTING)
    return case and services.finish_receiving(BOSS, case_id=case.pk, reason="残りは届かない")


@deed
def ask_for_refund(scene: Scene) -> object:
    case = _case(scene, State.RECEIVED, State.TALKING)
    if case is None:
        return None
    withheld = scene.dice.choice([0, 0, 300])
    return services.request_refund(BOSS, case_id=case.pk, with_fees=scene.dice.random() < 0.5, withheld=withheld)


@deed
def approve(scene: Scene) -> object:
    case = _case(scene, State.APPROVAL)
    return case and services.approve_refund(OTHER, case_id=case.pk)


@deed
def decline(scene: Scene) -> object:
    case = _case(scene, State.APPROVAL)
    return case and services.decline_refund(OTHER, case_id=case.pk, reason="金額を確認")


@deed
def send_other_goods(scene: Scene) -> object:
    case = _case(scene, *EXPECTING, State.RECEIVED)
    if case is None:
        return None
    goods = [Replacement(scene.sku().code, scene.dice.randint(1, 2), scene.dice.choice([1000, 2200, 3000]))]
    actor = Actor("staff:1", "佐藤", frozenset({"returns.except", "returns.work", "returns.approve"}))
    return services.replace(actor, case_id=case.pk, goods=goods)


@deed
def close_case(scene: Scene) -> object:
    case = _case(scene, *(s for s in State.values if s not in OVER))
    return case and services.close_case(BOSS, case_id=case.pk, outcome="処理済み")


@deed
def withdraw_case(scene: Scene) -> object:
    case = _case(scene, *EXPECTING) if scene.dice.random() < 0.3 else None
    return case and services.withdraw_case(BOSS, case_id=case.pk, reason="やはり使う")


@deed
def give_up(scene: Scene) -> object:
    case = _case(scene, State.AWAITING)
    return case and services.give_up_goods(BOSS, case_id=case.pk, outcome="戻らない")


@deed
def another_cause(scene: Scene) -> object:
    case = scene.one_of(Case.objects.filter(kind=Kind.NON_DELIVERY))
    return case and services.correct_cause(BOSS, case_id=case.pk, cause=scene.dice.choice(list(Cause.values)))


@deed
def end_claim(scene: Scene) -> object:
    claim = scene.one_of(Claim.objects.filter(state=ClaimState.OPEN))
    if claim is None:
        return None
    if scene.dice.random() < 0.5:
        return services.waive_claim(BOSS, claim_id=claim.pk, reason="回収見込みなし")
    return services.settle_claim(BOSS, claim_id=claim.pk, amount=max(1, claim.amount), on=clock.today())


@deed
def open_again(scene: Scene) -> object:
    done = scene.one_of(Order.objects.filter(queue="done"))
    boss = Actor("staff:1", "佐藤", frozenset({"returns.except", "returns.work"}))
    return done and services.reopen(boss, order_id=done.pk, text="欠けていたとのお電話")


@deed
def set_aside(scene: Scene) -> object:
    return inventory.block(SYSTEM, sku_id=scene.sku().pk, quantity=1)


@deed
def good_after_all(scene: Scene) -> object:
    return inventory.unblock(SYSTEM, sku_id=scene.sku().pk, quantity=1)
