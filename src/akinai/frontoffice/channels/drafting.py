"""From an order as a store's file tells it to a draft that `place_orders` takes. Pure: facts in, draft out."""

from __future__ import annotations

from dataclasses import dataclass, field

from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft
from akinai.shop.stores.models import Store
from akinai.shop.stores.states import PriceBasis, StoreKind
from akinai.shop.terms.types import TermsSnapshot

from .types import Paid, Party, StoreOrder

#: What an order keeps of the store's own word for a delivery time.
RAW_WINDOW = 60


@dataclass(frozen=True, slots=True)
class StoreRules:
    """What the shop has said about a store's files.

    `guaranteed` are the codes of payment methods whose money this store vouches for when its file does not say
    whether an order is paid (a card that the cart has authorised). `price_basis` is the shop's usual one.
    """

    store: Store
    terms: TermsSnapshot
    price_basis: str = PriceBasis.INCL
    guaranteed: frozenset[str] = field(default_factory=frozenset)


def draft_of(order: StoreOrder, rules: StoreRules) -> OrderDraft:
    """The draft of one order. What the file does not say stays unsaid: an unknown payment state is not "paid".

    Discounts and points that the mall pays to the shop lower what the buyer owes but not the taxable amount (TAX-23).
    """
    basis = _basis(order, rules)
    service = rules.terms.service(order.delivery_word)
    is_mall = rules.store.kind in (StoreKind.MALL, StoreKind.CART)
    return OrderDraft(
        store_id=rules.store.pk,
        store_number=order.store_number,
        ordered_at=order.ordered_at,
        buyer=_party(order.buyer),
        ship_to=_party(order.ship_to),
        lines=tuple(_lines(order, basis)),
        payment=_payment(order, rules),
        delivery_service=service.code if service else order.delivery_word,
        wish_date=order.wish_date,
        wish_window=order.wish_window or "",
        wish_window_raw=order.wish_window_word[:RAW_WINDOW] if order.wish_window is None else "",
        shipping_fee=order.shipping_fee or 0,
        payment_fee=order.payment_fee or 0,
        wrapping_fee=order.wrapping_fee or 0,
        other_fee=order.other_fee or 0,
        coupon=order.discount or 0,
        points=(order.points or 0) + (order.mall_discount or 0),
        points_kind="tender" if is_mall else "discount",
        store_total=order.total,
        store_tax=order.tax if basis == PriceBasis.EXCL else None,
        remark=_remark(order),
        is_gift=order.gift,
        gift_note="\n".join(text for text in (order.noshi, *(line.gift_note for line in order.lines)) if text),
        warehouse_note=order.staff_note,
        is_shipped=order.shipped,
        is_cancelled=order.cancelled,
        address_pending=order.address_pending,
    )


def _remark(order: StoreOrder) -> str:
    """The buyer's words, and below them a wished day or time that nobody understood, so that a person reads it.

    The headings are Japanese whatever the reader's language: they become part of the order.
    """
    parts = [order.remark]
    if order.wish_date_word:
        parts.append(f"お届け希望日：{order.wish_date_word}")
    if order.wish_window is None and order.wish_window_word:
        parts.append(f"お届け希望時間帯：{order.wish_window_word}")
    return "\n".join(part for part in parts if part)


def _party(party: Party) -> PartyDraft:
    return PartyDraft(
        name=party.name or party.company,
        kana=party.kana,
        company=party.company,
        phone=party.phone,
        mail=party.mail,
        postcode=party.postcode,
        prefecture=party.prefecture,
        address1=party.address1,
        address2=party.address2,
    )


def _lines(order: StoreOrder, basis: str) -> list[LineDraft]:
    found = []
    for line in order.lines:
        own = {True: PriceBasis.INCL, False: PriceBasis.EXCL, None: basis}[line.price_includes_tax]
        found.append(
            LineDraft(
                code=line.code or line.product_code,
                name=line.name,
                quantity=line.quantity,
                unit_price=line.unit_price,
                price_basis=str(own),
                tax_rate=line.tax_rate,
                options=line.options,
            )
        )
    return found


def _basis(order: StoreOrder, rules: StoreRules) -> str:
    """The price basis of lines that do not say it: the one with which the store's own figures add up.

    Where neither does, or both do, the shop's usual basis.
    """
    if order.total is None or not order.tax:
        return rules.price_basis
    goods = sum(line.unit_price * line.quantity for line in order.lines)
    charges = sum(
        amount or 0 for amount in (order.shipping_fee, order.payment_fee, order.wrapping_fee, order.other_fee)
    )
    taken_off = sum(amount or 0 for amount in (order.discount, order.mall_discount, order.points))
    included = goods + charges - taken_off == order.total
    excluded = goods + order.tax + charges - taken_off == order.total
    if included == excluded:
        return rules.price_basis
    return str(PriceBasis.INCL if included else PriceBasis.EXCL)


def _payment(order: StoreOrder, rules: StoreRules) -> PaymentDraft:
    """Paid in full, vouched for by the store, or nothing known."""
    method = rules.terms.method(order.payment_word)
    whole = order.total if order.total is not None else _own_total(order)
    word = method.code if method else order.payment_word
    if order.paid is Paid.PAID:
        return PaymentDraft(word, paid_amount=whole, paid_on=order.paid_on)
    if order.paid is Paid.UNKNOWN and method is not None and method.code in rules.guaranteed:
        return PaymentDraft(word, guaranteed_amount=whole)
    return PaymentDraft(word)


def _own_total(order: StoreOrder) -> int:
    """What the buyer owes by the file's lines and charges, where it names no total."""
    goods = sum(line.unit_price * line.quantity for line in order.lines)
    added = (order.shipping_fee, order.payment_fee, order.wrapping_fee, order.other_fee)
    taken = (order.discount, order.mall_discount, order.points)
    return goods + sum(a or 0 for a in added) - sum(t or 0 for t in taken)
