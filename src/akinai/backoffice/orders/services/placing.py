"""Taking orders in (T01, T02): one path for one order and for a hundred (in a batch each costs a tenth).

Stock is secured first, in order of `ordered_at` (ORD-21); reasons are found, plain orders accepted where the store says
so; order, lines, reasons, audit and events are written in bulk, the hot rows of stock last before them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders.attention import judge_attention, keeps_back, listed_of
from akinai.backoffice.orders.checks import Judge, find_reasons
from akinai.backoffice.orders.events import OrderAccepted, OrderCleared, OrderEvent, OrderPlaced
from akinai.backoffice.orders.facts import facts_of, money_of, project
from akinai.backoffice.orders.models import CheckReason, Hold, Order, OrderLine
from akinai.backoffice.orders.payment_fact import derive_payment
from akinai.backoffice.orders.pricing import compute, write_totals
from akinai.backoffice.orders.rules import intake as rules
from akinai.backoffice.orders.rules.outcomes import keeps_open
from akinai.backoffice.orders.search import index_order
from akinai.backoffice.orders.states import Cancel, CancelReason, Confirmation, Queue, Supply
from akinai.backoffice.orders.types import OrderDraft, PartyDraft, Placed, Reason, Rejected
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.db import reserve_ids
from akinai.foundation.core.text import mask_cards, tidy_address
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import resolve_codes
from akinai.shop.customers.models import Customer
from akinai.shop.customers.services import match_or_create
from akinai.shop.customers.types import Buyer
from akinai.shop.stores.models import Store
from akinai.shop.terms.types import Method

from .accepting import mark_accepted
from .guarding import lock
from .heeding import new_hold
from .lines import reference, whole_items
from .preordering import release_hold_of
from .refusing import refusals
from .repeating import meet_again, says_more, snapshot_of

PARTY_FIELDS = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


@dataclasses.dataclass(slots=True)
class _Coming:
    """One order on its way through the batch."""

    draft: OrderDraft
    order: Order
    lines: list[OrderLine]
    method: Method
    reasons: list[Reason] = dataclasses.field(default_factory=list)
    holds: list[Hold] = dataclasses.field(default_factory=list)
    ruled: rules.Ruled | None = None

    @property
    def is_history(self) -> bool:
        return self.order.is_history


def place_orders(actor: Actor, drafts: Sequence[OrderDraft]) -> list[Placed | Rejected]:
    """Place orders (T01, T02). The answer has one entry a draft, in the drafts' order.

    A draft whose (store, store number) is known is not placed again: equal means nothing happens, otherwise ORD-32.
    A draft that cannot be an order (no line, unknown payment word …) is Rejected with sentences; the others go on.
    Shipped, cancelled and pre-takeover orders become history: no stock, no mail, no promise (ORD-34).
    Emits OrderPlaced for each new order, OrderAccepted and OrderCleared where they hold at once.
    """
    known: dict[tuple[int, str], Order] = {}
    while True:
        try:
            with transaction.atomic():
                known = _known_orders(drafts)
                return _place(actor, drafts, known, Judge.load())
        except IntegrityError:
            # Somebody placed one of these numbers in the same moment. Now it can be seen, and is met again (REL-5).
            if set(_of_these(drafts).values_list("store_id", "store_number")) <= known.keys():
                raise


def _place(
    actor: Actor, drafts: Sequence[OrderDraft], known: dict[tuple[int, str], Order], judge: Judge
) -> list[Placed | Rejected]:
    results: dict[int, Placed | Rejected] = {}
    fresh: list[tuple[int, OrderDraft]] = []
    seen: dict[tuple[int, str], int] = {}
    for i, draft in enumerate(drafts):
        key = _key(draft)
        reasons = refusals(draft, judge)
        if reasons:
            results[i] = Rejected(draft, tuple(reasons))
        elif key in known:
            results[i] = meet_again(actor, draft, known[key])
        elif key in seen:
            results[i] = Rejected(draft, (_("This order number comes twice in the same batch."),))
        else:
            seen[key] = i
            fresh.append((i, draft))
    coming = _build_all([draft for _i, draft in fresh], judge)
    _write(actor, coming, judge)
    for (i, draft), item in zip(fresh, coming, strict=True):
        results[i] = Placed(draft, item.order)
    return [results[i] for i in range(len(drafts))]


def _key(draft: OrderDraft) -> tuple[int, str]:
    """By what an order is known: its store and the store's number (ORD-32)."""
    return draft.store_id, draft.store_number.strip()


def _known_orders(drafts: Sequence[OrderDraft]) -> dict[tuple[int, str], Order]:
    """Orders of these stores that already bear these numbers.

    Those of which the store now says something else are locked and read again, all in id order and before any stock:
    what is decided about them must be true until the end.
    """
    ids = list(_of_these(drafts).values_list("pk", flat=True))
    if not ids:
        return {}
    found = Order.objects.filter(pk__in=ids).select_related("payment_method", "store")
    known = {(o.store_id, o.store_number): o for o in found}
    differing = [
        known[key].pk for draft in drafts if (key := _key(draft)) in known and says_more(draft, known[key].source)
    ]
    return known | {(o.store_id, o.store_number): o for o in lock(differing)} if differing else known


def _of_these(drafts: Sequence[OrderDraft]) -> QuerySet[Order]:
    keys = {_key(draft) for draft in drafts}
    return Order.objects.filter(store_id__in={s for s, _n in keys}, store_number__in={n for _s, n in keys})


def _build_all(drafts: Sequence[OrderDraft], judge: Judge) -> list[_Coming]:
    """Unsaved orders and lines of a batch, with totals, customers and numbers; a fixed number of queries."""
    if not drafts:
        return []
    codes: dict[int, dict[str, tuple[Sku, int]]] = {}
    for store_id in sorted({d.store_id for d in drafts}):
        wanted = {line.code for d in drafts if d.store_id == store_id for line in d.lines}
        codes[store_id] = resolve_codes(store_id, wanted)
    customers = match_or_create([_buyer(d.buyer) for d in drafts])
    ids = reserve_ids(Order, len(drafts))
    return [
        _build(draft, pk, customer, codes[draft.store_id], judge)
        for draft, pk, customer in zip(drafts, ids, customers, strict=True)
    ]


def _buyer(party: PartyDraft) -> Buyer:
    return Buyer(**{name: getattr(party, name) for name in (*PARTY_FIELDS, "mail")})


def _build(
    draft: OrderDraft,
    pk: int,
    customer: Customer,
    codes: dict[str, tuple[Sku, int]],
    judge: Judge,
) -> _Coming:
    """One unsaved order. What the buyer wrote is kept as written, apart from hyphens between digits of an address."""
    store = judge.stores.stores[draft.store_id]
    method = judge.terms.method(draft.payment.method)
    service = judge.terms.service(draft.delivery_service) if draft.delivery_service else judge.terms.default()
    assert method is not None and service is not None  # _refusals has seen to it
    order = Order(
        id=pk,
        number=f"{judge.stores.shop.order_prefix}{pk:05d}",
        store_id=store.pk,
        store_number=draft.store_number.strip(),
        ordered_at=clock.aware(draft.ordered_at),
        received_at=judge.now,
        is_history=is_history(draft, store),
        customer_id=customer.pk,
        payment_method_id=method.id,
        delivery_service_id=service.id,
        remark=mask_cards(draft.remark.strip()),
        ship_policy=store.ship_policy,
        received_amount=draft.payment.paid_amount,
        guaranteed_amount=draft.payment.guaranteed_amount,
        tax_rounding=judge.stores.shop.tax_rounding,
        queue_since=judge.now,
        source=snapshot_of(draft),
        **{name: getattr(draft, name) for name in _PLAIN},
        **_party("buyer", draft.buyer),
        **_party("ship", draft.ship_to),
    )
    order.buyer_mail = draft.buyer.mail.strip()
    rates = judge.stores.tax_rates(order.ordered_at.date())
    lines = [_line(order, n, line, codes.get(line.code), rates) for n, line in enumerate(draft.lines, 1)]
    write_totals(order, compute(order, lines, fee_rate=rates["std"], store_tax=draft.store_tax))
    index_order(order)
    return _Coming(draft, order, lines, method)


_PLAIN = (
    "wish_date", "wish_window", "wish_window_raw", "shipping_fee", "payment_fee", "wrapping_fee", "other_fee", "coupon",
    "coupon_covers_shipping", "points", "points_kind", "store_total", "store_tax", "is_gift", "gift_note",
    "warehouse_note",
)  # fmt: skip


def is_history(draft: OrderDraft, store: Store) -> bool:
    """ORD-34: finished at the store, or older than the day from which we take over."""
    before = store.take_over_from is not None and clock.aware(draft.ordered_at).date() < store.take_over_from
    return draft.is_shipped or draft.is_cancelled or before


def _party(prefix: str, party: PartyDraft) -> dict[str, str]:
    fields = {f"{prefix}_{name}": getattr(party, name).strip() for name in PARTY_FIELDS}
    for name in ("address1", "address2"):
        fields[f"{prefix}_{name}"] = tidy_address(fields[f"{prefix}_{name}"])
    return fields


def _line(order: Order, number: int, draft: Any, known: tuple[Sku, int] | None, rates: dict[str, int]) -> OrderLine:
    sku, units = known if known else (None, 1)
    own = rates.get(sku.product.tax_class if sku else "std", rates["std"])  # before 2019-10-01 there was but one rate
    rate = draft.tax_rate if draft.tax_rate is not None else own
    return OrderLine(
        order_id=order.pk,
        number=number,
        sku=sku,
        store_code=draft.code,
        name=draft.name or (sku.title if sku else draft.code),
        options=draft.options,
        quantity=draft.quantity,
        units_per_item=units,
        unit_price=draft.unit_price,
        price_basis=draft.price_basis,
        tax_rate=rate,
        supply=sku.supply if sku else Supply.STOCK,
        short_told=draft.short_told or bool(sku and sku.supply != Supply.STOCK),
    )


def _write(actor: Actor, coming: list[_Coming], judge: Judge) -> None:
    """Secure stock, judge, and store the batch."""
    if not coming:
        return
    live = [c for c in coming if not c.is_history]
    for item in coming:
        if item.is_history:
            _close_history(item)
    asked = rules.active() if live else ()
    gifts = rules.gift_skus(asked)
    if gifts:  # what rules may add is locked together with what was ordered
        inventory.hold_still({x.sku_id for c in live for x in c.lines if x.sku_id} | {s.pk for s in gifts.values()})
    _secure(actor, live)
    for item, reasons in zip(live, find_reasons(judge, [(c.draft, c.order, c.lines) for c in live]), strict=True):
        item.reasons = reasons
    _heed_attention(live)
    rules.apply(actor, live, judge, asked, gifts)
    for item in live:
        _decide(actor, item, judge)
    for item in live:
        if waits := release_hold_of(item.order, item.lines, now=judge.now, by=actor.key):
            item.holds.append(waits)
    for item in coming:
        _project(item, judge)
    # in one order everywhere, so that two batches with the same numbers never wait for each other in a ring
    in_turn = sorted(coming, key=lambda item: (item.order.store_id, item.order.store_number))
    insert_many([c.order for c in in_turn])
    insert_many([line for c in coming for line in c.lines])
    insert_many(
        [
            CheckReason(order_id=c.order.pk, code=r.code, detail=r.detail, opened_at=judge.now)
            for c in coming
            for r in c.reasons
        ]
    )
    insert_many([hold for c in coming for hold in c.holds])
    rules.write(live)
    audit.record_many(actor, [_deed(c) for c in coming])
    told = [event for c in live for event in _events(c)]
    if told:
        events.emit(*told, actor=actor)


def _secure(actor: Actor, live: list[_Coming]) -> None:
    """ORD-21: who ordered first is served first; ties by the store's number. What is not there is short."""
    by_reference: dict[str, OrderLine] = {}
    asked: list[Want] = []
    for item in sorted(live, key=lambda c: (c.order.ordered_at, c.order.store_number)):
        for line in item.lines:
            if line.sku_id is not None:
                ref = reference(item.order, line)
                by_reference[ref] = line
                asked.append(Want(ref, line.sku_id, line.quantity * line.units_per_item))
    for answer in inventory.reserve(actor, asked, fresh=True):
        line = by_reference[answer.reference]
        line.allocated = whole_items(line, answer.reserved)
        spare = answer.reserved - line.allocated * line.units_per_item
        if spare:  # half a set helps nobody
            inventory.release(actor, [answer.reference], quantity=spare)


def _heed_attention(live: Sequence[_Coming]) -> None:
    """CS-40: who is on the attention list is looked at by a person, and held where the entry says so."""
    for item, found in zip(live, listed_of([item.order for item in live]), strict=True):
        if reason := judge_attention(found, item.method.timing):
            item.reasons.append(reason)
        if keeps_back(found, item.method.timing):
            item.holds.append(new_hold(item.order))


def _decide(actor: Actor, item: _Coming, judge: Judge) -> None:
    """T02: accepted when nothing asks for a person and the store says so, else to be checked."""
    order = item.order
    order.confirm_by = judge.confirm_by(order)  # None where the store confirms
    order.confirmation = Confirmation.NEEDS_CHECK
    by_rule = item.ruled.accepted_by if item.ruled is not None else None
    auto = judge.stores.stores[order.store_id].auto_accept and not keeps_open(item.holds)
    if not item.reasons and (auto or by_rule is not None):
        order.payment = derive_payment(money_of(order, item.method))
        mark_accepted(order, actor if by_rule is None else by_rule.actor)


def _close_history(item: _Coming) -> None:
    """ORD-34: everything about this order happened at the store."""
    order = item.order
    order.confirmation, order.accepted_at, order.accepted_by = Confirmation.ACCEPTED, order.ordered_at, "store"
    order.seen_at, order.seen_by = order.received_at, "store"
    if item.draft.is_cancelled:
        order.cancel, order.cancel_reason = Cancel.CANCELLED, CancelReason.STORE
    else:
        order.shipped_at = order.ordered_at
        order.received_amount = order.total
    for line in item.lines:
        if item.draft.is_cancelled:
            line.cancelled = line.quantity
        else:
            line.shipped = line.quantity


def _project(item: _Coming, judge: Judge) -> None:
    order = item.order
    if not item.is_history:
        order.ship_not_before = judge.timetable.ship_not_before(order, item.holds)
    checks = [CheckReason(code=r.code) for r in item.reasons]
    facts = facts_of(order, lines=item.lines, checks=checks, holds=item.holds, method=item.method)
    project(order, facts, now=judge.now)


def _deed(item: _Coming) -> tuple[str, str, dict[str, Any]]:
    action = "orders.take_over" if item.is_history else "orders.place"
    detail = {"store_number": item.order.store_number, "total": item.order.total}
    return action, item.order.subject, detail


def _events(item: _Coming) -> list[OrderEvent]:
    order = item.order
    key = (order.pk, order.number, order.edition)
    found: list[OrderEvent] = [OrderPlaced(*key)]
    if order.confirmation == Confirmation.ACCEPTED:
        found.append(OrderAccepted(*key))
    if order.queue == Queue.READY:
        found.append(OrderCleared(*key))
    return found
