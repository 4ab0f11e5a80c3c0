"""Whether a rule holds for an order, and why: rules are made into plain functions once and asked of many orders."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .facts import RuleFacts
from .fields import FIELDS, Field, Read
from .operators import Kind
from .spec import Condition, Group, Spec

Holds: TypeAlias = Callable[[RuleFacts], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """A condition that held and the value it saw, as JSON: what the log keeps as the why."""

    condition: Condition
    value: Any


def is_known(spec: Spec) -> bool:
    """False for a rule that names a field or an operator this program does not have; it holds for no order."""
    return all(c.field in FIELDS and c.op in FIELDS[c.field].operators for c in spec.conditions)


def reads(spec: Spec) -> frozenset[Read]:
    """Which facts the conditions depend on."""
    return frozenset(fact for c in spec.conditions if c.field in FIELDS for fact in FIELDS[c.field].reads)


def compiled(spec: Spec) -> Holds:
    """The conditions as one function. No condition at all holds for no order."""
    groups = [_group(group) for group in spec.groups if group.conditions]
    if not groups or not is_known(spec):
        return lambda _facts: False
    return _joined(groups, any_of=spec.any)


def _group(group: Group) -> Holds:
    return _joined([_condition(c) for c in group.conditions], any_of=group.any)


def _joined(parts: Sequence[Holds], *, any_of: bool) -> Holds:
    if len(parts) == 1:
        return parts[0]
    several = tuple(parts)
    if any_of:
        return lambda facts: any(part(facts) for part in several)
    return lambda facts: all(part(facts) for part in several)


def _condition(condition: Condition) -> Holds:
    if condition.field not in FIELDS or condition.op not in FIELDS[condition.field].operators:
        return lambda _facts: False
    field = FIELDS[condition.field]
    test = field.operators[condition.op].make(typed(field, condition.args))
    read = field.read
    if not field.of_line:
        return lambda facts: test(read(facts), facts.today)
    if condition.lines == "all":
        return lambda facts: bool(facts.lines) and all(test(read(line), facts.today) for line in facts.lines)
    return lambda facts: any(test(read(line), facts.today) for line in facts.lines)


def typed(field: Field, args: Sequence[Any]) -> list[Any]:
    """Arguments as they are compared: dates come out of JSON as text."""
    if field.kind == Kind.DATE:
        return [dt.date.fromisoformat(a) if isinstance(a, str) else a for a in args]
    return list(args)


def why(spec: Spec, facts: RuleFacts) -> list[Seen]:
    """Every condition that held, with what it saw; those of a group that did not hold are left out."""
    found = []
    for group in spec.groups:
        if group.conditions and _group(group)(facts):
            found += [Seen(c, _seen(c, facts)) for c in group.conditions if _condition(c)(facts)]
    return found


def _seen(condition: Condition, facts: RuleFacts) -> Any:
    """The value of a field; of lines, the values that made the condition hold."""
    field = FIELDS[condition.field]
    if not field.of_line:
        return _plain(field.read(facts))
    test = field.operators[condition.op].make(typed(field, condition.args))
    return [_plain(field.read(line)) for line in facts.lines if test(field.read(line), facts.today)]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def fingerprint(seen: Sequence[Seen]) -> str:
    """Says whether two looks saw the same facts: what a person has answered is not asked again for these.

    The calendar is left out: a day that passes is no news about the order.
    """
    told = [[s.condition.field, s.condition.op, list(s.condition.args), s.value] for s in seen if _is_news(s.condition)]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2s(text.encode(), digest_size=12).hexdigest()


def _is_news(condition: Condition) -> bool:
    return FIELDS[condition.field].reads != {Read.DAY}


def pack_seen(seen: Sequence[Seen]) -> list[dict[str, Any]]:
    """For the log."""
    return [
        {"field": s.condition.field, "op": s.condition.op, "args": list(s.condition.args),
         "lines": s.condition.lines, "seen": s.value}
        for s in seen
    ]  # fmt: skip
