"""Doing one thing to many orders: each stands for itself, one failure does not stop the others (ORD-33)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation.core.errors import AkinaiError, Refused


def one_by_one(
    order_ids: Sequence[int], do: Callable[[int], object], *, progress: Callable[[int, int], None] | None = None
) -> list[BulkResult]:
    """Run `do` for each order in its own transaction and report order by order; `progress` hears how many are over."""
    numbers = dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "number"))
    results = []
    for over, pk in enumerate(order_ids, 1):
        number = numbers.get(pk, str(pk))
        try:
            do(pk)
        except Refused as refusal:
            results.append(BulkResult(pk, number, done=False, sentences=tuple(refusal.reasons)))
        except AkinaiError as error:
            results.append(BulkResult(pk, number, done=False, sentences=(error.sentence,)))
        else:
            results.append(BulkResult(pk, number, done=True))
        if progress is not None:
            progress(over, len(order_ids))
    return results


def by_itself(order_ids: Sequence[int], do: Callable[[int], int]) -> int:
    """As `one_by_one`, for work nobody watches; returns what the counts of `do` add up to.

    What failed is told when every order had its turn: Refused with a sentence for each, by which the job fails and is
    tried again. So `do` must not do twice what is done.
    """
    counts: list[int] = []
    results = one_by_one(order_ids, lambda pk: counts.append(do(pk)))
    if failed := [f"{result.number}: {' '.join(map(str, result.sentences))}" for result in results if not result.done]:
        raise Refused(failed)
    return sum(counts)
