"""Every invariant of the house, for `akinai check` and for the tests: each app proves its own part.

To add one: write `violations()` in the app's `check.py`, which yields a line for each thing that is not as it must be,
and add its line to `AREAS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from akinai.backoffice.fulfillment import check as fulfillment
from akinai.backoffice.inventory import check as inventory
from akinai.backoffice.orders import check as orders
from akinai.backoffice.payments import check as payments
from akinai.backoffice.returns import check as returns
from akinai.frontoffice.notifications import check as notifications
from akinai.overview.desk import check as desk
from akinai.shop.customers import check as customers

#: Told now and then: the area, how much of it is done, of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the house and how it proves itself; `run` may tell how far it is."""

    name: str
    run: Callable[[Callable[[int, int], None]], Iterable[str]]


AREAS = (
    Area("customers", lambda _progress: customers.violations()),
    Area("inventory", lambda _progress: inventory.violations()),
    Area("orders", orders.violations),
    Area("payments", lambda _progress: payments.violations()),
    Area("fulfillment", lambda _progress: fulfillment.violations()),
    Area("returns", lambda _progress: returns.violations()),
    Area("mails", lambda _progress: notifications.violations()),
    Area("promises", lambda _progress: desk.violations()),
)


def violations(progress: Progress = lambda _area, _done, _total: None) -> Iterator[tuple[str, str]]:
    """(area, what is wrong) for each violation found, as it is found."""
    for area in AREAS:

        def tell(done: int, total: int, name: str = area.name) -> None:
            progress(name, done, total)

        for said in area.run(tell):
            yield area.name, said
        progress(area.name, 1, 1)
