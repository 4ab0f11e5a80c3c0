"""Races of whole orders in real processes, on a fresh database of their own: see `test_racing_orders.py`."""

from __future__ import annotations

import dataclasses
import functools
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DatabaseError, connection, models

from akinai.backoffice.inventory import ledger
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.types import OrderDraft, Placed, Rejected
from akinai.config.invariants import violations
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.events.models import StoredEvent
from akinai.workbench.bench import racing
from tests.builders import orders as build
from tests.builders.catalog import make_skus
from tests.builders.inventory import stock_up

Told = Counter[str]


def compete(params: dict[str, Any]) -> dict[str, Any]:
    """The race named `race`, in its own program; its figures and `errors`: everything that nobody should ever see."""
    build.make_shop()
    build.make_store(auto_accept=True)
    return RACES[params["race"]](params)


def _run(work: Callable[[int], Told], processes: int, expected: set[str], *, proven: bool = True) -> dict[str, Any]:
    told: Told = Counter()
    for answer in racing.in_processes(work, processes):
        told.update(answer if isinstance(answer, Counter) else {answer: 1})
    strange = {text: count for text, count in told.items() if text not in expected}
    wrong = [f"{area}: {said}" for area, said in violations()] if proven else []
    return {
        **{name: told[name] for name in expected},
        "errors": sum(strange.values()) + len(wrong),
        "said": [*strange, *wrong][:9],
    }


def _careful(told: Told, act: Callable[[], object]) -> None:
    """Do it; a refusal is polite, whatever comes from the database is not."""
    try:
        act()
    except AkinaiError as refusal:
        assert str(refusal)
        told["refused"] += 1
    except (DatabaseError, AssertionError, KeyError, TypeError, ValueError) as problem:
        told[f"{type(problem).__name__}: {problem}"] += 1


def _place(drafts: list[OrderDraft]) -> list[Placed | Rejected]:
    """As an import does it: the orders and what the store said about money, together or not at all."""
    return services.take_in(SYSTEM, drafts)


def hot_sku(params: dict[str, Any]) -> dict[str, Any]:
    """REL-1 by whole orders; with `guarded` off its control (REL-2)."""
    [sku] = make_skus(1)
    stock_up(sku, params["units"])
    if not params["guarded"]:
        _let_go_of_the_guards()

    def work(number: int) -> Told:
        told: Told = Counter()
        for n in range(number, params["tries"], params["processes"]):
            _careful(told, lambda n=n: told.update([_buy(n, sku.code)]))  # type: ignore[misc]
        return told

    outcome = _run(work, params["processes"], {"sold", "short", "refused"}, proven=params["guarded"])
    return {**outcome, "oversold": max(0, outcome["sold"] - params["units"]), "orders": Order.objects.count()}


def _buy(number: int, code: str) -> str:
    buyer = dataclasses.replace(build.TAKA, name=f"客{number}", mail=f"b{number}@example.jp")
    store = build.Store.objects.get(code="own")
    [placed] = _place([build.draft(f"H-{number}", store=store, buyer=buyer, lines=[build.line(code)])])
    assert isinstance(placed, Placed)
    return "sold" if OrderLine.objects.get(order=placed.order).allocated else "short"


def _let_go_of_the_guards() -> None:
    """What many shops do: read, think a millisecond, write without a condition; and no CHECK below it."""
    for constraint in list(Stock._meta.constraints):
        if isinstance(constraint, models.CheckConstraint):
            Stock._meta.constraints = [kept for kept in Stock._meta.constraints if kept is not constraint]
            with connection.schema_editor() as editor:
                editor.remove_constraint(Stock, constraint)

    def unlocked(rows: Any) -> dict[tuple[int, int], Stock]:
        found = {(row.sku_id, row.place_id): row for row in rows.order_by("sku_id", "place_id")}
        time.sleep(0.001)
        return found

    ledger._in_order = unlocked
    ledger._UPDATE = ledger._UPDATE.partition(" AND ")[0]


def carts(params: dict[str, Any]) -> dict[str, Any]:
    """REL-3: carts of 2 to 5 of ten SKUs, in any order, alone or in small batches, more than there is."""
    skus = make_skus(10)
    for sku in skus:
        stock_up(sku, params["units"])
    store = build.Store.objects.get(code="own")

    def cart(n: int, dice: random.Random) -> OrderDraft:
        lines = [build.line(s.code, dice.randint(1, 3)) for s in dice.sample(skus, dice.randint(2, 5))]
        buyer = dataclasses.replace(build.TAKA, name=f"客{n % 50}", mail=f"c{n % 50}@example.jp")
        return build.draft(f"C-{n}", store=store, buyer=buyer, lines=lines)

    def work(number: int) -> Told:
        told, dice = Counter[str](), random.Random(params["seed"] * 100 + number)
        mine = list(range(number, params["carts"], params["processes"]))
        while mine:
            size = dice.choice([1, 1, 2, 5])
            drafts, mine = [cart(n, dice) for n in mine[:size]], mine[size:]
            _careful(told, lambda d=drafts: told.update(type(r).__name__ for r in _place(d)))  # type: ignore[misc]
        return told

    outcome = _run(work, params["processes"], {"Placed", "refused"})
    secured = sum(OrderLine.objects.values_list("allocated", flat=True))
    return {**outcome, "secured": secured, "reserved": sum(Stock.objects.values_list("reserved", flat=True))}


def same_again(params: dict[str, Any]) -> dict[str, Any]:
    """REL-5: the same draft from every process, again and again; with `guarded` off, without the unique key."""
    [sku] = make_skus(1)
    stock_up(sku, 10_000)
    draft = build.draft("S-1", store=build.Store.objects.get(code="own"), lines=[build.line(sku.code)])
    if not params["guarded"]:
        unique = next(c for c in Order._meta.constraints if c.name == "orders_one_per_store_number")
        Order._meta.constraints = [kept for kept in Order._meta.constraints if kept is not unique]
        with connection.schema_editor() as editor:
            editor.remove_constraint(Order, unique)

    def work(number: int) -> Told:
        told: Told = Counter()
        for _n in range(number, params["tries"], params["processes"]):
            _careful(told, lambda: told.update(_outcomes(_place([draft]))))
        return told

    outcome = _run(work, params["processes"], {"created", "unchanged"}, proven=params["guarded"])
    placed = StoredEvent.objects.filter(name="orders.placed").count()
    return {**outcome, "orders": Order.objects.count(), "events": placed, "reserved": Stock.objects.get().reserved}


def _outcomes(results: Sequence[object]) -> list[str]:
    return [r.outcome if isinstance(r, Placed) else "rejected" for r in results]


def same_files(params: dict[str, Any]) -> dict[str, Any]:
    """Every process imports the same orders, each in its own order and batches; then a file that says more of them."""
    skus = make_skus(3)
    for sku in skus:
        stock_up(sku, 20)
    store = build.Store.objects.get(code="own")
    codes = [*(s.code for s in skus), "nobody-knows-this"]

    def drafts(**more: Any) -> list[OrderDraft]:
        plain = [build.line(codes[n % 4]) for n in range(params["orders"])]
        at = clock.aware(build.clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        return [
            build.draft(f"F-{n}", store=store, lines=[line], ordered_at=at, method="bank", **more)
            for n, line in enumerate(plain)
        ]

    def work(number: int, file: list[OrderDraft]) -> Told:
        told: Told = Counter()
        mine = random.Random(number).sample(file, len(file))
        for start in range(0, len(mine), 7):
            _careful(told, lambda part=mine[start : start + 7]: told.update(_outcomes(_place(part))))  # type: ignore[misc]
        return told

    expected = {"created", "unchanged", "paid", "cancelled", "changed"}
    files = drafts(), drafts(paid=2200), drafts(paid=2200, is_cancelled=True, remark="やめます")
    days = [_run(functools.partial(work, file=file), params["processes"], expected) for file in files]
    outcome = {name: sum((day[name] for day in days[1:]), days[0][name]) for name in days[0]}
    paid = sum(Order.objects.values_list("received_amount", flat=True))
    requests = Order.objects.filter(cancel="requested").count()
    return {**outcome, "orders": Order.objects.count(), "received": paid, "requests": requests}


def everything(params: dict[str, Any]) -> dict[str, Any]:
    """REL-4 in the large: every use case on the same few orders and SKUs, from every process, at random."""
    from tests.concurrency.deeds import DEEDS, Scene

    skus = make_skus(4)
    for sku in skus:
        stock_up(sku, 12)
    store = build.Store.objects.get(code="own")

    def work(number: int) -> Told:
        told, dice = Counter[str](), random.Random(params["seed"] * 100 + number)
        scene = Scene(store, skus, dice, prefix=f"E{number}")
        for _n in range(number, params["deeds"], params["processes"]):
            deed = dice.choice(list(DEEDS))
            _careful(told, lambda d=deed: told.update([_done(DEEDS[d](scene))]))  # type: ignore[misc]
        return told

    outcome = _run(work, params["processes"], {"done", "refused", "nothing"})
    return {**outcome, "orders": Order.objects.count()}


def _done(answer: object) -> str:
    return "nothing" if answer is None else "done"


RACES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "hot_sku": hot_sku,
    "carts": carts,
    "same_again": same_again,
    "same_files": same_files,
    "everything": everything,
}
