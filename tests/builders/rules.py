"""Builders of rules and of the facts they look at."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from akinai.backoffice.orders.rules.facts import LineFacts, RuleFacts
from akinai.backoffice.orders.rules.fields import FIELDS
from akinai.backoffice.orders.rules.models import Rule
from akinai.backoffice.orders.rules.spec import Action, Condition, Group, Spec, pack
from akinai.backoffice.orders.rules.states import RuleState
from akinai.foundation.core import clock

#: A Tuesday.
TODAY = dt.date(2026, 11, 24)
FACTS = RuleFacts(
    order_id=1,
    number="UW-00001",
    store="own",
    store_kind="own",
    store_number="A-1",
    ordered_on=TODAY,
    ordered_hour=10,
    today=TODAY,
    is_open_today=True,
    lines=(LineFacts(sku="YN-AI-01"),),
)


def condition(field: str, op: str, *args: Any, lines: str = "any") -> Condition:
    return Condition(field, op, args, lines)


def act(what: str, /, **params: Any) -> Action:
    return Action(what, params)


def spec(*conditions: Condition, do: tuple[Action, ...] = (), any_of: bool = False) -> Spec:
    """One group of conditions."""
    return Spec((Group(conditions, any_of),), do)


def make_rule(
    *conditions: Condition, do: tuple[Action, ...], name: str = "高額", state: str = RuleState.ON, **fields: Any
) -> Rule:
    """A stored rule, without the ceremony of trying it first."""
    return Rule.objects.create(
        name=name,
        state=state,
        spec=pack(spec(*conditions, do=do)),
        changed_at=clock.now(),
        changed_by="staff:1",
        **fields,
    )


def facts_with(key: str, value: Any) -> RuleFacts:
    """Facts of which the field `key` has this value."""
    if key in _SPECIAL:
        return _SPECIAL[key](value)
    if FIELDS[key].of_line:
        changes = {_LINE.get(key, key.removeprefix("line_")): value}
        return dataclasses.replace(FACTS, lines=(dataclasses.replace(FACTS.lines[0], **changes),))
    if key in _HISTORY:
        return dataclasses.replace(FACTS, history=dataclasses.replace(FACTS.history, **{_HISTORY[key]: value}))
    for prefix, side in (("buyer_", "buyer"), ("ship_", "ship_to")):
        if key.startswith(prefix) and hasattr(FACTS.buyer, key.removeprefix(prefix)):
            party = dataclasses.replace(getattr(FACTS, side), **{key.removeprefix(prefix): value})
            return dataclasses.replace(FACTS, **{side: party})
    return dataclasses.replace(FACTS, **{key: value})


_LINE = {
    "line_price": "unit_price",
    "line_weight": "weight_g",
    "line_size": "size_cm",
    "line_fragile": "is_fragile",
    "line_unknown": "is_unknown",
}
_HISTORY = {
    "orders_before": "orders",
    "spent_before": "spent",
    "cancelled_before": "cancelled",
    "days_since": "days_since",
}


def _weekday(value: str) -> dt.date:
    return next(
        TODAY + dt.timedelta(days=n) for n in range(7) if str((TODAY + dt.timedelta(days=n)).weekday()) == value
    )


def _line(**changes: Any) -> RuleFacts:
    return dataclasses.replace(FACTS, lines=(dataclasses.replace(FACTS.lines[0], **changes),))


_SPECIAL: Mapping[str, Any] = {
    "ordered_weekday": lambda value: dataclasses.replace(FACTS, ordered_on=_weekday(value)),
    "weekday": lambda value: dataclasses.replace(FACTS, today=_weekday(value)),
    "pieces": lambda value: _line(quantity=value),
    "short": lambda value: _line(short=value),
    "weight": lambda value: _line(weight_g=value),
    "all_there": lambda value: _line(short=0 if value else 1),
    "line_count": lambda value: dataclasses.replace(FACTS, lines=FACTS.lines * value),
}
