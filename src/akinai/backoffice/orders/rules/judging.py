"""Which rules hold for an order, one after the other: what one rule does, the next one sees. Pure but for `active`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from akinai.foundation.core.actor import Actor
from akinai.shop.stores import revisions
from akinai.shop.stores.revisions import Kept

from .actions import key_of
from .facts import RuleFacts
from .fields import Read
from .matching import Holds, Seen, compiled, fingerprint, reads, why
from .models import Rule
from .spec import Action, Spec, unpack
from .states import RuleState

#: The scope of `revisions` that says whether the kept rules are still those of the database.
SCOPE = "orders.rules"


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule made ready to be asked of many orders."""

    id: int
    name: str
    edition: int
    is_shadow: bool
    spec: Spec
    holds: Holds
    reads: frozenset[Read]

    @classmethod
    def of(cls, rule: Rule) -> Ready:
        """From its row, whatever its state."""
        spec = unpack(rule.spec)
        return cls(rule.pk, rule.name, rule.edition, rule.state == RuleState.SHADOW, spec, compiled(spec), reads(spec))

    @property
    def actor(self) -> Actor:
        """As whom it acts."""
        return Actor(f"rule:{self.id}", self.name)

    @property
    def wanted(self) -> dict[str, Action]:
        """Its actions by the key under which they are known on an order."""
        return {key_of(action): action for action in self.spec.actions}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds for an order, why, and the fingerprint of what it saw."""

    rule: Ready
    seen: tuple[Seen, ...]
    facts: str


def _load() -> tuple[Ready, ...]:
    rows = Rule.objects.filter(state__in=[RuleState.ON, RuleState.SHADOW]).order_by("position", "pk")
    return tuple(Ready.of(rule) for rule in rows)


_kept: Kept[tuple[Ready, ...]] = Kept(SCOPE, _load)


def begin(**_kwargs: Any) -> None:
    """After migrating: give the rules their first token, so that a shop without rules asks for nothing but that."""
    if not revisions.current(SCOPE):
        revisions.bump(SCOPE)


def active() -> tuple[Ready, ...]:
    """The rules that are on or watching, in their order; one query while nothing changes."""
    return _kept.get()


def reading(facts: Iterable[Read] | None) -> tuple[Ready, ...]:
    """Those of the active rules that read any of these facts; all of them for None."""
    if facts is None:
        return active()
    wanted = frozenset(facts)
    return tuple(rule for rule in active() if rule.reads & wanted)


#: What a rule has done to an order, with the particulars that its deed kept.
Own: TypeAlias = Sequence[tuple[Action, Mapping[str, Any]]]


def judge(rules: Sequence[Ready], facts: RuleFacts, *, own: Mapping[int, Own] | None = None) -> list[Hit]:
    """The rules that hold, in order. `own` is what each rule has done to the order already: it does not see that."""
    found = []
    for rule in rules:
        seen_by_it = _without(facts, own[rule.id]) if own and rule.id in own else facts
        if not rule.holds(seen_by_it):
            continue
        seen = tuple(why(rule.spec, seen_by_it))
        found.append(Hit(rule, seen, fingerprint(seen)))
        if not rule.is_shadow:
            facts = _after(facts, rule.spec)
    return found


def _after(facts: RuleFacts, spec: Spec) -> RuleFacts:
    """The facts as the next rule finds them."""
    tags, holds, note, service = list(facts.tags), list(facts.holds), facts.warehouse_note, facts.service
    for action in spec.actions:
        if action.kind == "tag":
            tags.append(action.params["name"])
        elif action.kind == "hold":
            holds.append(action.params["kind"])
        elif action.kind == "day":
            holds.append("until_date")
        elif action.kind == "note":
            note = f"{note}\n{action.params['text']}".strip()
        elif action.kind == "service":
            service = action.params["service"]
    if (len(tags), len(holds), note, service) == (
        len(facts.tags), len(facts.holds), facts.warehouse_note, facts.service,
    ):  # fmt: skip
        return facts
    return dataclasses.replace(
        facts, tags=tuple(dict.fromkeys(tags)), holds=tuple(dict.fromkeys(holds)), warehouse_note=note, service=service
    )


def _without(facts: RuleFacts, own: Own) -> RuleFacts:
    """The facts without what the rule itself has done, so that its deed is never the reason for taking it back."""
    tags, holds, note, service = set(facts.tags), set(facts.holds), facts.warehouse_note, facts.service
    for action, detail in own:
        if action.kind == "tag":
            tags.discard(action.params["name"])
        elif action.kind == "hold":
            holds.discard(action.params["kind"])
        elif action.kind == "day":
            holds.discard("until_date")
        elif action.kind == "note":
            note = without_line(note, str(action.params["text"]))
        elif action.kind == "service" and service == action.params["service"]:
            service = str(detail.get("before", service))
    return dataclasses.replace(
        facts,
        tags=tuple(t for t in facts.tags if t in tags),
        holds=tuple(h for h in facts.holds if h in holds),
        warehouse_note=note,
        service=service,
    )


def without_line(note: str, text: str) -> str:
    """A note without the first line that says exactly this."""
    lines = note.split("\n")
    if text in lines:
        lines.remove(text)
    return "\n".join(lines)
