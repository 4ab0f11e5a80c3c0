"""Days at work in the demo shop: orders come in, people check, book, receive, pack and hand over, by the use cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import CancelReason, Check, Queue, Stage
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.actor import Actor, job_actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.jobs.services import run_pending
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.calendar import BusinessCalendar

from .history import how_many, place
from .trade import Trade

#: Of a hundred orders of the stores so many need a person; of those by phone all do.
ODD = 9
#: The carriers pay what their drivers collected after so many days.
SETTLED_AFTER = dt.timedelta(days=4)
REORDER_BELOW = 12
STORES = job_actor("demo.stores")


@dataclass
class People:
    """Who does what."""

    clerk: Actor
    packer: Actor
    books: Actor

    @classmethod
    def load(cls) -> People:
        """The staff of the demo shop."""
        by_login = {staff.login: staff.actor for staff in Staff.objects.all()}
        return cls(by_login["order"], by_login["packer"], by_login["books"])


@dataclass
class Days:
    """Moves the clock from one day to the next and lets everybody work."""

    trade: Trade
    clock: FrozenClock
    calendar: BusinessCalendar
    people: People
    labels: int = 0
    never_pay: set[int] = field(default_factory=set)

    def live(
        self,
        day: dt.date,
        average: float,
        *,
        until: dt.datetime | None = None,
        evening: Callable[[dt.date], None] | None = None,
    ) -> None:
        """One day from midnight; `until` is now, where the day is not over. `evening` is called after the truck."""
        self._at(day, 0, 5)
        orders.tick(day)
        moments = self.trade.moments(day, how_many(self.trade.rng, day, average), until)
        at_work = self.calendar.is_open(day) and until is None
        early = [at for at in moments if at.hour < 10]
        self._come_in(early)
        if at_work:
            self._morning(day)
        midday = [at for at in moments if 10 <= at.hour < 14]
        self._come_in(midday)
        if at_work:
            self._afternoon(day)
        late = [at for at in moments if at.hour >= 14]
        self._come_in([at for at in late if at.hour < 18])
        if evening is not None:
            evening(day)
        self._come_in([at for at in late if at.hour >= 18])

    def _at(self, day: dt.date, hour: int, minute: int = 0) -> None:
        self.clock.move_to(dt.datetime.combine(day, dt.time(hour, minute), tzinfo=JST))

    def _come_in(self, moments: Sequence[dt.datetime]) -> None:
        """Orders as the stores tell of them, a little after the last of them was placed."""
        if not moments:
            return
        self.clock.move_to(moments[-1] + dt.timedelta(minutes=3))
        place(STORES, [self.trade.order(at, odd=self.trade.rng.randrange(100) < ODD) for at in moments])
        run_pending(limit=10_000)

    def _morning(self, day: dt.date) -> None:
        self._at(day, 10, 10)
        self.check(Order.objects.filter(queue=Queue.CHECK).order_by("confirm_by"))
        self._at(day, 11, 0)
        self.book(day)
        self._at(day, 11, 40)
        self.receive()
        run_pending(limit=10_000)

    def _afternoon(self, day: dt.date) -> None:
        self._at(day, 14, 10)
        ready = list(Order.objects.filter(queue=Queue.READY).order_by("ordered_at").values_list("pk", flat=True))
        boxes = self.print(ready)
        self._at(day, 15, 30)
        for pk in boxes:
            self.fill(pk)
        self._at(day, 16, 50)
        fulfillment.dispatch(self.people.packer, shipment_ids=boxes)
        run_pending(limit=10_000)

    # -- the clerk -----------------------------------------------------------------------------------------------------

    def check(self, found: Iterable[Order]) -> None:
        """Answer every open reason and accept; what lacks goods and cannot be had is turned down."""
        for order in found:
            orders.mark_seen(self.people.clerk, order_id=order.pk)
            try:
                self._answer(order)
                orders.accept(self.people.clerk, order_id=order.pk)
            except Refused:
                orders.reject(self.people.clerk, order_id=order.pk, reason=CancelReason.SHOP)

    def _answer(self, order: Order) -> None:
        for code in order.checks.filter(closed_at__isnull=True).values_list("code", flat=True):
            if code == Check.NEW_SKU:
                self._explain(order)
            elif order.checks.filter(code=code, closed_at__isnull=True).exists():
                orders.clear_check(self.people.clerk, order_id=order.pk, code=code, answer="電話で確認しました")

    def _explain(self, order: Order) -> None:
        """An old item code means the article it once was."""
        for line in order.lines.filter(sku__isnull=True):
            sku = Sku.objects.get(code=line.store_code.removesuffix("-OLD"))
            orders.set_line_sku(self.people.clerk, order_id=order.pk, line=line.number, sku_id=sku.pk)

    # -- the books -----------------------------------------------------------------------------------------------------

    def book(self, day: dt.date) -> None:
        """Transfers come in one to five days after they were asked for; who never pays is turned down in the end."""
        rng, books = self.trade.rng, self.people.books
        for order in Order.objects.filter(queue=Queue.AWAITING_PAYMENT).order_by("pk"):
            if order.pay_cancel_on is not None and order.pay_cancel_on <= day:
                orders.reject(books, order_id=order.pk, reason=CancelReason.UNPAID)
            elif self._is_asked(order) and order.pk % 23 and rng.random() < 0.45:
                payments.mark_deposit(books, order_id=order.pk, money=Money(payments.open_amount(order), day))
        settled = Order.objects.filter(
            queue=Queue.AWAITING_SETTLEMENT, shipped_at__lt=self.clock.now() - SETTLED_AFTER
        ).order_by("pk")
        for order in settled:
            money = Money(payments.open_amount(order), day, reference="代引精算")
            payments.mark_deposit(books, order_id=order.pk, money=money)

    def _is_asked(self, order: Order) -> bool:
        """A day has passed since the buyer was told the account; those that are to stay overdue never pay."""
        if order.pk in self.never_pay or order.accepted_at is None:
            return False
        return order.accepted_at < self.clock.now() - dt.timedelta(hours=20)

    # -- the warehouse -------------------------------------------------------------------------------------------------

    def receive(self) -> None:
        """What runs low comes in again, waiting orders are served first."""
        low = Stock.objects.select_related("sku").filter(sku__supply="stock").order_by("sku_id")
        for stock in low:
            if stock.free < REORDER_BELOW and self.trade.rng.random() < 0.5:
                orders.receive_stock(
                    self.people.packer, sku_id=stock.sku_id, quantity=self.trade.rng.choice((24, 36, 48)), note="定期便"
                )

    def print(self, order_ids: Sequence[int], *, papers: bool = False) -> list[int]:
        """One batch of the day; the shipments that were printed."""
        if not order_ids:
            return []
        made = fulfillment.make_batch(self.people.packer, order_ids=order_ids, papers=papers)
        if made.batch is None:
            return []
        return list(Shipment.objects.filter(batch=made.batch).order_by("position").values_list("pk", flat=True))

    def fill(self, shipment_id: int) -> None:
        """Scan every piece of a box, close it and stick the label on."""
        self.scan(shipment_id)
        with transaction.atomic():
            shipment = Shipment.objects.get(pk=shipment_id)
            if shipment.stage == Stage.INSPECTED:
                fulfillment.pack(self.people.packer, shipment_id=shipment_id)
            self.label(shipment_id)

    def scan(self, shipment_id: int, *, most: int = 1000) -> None:
        """Scan the pieces of a box by their JAN, `most` of them."""
        with transaction.atomic():
            left = most
            for line in Shipment.objects.get(pk=shipment_id).lines.select_related("sku"):
                for _piece in range(min(line.left, left)):
                    fulfillment.scan(self.people.packer, shipment_id=shipment_id, code=line.sku.jan)
                left -= line.left
                if left <= 0:
                    return

    def label(self, shipment_id: int) -> None:
        """Give a box the next tracking number; the last digit is the first eleven modulo seven (SHP-50)."""
        self.labels += 1
        body = f"{47_620_000_000 + self.labels * 13}"
        number = f"{body}{int(body) % 7}"
        fulfillment.set_tracking(self.people.packer, shipment_id=shipment_id, numbers=[number])
