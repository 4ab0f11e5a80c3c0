"""The variables of a mail, from the facts of an order. A value that does not exist is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from akinai.backoffice.orders.models import OrderLine
from akinai.backoffice.orders.states import CancelReason
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html
from akinai.shop.messaging.rendering import one_line
from akinai.shop.messaging.signature import signature
from akinai.shop.stores import settings
from akinai.shop.terms.states import MethodKind

from .declared import POSTAL_ACCOUNT
from .facts import OrderFacts
from .spelling import amount, day, moment, name_of, until, window

#: The mark of the reduced rate, as on papers.
REDUCED = "※"
NO_WISH = "ご指定なし"
NOBODY = "受注担当"

REASONS = {
    CancelReason.CUSTOMER: "お客様のご希望",
    CancelReason.UNPAID: "お支払い期限までにご入金を確認できなかったため",
    CancelReason.STOCKOUT: "ご注文の品をご用意できなかったため",
    CancelReason.SHOP: "当店の都合により承ることができなかったため",
    CancelReason.FRAUD: "お支払いの手続きを完了できなかったため",
    CancelReason.STORE: "ご購入店でのお取り消し",
    CancelReason.JOINED: "もとのご注文へのおまとめ",
}
OUR_FAULT = frozenset({CancelReason.STOCKOUT, CancelReason.SHOP})


def values_of(facts: OrderFacts, actor: Actor | None = None, **more: Any) -> dict[str, Any]:
    """Everything that can be said about the order itself; `more` are values of the occasion and win."""
    order = facts.order
    base: dict[str, Any] = {
        **_shop(facts),
        "staff_name": staff_name(actor),
        "customer_name": one_line(name_of(order.buyer_name, order.buyer_company)),
        "order_no": one_line(order.store_number),
        "our_no": order.number,
        "ordered_at": moment(order.ordered_at),
        "confirm_by": until(order.confirm_by),
        "store_name": order.store.name,
        "remark": order.remark or "なし",
        "ship_to_name": one_line(name_of(order.ship_name, order.ship_company)),
        "ship_to_address": one_line(_address(order.ship_postcode, order.ship_address)),
        "delivery_method": f"{order.delivery_service.carrier.name} {order.delivery_service.name}",
        "carrier": order.delivery_service.carrier.name,
        "wish_date": day(order.wish_date) or "",
        "wish_time": window(order.wish_window, order.wish_window_raw),
        "is_gift": "贈り物" if order.is_gift else "",
        "changed": "変更後" if facts.is_changed else "",
        "staff_note": "",
        "lines": rows_of(facts.lines),
        **_money(facts),
        **_plan(facts),
        **_cancelling(facts),
    }
    base["wish"] = f"{base['wish_date']} {base['wish_time']}".strip() or NO_WISH
    return {**base, **more}


def staff_name(actor: Actor | None) -> str:
    """Who writes: the person, or the desk where a machine does."""
    return actor.label if actor is not None and actor.key.startswith("staff:") and actor.label else NOBODY


def _shop(facts: OrderFacts) -> dict[str, str]:
    shop = facts.shop
    return {
        "shop_name": one_line(shop.name), "shop_company": shop.company, "shop_url": shop.url, "shop_mail": shop.mail,
        "shop_tel": shop.tel, "shop_hours": shop.hours, "signature": signature(shop),
    }  # fmt: skip


def _address(postcode: str, address: str) -> str:
    return f"〒{html.postcode(postcode)} {address}" if postcode else address


def rows_of(lines: Iterable[OrderLine], quantities: Mapping[int, int] | None = None) -> list[dict[str, str]]:
    """The lines as a loop wants them; `quantities` by line id where not all of a line is meant."""
    return [_row(line, line.live if quantities is None else quantities[line.pk]) for line in lines]


def _row(line: OrderLine, quantity: int) -> dict[str, str]:
    options = one_line(line.options)
    basis = "" if line.price_basis == "incl" else "(税抜)"
    return {
        "name": one_line(line.name) + (f"({options})" if options else ""),
        "sku": line.sku.code if line.sku else line.store_code,
        "qty": amount(quantity),
        "price": amount(line.unit_price) + basis,
        "reduced_mark": REDUCED if line.is_reduced else "",
    }


def _money(facts: OrderFacts) -> dict[str, str | None]:
    order = facts.order
    rates = {entry["rate"]: entry for entry in order.tax_lines}
    found: dict[str, str | None] = {
        "goods_total": amount(order.goods_total + order.added_tax),
        "shipping_fee": amount(order.shipping_fee),
        "cod_fee": amount(order.payment_fee),
        "wrapping_fee": amount(order.wrapping_fee),
        "other_fee": amount(max(0, order.other_fee)),
        "discount": amount(order.discount_total - order.points),
        "points_used": amount(order.points),
        "grand_total": amount(order.total),
        "pay_method": order.payment_method.name,
        "open_amount": amount(max(0, facts.open_amount)),
        "over_amount": amount(max(0, -facts.open_amount - order.payment_method.tolerance)),
        "pay_due": day(order.pay_due),
        "cancel_on": day(order.pay_cancel_on),
        "cash_amount": amount(max(0, facts.open_amount)) if facts.is_cod else None,
        "transfer_amount": amount(facts.open_amount) if facts.waits_for_transfer else None,
        "bank_account": _account(facts),
    }
    for rate in (10, 8):
        entry = rates.get(rate, {"gross": 0, "tax": 0})
        found[f"tax{rate}_base"], found[f"tax{rate}"] = amount(entry["gross"]), amount(entry["tax"])
    return found


def _account(facts: OrderFacts) -> str | None:
    """Where to transfer to (R54, R57); None where the shop has not said."""
    postal = settings.value(POSTAL_ACCOUNT) if facts.order.payment_method.kind == MethodKind.POSTAL_TRANSFER else ""
    return (postal or facts.shop.bank_account).strip() or None


def _plan(facts: OrderFacts) -> dict[str, str | None]:
    """The planned days in words that are true now: without the money or the goods there is no date yet (PAY-9)."""
    plan = facts.plan
    if plan is None:
        return {"ship_plan": None, "arrive_plan": None}
    later = facts.transit_days or 0
    after = f"発送の{later}日後" if later else "発送の当日"
    if facts.waits_for_goods:
        return {"ship_plan": "商品が入荷しだい(決まりましたらお知らせします)", "arrive_plan": after}
    if facts.waits_for_money and facts.is_prepaid:
        return {"ship_plan": f"お支払いの確認後(本日確認できた場合 {day(plan.ship_on)})", "arrive_plan": after}
    return {"ship_plan": day(plan.ship_on), "arrive_plan": day(plan.arrive_on) or after}


def _cancelling(facts: OrderFacts) -> dict[str, str | None]:
    order = facts.order
    if not facts.is_cancelled:
        return {"reason": None, "refund_detail": None, "our_fault": ""}
    return {
        "reason": REASONS[CancelReason(order.cancel_reason)],
        "refund_detail": _money_back(facts),
        "our_fault": "1" if order.cancel_reason in OUR_FAULT else "",
    }


def _money_back(facts: OrderFacts) -> str:
    """What happens to the money of a cancelled order."""
    order = facts.order
    if order.received_amount > 0:
        held = amount(order.received_amount)
        return f"お預かりしております{held}円を返金いたします。手続きが済みましたらお知らせします。"
    if order.guaranteed_amount > 0:
        return f"{order.payment_method.name}のご請求はいたしません。"
    return "ご請求はございません。"


def for_shop(facts: OrderFacts) -> dict[str, Any]:
    """What only our own staff read (M02): the reasons to look."""
    labels = [str(check.get_code_display()) for check in facts.checks]
    return {"reason": "、".join(labels) if labels else "なし"}
