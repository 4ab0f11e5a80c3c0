"""More deeds: edits, dividing, shipping together, remarks, money. Importing this adds them to `deeds.DEEDS`."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import transaction
from django.db.models import F

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.models import Bundle
from akinai.backoffice.fulfillment.states import BundleState
from akinai.backoffice.orders import services
from akinai.backoffice.orders.edits import AddedLine, Changes, Gift, Wish
from akinai.backoffice.orders.models import Order, OrderLine, OrderPart
from akinai.backoffice.orders.states import CancelReason, HoldKind
from akinai.backoffice.orders.types import ConsentDraft, Placed
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from tests.builders import orders as build

from .deeds import Scene, deed, on_order

DAY = dt.timedelta(days=1)
REMARKS = (
    "よろしくお願いします。", "12/3に届けてください。", "午前中希望です。", "12月5日以降に発送してください",
    "ギフトなので金額のわかるものは入れないでください。", "不在時は玄関前に置いてください", "キャンセルしてください。",
    "11/30必着、無理なら12/5以降で。", "領収書をお願いします。宛名は株式会社藍で。", "揃ってからまとめて送ってください",
)  # fmt: skip


def word() -> ConsentDraft:
    return ConsentDraft("phone", clock.today(), "客")


@deed
def place_again(scene: Scene) -> object:
    """A file says more of an order than the one before: paid, cancelled, changed, or all of it (ORD-32)."""
    order = scene.one_of(Order.objects.filter(store=scene.store, part_of__isnull=True))
    if order is None:
        return None
    lines = [build.line(line.store_code, line.quantity, line.unit_price) for line in order.lines.order_by("number")]
    again = build.draft(
        order.store_number, store=scene.store, lines=lines, ordered_at=order.ordered_at, remark=order.remark,
        method=scene.dice.choice(["card", "bank"]), paid=scene.dice.choice([0, order.total]),
        is_cancelled=scene.dice.random() < 0.2, shipping_fee=scene.dice.choice([0, 500]),
    )  # fmt: skip
    with transaction.atomic():
        results = services.place_orders(SYSTEM, [again])
        payments.record_from_store(SYSTEM, [r for r in results if isinstance(r, Placed)])
    return results


@deed
def place_with_remark(scene: Scene) -> object:
    """Orders of all kinds: with words, sets, preorders, gifts, another recipient, unknown goods."""
    scene.placed += 1
    dice = scene.dice
    sku = scene.sku()
    another = dataclasses.replace(build.TAKA, name="鈴木 花子", phone="06-1234-5678", address1="港区芝1-2-3")
    lines = [build.line(sku.code, dice.randint(1, 3), short_told=dice.random() < 0.5)]
    if dice.random() < 0.2:
        lines.append(build.line(dice.choice(["SET-3", "UNKNOWN"]), 1, 3000))
    cod = dice.random() < 0.3
    made = build.draft(
        f"{scene.prefix}-W{scene.placed}", store=scene.store, lines=lines, remark=dice.choice(REMARKS),
        ship_to=another if dice.random() < 0.3 else None, is_gift=dice.random() < 0.1, coupon=dice.choice([0, 0, 100]),
        points=dice.choice([0, 0, 300]), shipping_fee=dice.choice([0, 660]),
        **({"method": "cod", "payment_fee": 330} if cod else {"method": "card"}),
    )  # fmt: skip
    with transaction.atomic():
        results = services.place_orders(SYSTEM, [made])
        payments.record_from_store(SYSTEM, [r for r in results if isinstance(r, Placed)])
    return results


@deed
def confirm(scene: Scene) -> object:
    """What a clerk does most: answer all that is asked and take the order on."""
    order = scene.one_of(Order.objects.filter(queue="check"))
    if order is None:
        return None
    codes = list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
    return services.confirm(SYSTEM, order_id=order.pk, codes=codes)


@on_order
def look(_scene: Scene, order: Order) -> object:
    return services.mark_seen(SYSTEM, order_id=order.pk) or None


@on_order
def take_the_remark(scene: Scene, order: Order) -> object:
    return services.accept_remark(SYSTEM, order_id=order.pk, reply=scene.dice.choice([None, "承知しました。"]))


@on_order
def edit(scene: Scene, order: Order) -> object:
    """Several things in one edition, with or without the buyer's word."""
    dice, lines = scene.dice, list(order.lines.all())
    changes = Changes(
        quantities={dice.choice(lines).number: dice.randint(1, 4)} if dice.random() < 0.6 else {},
        added=(AddedLine(scene.sku().pk, dice.randint(1, 2)),) if dice.random() < 0.3 else (),
        wish=Wish(clock.today() + DAY * dice.randint(2, 20)) if dice.random() < 0.2 else None,
        gift=Gift(dice.random() < 0.5, "御祝", 200) if dice.random() < 0.1 else None,
        shipping=dice.choice([None, None, 0, 880]),
    )
    consent = word() if dice.random() < 0.5 else None
    return services.edit_order(SYSTEM, order_id=order.pk, changes=changes, consent=consent)


@on_order
def send_elsewhere(scene: Scene, order: Order) -> object:
    home = scene.dice.choice(["港区六本木1-2-3", "港区六本木9-9-9", "港区六本木"])
    return services.change_ship_to(
        SYSTEM, order_id=order.pk, ship_to=dataclasses.replace(build.TAKA, address1=home), consent=word()
    )


@on_order
def pay_otherwise(scene: Scene, order: Order) -> object:
    method = scene.dice.choice(["card", "bank", "cod"])
    return services.change_payment_method(SYSTEM, order_id=order.pk, method=method, old_is_void=True, consent=word())


@on_order
def agree(_scene: Scene, order: Order) -> object:
    return services.record_consent(SYSTEM, order_id=order.pk, consent=word())


@on_order
def let_unpaid_go(_scene: Scene, order: Order) -> object:
    if order.gate_overridden:
        return services.withdraw_override(SYSTEM, order_id=order.pk)
    return services.override_gate(SYSTEM, order_id=order.pk, reason="常連のお客様")


@on_order
def hold_otherwise(scene: Scene, order: Order) -> object:
    kinds = list(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True)) or [HoldKind.MANUAL]
    until = clock.today() + DAY * scene.dice.randint(0, 9)
    return services.change_hold(SYSTEM, order_id=order.pk, kind=scene.dice.choice(kinds), until=until)


@on_order
def end_a_line(scene: Scene, order: Order) -> object:
    line = scene.dice.choice(list(order.lines.all()))
    return services.cancel_line(SYSTEM, order_id=order.pk, line=line.number)


@on_order
def ship_policy(scene: Scene, order: Order) -> object:
    return services.set_ship_policy(SYSTEM, order_id=order.pk, policy=scene.dice.choice(["all", "partial"]))


@deed
def name_the_unknown(scene: Scene) -> object:
    line = scene.one_of(OrderLine.objects.filter(sku__isnull=True))
    if line is None:
        return None
    units = scene.dice.choice([1, 3])
    return services.set_line_sku(
        SYSTEM, order_id=line.order_id, line=line.number, sku_id=scene.sku().pk, units_per_item=units, remember=False
    )


@deed
def move_release(scene: Scene) -> object:
    late = [sku for sku in scene.skus if sku.supply == "preorder"]
    if not late:
        return None
    to = clock.today() + DAY * scene.dice.randint(0, 20)
    return services.move_release_date(SYSTEM, sku_id=late[0].pk, to=to, reason="メーカーの都合")


@deed
def give_to_another(scene: Scene) -> object:
    """引当振替: from an order that holds pieces to one that is short of them (T11)."""
    short = scene.one_of(
        OrderLine.objects.filter(sku__isnull=False, quantity__gt=F("allocated") + F("shipped") + F("cancelled"))
    )
    donor = scene.one_of(OrderLine.objects.filter(sku=short.sku_id, allocated__gt=0)) if short else None
    if short is None or donor is None:
        return None
    return services.reallocate(
        SYSTEM, order_id=short.order_id, donor_id=donor.order_id, sku_id=short.sku_id or 0, reason="先約"
    )


@on_order
def split(scene: Scene, order: Order) -> object:
    moving = {line.number: scene.dice.randint(0, max(0, line.remaining)) for line in order.lines.all()}
    return services.split_order(SYSTEM, order_id=order.pk, quantities=moving)


@deed
def unsplit(scene: Scene) -> object:
    row = scene.one_of(OrderPart.objects.filter(undone_at__isnull=True))
    return row and services.unsplit_order(SYSTEM, part_id=row.part_id)


@on_order
def bundle(scene: Scene, order: Order) -> object:
    other = scene.order()
    return other and shipping.bundle(SYSTEM, order_ids=sorted({order.pk, other.pk}))


@on_order
def ask_to_bundle(scene: Scene, order: Order) -> object:
    other = scene.order()
    return other and shipping.ask(SYSTEM, order_ids=sorted({order.pk, other.pk}))


@deed
def answer_the_question(scene: Scene) -> object:
    asked = scene.one_of(Bundle.objects.filter(state=BundleState.ASKED))
    return asked and shipping.answer(bundle_id=asked.pk, agreed=scene.dice.random() < 0.5)


@deed
def take_apart(scene: Scene) -> object:
    made = scene.one_of(Bundle.objects.filter(state__in=[BundleState.OPEN, BundleState.ASKED]))
    return made and shipping.unbundle(SYSTEM, bundle_id=made.pk)


@on_order
def in_parts(scene: Scene, order: Order) -> object:
    rule = scene.dice.choice(["free", "first", "each"])
    return shipping.ship_in_parts(SYSTEM, order_id=order.pk, rule=rule, agreed=scene.dice.random() < 0.7)


@on_order
def in_one(_scene: Scene, order: Order) -> object:
    return shipping.ship_together(SYSTEM, order_id=order.pk)


@on_order
def authorise(scene: Scene, order: Order) -> object:
    money = Money(max(1, order.total), clock.today(), reference="A-1")
    until = clock.today() + DAY * scene.dice.randint(0, 30)
    return payments.authorise(SYSTEM, order_id=order.pk, money=money, expires_on=until)


@on_order
def pay_at_the_store(_scene: Scene, order: Order) -> object:
    return payments.mark_paid_at_store(SYSTEM, order_id=order.pk, money=Money(max(1, order.total), clock.today()))


@on_order
def write_off(_scene: Scene, order: Order) -> object:
    return payments.write_off(SYSTEM, order_id=order.pk, note="端数")


@deed
def take_money_back(scene: Scene) -> object:
    entry = scene.one_of(LedgerEntry.objects.filter(reversed_by__isnull=True))
    return entry and payments.reverse(SYSTEM, entry_id=entry.pk, note="別の方の入金")


@on_order
def pay_for_two(scene: Scene, order: Order) -> object:
    """One transfer for two orders, not always of the right sum (PAY-24)."""
    other = scene.order()
    found = list({o.pk: o for o in (order, other or order)}.values())
    owed = sum(payments.open_amount(o) for o in found)
    amount = max(1, owed + scene.dice.choice([0, 0, 0, -440, 100]))
    return payments.split_deposit(
        SYSTEM, order_ids=[o.pk for o in found], money=Money(amount, clock.today()),
        accepted=owed - amount if scene.dice.random() < 0.5 else 0, forgive=scene.dice.random() < 0.5,
    )  # fmt: skip


@deed
def carrier_settles(scene: Scene) -> object:
    """What the driver collected, less the fee (T19)."""
    ids = list(Order.objects.filter(queue="awaiting_settlement").order_by("-pk").values_list("pk", flat=True)[:4])
    owed = sum(payments.open_amount(order) for order in Order.objects.filter(pk__in=ids))
    if not ids or owed <= 400:
        return None
    return payments.settle(SYSTEM, order_ids=ids, money=Money(owed - 400, clock.today()), fee=400)


@deed
def read_the_passbook(_scene: Scene) -> object:
    return payments.note_bank_check(SYSTEM, through=clock.today() - DAY)


@deed
def cancel_unpaid(scene: Scene) -> object:
    order = scene.one_of(Order.objects.filter(queue="awaiting_payment"))
    return order and payments.cancel_unpaid(SYSTEM, order_id=order.pk)


@deed
def take_again(scene: Scene) -> object:
    order = scene.one_of(Order.objects.filter(cancel_reason=CancelReason.UNPAID))
    return order and payments.take_again(SYSTEM, order_id=order.pk)


@on_order
def cancel_for_another_reason(scene: Scene, order: Order) -> object:
    reason = scene.dice.choice([CancelReason.UNPAID, CancelReason.STOCKOUT, CancelReason.FRAUD])
    return services.reject(SYSTEM, order_id=order.pk, reason=reason) if scene.dice.random() < 0.3 else None
