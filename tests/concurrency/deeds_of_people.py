"""More deeds: mails, calls, the attention list, customers. Importing this adds them to `deeds.DEEDS`."""

from __future__ import annotations

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.models import Batch
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.models import LedgerEntry, RefundRequest
from akinai.backoffice.payments.states import Asked
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.frontoffice.notifications import services as mails
from akinai.overview.desk import services as desk
from akinai.overview.desk.states import CallOutcome
from akinai.shop.customers import permissions
from akinai.shop.customers import services as customers
from akinai.shop.customers.models import Attention, Customer, Level
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State

from .deeds import Scene, deed, on_order

CLERK = Actor("staff:7", "鈴木", frozenset({permissions.ATTENTION}))


@on_order
def write_a_mail(scene: Scene, order: Order) -> object:
    kind = scene.dice.choice(["FREE", "M03", "M04", "M06", "M09", "M12", "M15"])
    wanted = mails.Wanted(
        kind, subject="ご連絡" if kind == "FREE" else "", body="お電話ください" if kind == "FREE" else "",
        token=f"t{scene.dice.randrange(10**6)}", step="R1", insist=scene.dice.random() < 0.3,
    )  # fmt: skip
    as_draft = scene.dice.random() < 0.4
    return mails.write(CLERK, order_id=order.pk, wanted=wanted, as_draft=as_draft)


@deed
def send_a_draft(scene: Scene) -> object:
    mail = scene.one_of(Message.objects.filter(state=State.DRAFT))
    return mail and messaging.send_draft(CLERK, message_id=mail.pk, insist=scene.dice.random() < 0.5)


@deed
def stop_a_mail(scene: Scene) -> object:
    mail = scene.one_of(Message.objects.filter(state__in=[State.WAITING, State.DRAFT]))
    if mail is None:
        return None
    do = scene.dice.choice([messaging.stop, messaging.hurry, messaging.take_back])
    return do(CLERK, message_id=mail.pk)


@deed
def send_again(scene: Scene) -> object:
    mail = scene.one_of(Message.objects.exclude(state=State.WAITING))
    return mail and messaging.resend(CLERK, message_id=mail.pk)


@deed
def remind(_scene: Scene) -> object:
    """Payment reminders that are due (T07)."""
    return mails.remind(SYSTEM) or None


@deed
def lapse_unpaid(_scene: Scene) -> object:
    """Transfers that never came, cancelled by the shop itself where it has said so (T08)."""
    return payments.lapse_orders(SYSTEM) or None


@on_order
def call(scene: Scene, order: Order) -> object:
    if scene.dice.random() < 0.3:
        return desk.open_contact(CLERK, order_id=order.pk, reason="数量の確認")
    outcome = scene.dice.choice(list(CallOutcome.values))
    return desk.log_call(CLERK, order_id=order.pk, outcome=outcome, text="お電話")


@on_order
def jot_down(_scene: Scene, order: Order) -> object:
    return services.write_note(CLERK, order_id=order.pk, text="割れ物")


@deed
def mind_a_customer(scene: Scene) -> object:
    """Put on the attention list, or taken off it; open orders are judged again (CS-40)."""
    entry = scene.one_of(Attention.objects.filter(ended_at__isnull=True))
    if entry is not None and scene.dice.random() < 0.7:
        done: object = customers.end_listing(CLERK, entry_id=entry.pk, why="解決済み")
    else:
        customer = scene.one_of(Customer.objects.all())
        level = scene.dice.choice(list(Level.values))
        done = customer and customers.list_customer(CLERK, customer_id=customer.pk, level=level, reason="受取拒否")
    services.heed_attention(SYSTEM)
    return done


@deed
def same_customer(scene: Scene) -> object:
    merged = scene.one_of(Customer.objects.filter(merged_into__isnull=False))
    if merged is not None and scene.dice.random() < 0.5:
        return customers.unmerge(CLERK, customer=merged)
    one, other = scene.one_of(Customer.objects.all()), scene.one_of(Customer.objects.all())
    return one and other and customers.merge(CLERK, customer=one, into=other)


@deed
def undo_money(scene: Scene) -> object:
    entry = scene.one_of(LedgerEntry.objects.filter(reversed_by__isnull=True))
    return entry and payments.undo(SYSTEM, entry_id=entry.pk)


@on_order
def ask_to_pay_back(scene: Scene, order: Order) -> object:
    """Much money goes back only when somebody else agrees (T26)."""
    asked = scene.one_of(RefundRequest.objects.filter(state=Asked.ASKED))
    if asked is None or scene.dice.random() < 0.3:
        return payments.ask_for_refund(CLERK, order_id=order.pk, amount=max(1, order.received_amount))
    if scene.dice.random() < 0.7:
        return payments.approve_refund(SYSTEM, request_id=asked.pk)
    return payments.decline_refund(SYSTEM, request_id=asked.pk, answer="金額を確認")


@deed
def go_and_pick(scene: Scene) -> object:
    batch = scene.one_of(Batch.objects.all())
    return batch and (shipping.start_picking(SYSTEM, batch_id=batch.pk) or None)


@on_order
def another_service(scene: Scene, order: Order) -> object:
    service = scene.dice.choice(["yamato", "yupack", "nekopos", "takkyubin"])
    return services.change_service(SYSTEM, order_id=order.pk, service=service, recompute_shipping=True)


@deed
def answer_all(scene: Scene) -> object:
    """Bulk work: one order's failure does not stop the others (ORD-33)."""
    ids = list(Order.objects.order_by("-pk").values_list("pk", flat=True)[: scene.dice.randint(1, 5)])
    return services.accept_many(SYSTEM, order_ids=ids) if ids else None
