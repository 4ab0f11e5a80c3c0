"""Years of finished orders in a minute, written in bulk and shaped as the use cases leave them, to measure reads."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from django.db import connection, transaction

from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.search import index_order
from akinai.backoffice.orders.states import Confirmation, Payment, Queue
from akinai.foundation.core import clock
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.db import reserve_ids
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.customers.identity import search_text
from akinai.shop.customers.models import Customer
from akinai.shop.customers.types import Buyer
from akinai.shop.stores.models import Shop, Store
from akinai.shop.terms.models import DeliveryService, PaymentMethod
from akinai.workbench.people import person

CHUNK = 2000
SKUS = 200
#: How many of the newest orders are still somebody's turn, by queue.
OPEN = {
    Queue.NEW: 5,
    Queue.CHECK: 60,
    Queue.HOLD: 8,
    Queue.AWAITING_PAYMENT: 120,
    Queue.AWAITING_STOCK: 10,
    Queue.AWAITING_DATE: 30,
    Queue.PREPARING: 40,
    Queue.READY: 200,
    Queue.AWAITING_SETTLEMENT: 90,
    Queue.SHIPPED: 1500,
}


def fill(orders: int, *, lines: int = 3, seed: int = 11, progress: Callable[[int], None] | None = None) -> None:
    """Write `orders` orders with so many lines each over the past two years, the newest ones unfinished."""
    writer = _Writer(orders, lines, random.Random(seed))
    for start in range(0, orders, CHUNK):
        with transaction.atomic():
            writer.write(range(start, min(start + CHUNK, orders)))
        if progress is not None:
            progress(min(start + CHUNK, orders))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Writer:
    """The shop the orders belong to, and how one of them is made up."""

    def __init__(self, total: int, lines: int, dice: random.Random) -> None:
        self.total, self.lines, self.dice, self.now = total, lines, dice, clock.now()
        Shop.objects.update_or_create(pk=1, defaults={"name": "Volume", "prefecture": "東京都"})
        self.stores = [Store.objects.create(code=f"v{i}", name=f"Store {i}", short_name=f"店{i}") for i in range(3)]
        product = Product.objects.create(code="VOLUME", name="湯呑 藍釉")
        Sku.objects.bulk_create([Sku(product=product, code=f"V-{i:04d}", price=1980) for i in range(SKUS)])
        self.skus = list(Sku.objects.values_list("pk", "code"))
        self.methods = list(PaymentMethod.objects.values_list("pk", flat=True)[:3])
        self.service = DeliveryService.objects.get(is_default=True).pk
        self.queues = [queue for queue, count in OPEN.items() for _ in range(count)]

    def write(self, numbers: range) -> None:
        people = [person(self.dice, n) for n in numbers]
        keys = reserve_ids(Customer, len(numbers))
        insert_many(
            [
                Customer(
                    pk=key, name=p.name, kana=p.kana, phone=p.phone, mail=f"v{key}@example.jp",
                    mail_key=f"v{key}@example.jp", identity=f"v{key}", created_at=self.now,
                    search_text=search_text(Buyer(p.name, p.kana, phone=p.phone, mail=f"v{key}@example.jp")),
                )
                for key, p in zip(keys, people, strict=True)
            ]
        )  # fmt: skip
        orders = [
            self._order(pk, n, customer, p)
            for pk, n, customer, p in zip(reserve_ids(Order, len(numbers)), numbers, keys, people, strict=True)
        ]
        insert_many(orders)
        insert_many([line for order in orders for line in self._lines(order)])

    def _order(self, pk: int, n: int, customer: int, who: object) -> Order:
        left = self.total - n  # the newest orders come last
        queue = self.queues[left - 1] if left <= len(self.queues) else Queue.DONE
        at = self.now - dt.timedelta(minutes=5 * left)
        parts = ("name", "kana", "phone", "postcode", "prefecture", "address1", "address2")
        party = {f"{side}_{part}": getattr(who, part) for side in ("buyer", "ship") for part in parts}
        total = 1980 * self.lines + 660
        order = Order(
            pk=pk, number=f"V-{pk:06d}", store_id=self.stores[n % 3].pk, store_number=f"S{n:07d}", ordered_at=at,
            received_at=at, customer_id=customer, payment_method_id=self.methods[n % len(self.methods)],
            delivery_service_id=self.service, goods_total=total - 660, shipping_fee=660, total=total,
            confirmation=Confirmation.NEEDS_CHECK if queue in (Queue.NEW, Queue.CHECK) else Confirmation.ACCEPTED,
            accepted_at=at, accepted_by="system", confirm_by=at + dt.timedelta(hours=24), queue=queue, queue_since=at,
            payment=Payment.PAID, buyer_mail=f"v{customer}@example.jp",
            badges=["check.REMARK", "check.ADDRESS"] if queue == Queue.CHECK else [],
            remark="午前中にお願いします" if queue == Queue.CHECK else "", **party,
        )  # fmt: skip
        index_order(order)
        return order

    def _lines(self, order: Order) -> list[OrderLine]:
        found = []
        for number in range(1, self.lines + 1):
            sku_id, code = self.dice.choice(self.skus)
            found.append(
                OrderLine(
                    order_id=order.pk, number=number, sku_id=sku_id, store_code=code, name="湯呑 藍釉", quantity=1,
                    unit_price=1980, tax_rate=10, shipped=1 if order.queue == Queue.DONE else 0,
                )
            )  # fmt: skip
        return found
