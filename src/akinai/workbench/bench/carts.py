"""Many carts over few SKUs in any order, amid every other kind of stock work (REL-3, REL-4)."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import Any

from django.db import DatabaseError

from akinai.backoffice.inventory import services
from akinai.backoffice.inventory.check import violations
from akinai.backoffice.inventory.states import Reason
from akinai.backoffice.inventory.types import Want
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import AkinaiError
from akinai.shop.catalog.models import Product, Sku

from . import racing

SKUS = 10


def run(
    *, processes: int = 8, carts: int = 1000, units: int = 150, mixed: bool = False, seed: int = 1
) -> dict[str, int]:
    """Reserve `carts` carts of 2 to 5 SKUs, one transaction each, from `units` pieces of each of ten SKUs.

    `mixed` puts releasing, shipping, counting, blocking, receiving and expiring between them. Returns how many pieces
    were `promised` and `short`, and `errors`: deadlocks, refusals by the database, violated invariants.
    """
    return racing.run_apart(__name__, processes=processes, carts=carts, units=units, mixed=mixed, seed=seed)


def compete(params: dict[str, Any]) -> dict[str, int]:
    """The race itself, in its own program."""
    sku_ids = _seed(params["units"])

    def work(number: int) -> Counter[str]:
        return _Shopper(sku_ids, random.Random(params["seed"] * 100 + number)).go(number, params)

    told: Counter[str] = Counter()
    for answer in racing.in_processes(work, params["processes"]):
        told.update(answer if isinstance(answer, Counter) else {answer: 1})
    wrong = [*violations()]
    plain = {"promised", "short", "other work", "refused politely"}
    strange = {text: count for text, count in told.items() if text not in plain}
    for text in [*strange, *wrong]:
        sys.stderr.write(f"{text}\n")
    return {**{name: told[name] for name in plain}, "errors": sum(strange.values()) + len(wrong)}


class _Shopper:
    """One process: carts, and now and then another kind of work."""

    def __init__(self, sku_ids: list[int], dice: random.Random) -> None:
        self.sku_ids = sku_ids
        self.dice = dice
        self.held: list[str] = []
        self.told: Counter[str] = Counter()

    def go(self, number: int, params: dict[str, Any]) -> Counter[str]:
        for cart in range(number, params["carts"], params["processes"]):
            try:
                self.order(cart)
                if params["mixed"]:
                    self.other_work()
            except AkinaiError:
                self.told["refused politely"] += 1
            except DatabaseError as problem:
                self.told[f"{type(problem).__name__}: {problem}"] += 1
        return self.told

    def order(self, cart: int) -> None:

        chosen = self.dice.sample(self.sku_ids, self.dice.randint(2, 5))
        wants = [Want(f"T-{cart}/{i}", sku_id, self.dice.randint(1, 3)) for i, sku_id in enumerate(chosen, 1)]
        for answer in services.reserve(SYSTEM, wants, allow_partial=bool(cart % 2)):
            self.told["promised"] += answer.reserved
            self.told["short"] += answer.short
            if answer.reserved:
                self.held.append(answer.reference)

    def other_work(self) -> None:

        sku_id = self.dice.choice(self.sku_ids)
        mine = [self.held.pop(self.dice.randrange(len(self.held))) for _ in range(min(3, len(self.held)))]
        work = self.dice.randrange(5)
        self.told["other work"] += 1
        if work == 0:
            services.release(SYSTEM, mine)
        elif work == 1:
            services.consume(SYSTEM, [(reference, None) for reference in mine])
        elif work == 2:
            services.adjust(SYSTEM, sku_id=sku_id, delta=self.dice.randint(-5, 5), reason=Reason.COUNT)
        elif work == 3:
            services.block(SYSTEM, sku_id=sku_id, quantity=1)
        else:
            services.receive(SYSTEM, sku_id=sku_id, quantity=3)


def _seed(units: int) -> list[int]:
    product = Product.objects.create(code="FEW", name="Few products")
    skus = [Sku.objects.create(product=product, code=f"FEW-{i}", price=1000) for i in range(SKUS)]
    for sku in skus:
        services.receive(SYSTEM, sku_id=sku.pk, quantity=units)
    return [sku.pk for sku in skus]
