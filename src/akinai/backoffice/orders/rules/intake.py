"""What rules do while orders are placed: on orders that are not stored yet, for a whole batch (N-10).

Nothing is asked of the database while no rule is on or watching. Everything a rule does here is kept on the coming
order and written with it by `write`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders.checks import Judge, judge_address, judge_cool, judge_date
from akinai.backoffice.orders.events import MailDraftRequested
from akinai.backoffice.orders.facts import money_of
from akinai.backoffice.orders.models import Hold, Order, OrderLine
from akinai.backoffice.orders.payment_fact import derive_payment
from akinai.backoffice.orders.pricing import compute, write_totals
from akinai.backoffice.orders.states import Check, HoldKind
from akinai.backoffice.orders.types import OrderDraft, Reason
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.shop.catalog.models import Sku
from akinai.shop.terms.types import Method

from . import outcomes
from .actions import day_of, key_of
from .fields import Read
from .gathering import Around, facts_of
from .judging import Hit, Ready, active, judge
from .matching import pack_seen
from .models import OrderTag, RuleDeed, RuleLog
from .spec import Action
from .states import DeedState

__all__ = ["Coming", "Ruled", "active", "apply", "free_line", "gift_skus", "write"]

#: The first look at an order; later ones name the facts that have changed.
TRIGGER = "intake"


@dataclasses.dataclass(slots=True)
class Ruled:
    """What rules did to one coming order."""

    tags: list[OrderTag] = dataclasses.field(default_factory=list)
    deeds: list[RuleDeed] = dataclasses.field(default_factory=list)
    log: list[RuleLog] = dataclasses.field(default_factory=list)
    mails: list[tuple[Ready, MailDraftRequested]] = dataclasses.field(default_factory=list)
    said: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    given: list[tuple[Ready, Action, RuleDeed]] = dataclasses.field(default_factory=list)
    acted: list[Ready] = dataclasses.field(default_factory=list)
    accepted_by: Ready | None = None
    accept_deeds: list[RuleDeed] = dataclasses.field(default_factory=list)


class Coming(Protocol):
    """An order on its way in, as `placing` carries it."""

    draft: OrderDraft
    order: Order
    lines: list[OrderLine]
    method: Method
    reasons: list[Reason]
    holds: list[Hold]
    ruled: Ruled | None


def gift_skus(rules: Sequence[Ready]) -> dict[str, Sku]:
    """The goods that rules may add, by code; they are locked together with those of the orders."""
    codes = {
        str(action.params["sku"]) for rule in rules for action in rule.spec.actions if action.kind == "line"
    }  # fmt: skip
    return {sku.code: sku for sku in Sku.objects.filter(code__in=codes).select_related("product")} if codes else {}


def apply(
    actor: Actor, live: Sequence[Coming], judge_by: Judge, rules: Sequence[Ready], gifts: Mapping[str, Sku]
) -> None:
    """Let the rules look at orders whose stock is secured and whose reasons are found, and do what they say."""
    if not rules or not live:
        return
    for item in live:
        item.order.payment = derive_payment(money_of(item.order, item.method))
        item.order.ship_not_before = judge_by.timetable.ship_not_before(item.order, item.holds)
    around = Around.load(
        [item.order for item in live], (line.sku_id for item in live for line in item.lines),
        timetable=judge_by.timetable, history=any(Read.BUYER in rule.reads for rule in rules),
    )  # fmt: skip
    for item in live:
        facts = facts_of(
            item.order, item.lines, around, checks=[r.code for r in item.reasons], holds=[h.kind for h in item.holds]
        )
        hits = judge(rules, facts)
        if hits:
            item.ruled = Ruled()
            for hit in hits:
                _do(item, hit, judge_by)
            _finish(item)
    _give(actor, live, judge_by, gifts)


def _do(item: Coming, hit: Hit, judge_by: Judge) -> None:
    assert item.ruled is not None
    rule, done = hit.rule, []
    for action in rule.spec.actions:
        if rule.is_shadow:
            done.append({"kind": action.kind, "params": dict(action.params), "outcome": outcomes.WOULD})
            continue
        outcome, detail = _HANDS[action.kind](item, rule, action, judge_by)
        deed = RuleDeed(
            rule_id=rule.id, order_id=item.order.pk, key=key_of(action), facts=hit.facts, detail=detail, at=clock.now(),
            action={"kind": action.kind, "params": dict(action.params)},
            state=DeedState.NOT_DONE if outcome else DeedState.STANDS,
        )  # fmt: skip
        item.ruled.deeds.append(deed)
        if action.kind == "line" and not outcome:
            item.ruled.given.append((rule, action, deed))
        if action.kind == "accept":
            item.ruled.accept_deeds.append(deed)
        done.append({"kind": action.kind, "params": dict(action.params), "outcome": outcome})
    if not rule.is_shadow:
        item.ruled.acted.append(rule)
    item.ruled.log.append(
        RuleLog(
            rule_id=rule.id, edition=rule.edition, order_id=item.order.pk, at=clock.now(), is_shadow=rule.is_shadow,
            trigger=TRIGGER, facts=hit.facts, why=pack_seen(hit.seen), done=done,
        )
    )  # fmt: skip


Outcome = tuple[str, dict[str, Any]]


def _check(item: Coming, rule: Ready, action: Action, _judge: Judge) -> Outcome:
    assert item.ruled is not None
    item.ruled.said.append({"rule": rule.id, "say": str(action.params["say"])})
    return "", {}


def _hold(item: Coming, rule: Ready, action: Action, _judge: Judge) -> Outcome:
    until = day_of(action.params, clock.aware(item.order.ordered_at).date())
    return _open_hold(item, rule, str(action.params["kind"]), until, reason=str(action.params.get("reason", "")))


def _day(item: Coming, rule: Ready, action: Action, _judge: Judge) -> Outcome:
    day = day_of(action.params, clock.aware(item.order.ordered_at).date())
    if day is None or day <= clock.today():
        return outcomes.PAST, {}
    arrives = action.params.get("meaning") == "arrive"
    return _open_hold(item, rule, HoldKind.UNTIL_DATE, day, arrives=arrives)


def _open_hold(
    item: Coming, rule: Ready, kind: str, until: Any, *, reason: str = "", arrives: bool = False
) -> Outcome:  # fmt: skip
    if any(hold.kind == kind for hold in item.holds):
        return outcomes.HELD, {}
    item.holds.append(
        Hold(
            order_id=item.order.pk, kind=kind, until=until, is_delivery_date=arrives, reason=reason or rule.name,
            opened_at=clock.now(), opened_by=rule.actor.key,
        )
    )  # fmt: skip
    return "", {}


def _tag(item: Coming, rule: Ready, action: Action, _judge: Judge) -> Outcome:
    assert item.ruled is not None
    name = str(action.params["name"])
    if any(tag.name == name for tag in item.ruled.tags):
        return outcomes.THERE, {}
    item.ruled.tags.append(
        OrderTag(order_id=item.order.pk, name=name, at=clock.now(), by=rule.actor.key, by_label=rule.name)
    )
    return "", {}


def _note(item: Coming, _rule: Ready, action: Action, _judge: Judge) -> Outcome:
    item.order.warehouse_note = f"{item.order.warehouse_note}\n{action.params['text']}".strip()
    return "", {}


def _service(item: Coming, _rule: Ready, action: Action, judge_by: Judge) -> Outcome:
    order = item.order
    known = judge_by.terms.services.get(str(action.params["service"]))
    before = judge_by.timetable.service_of(order).code
    refusal = outcomes.service_refusal(known, before, item.method.kind, order.total)
    if refusal or known is None:
        return refusal, {}
    order.delivery_service_id = known.id
    kept = [r for r in item.reasons if r.code not in (Check.ADDRESS, Check.DATE_IMPOSSIBLE, Check.COOL_MIX)]
    found = (
        judge_address(judge_by, item.draft.ship_to, known.code, pending=item.draft.address_pending),
        judge_date(judge_by, order, item.lines),
        judge_cool(judge_by, order, item.lines),
    )
    item.reasons = kept + [reason for reason in found if reason is not None]
    return "", {"before": before}


def _line(item: Coming, _rule: Ready, action: Action, _judge: Judge) -> Outcome:
    return "", {}  # decided by `_give`, when the stock for all of them is asked for at once


def _mail(item: Coming, rule: Ready, action: Action, _judge: Judge) -> Outcome:
    assert item.ruled is not None
    order = item.order
    asked = MailDraftRequested(
        order.pk, order.number, order.edition, kind=str(action.params["mail"]), note=str(action.params.get("note", ""))
    )
    item.ruled.mails.append((rule, asked))
    return "", {}


def _accept(item: Coming, rule: Ready, _action: Action, _judge: Judge) -> Outcome:
    assert item.ruled is not None
    item.ruled.accepted_by = item.ruled.accepted_by or rule
    return "", {}


_HANDS: Mapping[str, Callable[[Coming, Ready, Action, Judge], Outcome]] = {
    "check": _check,
    "hold": _hold,
    "day": _day,
    "tag": _tag,
    "note": _note,
    "service": _service,
    "line": _line,
    "mail": _mail,
    "accept": _accept,
}


def _finish(item: Coming) -> None:
    """The reasons of all rules are one reason with several sentences; with any reason open nothing is accepted."""
    ruled = item.ruled
    assert ruled is not None
    if ruled.said:
        item.reasons.append(Reason(Check.RULE, {"rules": ruled.said}))
    if ruled.accepted_by is not None and (item.reasons or outcomes.keeps_open(item.holds)):
        ruled.accepted_by = None
        for deed in ruled.accept_deeds:
            deed.state = DeedState.NOT_DONE
            deed.detail = {"outcome": outcomes.REASONS}


def _give(actor: Actor, live: Sequence[Coming], judge_by: Judge, gifts: Mapping[str, Sku]) -> None:
    """Add free items where all of the pieces are there; what is not there is not promised."""
    asked: dict[str, tuple[Coming, OrderLine, RuleDeed]] = {}
    wants = []
    for item in (i for i in live if i.ruled is not None):
        number = len(item.lines)
        for _rule, action, deed in item.ruled.given if item.ruled else ():
            sku = gifts.get(str(action.params["sku"]))
            if sku is None:
                deed.state, deed.detail = DeedState.NOT_DONE, {"outcome": outcomes.NO_SKU}
                continue
            number += 1
            line = free_line(item.order, number, sku, int(action.params["quantity"]), judge_by)
            reference = f"{item.order.number}/{number}"
            asked[reference] = (item, line, deed)
            wants.append(Want(reference, sku.pk, line.quantity))
    taken: dict[int, Coming] = {}
    for answer in inventory.reserve(actor, wants, allow_partial=False) if wants else ():
        item, line, deed = asked[answer.reference]
        if answer.short:
            deed.state, deed.detail = DeedState.NOT_DONE, {"outcome": outcomes.SHORT}
            continue
        line.allocated = line.quantity
        deed.detail = {"line": line.number}
        item.lines.append(line)
        taken[item.order.pk] = item
    for item in taken.values():
        rates = judge_by.stores.tax_rates(item.order.ordered_at.date())
        totals = compute(item.order, item.lines, fee_rate=rates["std"], store_tax=item.draft.store_tax)
        write_totals(item.order, totals)


def free_line(order: Order, number: int, sku: Sku, quantity: int, judge_by: Judge) -> OrderLine:
    """An unsaved line at 0 yen, by the tax rate of the goods on the day of the order."""
    rates = judge_by.stores.tax_rates(clock.aware(order.ordered_at).date())
    return OrderLine(
        order_id=order.pk, number=number, sku=sku, store_code=sku.code, name=sku.title, quantity=quantity,
        unit_price=0, tax_rate=rates.get(sku.product.tax_class, rates["std"]), supply=sku.supply, short_told=True,
    )  # fmt: skip


def write(live: Sequence[Coming]) -> None:
    """Store what rules did, after the orders themselves; audit and events bear the rule's name."""
    ruled = [(item, item.ruled) for item in live if item.ruled is not None]
    if not ruled:
        return
    for _item, found in ruled:
        _tell_outcomes(found)
    insert_many([tag for _i, found in ruled for tag in found.tags])
    insert_many([deed for _i, found in ruled for deed in found.deeds])
    insert_many([row for _i, found in ruled for row in found.log])
    for rule in {r.id: r for _i, found in ruled for r in found.acted}.values():
        concerned = [item.order for item, found in ruled if any(r.id == rule.id for r in found.acted)]
        audit.record_many(rule.actor, [("orders.rule", order.subject, {"rule": rule.name}) for order in concerned])
        accepted = [i.order for i, found in ruled if found.accepted_by is not None and found.accepted_by.id == rule.id]
        audit.record_many(rule.actor, [("orders.accept", order.subject, {}) for order in accepted])
        mails = [mail for _i, found in ruled for by, mail in found.mails if by.id == rule.id]
        if mails:
            events.emit(*mails, actor=rule.actor)


def _tell_outcomes(found: Ruled) -> None:
    """What turned out only later (no stock, a reason of another rule) reaches the log."""
    late = {(d.rule_id, d.key): d.detail.get("outcome") for d in found.deeds if d.detail.get("outcome")}
    for row in found.log:
        for entry in row.done:
            key = key_of(Action(entry["kind"], entry["params"]))
            entry["outcome"] = late.get((row.rule_id, key)) or entry["outcome"]
