"""What apps above do in the very transaction that places orders; they register it in `apps.ready()`.

Money that arrives with an order must reach the ledger together with it (stock and money are direct calls, never
events), and `payments` stands above `orders`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Sentence

from .models import Order
from .types import Placed

#: Called when the guarantee of an order's old payment is dead or does not hold any more (a void was confirmed, the
#: address of a deferred payment changed): the ledger's authorisations are taken back, with the reason as a note.
guarantee_lost: list[Callable[[Actor, Order, str], object]] = []
#: Called with what was placed or met again; an exception takes the orders back.
after_placing: list[Callable[[Actor, Sequence[Placed]], object]] = []

#: Called with the first and the other part when an order is divided or put together again (ORD-52), in that
#: transaction and with both held: money is divided there, and what forbids it raises Refused.
after_dividing: list[Callable[[Actor, Order, Order], object]] = []

#: Called with an order and items by line id before goods that left are booked back (T16): what stands against it.
obstacles_to_unship: list[Callable[[Order, Mapping[int, int]], list[Sentence]]] = []
