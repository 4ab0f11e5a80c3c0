"""What the walk asks the shop's database, in the shop's own process: facts to compare the pages with.

`python -m tests.e2e.ledger QUESTION` prints the answer as one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import django

django.setup()

from akinai.backoffice.fulfillment.models import Shipment  # noqa: E402  # models come after setup
from akinai.backoffice.orders.models import Order  # noqa: E402
from akinai.backoffice.orders.states import OPEN, Cancel, Confirmation, Stage  # noqa: E402
from akinai.backoffice.payments.models import LedgerEntry  # noqa: E402
from akinai.shop.messaging.models import Message  # noqa: E402
from akinai.shop.stores.selectors import mail_sender  # noqa: E402
from akinai.shop.stores.states import MailSender  # noqa: E402
from akinai.shop.terms.states import Timing  # noqa: E402


def queues() -> dict[str, int]:
    """Orders in each queue; their sum is every order (ORD-17)."""
    return dict(Counter(Order.objects.values_list("queue", flat=True)))


def open_queues() -> list[str]:
    """The queues that Today counts."""
    return [queue.value for queue in OPEN]


def boxes() -> list[dict[str, Any]]:
    """Shipments to inspect, with what a packer would scan."""
    rows = Shipment.objects.filter(stage__in=[Stage.INSTRUCTED, Stage.PICKING]).order_by("position", "pk")
    return [
        {
            "number": box.number,
            "codes": [code for line in box.lines.select_related("sku") for code in [line.sku.code] * line.pieces],
        }
        for box in rows
    ]


def checks() -> dict[str, Any]:
    """Open reasons of every order that waits for a person, by its number."""
    rows = Order.objects.filter(queue="check").order_by("confirm_by", "ordered_at", "pk")
    return {
        order.number: {
            "id": order.pk,
            "codes": list(order.checks.filter(closed_at=None).values_list("code", flat=True)),
        }
        for order in rows
    }


def accepted() -> dict[str, Any]:
    """Every order by its number at the store: key, our number, queue, and who checked it and when."""
    return {
        order.store_number: {
            "id": order.pk, "number": order.number, "queue": order.queue, "by": order.accepted_by,
            "at": order.accepted_at.isoformat() if order.accepted_at else "",
        }
        for order in Order.objects.all()
    }  # fmt: skip


def mails() -> dict[str, Any]:
    """MAIL-13, MAIL-4: the mails each buyer must have had by now, and every order where those sent differ."""
    sent: dict[str, Counter[str]] = {}
    for key, kind in Message.objects.filter(state="sent").values_list("subject_key", "kind"):
        sent.setdefault(key, Counter())[kind] += 1
    wrong, total = {}, Counter[str]()
    for order in Order.objects.select_related("payment_method", "store"):
        due, had = _due(order), sent.get(order.subject, Counter())
        had_to_buyer = Counter({kind: n for kind, n in had.items() if kind != "M02"})
        total += had
        if due != had_to_buyer:
            wrong[order.number] = {"due": due, "sent": had_to_buyer}
    unsent = list(Message.objects.exclude(state="sent").values_list("kind", "state", "last_error")[:10])
    return {"wrong": wrong, "sent": total, "unsent": unsent}


def _due(order: Order) -> Counter[str]:
    due = Counter({"M01": int(mail_sender(order.store, "M01") == MailSender.US)})
    if order.confirmation == Confirmation.ACCEPTED:
        due["M03"] = 1
    if order.payment_method.timing == Timing.PREPAID:
        due["M05"] = LedgerEntry.objects.filter(order=order, kind="deposit").count()
    due["M12"] = int(order.cancel == Cancel.CANCELLED)
    due["M07"] = order.shipments.filter(stage=Stage.SHIPPED).count()
    return +due


QUESTIONS = {f.__name__: f for f in (queues, open_queues, boxes, checks, accepted, mails)}

if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(QUESTIONS[sys.argv[1]](), ensure_ascii=False) + "\n")
