"""How long a trial of 50 rules over 10,000 orders takes (`akinai bench rules`), and what rules cost the intake."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from typing import Any

from django.db import connection

from akinai.backoffice.orders.rules import trial
from akinai.backoffice.orders.rules.judging import Ready
from akinai.backoffice.orders.rules.models import Rule
from akinai.backoffice.orders.rules.recipes import RECIPES
from akinai.backoffice.orders.rules.spec import Action, Condition, Group, Spec, pack
from akinai.backoffice.orders.rules.states import RuleState
from akinai.foundation.core import clock

from . import intake, racing, volume

MOST_SECONDS = 10.0
#: By how much the intake may grow with 50 rules that hit nothing.
_COST_ROUNDS, _COST_ORDERS = 6, 200


def run(*, orders: int = 10_000, rules: int = 50) -> dict[str, Any]:
    """Try `rules` rules of 1 to 4 conditions on `orders` orders with three lines each; on a fresh database."""
    return racing.run_apart(__name__, orders=orders, rules=rules)


def compete(params: dict[str, Any]) -> dict[str, Any]:
    """The measurement itself, in its own program."""
    volume.fill(params["orders"])
    rules = [Ready.of(rule) for rule in made_up(params["rules"])]
    since = clock.today() - dt.timedelta(days=800)
    wall, cpu = time.perf_counter(), time.process_time()
    seen, found = trial.run(rules, since)
    seconds, used = time.perf_counter() - wall, time.process_time() - cpu
    cost = _cost_at_intake(params["rules"])
    return {
        "engine": connection.vendor,
        "orders": seen,
        "rules": len(rules),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used, 2),
        "hits": sum(result.hits for result in found.values()),
        "intake_ms_without": round(cost[0], 2),
        "intake_ms_with": round(cost[1], 2),
        "limits": {"seconds": MOST_SECONDS},
        "reached": seen == params["orders"] and seconds <= MOST_SECONDS,
    }


def made_up(count: int) -> list[Rule]:
    """Rules as shops write them, with other figures in each; drafts, so that they act on nothing."""
    found = []
    for n in range(count):
        spec = _spec(n)
        found.append(
            Rule.objects.create(
                name=f"R{n}", position=n, state=RuleState.DRAFT, spec=pack(spec), changed_at=clock.now(),
                changed_by="bench",
            )
        )  # fmt: skip
    return found


def _spec(n: int) -> Spec:
    recipes = list(RECIPES.values())
    if n % 2:
        recipe = recipes[n % len(recipes)]
        return Spec((Group(recipe.conditions, recipe.any),), recipe.spec.actions)
    first = Group(
        (Condition("remark", "contains_any", (f"のし{n}", "熨斗")), Condition("total", "at_least", (n * 500,)))
    )
    second = Group(
        (Condition("line_name", "contains", (f"急須{n}",)), Condition("ship_address", "starts", ("東京都",))), any=True
    )
    return Spec((first, second), (Action("tag", {"name": f"T{n}"}),), any=bool(n % 4))


def _cost_at_intake(rules: int) -> tuple[float, float]:
    """Median client CPU in ms of an order placed in batches, without and with so many rules on; taken in turns."""
    bench = intake._Bench(seed=3)
    bench.place(_COST_ORDERS, 100)
    spent: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(_COST_ROUNDS):
        with_rules = bool(turn % 2)
        for rule in Rule.objects.all():
            rule.state = RuleState.ON if with_rules else RuleState.OFF
            rule.spec = pack(_unlikely(rule.position))
            rule.save(update_fields=["state", "spec"])
        spent[with_rules].append(bench.place(_COST_ORDERS, 100)[1] / _COST_ORDERS * 1000)
    assert rules == Rule.objects.count()
    return statistics.median(spent[False]), statistics.median(spent[True])


def _unlikely(n: int) -> Spec:
    return Spec((Group((Condition("total", "more", (90_000_000 + n,)), Condition("is_gift", "yes")), any=True),),
                (Action("tag", {"name": "x"}),))  # fmt: skip
