"""Reading rules for pages: the list, one rule with its trial and log, and what rules did to one order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.foundation.core import clock

from . import actions, outcomes
from .models import OrderTag, Rule, RuleLog, RuleTrial
from .sentences import rule_sentence, why_sentence
from .spec import Action, unpack
from .states import RULE_LOOK, LogKind, RuleState

DAYS = 30
MOST_LOG = 50
MOST_ON_ORDER = 30


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list, with the number of orders it hit in 30 days (in shadow counted, too)."""

    rule: Rule
    sentence: str
    icon: str
    tone: str
    hits: int
    is_tried: bool


def rule_rows() -> list[RuleRow]:
    """Every rule in its order; one query."""
    since = clock.now() - dt.timedelta(days=DAYS)
    recent = Q(log__at__gte=since, log__kind=LogKind.HIT)
    tried = RuleTrial.objects.filter(rule=OuterRef("pk"), edition=OuterRef("edition"), done_at__isnull=False)
    rows = Rule.objects.annotate(hits=Count("log__order", filter=recent, distinct=True), tried=Exists(tried))
    return [
        RuleRow(rule, rule_sentence(unpack(rule.spec)), *RULE_LOOK[rule.state], rule.hits, rule.tried)
        for rule in rows.order_by("position", "pk")
    ]


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log in words."""

    row: RuleLog
    why: list[str]
    done: list[str]

    @property
    def is_ended(self) -> bool:
        return self.row.kind == LogKind.ENDED


def told(row: RuleLog) -> LogRow:
    """A line of the log in the reader's language."""
    return LogRow(row, [why_sentence(entry) for entry in row.why], [_done(entry) for entry in row.done])


def _done(entry: Mapping[str, Any]) -> str:
    said = actions.says(Action(str(entry.get("kind", "")), entry.get("params", {})))
    outcome = outcomes.WORDS.get(str(entry.get("outcome", "")))
    return _("%(action)s (%(outcome)s)") % {"action": said, "outcome": outcome} if outcome else said


def log_of(rule_id: int) -> list[LogRow]:
    """The newest lines of a rule; two queries."""
    rows = RuleLog.objects.filter(rule_id=rule_id).select_related("order").only(
        "id", "at", "kind", "is_shadow", "trigger", "why", "done", "order__number", "order__buyer_name"
    )  # fmt: skip
    return [told(row) for row in rows[:MOST_LOG]]


def log_on(order_id: int) -> list[LogRow]:
    """What rules did to one order and why, the newest first; rules that only watched are left out."""
    rows = RuleLog.objects.filter(order_id=order_id, is_shadow=False).select_related("rule")
    return [told(row) for row in rows[:MOST_ON_ORDER]]


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial as it is shown: by action how often, and the newest orders with why."""

    trial: RuleTrial
    counts: list[tuple[str, str, int]]
    rows: list[dict[str, Any]]

    @property
    def is_done(self) -> bool:
        return self.trial.done_at is not None


def trial_of(rule: Rule) -> TrialView | None:
    """The newest trial of the present edition."""
    trial = rule.trials.filter(edition=rule.edition).first()
    if trial is None:
        return None
    counts = [
        (known.icon, str(known.label), trial.counts[known.key])
        for known in actions.ACTIONS.values() if trial.counts.get(known.key)
    ]  # fmt: skip
    return TrialView(trial, counts, [_trial_row(row) for row in trial.rows])


def _trial_row(row: Mapping[str, Any]) -> dict[str, Any]:
    at = dt.datetime.fromisoformat(str(row["at"]))
    return {**row, "at": clock.aware(at), "why": [why_sentence(entry) for entry in row.get("why", [])]}


def tag_names() -> list[str]:
    """Every tag in use, for the filter of the list and for completing."""
    return list(OrderTag.objects.order_by("name").values_list("name", flat=True).distinct()[:200])


def tags_of(order_ids: Sequence[int]) -> dict[int, list[str]]:
    """The tags of the orders of one page; one query."""
    found: dict[int, list[str]] = {}
    rows = OrderTag.objects.filter(order_id__in=order_ids).order_by("pk")
    for order_id, name in rows.values_list("order_id", "name"):
        found.setdefault(order_id, []).append(name)
    return found


def next_states(rule: Rule, *, is_tried: bool) -> Sequence[str]:
    """What a person may switch the rule to now, the most likely first."""
    if rule.state == RuleState.DRAFT:
        return [RuleState.SHADOW] if is_tried else []
    if rule.state == RuleState.SHADOW:
        return [RuleState.ON, RuleState.OFF]
    return [RuleState.OFF] if rule.state == RuleState.ON else [RuleState.ON, RuleState.SHADOW]


def state_label(state: str) -> str:
    """What the button says that leads there."""
    return {
        RuleState.SHADOW: pgettext("rule", "Let it watch"),
        RuleState.ON: pgettext("rule", "Switch it on"),
        RuleState.OFF: pgettext("rule", "Switch it off"),
    }[RuleState(state)]
