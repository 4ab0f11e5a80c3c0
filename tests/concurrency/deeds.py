"""Every deed that may hit the same order or the same stock: for races at random and for the state machine."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.rules import again
from akinai.backoffice.orders.rules.models import Rule
from akinai.backoffice.orders.rules.states import RuleState
from akinai.backoffice.orders.states import IN_WORK, CancelReason, HoldKind, Stage
from akinai.backoffice.orders.types import Placed
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.models import Store
from tests.builders import orders as build
from tests.builders.rules import act, condition, make_rule
from tests.builders.shipments import tracking

Row = TypeVar("Row", bound=Model)


@dataclasses.dataclass
class Scene:
    """What the deeds happen to; `dice` chooses."""

    store: Store
    skus: Sequence[Sku]
    dice: random.Random
    prefix: str = "E"
    placed: int = 0
    reach: int = 12

    def order(self) -> Order | None:
        """One of the newest orders, so that several hands meet on it."""
        return self.one_of(Order.objects.all())

    def one_of(self, rows: QuerySet[Row]) -> Row | None:
        """One of the newest of these rows."""
        ids = list(rows.order_by("-pk").values_list("pk", flat=True)[: self.reach])
        return rows.model._default_manager.get(pk=self.dice.choice(ids)) if ids else None

    def sku(self) -> Sku:
        return self.dice.choice(self.skus)


Deed = Callable[[Scene], object]
DEEDS: dict[str, Deed] = {}


def deed(act: Deed) -> Deed:
    DEEDS[act.__name__] = act
    return act


def on_order(act: Callable[[Scene, Order], object]) -> Deed:
    """A deed that needs an order; without one nothing happens."""

    def with_one(scene: Scene) -> object:
        order = scene.order()
        return None if order is None else act(scene, order)

    DEEDS[act.__name__] = with_one
    return with_one


@deed
def place(scene: Scene) -> object:
    drafts = []
    for _n in range(scene.dice.randint(1, 3)):
        scene.placed += 1
        chosen = scene.dice.sample(list(scene.skus), scene.dice.randint(1, 3))
        more: dict[str, Any] = scene.dice.choice(
            [{"method": "card"}, {"method": "bank"}, {"method": "代金引換", "payment_fee": 330}, {"remark": "急ぎ"}]
        )
        drafts.append(
            build.draft(
                f"{scene.prefix}-{scene.placed}",
                store=scene.store,
                lines=[build.line(s.code, scene.dice.randint(1, 3)) for s in chosen],
                **more,
            )
        )
    with transaction.atomic():
        results = services.place_orders(SYSTEM, drafts)
        payments.record_from_store(SYSTEM, [r for r in results if isinstance(r, Placed)])
    return results


@on_order
def accept(_scene: Scene, order: Order) -> object:
    return services.accept(SYSTEM, order_id=order.pk)


@on_order
def clear_a_check(scene: Scene, order: Order) -> object:
    codes = list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
    return services.clear_check(SYSTEM, order_id=order.pk, code=scene.dice.choice(codes)) if codes else None


@on_order
def hold(scene: Scene, order: Order) -> object:
    kind = scene.dice.choice([HoldKind.MANUAL, HoldKind.UNTIL_DATE, HoldKind.FRAUD])
    until = clock.today() + dt.timedelta(days=scene.dice.randint(0, 3))
    return services.hold(
        SYSTEM, order_id=order.pk, kind=kind, until=until, free_stock=scene.dice.random() < 0.2,
    )  # fmt: skip


@on_order
def release(scene: Scene, order: Order) -> object:
    kinds = list(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True))
    return services.release_hold(SYSTEM, order_id=order.pk, kind=scene.dice.choice(kinds)) if kinds else None


@on_order
def ask_to_cancel(_scene: Scene, order: Order) -> object:
    return services.request_cancel(SYSTEM, order_id=order.pk)


@on_order
def refuse_to_cancel(_scene: Scene, order: Order) -> object:
    return services.refuse_cancel(SYSTEM, order_id=order.pk, reason="発送準備済み")


@on_order
def cancel(_scene: Scene, order: Order) -> object:
    return services.approve_cancel(SYSTEM, order_id=order.pk)


@on_order
def reject(_scene: Scene, order: Order) -> object:
    return services.reject(SYSTEM, order_id=order.pk, reason=CancelReason.SHOP)


@on_order
def lower(scene: Scene, order: Order) -> object:
    line = scene.dice.choice(list(order.lines.all()))
    return services.lower_quantity(SYSTEM, order_id=order.pk, line=line.number, to=scene.dice.randint(0, 2))


@on_order
def change_wish(scene: Scene, order: Order) -> object:
    day = clock.today() + dt.timedelta(days=scene.dice.randint(2, 9))
    return services.change_wish(SYSTEM, order_id=order.pk, wish_date=day, seen_version=order.version)


@on_order
def allocate(_scene: Scene, order: Order) -> object:
    return services.allocate(SYSTEM, order_id=order.pk)


@on_order
def plan(_scene: Scene, order: Order) -> object:
    return shipping.plan_shipments(SYSTEM, order_id=order.pk)


@on_order
def instruct(_scene: Scene, order: Order) -> object:
    return shipping.make_batch(SYSTEM, order_ids=[order.pk], papers=False).batch


@on_order
def pull_back(_scene: Scene, order: Order) -> object:
    return shipping.pull_back(SYSTEM, order_id=order.pk, reason="やり直し")


@on_order
def cancel_and_pull_back(_scene: Scene, order: Order) -> object:
    return shipping.cancel_and_pull_back(SYSTEM, order_id=order.pk)


@on_order
def ship(_scene: Scene, order: Order) -> object:
    """Inspect and send what has papers, step by step, so that others may come between."""
    shipment = order.shipments.filter(stage__in=IN_WORK).first()
    if shipment is None:
        return None
    if shipment.inspected_at is None:
        shipping.pass_inspection(SYSTEM, shipment_id=shipment.pk, reason="試験")
    shipment.refresh_from_db()
    if shipment.stage != Stage.PACKED:
        shipping.pack(SYSTEM, shipment_id=shipment.pk)
    shipping.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[tracking(shipment.pk)])
    return shipping.dispatch_one(SYSTEM, shipment_id=shipment.pk)


@on_order
def pay(scene: Scene, order: Order) -> object:
    amount = max(1, payments.open_amount(order)) if scene.dice.random() < 0.7 else 500
    return payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, clock.today()))


@on_order
def refund(_scene: Scene, order: Order) -> object:
    money = Money(max(1, order.received_amount), clock.today(), method="bank")
    return payments.refund(SYSTEM, order_id=order.pk, money=money)


@on_order
def rules_look(_scene: Scene, order: Order) -> object:
    return again.reconsider([order.pk], None, trigger="day")


@deed
def write_rule(scene: Scene) -> object:
    """One of a few rules that touch everything a rule can touch, or one of them put away or brought back."""
    known = list(Rule.objects.all())
    if len(known) < len(_RULES):
        asked, done = _RULES[len(known)]
        return make_rule(*asked, do=(*done, act("line", sku=scene.skus[0].code, quantity=1)), name=f"R{len(known)}")
    rule = scene.dice.choice(known)
    rule.state = RuleState.OFF if rule.state == RuleState.ON else RuleState.ON
    rule.save(update_fields=["state"])
    return rule


_RULES = (
    ((condition("pieces", "at_least", 4),), (act("check", say="多数"), act("tag", name="多数"))),
    ((condition("short", "more", 0),), (act("hold", kind="manual"), act("note", text="不足あり"))),
    ((condition("payment", "one_of", "paid"),), (act("service", service="yupack"), act("accept"))),
    ((condition("remark", "not_empty"),), (act("day", meaning="ship", days=2), act("mail", mail="M09"))),
)


@deed
def receive(scene: Scene) -> object:
    return services.receive_stock(SYSTEM, sku_id=scene.sku().pk, quantity=scene.dice.randint(1, 4))


@deed
def count(scene: Scene) -> object:
    return services.correct_stock(SYSTEM, sku_id=scene.sku().pk, counted=scene.dice.randint(0, 12), reason="count")


@deed
def serve(scene: Scene) -> object:
    return services.allocate_waiting(SYSTEM, [s.pk for s in scene.skus])


@deed
def tick(scene: Scene) -> object:
    return services.tick(on=clock.today() + dt.timedelta(days=scene.dice.randint(0, 1)))
