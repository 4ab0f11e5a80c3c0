"""Mails that follow from events (MAIL-13, MAIL-4). Each looks at how things are now, not only at what the event said.

Every function returns the messages it put into the outbox; called again for the same occasion it puts none.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders import selectors as order_selectors
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.states import Cancel, Confirmation, Stage
from akinai.backoffice.payments import selectors as payments
from akinai.backoffice.payments.models import LedgerEntry
from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications.composing import compose
from akinai.frontoffice.notifications.context import for_shop
from akinai.frontoffice.notifications.facts import OrderFacts
from akinai.frontoffice.notifications.families import parent
from akinai.frontoffice.notifications.models import ConfirmationNote
from akinai.frontoffice.notifications.parcels import parcel_values, parcels
from akinai.shop.messaging import selectors as mails
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.declared import UNDO_SECONDS
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.states import MailSender

#: RFC 3834: machines that answer mail leave this alone.
AUTO = {"Auto-Submitted": "auto-generated"}
#: Mails that a cancellation makes pointless while they still wait.
POINTLESS_AFTER_CANCEL = ("M03", "M04", "M05", "M06", "M08", "M09", "M17")


#: Edits by which nothing changes that the buyer ordered; who makes them writes where there is something to say.
QUIET = frozenset({"sku", "present", "line", "policy", "bundle", "parts", "split", "join"})


def on_placed(actor: Actor, *, order_id: int) -> list[Message]:
    """T01: the automatic reply to the buyer (M01) and the notice to the shop (M02), at once, at any hour (R18-R21).

    None for an order that was taken again after a late payment (PAY-8): its buyer has had both.
    """
    if payments.is_taken_again(order_id):
        return []
    facts = loading.load(order_id)
    occasion = f"v{facts.order.edition}"
    found = to_buyer(actor, "M01", facts, occasion, delay=0, headers=AUTO)
    return found + _to_shop(actor, facts, occasion)


def _to_shop(actor: Actor, facts: OrderFacts, occasion: str) -> list[Message]:
    """M02 is always ours (MAIL-13); a shop without an address gets none, its screen tells it all (R19)."""
    if not facts.shop.mail:
        return []
    made = compose("M02", facts, actor, **for_shop(facts))
    return [
        messaging.queue_message(
            actor, kind="M02", subject_key=facts.order.subject, occasion=occasion, store_id=facts.order.store_id,
            to=facts.shop.mail, subject=made.subject, body=made.body, missing=made.missing, headers=AUTO,
        )
    ]  # fmt: skip


def on_accepted(actor: Actor, *, order_id: int) -> list[Message]:
    """T04: the confirmation (M03) with transfer (M04) or cash (M08) notice. A person's waits for the undo window.

    Taken on again by an answer to a check, an order can still wait for the buyer's consent, which brings it (ORD-42).
    """
    facts = loading.load(order_id)
    if facts.is_cancelled or facts.order.confirmation != Confirmation.ACCEPTED or facts.waits_for_consent:
        return []
    return _confirm(actor, facts)


def on_edited(actor: Actor, *, order_id: int, what: str) -> list[Message]:
    """T23: an accepted order was changed: the confirmation again, marked 変更後; one that still waits is replaced.

    None while the buyer has not agreed to a higher amount (ORD-42); their consent (`what` "consent") brings it.
    """
    facts = loading.load(order_id)
    if what in QUIET or facts.is_cancelled or facts.order.confirmation != Confirmation.ACCEPTED:
        return []
    if facts.waits_for_consent:
        stop_waiting(actor, facts.order.subject, ("M03",))
        return []
    return _confirm(actor, facts)


def _confirm(actor: Actor, facts: OrderFacts) -> list[Message]:
    more: dict[str, Any] = {"staff_note": _said_by_staff(facts.order.pk)}
    for kind, value in (("M04", "transfer_amount"), ("M08", "cash_amount")):
        if not _ours(facts, kind):
            more[value] = None
    occasion = f"v{facts.order.edition}"
    stop_waiting(actor, facts.order.subject, ("M03", "M04", "M08"), but=occasion)
    if _ours(facts, "M03"):
        return to_buyer(actor, "M03", facts, occasion, **more)
    return _beside_the_stores(actor, facts, occasion)


def _said_by_staff(order_id: int) -> str:
    """The answer to the remark (R32) and the word of one's own, one below the other."""
    note = ConfirmationNote.objects.filter(order_id=order_id).values_list("text", flat=True).first() or ""
    return "\n".join(part for part in (order_selectors.reply_to_remark(order_id), note) if part)


def _beside_the_stores(actor: Actor, facts: OrderFacts, occasion: str) -> list[Message]:
    """M04 or M08 alone: the store confirms by itself, but telling where to pay is ours (MAIL-13)."""
    if facts.waits_for_transfer:
        return to_buyer(actor, "M04", facts, occasion)
    return to_buyer(actor, "M08", facts, occasion) if facts.is_cod and facts.open_amount > 0 else []


def on_cancelled(actor: Actor, *, order_id: int) -> list[Message]:
    """T05, T08, T21: the cancellation notice (M12); what still waits and has become pointless is stopped."""
    facts = loading.load(order_id)
    if facts.order.cancel != Cancel.CANCELLED:
        return []
    stop_waiting(actor, facts.order.subject, POINTLESS_AFTER_CANCEL)
    return to_buyer(actor, "M12", facts, f"v{facts.order.edition}")


def on_deposit(actor: Actor, *, order_id: int, entry_id: int) -> list[Message]:
    """T06: money of a prepaid order was confirmed (M05, PAY-9). None after a cancellation (PAY-8 is a person's).

    A reminder that has not left yet is stopped.
    """
    facts = loading.load(order_id)
    if not facts.waits_for_transfer:
        stop_waiting(actor, facts.order.subject, ("M06",))
    entry = LedgerEntry.objects.filter(pk=entry_id, order_id=order_id, reversed_by__isnull=True).first()
    if entry is None or facts.is_cancelled or not facts.is_prepaid or facts.order.shipped_at is not None:
        return []
    more: dict[str, Any] = {"paid_amount": entry.amount, "paid_on": entry.occurred_on}
    return to_buyer(actor, "M05", facts, f"deposit:{entry_id}", **more)


def on_refund(actor: Actor, *, order_id: int, entry_id: int) -> list[Message]:
    """T26: money went back (M11)."""
    facts = loading.load(order_id)
    entry = LedgerEntry.objects.filter(pk=entry_id, order_id=order_id, reversed_by__isnull=True).first()
    if entry is None:
        return []
    more: dict[str, Any] = {
        "refund_total": entry.amount,
        "refund_detail": ORDER_CANCELLED if facts.is_cancelled else ORDER_CHANGED,
        "refund_method": REFUND_WAYS.get(entry.method, OUR_WAY),
        "refund_on": entry.occurred_on,
    }
    return to_buyer(actor, "M11", facts, f"refund:{entry_id}", **more)


REFUND_WAYS = {
    "bank": pgettext_lazy("mail", "bank transfer"),
    "card": pgettext_lazy("mail", "to the card you used"),
    "store": pgettext_lazy("mail", "through the store you bought from"),
    "points": pgettext_lazy("mail", "in points"),
    "other": pgettext_lazy("mail", "as we told you separately"),
}
OUR_WAY = pgettext_lazy("mail", "in our usual way")
ORDER_CANCELLED = pgettext_lazy("mail", "the order was cancelled")
ORDER_CHANGED = pgettext_lazy("mail", "the difference after a change of the order")


def on_dispatched(actor: Actor, *, shipment_id: int, order_id: int | None = None) -> list[Message]:
    """T15: the shipping notice (M07), for each parcel, and only once the carrier really has it (N-14, R79).

    A parcel that several orders share is told of once for each (ORD-54); `order_id` says for which, else the leading.
    """
    shipment = parcels().get(pk=shipment_id)
    if shipment.stage not in (Stage.SHIPPED, Stage.DELIVERED) or shipment.shipped_at is None:
        return []
    facts = loading.load(order_id or shipment.order_id)
    return to_buyer(actor, "M07", facts, shipment.mail_occasion, **parcel_values(facts, shipment))


def to_buyer(
    actor: Actor,
    kind: str,
    facts: OrderFacts,
    occasion: str,
    *,
    delay: int | None = None,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> list[Message]:
    """Queue a mail to the buyer (MAIL-5) if it is ours to send and the buyer has an address; at most one (MAIL-4).

    None where a person has just written the same by hand (N-13); the audit of the order says so.
    """
    order = facts.order
    if not _ours(facts, kind) or not order.buyer_mail:
        return []
    made = compose(kind, facts, actor, **more)
    try:
        message = messaging.queue_message(
            actor, kind=kind, subject_key=order.subject, occasion=occasion, store_id=order.store_id,
            to=order.buyer_mail, subject=made.subject, body=made.body, missing=made.missing, headers=headers,
            delay_seconds=undo_seconds(actor) if delay is None else delay,
        )  # fmt: skip
    except messaging.AlreadyWritten as error:
        audit.record(actor, "notifications.held_back", order.subject, detail={"kind": kind}, reason=str(error))
        return []
    return [message]


def _ours(facts: OrderFacts, kind: str) -> bool:
    return stores.mail_sender(facts.order.store, parent(kind)) == MailSender.US


def undo_seconds(actor: Actor) -> int:
    """How long a mail can be stopped: the shop's setting where a person set it off, else not at all."""
    return int(settings.value(UNDO_SECONDS)) if actor.key.startswith("staff:") else 0


def stop_waiting(actor: Actor, subject_key: str, kinds: tuple[str, ...], but: str = "") -> None:
    """Stop mails of these kinds that have not left; one that is being sent at this moment wins."""
    waiting = Message.objects.filter(subject_key=subject_key, kind__in=kinds, state=State.WAITING).exclude(occasion=but)
    for message in waiting:
        try:
            messaging.stop(actor, message_id=message.pk)
        except AkinaiError:
            continue


@transaction.atomic
def note_delivery(actor: Actor, *, order_id: int) -> bool:
    """Write onto the order whether a mail of it could not go out (R19); returns that."""
    held = lock([order_id])  # before looking: of two such jobs the last writes what is true
    stuck = mails.has_stuck(f"order:{order_id}")
    if held and held[0].mail_failed != stuck:
        orders.record(actor, order_id, mail_failed=stuck)
    return stuck
