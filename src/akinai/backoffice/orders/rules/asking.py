"""Asking for another look: in the transaction of the change, done by a job, and only if a rule reads what changed."""

from __future__ import annotations

from collections.abc import Collection

from akinai.foundation import jobs

from .fields import Read
from .judging import reading


def ask(order_id: int, facts: Collection[Read]) -> None:
    """Have the rules look at an order again since these facts may have changed; a waiting look is not asked for twice.

    For changes that emit no event of orders; those that do are heard by `orders.subscribers`.
    """
    if reading(facts):
        names = sorted(fact.value for fact in facts)
        key = f"orders.rules_again:{order_id}:{','.join(names)}"
        jobs.enqueue("orders.rules_again", args={"order_id": order_id, "facts": names}, unique_key=key)
