"""What the order page and the preview show, gathered in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html, registry
from akinai.shop.customers import permissions as customers
from akinai.shop.customers.selectors import same_person

from . import cells, deeds, forms, permissions, replies, selectors, steps
from .models import CallSheet, Hold, Order, OrderLine, OrderVersion, RemarkAnswer
from .phone.models import TYPED_KINDS
from .proposals import JUST_READ, Reading, initial_of, read_remark
from .states import Cancel, CancelReason, Check, HoldKind, Queue

#: The timeline shows so many deeds; older ones are in the audit trail.
MOST_DEEDS = 60
MOST_PREVIOUS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    at: dt.datetime
    icon: str
    text: str
    sub: str = ""
    who: str = ""
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what stock says: `free` pieces nobody was promised, None for an unknown item."""

    line: OrderLine
    free: int | None

    @property
    def unknown(self) -> bool:
        return self.line.sku_id is None and self.line.live > 0


@dataclass(frozen=True)
class Said:
    """What is said at the head of the page after something was refused."""

    title: str
    sentences: list[str] = field(default_factory=list)
    tone: str = "stop"


def preview(actor: Actor, order_id: int) -> dict[str, Any]:
    """The drawer beside the list."""
    page = selectors.order_page(order_id)
    found = steps.obstacles(actor, page)
    reading = _reading(page)
    return {
        "page": page,
        "order": page.order,
        "reading": reading,
        "obstacles": found,
        "step": _step(actor, page, found, reading),
        "lines": _line_rows(page),
        "history": history(page.order),
        "may_work": actor.may(permissions.WORK),
    }


def full(
    actor: Actor, order_id: int, *, bound: Mapping[str, forms.OrderForm] | None = None, said: Said | None = None
) -> dict[str, Any]:
    """The whole page. `bound` are forms that were refused, by the part of the page where they stand."""
    page = selectors.order_page(order_id)
    order, found = page.order, steps.obstacles(actor, page)
    reading = _reading(page)
    step = _step(actor, page, found, reading)
    panels = registry.order_panels.for_actor(actor)
    return {
        **_forms(page, bound or {}, reading),
        "reading": reading,
        "remark_answer": RemarkAnswer.objects.filter(order=order).first() if order.remark and not reading else None,
        "opened": set(bound or {}),
        "said": said,
        "page": page,
        "order": order,
        "promise": cells.promise(order, long=True),
        "obstacles": found,
        "step": step,
        "next_order": _next_order(actor, order),
        "asked_field": _asked_field(page),
        "lines": _line_rows(page),
        "may_reallocate": actor.may(permissions.OVERRIDE) and steps.is_editable(order),
        "unknown_lines": [x for x in page.lines if x.sku_id is None and x.live > 0],
        "rate_rows": [{**rate, "mark": "※" if rate["rate"] == 8 else ""} for rate in order.tax_lines],
        "history": history(order),
        "timeline": timeline(order),
        "editions": _editions(order),
        "differences": _differences(page),
        "extra_steps": [other for other in steps.head(actor, order) if step is None or other.url != step.url],
        "panel_sheets": sorted({p.css for p in panels if p.css}),
        "sheets": _sheets(order),
        "main_panels": [p for p in panels if p.column == "main"],
        "side_panels": [p for p in panels if p.column != "main"],
        "sees_customers": actor.may(customers.VIEW),
        "may_note": actor.may(permissions.WORK),
        "may_work": actor.may(permissions.WORK) and steps.is_open(order),
        "may_hold": _may_hold(actor, order),
        "may_cancel": actor.may(permissions.CANCEL) and steps.is_editable(order),
        "may_refuse": actor.may(permissions.CANCEL) and order.cancel == Cancel.REQUESTED,
        "editable": actor.may(permissions.WORK) and steps.is_editable(order),
        "asks_consent": any(h.kind == HoldKind.CONSENT for h in page.holds),
        "may_override": actor.may(permissions.OVERRIDE) and steps.is_editable(order) and not page.facts.gate_open,
        "may_withdraw": actor.may(permissions.OVERRIDE) and steps.is_open(order) and order.gate_overridden,
    }


def _sheets(order: Order) -> list[CallSheet]:
    """The FAX sheets of an order that was typed; others have none and are not asked for."""
    return list(CallSheet.objects.filter(call__order=order)) if order.store.kind in TYPED_KINDS else []


def _editions(order: Order) -> list[tuple[OrderVersion, list[deeds.Change]]]:
    """What was changed, the newest first; edition 1 is the order as it came and no change."""
    rows = order.versions.filter(edition__gt=1).order_by("-edition")
    return [(version, deeds.changes(version.before, version.after)) for version in rows]


def _next_order(actor: Actor, order: Order) -> Order | None:
    """Whoever clears orders goes on to the next one; on the page of a parcel that has left nobody does."""
    if order.shipped_at is not None or not steps.is_open(order) or not actor.may(permissions.WORK):
        return None
    return selectors.next_to_check(order)


def _asked_field(page: selectors.OrderPage) -> str:
    """The field of the address form that the open reasons ask for: the cursor goes there."""
    codes = {check.code for check in page.checks}
    if Check.ADDRESS in codes:
        return "address1"
    return "phone" if Check.PHONE in codes else ""


def _may_hold(actor: Actor, order: Order) -> bool:
    """Until something has left; a closed order is the manager's (T29)."""
    if order.queue == Queue.DONE and not order.is_history:
        return actor.may(permissions.REOPEN)
    return actor.may(permissions.WORK) and steps.is_open(order) and order.shipped_at is None


def _line_rows(page: selectors.OrderPage) -> list[LineRow]:
    return [LineRow(x, page.free.get(x.sku_id) if x.sku_id is not None else None) for x in page.lines]


def _step(
    actor: Actor, page: selectors.OrderPage, found: list[steps.Obstacle], reading: Reading | None
) -> steps.Step | None:
    """The one next step; while a remark asks for something, that is to take it as read, never to wave it through."""
    if reading is None or reading.read.kind in JUST_READ:
        return steps.next_step(actor, page, found)
    if not reading.by_one_key or not actor.may(permissions.WORK):
        return None
    return steps.take_remark(page.order)


def _reading(page: selectors.OrderPage) -> Reading | None:
    """What the remark is understood as while nobody has answered it; None afterwards."""
    if not any(check.code == Check.REMARK for check in page.checks):
        return None
    return read_remark(page.order, page.lines, page.timetable)


def _forms(page: selectors.OrderPage, bound: Mapping[str, forms.OrderForm], reading: Reading | None) -> dict[str, Any]:
    """Every form of the page: the refused one as typed, the others as things stand."""
    order = page.order
    version = {"version": order.version}
    left = [(x.number, f"{x.number}. {x.name} × {x.live}") for x in page.lines if x.remaining > 0]
    unknown = next((x for x in page.lines if x.sku_id is None and x.live > 0), None)
    wish = {"wish_date": _possible(page), "wish_window": order.wish_window, **initial_of(reading, "wish")}
    fresh: dict[str, forms.OrderForm] = {
        "answer": forms.AnswerForm(key="answer", initial=version),
        "ship_to": forms.ShipToForm(key="ship_to", initial={**version, **forms.ShipToForm.initial_of(order)}),
        "wish": forms.WishForm(key="wish", initial={**version, **wish}),
        "sku": forms.SkuForm(key="sku", initial={**version, "line": unknown.number if unknown else None}),
        "rehold": forms.ChangeHoldForm(key="rehold", initial={**version, **_hold_initial(page.holds)}),
        "hold": forms.HoldForm(key="hold", initial={**version, **initial_of(reading, "hold")}),
        "remark": forms.RemarkForm(
            key="remark", initial={**version, "reply": replies.compose(reading.proposals) if reading else ""}
        ),
        "request_cancel": forms.RequestCancelForm(key="request_cancel", initial=version),
        "cancel": forms.CancelForm(key="cancel", initial=version),
        "refuse": forms.RefuseForm(key="refuse", initial=version),
        "quantity": forms.QuantityForm(key="quantity", initial=version, lines=left),
        "note": forms.NoteForm(key="note"),
        "consent": forms.ConsentForm(key="consent", initial={**version, **forms.ConsentForm.initial_of(order)}),
        "override": forms.OverrideForm(key="override", initial=version),
    }
    codes = [(c.code, c.get_code_display()) for c in page.checks if c.code != Check.NEW_SKU]
    for form in (fresh["answer"], bound.get("answer")):
        if form is not None:
            form.fields["code"].choices = codes  # type: ignore[attr-defined]
    kinds = [(h.kind, h.get_kind_display()) for h in page.holds]
    for form in (fresh["rehold"], bound.get("rehold")):
        if form is not None:
            form.fields["kind"].choices = kinds  # type: ignore[attr-defined]
    return {f"{name}_form": bound.get(name, form) for name, form in fresh.items()}


def _possible(page: selectors.OrderPage) -> dt.date | None:
    """The wished day; where it cannot be met, the first day that can, so that one press proposes it."""
    refused = any(check.code == Check.DATE_IMPOSSIBLE for check in page.checks)
    return page.plan.arrive_on if refused and page.plan else page.order.wish_date


def _hold_initial(holds: Sequence[Hold]) -> dict[str, Any]:
    """The first open hold as it stands, a dated one before others."""
    row = next((h for h in holds if h.until is not None), holds[0] if holds else None)
    if row is None:
        return {}
    delivery = "1" if row.is_delivery_date else ""
    return {"kind": row.kind, "until": row.until, "is_delivery_date": delivery, "reason": row.reason}


@dataclass(frozen=True, slots=True)
class History:
    """What this buyer bought here before: number of orders and yen (cancelled ones left out), the latest ones."""

    count: int
    spent: int
    cancelled: int
    latest: list[Order]


def history(order: Order) -> History:
    """The buyer's orders, this one and those of whoever is the same person (AN-10) among them; two queries.

    A part that was put back into its order (ORD-52) is neither an order nor a cancellation.
    """
    rows = Order.objects.filter(customer__in=same_person(order.customer).values("pk")).order_by()
    rows = rows.exclude(cancel_reason=CancelReason.JOINED)
    live = ~Q(queue=Queue.CANCELLED)
    sums = rows.aggregate(
        count=Count("pk", filter=live | Q(pk=order.pk)),
        spent=Sum("total", filter=live),
        cancelled=Count("pk", filter=~live),
    )
    latest = list(
        rows.only("id", "number", "ordered_at", "queue", "total").order_by("-ordered_at", "-id")[:MOST_PREVIOUS]
    )
    return History(sums["count"], sums["spent"] or 0, sums["cancelled"], latest)


def timeline(order: Order) -> list[Entry]:
    """Deeds and notes of an order, the newest first; two queries."""
    entries = [
        Entry(n.at, "note", n.text, who=n.by_label or n.by, is_note=True) for n in order.notes.all()[:MOST_DEEDS]
    ]
    for row in audit.selectors.for_subject(order.subject)[:MOST_DEEDS]:
        if row.action == "orders.note":
            continue
        known = deeds.deed(row.action)
        sub = " · ".join(part for part in (deeds.told(row.action, row.detail), row.reason) if part)
        entries.append(Entry(row.at, known.icon, str(known.label), sub, html.person(row.actor, row.actor_label)))
    return sorted(entries, key=lambda e: e.at, reverse=True)


def _differences(page: selectors.OrderPage) -> list[deeds.Change]:
    """ORD-32: what the store says now beside what it said, for CHANNEL_CHANGED."""
    found = page.check_details.get(f"check.{Check.CHANNEL_CHANGED}", {}).get("changes", {})
    return [
        deeds.Change(deeds.field_label(n), deeds.shown(_bare(n), a), deeds.shown(_bare(n), b))
        for n, (a, b) in found.items()
    ]


def _bare(name: str) -> str:
    return name.removeprefix("buyer_").removeprefix("ship_")


def same_code(order: Order, code: str) -> int:
    """How many other open orders of the store wait with the same unknown item code (at most 100)."""
    waiting = selectors.waiting_for_code(order.store_id, code).exclude(pk=order.pk)
    return min(waiting.count(), 100)
