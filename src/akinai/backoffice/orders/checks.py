"""確認理由: what makes a person look at an order (ORD-20). Finding them never refuses an order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from akinai.foundation.core import clock
from akinai.foundation.core.text import digits, fold
from akinai.shop.catalog.states import Temperature
from akinai.shop.stores.deadlines import confirmation_deadline
from akinai.shop.stores.selectors import StoresSnapshot, mail_sender
from akinai.shop.stores.settings import Settings
from akinai.shop.stores.states import MailSender
from akinai.shop.terms import addresses, dates, phones, postcodes
from akinai.shop.terms.fees import cod_obstacles
from akinai.shop.terms.states import MethodKind
from akinai.shop.terms.types import Method, TermsSnapshot

from . import declared
from .models import Order, OrderLine
from .neighbours import address_key, open_near
from .remarks import Kind, interpret
from .states import Check
from .timing import Timetable
from .types import OrderDraft, PartyDraft, Reason

Coming = tuple[OrderDraft, Order, Sequence[OrderLine]]


@dataclass(frozen=True)
class Judge:
    """What orders are judged by, taken once for a batch."""

    timetable: Timetable
    now: dt.datetime
    lookup: Callable[[str], postcodes.Place | None] = postcodes.lookup

    @classmethod
    def load(cls) -> Judge:
        """As of now."""
        return cls(Timetable.load(), clock.now())

    @cached_property
    def methods(self) -> dict[int, Method]:
        """Payment methods by key."""
        return {method.id: method for method in self.terms.methods.values()}

    @property
    def terms(self) -> TermsSnapshot:
        return self.timetable.terms

    @property
    def stores(self) -> StoresSnapshot:
        return self.timetable.stores

    @property
    def settings(self) -> Settings:
        return self.timetable.settings

    def confirm_by(self, order: Order) -> dt.datetime | None:
        """Until when the buyer must have the confirmation (ORD-22); None where it is not ours to send (MAIL-13)."""
        if mail_sender(self.stores.stores[order.store_id], "M03") != MailSender.US:
            return None
        return confirmation_deadline(
            order.ordered_at,
            self.stores.calendar,
            by=self.settings.time("stores.confirm_by"),
            calendar_days=self.settings["stores.confirm_days"] == "calendar",
        )


def find_reasons(judge: Judge, coming: Sequence[Coming]) -> list[list[Reason]]:
    """Every reason of every order of a batch; at most three queries for the whole batch."""
    if not coming:
        return []
    regulars, recent = _history(judge, coming)
    near = _near([order for _d, order, _l in coming]) if judge.settings[declared.CHECK_COMBINE] else None
    found: list[list[Reason]] = []
    for draft, order, lines in coming:
        candidates = [
            judge_remark(judge, order),
            judge_stock(lines),
            judge_address(judge, draft.ship_to, judge.timetable.service_of(order).code, pending=draft.address_pending),
            judge_phone(draft.ship_to),
            _judge_duplicate(judge, order, lines, recent),
            judge_items(lines),
            judge_recipient(judge, order, draft.buyer, draft.ship_to, is_first=order.customer_id not in regulars),
            judge_quantity(judge, lines),
            judge_date(judge, order, lines),
            judge_total(order),
            judge_payment(judge, order),
            judge_island(judge, order, flagged=draft.is_island),
            judge_gift(order),
            judge_cool(judge, order, lines),
            judge_age(lines),
            _judge_combine(order, near),
        ]
        found.append([reason for reason in candidates if reason is not None])
        if near is not None:
            near.setdefault(_parcel(order), order.number)
        regulars.add(order.customer_id)
        recent[order.customer_id].append((order.ordered_at, order.number, _goods(lines)))
    return found


#: by customer: when, the order's number, and which goods
Recent = dict[int, list[tuple[dt.datetime, str, frozenset[str]]]]


def _history(judge: Judge, coming: Sequence[Coming]) -> tuple[set[int], Recent]:
    """Customers who bought before, and what these customers ordered lately."""
    customers = {order.customer_id for _draft, order, _lines in coming}
    regulars = set(Order.objects.filter(customer_id__in=customers).values_list("customer_id", flat=True).distinct())
    recent: Recent = defaultdict(list)
    if not regulars:
        return regulars, recent
    hours = judge.settings[declared.DUPLICATE_HOURS]
    since = min(order.ordered_at for _d, order, _l in coming) - dt.timedelta(hours=hours)
    rows = (
        OrderLine.objects.filter(order__customer_id__in=regulars, order__ordered_at__gte=since)
        .exclude(order__cancel="cancelled")
        .values_list("order__customer_id", "order__ordered_at", "order__number", "sku_id", "store_code")
    )
    goods: dict[tuple[int, dt.datetime, str], set[str]] = {}
    for customer, at, number, sku, code in rows:
        goods.setdefault((customer, clock.aware(at), number), set()).add(_good(sku, code))
    for (customer, at, number), bought in goods.items():
        recent[customer].append((at, number, frozenset(bought)))
    return regulars, recent


def _good(sku_id: int | None, code: str) -> str:
    return f"sku:{sku_id}" if sku_id else f"code:{code}"


def _goods(lines: Sequence[OrderLine]) -> frozenset[str]:
    return frozenset(_good(line.sku_id, line.store_code) for line in lines)


def judge_remark(judge: Judge, order: Order) -> Reason | None:
    """REMARK: the buyer wrote something (R30); the detail is what it was understood as (REM-3).

    Mere courtesy passes only where the shop said so (REM-1, REM-2).
    """
    if not order.remark:
        return None
    read = interpret(order.remark, clock.aware(order.ordered_at))
    if read.kind is Kind.HARMLESS and judge.settings[declared.HARMLESS_PASSES]:
        return None
    return Reason(Check.REMARK, {"read": read.as_json()})


def judge_stock(lines: Sequence[OrderLine]) -> Reason | None:
    """STOCKOUT: goods are missing and the buyer was not told when ordering (ORD-14)."""
    short = [(line.number, line.short) for line in lines if line.sku_id and line.short > 0 and not line.short_told]
    return Reason(Check.STOCKOUT, {"lines": short}) if short else None


def judge_items(lines: Sequence[OrderLine]) -> Reason | None:
    """NEW_SKU: nobody knows what a store's item code means (INV-91); the order is kept."""
    unknown = [(line.number, line.store_code) for line in lines if line.sku_id is None]
    return Reason(Check.NEW_SKU, {"lines": unknown}) if unknown else None


def judge_address(judge: Judge, party: PartyDraft, service_code: str, *, pending: bool = False) -> Reason | None:
    """ADDRESS: the parcel might not find its way, the label is too small for it, or the store still waits for it."""
    service = judge.terms.services[service_code]
    address = addresses.Address(party.postcode, party.prefecture, party.address1, party.address2)
    found = addresses.reasons(
        address,
        lookup=judge.lookup,
        layout=service.address_layout,
        takes_po_box=service.carrier.code == "japanpost",
    )
    if pending and all(r.code != "dummy" for r in found):
        found.append(addresses.Reason("dummy"))
    return Reason(Check.ADDRESS, {"reasons": [[r.code, r.detail] for r in found]}) if found else None


def judge_phone(party: PartyDraft) -> Reason | None:
    """PHONE: the driver could not call."""
    problem = phones.problem(party.phone)
    return Reason(Check.PHONE, {"problem": problem}) if problem else None


def judge_quantity(judge: Judge, lines: Sequence[OrderLine]) -> Reason | None:
    """QTY_LARGE: a slip of the finger, or a wholesale customer."""
    limit = judge.settings[declared.QTY_LARGE]
    large = [(line.number, line.quantity) for line in lines if line.quantity >= limit]
    return Reason(Check.QTY_LARGE, {"lines": large}) if large else None


def judge_date(
    judge: Judge, order: Order, lines: Sequence[OrderLine] | None = None, at: dt.datetime | None = None
) -> Reason | None:
    """DATE_IMPOSSIBLE: the wished day cannot be met (SHP-41). The wish stays stored and unmet.

    Counted from `at`; by default from when it was ordered where `lines` are given, else from now at the earliest.
    """
    if order.wish_date is None:
        return None
    timetable = judge.timetable
    transit = timetable.transit(order)
    at = at or (max(order.ordered_at, judge.now) if lines is None else order.ordered_at)
    known = list(order.lines.select_related("sku")) if lines is None else lines
    soonest = timetable.earliest(order, known, at=at)
    if transit is None or soonest is None:
        return None
    days = timetable.shipping_days(timetable.service_of(order))
    judgement = dates.judge_wish(order.wish_date, soonest, days=days, transit=transit, window=order.wish_window)
    if judgement.possible:
        return None
    days_told = {"wish": order.wish_date, "ship": soonest.ship, "deliver": soonest.deliver}
    detail: dict[str, object] = {name: day.isoformat() for name, day in days_told.items()}
    if order.wish_date == soonest.deliver:
        detail["morning"] = True
    return Reason(Check.DATE_IMPOSSIBLE, detail)


def judge_total(order: Order) -> Reason | None:
    """PRICE_DIFF: the amount the store names is not the sum of its lines and charges."""
    if order.store_total is None or order.store_total == order.total:
        return None
    return Reason(Check.PRICE_DIFF, {"store": order.store_total, "ours": order.total})


def judge_payment(judge: Judge, order: Order) -> Reason | None:
    """PAY_NOT_ALLOWED: cash on delivery that the service, its limit, the top fee band or the island refuses (PAY-11),
    or deferred payment to a place its terms exclude, such as a hotel (PAY-1)."""
    method, service = judge.methods[order.payment_method_id], judge.timetable.service_of(order)
    if method.kind == MethodKind.DEFERRED:
        where = fold(order.ship_company + order.ship_address)
        words = judge.settings[declared.DEFERRED_EXCLUDES].replace("、", ",").split(",")
        hit = next((word for word in words if word.strip() and fold(word.strip()) in where), "")
        return Reason(Check.PAY_NOT_ALLOWED, {"why": ["excluded"], "word": hit}) if hit else None
    if not method.is_cod:
        return None
    island = judge.terms.island(digits(order.ship_postcode), service.carrier.code)
    top = max((b.up_to for b in judge.terms.bands(method.code, clock.aware(order.ordered_at).date())), default=None)
    found = cod_obstacles(
        None if top is not None and order.total > top else order.total, cod_ok=service.cod_ok,
        is_post_box=service.is_post_box, cod_limit=service.cod_limit, island_refuses=bool(island and island.no_cod),
    )  # fmt: skip
    limit = next((f.limit for f in found if f.limit), top)
    return Reason(Check.PAY_NOT_ALLOWED, {"why": [f.code for f in found], "limit": limit}) if found else None


def judge_island(judge: Judge, order: Order, *, flagged: bool = False) -> Reason | None:
    """REMOTE_ISLAND: the place stands in the island list, or the store says it is one; it costs days and money."""
    if not judge.settings[declared.CHECK_ISLANDS]:
        return None
    island = judge.terms.island(digits(order.ship_postcode), judge.timetable.service_of(order).carrier.code)
    if island is None and not flagged:
        return None
    if island is None:
        return Reason(Check.REMOTE_ISLAND)
    return Reason(Check.REMOTE_ISLAND, {"name": island.name, "days": island.extra_days, "yen": island.surcharge})


def judge_gift(order: Order) -> Reason | None:
    """GIFT_INCOMPLETE: it is a gift, and nobody has said what to wrap or write."""
    return Reason(Check.GIFT_INCOMPLETE) if order.is_gift and not order.gift_note.strip() else None


def judge_cool(judge: Judge, order: Order, lines: Sequence[OrderLine]) -> Reason | None:
    """COOL_MIX: the goods need different temperatures, or one that the delivery service does not keep (ORD-4)."""
    goods = {line.sku.product.temperature for line in lines if line.sku is not None and line.live > 0}
    cold = goods - {Temperature.NORMAL}
    if len(cold) > 1 or (cold and cold != goods and not judge.settings[declared.COOL_TOGETHER]):
        return Reason(Check.COOL_MIX, {"goods": sorted(goods)})
    if cold and cold != {judge.timetable.service_of(order).cool}:
        return Reason(Check.COOL_MIX, {"goods": sorted(cold), "service": judge.timetable.service_of(order).name})
    return None


def judge_age(lines: Sequence[OrderLine]) -> Reason | None:
    """AGE: alcohol is sold from twenty years on, and the age has to be asked for (LAW-50)."""
    asked = [(x.number, x.name) for x in lines if x.sku is not None and x.live > 0 and x.sku.product.is_alcohol]
    return Reason(Check.AGE, {"lines": asked}) if asked else None


#: What orders share that could leave in one parcel: the store, whether it is a gift, and where it goes.
Parcel = tuple[int, bool, tuple[str, str, str]]


def _parcel(order: Order) -> Parcel:
    return order.store_id, order.is_gift, address_key(order)


def _near(orders: Sequence[Order]) -> dict[Parcel, str]:
    """The number of the first open order of each parcel that orders could join."""
    found: dict[Parcel, str] = {}
    for other in open_near(orders):
        found.setdefault(_parcel(other), other.number)
    return found


def _judge_combine(order: Order, near: dict[Parcel, str] | None) -> Reason | None:
    """COMBINE_CANDIDATE: another open order of the store goes to the same place (ORD-53); only where the shop asks."""
    other = near.get(_parcel(order)) if near else None
    return Reason(Check.COMBINE_CANDIDATE, {"other": other}) if other else None


def judge_recipient(
    judge: Judge, order: Order, buyer: PartyDraft, ship_to: PartyDraft, *, is_first: bool
) -> Reason | None:
    """SHIP_TO_DIFF: a first order that goes to somebody else, or one that somebody else would have to pay (PAY-11)."""
    is_cod = judge.methods[order.payment_method_id].is_cod
    if not (is_first or is_cod) or _who_and_where(buyer) == _who_and_where(ship_to):
        return None
    return Reason(Check.SHIP_TO_DIFF, {"cod": True} if is_cod else {})


def _who_and_where(party: PartyDraft) -> tuple[str, str]:
    return fold(party.name), fold(party.prefecture + party.address1 + party.address2)


def _judge_duplicate(judge: Judge, order: Order, lines: Sequence[OrderLine], recent: Recent) -> Reason | None:
    """DUPLICATE: the same buyer ordered the same goods within a day."""
    span = dt.timedelta(hours=judge.settings[declared.DUPLICATE_HOURS])
    goods = _goods(lines)
    for at, number, other in recent[order.customer_id]:
        if other == goods and abs(order.ordered_at - at) <= span:
            return Reason(Check.DUPLICATE, {"other": number})
    return None
