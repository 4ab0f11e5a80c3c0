"""Taking orders in with all that must hold together with them: one transaction for orders and their money."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from akinai.backoffice.orders import ports
from akinai.backoffice.orders.types import OrderDraft, Placed, Rejected
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import again_after_deadlock

from .placing import place_orders


def take_in(actor: Actor, drafts: Sequence[OrderDraft]) -> list[Placed | Rejected]:
    """Place orders and let the apps above write what belongs to them (the ledger of payments). As `place_orders`."""
    return again_after_deadlock(lambda: _take_in(actor, drafts))


@transaction.atomic
def _take_in(actor: Actor, drafts: Sequence[OrderDraft]) -> list[Placed | Rejected]:
    results = place_orders(actor, drafts)
    placed = [result for result in results if isinstance(result, Placed)]
    for write in ports.after_placing:
        write(actor, placed)
    return results
