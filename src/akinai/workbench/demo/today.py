"""The demo shop as somebody finds it who opens it now: work begun, and one of each case worth a look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import HoldKind, Queue
from akinai.backoffice.orders.types import PaymentDraft
from akinai.foundation.core.clock import JST
from akinai.overview.desk.services import write_handover

from . import aftercare
from .history import place
from .working import STORES, Days

#: Left for whoever tries the demo: so many orders to check at least, so many boxes in work.
LEFT_TO_CHECK = 9
IN_WORK = 12
#: So many orders can leave at least, whatever the hour.
ENOUGH_READY = 24
PACKED = 5
#: A slip as buyers make it: no mail can reach it, and the order says so (R19).
WRONG_ADDRESS = "tanaka.yuki@example"
HANDOVER = (
    "あおば商店さんの湯呑40個の見積は、単価1,650円で社長OK済みです。本日中に送ってください。\n\n"
    "ギフト箱(中)が残り30。包材屋さんは明後日の午前に届きます。\n\n"
    "急須 常滑の蓋が欠けたものが1個ありました。検品のときに蓋も見てください。"
)


def forgotten(days: Days, day: dt.date) -> None:
    """Two orders by bank transfer that nobody ever paid, placed on `day`: by now they are overdue."""
    for hour in (20, 21):
        at = dt.datetime.combine(day, dt.time(hour, 14), tzinfo=JST)
        days.clock.move_to(at + dt.timedelta(minutes=1))
        draft = days.trade.order(at, store="own", method="bank")
        place(STORES, [draft])
        days.never_pay.add(Order.objects.get(store_number=draft.store_number).pk)


def leave_note(days: Days, day: dt.date) -> None:
    """What the clerk wrote in the evening."""
    days.clock.move_to(dt.datetime.combine(day, dt.time(18, 12), tzinfo=JST))
    write_handover(days.people.clerk, text=HANDOVER)


def begin(days: Days, now: dt.datetime) -> None:
    """The work of today as far as it is: some orders checked, some boxes packed, the odd cases in their queues."""
    days.clock.move_to(now - dt.timedelta(minutes=40))
    aftercare.happen(days)
    aftercare.watch()
    _special_orders(days)
    to_check = Order.objects.filter(queue=Queue.CHECK, cancel="none").order_by("confirm_by", "pk")
    plenty = to_check.count() - LEFT_TO_CHECK
    if plenty > 0 and days.calendar.is_open(now.date()) and now.hour >= 11:
        days.check(list(to_check[:plenty]))
    days.clock.move_to(now - dt.timedelta(minutes=20))
    _holds(days)
    _boxes(days)


def _special_orders(days: Days) -> None:
    """Goods from the kiln that the buyer waits for, two calls by phone, and a buyer who mistyped their address."""
    trade, now = days.trade, days.clock.now()
    kiln = [a for a in trade.goods if a.ware.code in ("MC-SH", "DG-CT")]
    drafts = []
    for number, article in enumerate(kiln[:3]):
        plain = trade.order(now - dt.timedelta(hours=number + 1), store="own", method="card")
        waits = replace(trade.line(article, 1), short_told=True)
        drafts.append(trade.paid(replace(plain, lines=(waits, *plain.lines[:1]), payment=PaymentDraft("card"))))
    drafts.append(trade.order(now, store="phone", method="cod", remark="ご本人から電話。午後に折り返し希望。"))
    drafts.append(trade.order(now, store="phone", method="bank"))
    wrong = trade.order(now, store="colorme", method="amazonpay")
    drafts.append(replace(wrong, buyer=replace(wrong.buyer, mail=WRONG_ADDRESS)))
    missing = ENOUGH_READY - Order.objects.filter(queue=Queue.READY).count()
    drafts += [
        trade.order(now - dt.timedelta(minutes=5 * n), store="rakuten", method="rakutenpay") for n in range(missing)
    ]
    place(STORES, drafts)


def _holds(days: Days) -> None:
    """What people keep back on purpose."""
    clerk, today = days.people.clerk, days.clock.now().date()
    ready = list(Order.objects.filter(queue=Queue.READY).order_by("-ordered_at", "pk")[:4])
    if len(ready) < 4:
        return
    orders.hold(clerk, order_id=ready[0].pk, kind=HoldKind.MANUAL, reason="色味の確認中。写真を送って返事待ち")
    orders.hold(clerk, order_id=ready[1].pk, kind=HoldKind.CUSTOMER_WAIT, reason="お届け先の変更があるかもしれない")
    later = today + dt.timedelta(days=9)
    orders.hold(clerk, order_id=ready[2].pk, kind=HoldKind.UNTIL_DATE, until=later, reason="ご旅行から戻られてから")
    orders.request_cancel(clerk, order_id=ready[3].pk, reason="同じものを二重に注文したとのこと")


def _boxes(days: Days) -> None:
    """A batch in work: some boxes packed, one half scanned, one that must not leave after all."""
    ready = Order.objects.filter(queue=Queue.READY).order_by("ordered_at", "pk").values_list("pk", flat=True)
    boxes = days.print(list(ready[:IN_WORK]), papers=True)
    for pk in boxes[:PACKED]:
        days.fill(pk)
    if len(boxes) > PACKED + 1:
        days.scan(boxes[PACKED], most=1)
        stopped = Order.objects.get(shipments=boxes[-1])
        orders.request_cancel(days.people.clerk, order_id=stopped.pk, reason="お客様から取り消しの電話")
