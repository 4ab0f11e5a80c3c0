"""Looking at orders again when a fact that rules read has changed (N-11).

Many orders are judged without a lock and in a fixed number of queries; only those where something differs from what
rules have done so far are taken, one transaction each. What a person decided by hand is left alone: a reason that was
answered for the same facts is not opened again, a hold, tag or note that somebody took away stays away. Where the
conditions no longer hold, a rule takes back what it did itself and nobody has touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.services.refreshing import refresh
from akinai.backoffice.orders.states import Cancel
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM

from . import hands, outcomes
from .actions import key_of
from .facts import RuleFacts
from .fields import Read
from .gathering import load_facts
from .judging import Hit, Own, Ready, judge, reading
from .matching import pack_seen
from .models import RuleDeed, RuleLog
from .spec import Action
from .states import DeedState, LogKind

#: Orders judged in one go.
BATCH = 200
#: What an event of an order may have changed, by its `what`; () for what no rule reads, all for words not named here.
CHANGED_BY: dict[str, Collection[Read]] = {
    "ship_to": (Read.ADDRESS, Read.DELIVERY, Read.STATE),
    "wish": (Read.DATES, Read.STATE),
    "stock": (Read.STOCK, Read.STATE),
    "hold": (Read.STATE, Read.DATES),
    "release": (Read.STATE, Read.DATES),
    "check": (Read.STATE,),
    "tag": (Read.STATE,),
    "attention": (Read.STATE,),
    "cancel_requested": (),
    "cancel_refused": (),
    "note": (),
    "seen": (),
    "inspected": (),
    "packed": (),
    "tracking": (),
    "rule": (),
}


def reconsider(order_ids: Iterable[int], facts: Collection[Read] | None, *, trigger: str) -> int:
    """Let the rules that read `facts` (None: all rules) look at these orders; returns how many orders changed.

    Orders that are over, cancelled or history are passed over. Each change is one transaction with its log.
    """
    rules, ids, changed = reading(facts), list(order_ids), 0
    if not rules:
        return 0
    for start in range(0, len(ids), BATCH):
        for order_id in _differing(rules, ids[start : start + BATCH]):
            changed += _settle(rules, order_id, trigger)
    return changed


def open_orders() -> list[int]:
    """Every order that rules may still act on, the oldest first."""
    return list(_live().order_by("pk").values_list("pk", flat=True))


def _live() -> Any:
    """Parts of a divided order (ORD-52) are left alone: rules have looked at the whole when it came in."""
    rows = Order.objects.still_open().filter(cancel=Cancel.NONE, is_history=False, shipped_at__isnull=True)
    return rows.filter(part_of__isnull=True)


@dataclass
class _Look:
    """One order as rules find it: what holds now, and what they have done so far."""

    facts: RuleFacts
    hits: dict[int, Hit]
    deeds: dict[tuple[int, str], RuleDeed]
    watched: set[tuple[int, str]] = field(default_factory=set)


def _look(rules: Sequence[Ready], ids: Sequence[int]) -> dict[int, _Look]:
    """As many queries for one order as for a batch."""
    found = load_facts(_live().filter(pk__in=ids).order_by("pk"))
    deeds: dict[int, dict[tuple[int, str], RuleDeed]] = defaultdict(dict)
    for deed in RuleDeed.objects.filter(order_id__in=ids, rule_id__in=[rule.id for rule in rules]):
        deeds[deed.order_id][deed.rule_id, deed.key] = deed
    watched: dict[int, set[tuple[int, str]]] = defaultdict(set)
    if any(rule.is_shadow for rule in rules):
        rows = RuleLog.objects.filter(order_id__in=ids, is_shadow=True, rule_id__in=[r.id for r in rules])
        for order_id, rule_id, seen in rows.values_list("order_id", "rule_id", "facts"):
            watched[order_id].add((rule_id, seen))
    looks = {}
    for order, facts in found:
        known = deeds[order.pk]
        hits = judge(rules, facts, own=own_deeds(known.values()))
        looks[order.pk] = _Look(facts, {hit.rule.id: hit for hit in hits}, known, watched[order.pk])
    return looks


def own_deeds(deeds: Iterable[RuleDeed]) -> dict[int, Own]:
    """What stands of each rule's deeds on one order, by rule."""
    found: dict[int, list[tuple[Action, dict[str, Any]]]] = defaultdict(list)
    for deed in deeds:
        if deed.state == DeedState.STANDS:
            found[deed.rule_id].append((action_of(deed), deed.detail))
    return dict(found)


def action_of(deed: RuleDeed) -> Action:
    """The action of a deed, as it was when it was done."""
    return Action(str(deed.action.get("kind", "")), dict(deed.action.get("params", {})))


def _differing(rules: Sequence[Ready], ids: Sequence[int]) -> list[int]:
    return [pk for pk, look in _look(rules, ids).items() if any(_differs(rule, look) for rule in rules)]


def _differs(rule: Ready, look: _Look) -> bool:
    hit = look.hits.get(rule.id)
    if rule.is_shadow:
        return hit is not None and (rule.id, hit.facts) not in look.watched
    wanted = rule.wanted if hit is not None else {}
    mine = {key: deed for (rule_id, key), deed in look.deeds.items() if rule_id == rule.id}
    if any(d.state == DeedState.STANDS and k not in wanted and not hands.is_for_good(k) for k, d in mine.items()):
        return True
    return hit is not None and any(_is_due(mine.get(key), hit) for key in wanted)


def _is_due(deed: RuleDeed | None, hit: Hit) -> bool:
    """Whether there may be something to do for an action of a rule that holds."""
    if deed is None or deed.state in (DeedState.TAKEN_BACK, DeedState.NOT_DONE):
        return True
    return deed.key.startswith("check:") and deed.facts != hit.facts


@transaction.atomic
def _settle(rules: Sequence[Ready], order_id: int, trigger: str) -> bool:
    """Bring one order in step with its rules, judged anew while it is held; says whether anything changed."""
    held = lock([order_id])
    look = _look(rules, [order_id]).get(order_id)
    if not held or look is None:
        return False
    order, changed = held[0], False
    for rule in rules:
        hit = look.hits.get(rule.id)
        if rule.is_shadow:
            _watch(rule, order, hit, look, trigger)
            continue
        done = _take_back(rule, order, hit, look)
        ended = bool(done) and hit is None
        if hit is not None:
            done += _carry_out(rule, order, hit, look)
        if done:
            changed = True
            _log(rule, order, hit, done, trigger, ended=ended)
    if changed:
        Order.objects.filter(pk=order.pk).update(version=F("version") + 1)
        refresh(SYSTEM, [order])
        events.emit(OrderChanged(order.pk, order.number, order.edition, what="rule"), actor=SYSTEM)
    return changed


def _watch(rule: Ready, order: Order, hit: Hit | None, look: _Look, trigger: str) -> None:
    if hit is None or (rule.id, hit.facts) in look.watched:
        return
    done = [_entry(action, outcomes.WOULD) for action in rule.spec.actions]
    RuleLog.objects.create(
        rule_id=rule.id, edition=rule.edition, order_id=order.pk, at=clock.now(), is_shadow=True, trigger=trigger,
        facts=hit.facts, why=pack_seen(hit.seen), done=done,
    )  # fmt: skip


def _entry(action: Action, outcome: str) -> dict[str, Any]:
    return {"kind": action.kind, "params": dict(action.params), "outcome": outcome}


def _take_back(rule: Ready, order: Order, hit: Hit | None, look: _Look) -> list[dict[str, Any]]:
    """Undo what this rule did and no longer wants, as far as nobody has touched it."""
    wanted, done = (rule.wanted if hit is not None else {}), []
    for (rule_id, key), deed in look.deeds.items():
        if rule_id != rule.id or key in wanted or deed.state != DeedState.STANDS:
            continue
        action = action_of(deed)
        if not hands.stands(rule, order, action, deed.detail):
            deed.state = DeedState.LEFT
            deed.save(update_fields=["state"])
            continue
        outcome = hands.undo(rule, order, action, deed.detail)
        if outcome == outcomes.BACK:
            deed.state, deed.at = DeedState.TAKEN_BACK, clock.now()
            deed.save(update_fields=["state", "at"])
        if outcome:
            done.append(_entry(action, outcome))
    return [entry for entry in done if entry["outcome"] == outcomes.BACK]


def _carry_out(rule: Ready, order: Order, hit: Hit, look: _Look) -> list[dict[str, Any]]:
    """Do what this rule wants and has not done yet; what a person has taken away is left so."""
    done = []
    for key, action in rule.wanted.items():
        deed = look.deeds.get((rule.id, key))
        if not _is_due(deed, hit) or not _may_again(rule, order, hit, action, deed):
            continue
        outcome, detail = hands.do(rule, order, action)
        before = deed.detail.get("outcome") if deed is not None and deed.state == DeedState.NOT_DONE else None
        _keep(deed, rule, order, hit, action, outcome, detail)
        if outcome != before and outcome not in outcomes.NO_NEWS:
            done.append(_entry(action, outcome))
    return done


def _may_again(rule: Ready, order: Order, hit: Hit, action: Action, deed: RuleDeed | None) -> bool:
    """For a reason that is known: still open means nothing to do; answered means a person looked at other facts."""
    if deed is None or deed.state not in (DeedState.STANDS, DeedState.LEFT):
        return True
    if deed.state == DeedState.STANDS and hands.stands(rule, order, action, deed.detail):
        deed.facts = hit.facts
        deed.save(update_fields=["facts"])
        return False
    return True


def _keep(
    deed: RuleDeed | None, rule: Ready, order: Order, hit: Hit, action: Action, outcome: str, detail: dict[str, Any]
) -> None:
    state = DeedState.NOT_DONE if outcome else DeedState.STANDS
    told = {"outcome": outcome} if outcome else detail
    values = {"state": state, "facts": hit.facts, "detail": told, "at": clock.now()}
    if deed is None:
        RuleDeed.objects.create(
            rule_id=rule.id, order_id=order.pk, key=key_of(action),
            action={"kind": action.kind, "params": dict(action.params)}, **values,
        )  # fmt: skip
        return
    for name, value in values.items():
        setattr(deed, name, value)
    deed.save(update_fields=list(values))


def _log(
    rule: Ready, order: Order, hit: Hit | None, done: list[dict[str, Any]], trigger: str, *, ended: bool
) -> None:  # fmt: skip
    RuleLog.objects.create(
        rule_id=rule.id, edition=rule.edition, order_id=order.pk, at=clock.now(), trigger=trigger,
        kind=LogKind.ENDED if ended else LogKind.HIT, facts=hit.facts if hit else "",
        why=pack_seen(hit.seen) if hit else [], done=done,
    )  # fmt: skip
    audit.record(rule.actor, "orders.rule_ended" if ended else "orders.rule", order.subject, detail={"rule": rule.name})
