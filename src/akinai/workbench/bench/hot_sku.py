"""The hot SKU: many buyers at once, fewer pieces than buyers (REL-1), and the controls that must go wrong (REL-2)."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, models
from django.db.models import F

from akinai.backoffice.inventory import services
from akinai.backoffice.inventory.check import violations
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.inventory.types import Want
from akinai.foundation.core.actor import SYSTEM
from akinai.shop.catalog.models import Product, Sku

from . import racing

ONE_MILLISECOND = 0.001


def run(*, processes: int = 8, tries: int = 400, units: int = 200, guarded: bool = True) -> dict[str, int]:
    """Let `tries` buyers, spread over processes, each want one of `units` pieces; on a fresh database.

    Returns `sold` (buyers who were told they have one), `oversold` (sold beyond the pieces there were) and `errors`
    (anything that was neither a sale nor a plain "short", and every violated invariant). `guarded=False` is the
    control: free stock is read, a millisecond passes, and the update has no condition, in a database without CHECK.
    """
    outcome = race(processes=processes, tries=tries, units=units, guarded=guarded, constrained=guarded)
    return {name: outcome[name] for name in ("sold", "oversold", "errors")}


def race(*, processes: int, tries: int, units: int, guarded: bool, constrained: bool) -> dict[str, int]:
    """As `run`, with a word on the second control: unguarded, but with the CHECK kept (`constrained`).

    Adds `short` (told that there is none) and `refused` (stopped by the database's CHECK) to the result.
    """
    params = {"processes": processes, "tries": tries, "units": units, "guarded": guarded, "constrained": constrained}
    return racing.run_apart(__name__, **params)


def compete(params: dict[str, Any]) -> dict[str, int]:
    """The race itself, in its own program."""
    sku_id = _seed(params["units"])
    if not params["constrained"]:
        _drop_checks()
    processes, tries = params["processes"], params["tries"]
    buy = _buy_guarded if params["guarded"] else _buy_unguarded

    def work(number: int) -> Counter[str]:
        return Counter(_attempt(buy, sku_id, attempt) for attempt in range(number, tries, processes))

    told: Counter[str] = Counter()
    for answer in racing.in_processes(work, processes):
        told.update(answer if isinstance(answer, Counter) else {answer: 1})
    return _result(told, params, sku_id)


def _result(told: Counter[str], params: dict[str, Any], sku_id: int) -> dict[str, int]:

    sold, short, refused = told["sold"], told["short"], told["refused"]
    strange = {text: count for text, count in told.items() if text not in {"sold", "short", "refused"}}
    wrong = [*violations()] if params["guarded"] else []
    for text in [*strange, *wrong]:
        sys.stderr.write(f"{text}\n")
    kept = Stock.objects.get(sku_id=sku_id).reserved
    lost = abs(kept - sold) if params["guarded"] else 0
    return {
        "sold": sold,
        "oversold": max(0, sold - params["units"]),
        "errors": sum(strange.values()) + len(wrong) + lost,
        "short": short,
        "refused": refused,
    }


def _attempt(buy: Any, sku_id: int, attempt: int) -> str:
    try:
        return "sold" if buy(sku_id, attempt) else "short"
    except IntegrityError:
        return "refused"
    except DatabaseError as problem:
        return f"{type(problem).__name__}: {problem}"


def _buy_guarded(sku_id: int, attempt: int) -> bool:

    [answer] = services.reserve(SYSTEM, [Want(f"T-{attempt}/1", sku_id, 1)], allow_partial=False)
    return answer.reserved == 1


def _buy_unguarded(sku_id: int, attempt: int) -> bool:
    """What many shops do: look, think, take. Every statement is a transaction of its own."""
    stocks = Stock.objects.filter(sku_id=sku_id)
    row = stocks.get()
    if row.on_hand - row.blocked - row.reserved < 1:
        return False
    time.sleep(ONE_MILLISECOND)
    stocks.update(reserved=F("reserved") + 1)
    return True


def _seed(units: int) -> int:
    product = Product.objects.create(code="HOT", name="Hot product")
    sku = Sku.objects.create(product=product, code="HOT-1", price=1000)
    services.receive(SYSTEM, sku_id=sku.pk, quantity=units)
    return sku.pk


def _drop_checks() -> None:
    for constraint in list(Stock._meta.constraints):
        if isinstance(constraint, models.CheckConstraint):
            # taken off the model first: SQLite makes the table anew from what the model says
            Stock._meta.constraints = [kept for kept in Stock._meta.constraints if kept is not constraint]
            with connection.schema_editor() as editor:
                editor.remove_constraint(Stock, constraint)
