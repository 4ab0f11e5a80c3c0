"""A rule as data: groups of conditions and a list of actions; to JSON and back. No queries, no judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: More would be a program, not a sentence.
MOST_GROUPS, MOST_CONDITIONS, MOST_ACTIONS = 5, 10, 10


@dataclass(frozen=True, slots=True)
class Condition:
    """One question. `args` are typed as the field: text, int, ISO date; choices and lists as text.

    `lines` is "any" or "all" and only counts for fields of lines.
    """

    field: str
    op: str
    args: tuple[Any, ...] = ()
    lines: str = "any"


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions in brackets: all of them must hold, or with `any` one of them."""

    conditions: tuple[Condition, ...] = ()
    any: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a rule does; `kind` names it in `actions.ACTIONS`, `params` are its particulars."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spec:
    """The whole of a rule: which orders, and what to do. Groups are joined by AND, or with `any` by OR."""

    groups: tuple[Group, ...] = ()
    actions: tuple[Action, ...] = ()
    any: bool = False

    @property
    def conditions(self) -> Iterable[Condition]:
        """Every condition of every group."""
        return (condition for group in self.groups for condition in group.conditions)


def pack(spec: Spec) -> dict[str, Any]:
    """As JSON."""
    return {
        "any": spec.any,
        "groups": [
            {
                "any": group.any,
                "conditions": [
                    {"field": c.field, "op": c.op, "args": list(c.args), "lines": c.lines} for c in group.conditions
                ],
            }
            for group in spec.groups
        ],
        "actions": [{"kind": action.kind, "params": dict(action.params)} for action in spec.actions],
    }


def unpack(stored: Mapping[str, Any]) -> Spec:
    """The spec again."""
    groups = tuple(
        Group(
            tuple(
                Condition(c["field"], c["op"], tuple(c.get("args", ())), c.get("lines", "any"))
                for c in group.get("conditions", ())
            ),
            bool(group.get("any")),
        )
        for group in stored.get("groups", ())
    )
    actions = tuple(Action(a["kind"], dict(a.get("params", {}))) for a in stored.get("actions", ()))
    return Spec(groups, actions, bool(stored.get("any")))
