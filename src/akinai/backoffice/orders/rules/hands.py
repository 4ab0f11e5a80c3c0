"""What rules do to stored orders, and how each deed is taken back; the caller holds the order and refreshes it.

`do` answers why an action was not done ("" if it was) and what its deed must remember; `stands` says whether the deed
is still as the rule left it; `undo` takes it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.db.models import F, Max

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders.checks import Judge, judge_address, judge_cool, judge_date
from akinai.backoffice.orders.events import MailDraftRequested
from akinai.backoffice.orders.models import CheckReason, Hold, Order
from akinai.backoffice.orders.pricing import price_order
from akinai.backoffice.orders.services import accepting
from akinai.backoffice.orders.services.changing import new_edition, ship_to_of
from akinai.backoffice.orders.services.lines import reference
from akinai.backoffice.orders.services.reasons import close_reason, open_reason
from akinai.backoffice.orders.states import Check, Confirmation, HoldKind
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.errors import Refused
from akinai.shop.catalog.models import Sku
from akinai.shop.terms.models import DeliveryService

from . import outcomes
from .actions import day_of
from .intake import free_line
from .judging import Ready, without_line
from .models import OrderTag
from .spec import Action

Detail: TypeAlias = dict[str, Any]
Told: TypeAlias = tuple[str, Detail]


def do(rule: Ready, order: Order, action: Action) -> Told:
    """Do one action."""
    known = _HANDS.get(action.kind)
    return known[0](rule, order, action) if known else (outcomes.SERVICE, {})


def stands(rule: Ready, order: Order, action: Action, detail: Mapping[str, Any]) -> bool:
    """Whether what was done is still there, untouched."""
    known = _HANDS.get(action.kind)
    return known is not None and known[1](rule, order, action, detail)


def undo(rule: Ready, order: Order, action: Action, detail: Mapping[str, Any]) -> str:
    """Take it back: `outcomes.BACK`, or why not; "" for what cannot be taken back and needs no word."""
    known = _HANDS.get(action.kind)
    return known[2](rule, order, action, detail) if known else ""


def is_for_good(key: str) -> bool:
    """Whether a deed with this key is never taken back: a mail is drafted once, an acceptance stands."""
    return key.partition(":")[0] in ("mail", "accept")


# -- 確認理由 ----------------------------------------------------------------------------------------------------------


def _open_one(order: Order) -> CheckReason | None:
    return order.checks.filter(code=Check.RULE, closed_at__isnull=True).first()


def _check(rule: Ready, order: Order, action: Action) -> Told:
    open_one = _open_one(order)
    said = [*(open_one.detail.get("rules", []) if open_one else []), {"rule": rule.id, "say": action.params["say"]}]
    open_reason(rule.actor, order, Check.RULE, {"rules": said})
    return "", {}


def _check_stands(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> bool:
    open_one = _open_one(order)
    entry = {"rule": rule.id, "say": action.params["say"]}
    return open_one is not None and entry in open_one.detail.get("rules", [])


def _uncheck(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> str:
    open_one = _open_one(order)
    assert open_one is not None
    rest = [e for e in open_one.detail["rules"] if e != {"rule": rule.id, "say": action.params["say"]}]
    if rest:
        open_one.detail = {"rules": rest}
        open_one.save(update_fields=["detail"])
        return outcomes.BACK
    close_reason(rule.actor, order, Check.RULE, answer=rule.name)
    return outcomes.BACK


# -- 保留 --------------------------------------------------------------------------------------------------------------


def _hold(rule: Ready, order: Order, action: Action) -> Told:
    until = day_of(action.params, clock.aware(order.ordered_at).date())
    return _open_hold(rule, order, str(action.params["kind"]), until, reason=str(action.params.get("reason", "")))


def _day(rule: Ready, order: Order, action: Action) -> Told:
    day = day_of(action.params, clock.aware(order.ordered_at).date())
    if day is None or day <= clock.today():
        return outcomes.PAST, {}
    return _open_hold(rule, order, HoldKind.UNTIL_DATE, day, arrives=action.params.get("meaning") == "arrive")


def _open_hold(
    rule: Ready, order: Order, kind: str, until: dt.date | None, *, reason: str = "", arrives: bool = False
) -> Told:  # fmt: skip
    if order.holds.filter(kind=kind, closed_at__isnull=True).exists():
        return outcomes.HELD, {}
    made = Hold.objects.create(
        order=order, kind=kind, until=until, is_delivery_date=arrives, reason=reason or rule.name,
        opened_at=clock.now(), opened_by=rule.actor.key,
    )  # fmt: skip
    audit.record(rule.actor, "orders.hold", order.subject, detail={"kind": kind, "until": until})
    return "", {"hold": made.pk}


def _own_holds(rule: Ready, order: Order, action: Action) -> Any:
    kind = HoldKind.UNTIL_DATE if action.kind == "day" else action.params["kind"]
    return order.holds.filter(kind=kind, closed_at__isnull=True, opened_by=rule.actor.key)


def _hold_stands(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> bool:
    return bool(_own_holds(rule, order, action).exists())


def _unhold(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> str:
    kind = _own_holds(rule, order, action).values_list("kind", flat=True).first()
    _own_holds(rule, order, action).update(closed_at=clock.now(), closed_by=rule.actor.key)
    audit.record(rule.actor, "orders.release_hold", order.subject, detail={"kind": kind})
    return outcomes.BACK


# -- タグ, 倉庫へのメモ ------------------------------------------------------------------------------------------------


def _tag(rule: Ready, order: Order, action: Action) -> Told:
    _row, made = OrderTag.objects.get_or_create(
        order=order, name=action.params["name"],
        defaults={"at": clock.now(), "by": rule.actor.key, "by_label": rule.name},
    )  # fmt: skip
    return "" if made else outcomes.THERE, {}


def _own_tags(rule: Ready, order: Order, action: Action) -> Any:
    return order.tags.filter(name=action.params["name"], by=rule.actor.key)


def _tag_stands(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> bool:
    return bool(_own_tags(rule, order, action).exists())


def _untag(rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> str:
    _own_tags(rule, order, action).delete()
    return outcomes.BACK


def _note(_rule: Ready, order: Order, action: Action) -> Told:
    if order.in_work:
        return outcomes.PAPERS, {}
    order.warehouse_note = f"{order.warehouse_note}\n{action.params['text']}".strip()
    order.save(update_fields=["warehouse_note"])
    return "", {}


def _note_stands(_rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> bool:
    return str(action.params["text"]) in order.warehouse_note.split("\n")


def _unnote(_rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> str:
    if order.in_work:
        return outcomes.PAPERS
    order.warehouse_note = without_line(order.warehouse_note, str(action.params["text"]))
    order.save(update_fields=["warehouse_note"])
    return outcomes.BACK


# -- 配送方法, おまけ: editions of the order ---------------------------------------------------------------------------


def _service(rule: Ready, order: Order, action: Action) -> Told:
    if order.in_work:
        return outcomes.PAPERS, {}
    before = order.delivery_service.code
    refusal = _change_service(rule, order, str(action.params["service"]))
    return refusal, {} if refusal else {"before": before}


def _change_service(rule: Ready, order: Order, code: str) -> str:
    judge, before = Judge.load(), order.delivery_service.code
    known = judge.terms.services.get(code)
    refusal = outcomes.service_refusal(known, before, order.payment_method.kind, order.total)
    if refusal or known is None:
        return refusal
    order.delivery_service = DeliveryService.objects.get(pk=known.id)
    order.save(update_fields=["delivery_service"])
    for check, reason in (
        (Check.ADDRESS, judge_address(judge, ship_to_of(order), code)),
        (Check.DATE_IMPOSSIBLE, judge_date(judge, order)),
        (Check.COOL_MIX, judge_cool(judge, order, list(order.lines.select_related("sku__product")))),
    ):
        if reason is None:
            close_reason(rule.actor, order, check, answer=rule.name)
        elif before != code and not order.checks.filter(code=check, closed_at__isnull=True).exists():
            open_reason(rule.actor, order, check, reason.detail)
    _new_edition(rule, order, "service", {"delivery_service": before}, {"delivery_service": code})
    return ""


def _service_stands(_rule: Ready, order: Order, action: Action, _detail: Mapping[str, Any]) -> bool:
    return bool(order.delivery_service.code == action.params["service"])


def _unservice(rule: Ready, order: Order, _action: Action, detail: Mapping[str, Any]) -> str:
    if order.in_work:
        return outcomes.PAPERS
    return _change_service(rule, order, str(detail.get("before", ""))) or outcomes.BACK


def _line(rule: Ready, order: Order, action: Action) -> Told:
    if order.in_work:
        return outcomes.PAPERS, {}
    sku = Sku.objects.select_related("product").filter(code=action.params["sku"]).first()
    if sku is None:
        return outcomes.NO_SKU, {}
    last = order.lines.aggregate(last=Max("number"))["last"] or 0
    line = free_line(order, last + 1, sku, int(action.params["quantity"]), Judge.load())
    want = Want(reference(order, line), sku.pk, line.quantity)
    if inventory.reserve(rule.actor, [want], allow_partial=False)[0].short:
        return outcomes.SHORT, {}
    line.allocated = line.quantity
    line.save()
    price_order(order, list(order.lines.all()))
    _new_edition(rule, order, "line", {}, {"line": line.number, "sku": sku.code, "quantity": line.quantity})
    return "", {"line": line.number}


def _line_stands(_rule: Ready, order: Order, action: Action, detail: Mapping[str, Any]) -> bool:
    own = order.lines.filter(number=detail.get("line", 0), sku__code=action.params["sku"], unit_price=0)
    return bool(own.filter(cancelled=0, shipped=0).exists())


def _unline(rule: Ready, order: Order, _action: Action, detail: Mapping[str, Any]) -> str:
    if order.in_work:
        return outcomes.PAPERS
    line = order.lines.get(number=detail["line"])
    inventory.release(rule.actor, [reference(order, line)])
    order.lines.filter(pk=line.pk).update(allocated=0, cancelled=F("quantity"))
    price_order(order, list(order.lines.all()))
    before = {"line": line.number, "quantity": line.quantity}
    _new_edition(rule, order, "quantity", before, {"line": line.number, "quantity": 0})
    return outcomes.BACK


def _new_edition(rule: Ready, order: Order, what: str, before: Detail, after: Detail) -> None:
    """ORD-41, with the rule as the one who did it."""
    new_edition(rule.actor, order, what=what, before=before, after=after, reason="")


# -- メール, 確定: once, and for good ----------------------------------------------------------------------------------


def _mail(rule: Ready, order: Order, action: Action) -> Told:
    kind, note = str(action.params["mail"]), str(action.params.get("note", ""))
    asked = MailDraftRequested(order.pk, order.number, order.edition, kind=kind, note=note)
    events.emit(asked, actor=rule.actor)
    return "", {}


def _accept(rule: Ready, order: Order, _action: Action) -> Told:
    if order.confirmation == Confirmation.ACCEPTED:
        return outcomes.OVER, {}
    held = order.holds.filter(closed_at__isnull=True)
    if outcomes.keeps_open(held):
        return outcomes.REASONS, {}
    try:
        accepted = accepting.accept(rule.actor, order_id=order.pk)
    except Refused:
        return outcomes.REASONS, {}
    for name in ("confirmation", "accepted_at", "accepted_by", "pay_due", "pay_cancel_on", "version"):
        setattr(order, name, getattr(accepted, name))
    return "", {}


def _for_good(_rule: Ready, _order: Order, _action: Action, _detail: Mapping[str, Any]) -> bool:
    return True


def _never(_rule: Ready, _order: Order, _action: Action, _detail: Mapping[str, Any]) -> str:
    return ""


Do: TypeAlias = Callable[[Ready, Order, Action], Told]
Stands: TypeAlias = Callable[[Ready, Order, Action, Mapping[str, Any]], bool]
Undo: TypeAlias = Callable[[Ready, Order, Action, Mapping[str, Any]], str]
_HANDS: dict[str, tuple[Do, Stands, Undo]] = {
    "check": (_check, _check_stands, _uncheck),
    "hold": (_hold, _hold_stands, _unhold),
    "day": (_day, _hold_stands, _unhold),
    "tag": (_tag, _tag_stands, _untag),
    "note": (_note, _note_stands, _unnote),
    "service": (_service, _service_stands, _unservice),
    "line": (_line, _line_stands, _unline),
    "mail": (_mail, _for_good, _never),
    "accept": (_accept, _for_good, _never),
}
