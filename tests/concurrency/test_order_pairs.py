"""REL-4: every pair of deeds on one order or one piece, one stepping into the other at every locked step.

On PostgreSQL the rival really acts in between; on SQLite, which has one writer, it acts right after. Either way one of
two that exclude each other wins, the other hears why in a sentence, and the house is in order (REL-16, `conftest`).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.services.instructing import open_batch
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.orders import services
from akinai.backoffice.orders.edits import AddedLine, Changes
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import ConsentDraft
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock as house_clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.models import Store
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store
from tests.builders.shipments import packed, printed, tracking
from tests.concurrency.order_races import _place as place_all
from tests.concurrency.rivals import Rival, told

DAY = dt.timedelta(days=1)
#: On SQLite both come to the same: the rival acts as soon as the writer is through.
WHENS = ("before", "after") if connection.vendor == "postgresql" else ("after",)
_numbers = itertools.count(1)
pytestmark = pytest.mark.django_db(transaction=True)

SERVICES = "akinai.backoffice.orders.services"
STOCK = "akinai.backoffice.inventory"


@dataclasses.dataclass
class Case:
    """One order of two lines of one SKU each, and who else waits for the first."""

    order: Order
    sku: Sku
    other: Sku
    store: Store

    def parcel(self) -> int:
        return self.order.shipments.latest("pk").pk


Act = Callable[[Case], object]
ACTS: dict[str, tuple[str, str, Act]] = {}


def act(name: str, needs: str, step: str) -> Callable[[Act], Act]:
    """Name a deed, the state in which it may be done, and the function by which it lays hands on the order."""

    def keep(do: Act) -> Act:
        ACTS[name] = (needs, step, do)
        return do

    return keep


@act("accept", "checked", f"{SERVICES}.accepting:take")
def _accept(case: Case) -> object:
    return services.accept(SYSTEM, order_id=case.order.pk)


@act("reject", "any", f"{SERVICES}.accepting:take")
def _reject(case: Case) -> object:
    return services.reject(SYSTEM, order_id=case.order.pk)


@act("cancel", "any", f"{SERVICES}.cancelling:take")
def _cancel(case: Case) -> object:
    return services.approve_cancel(SYSTEM, order_id=case.order.pk)


@act("ask to cancel", "any", f"{SERVICES}.cancelling:take")
def _ask(case: Case) -> object:
    return services.request_cancel(SYSTEM, order_id=case.order.pk)


@act("lower", "any", f"{SERVICES}.changing:take")
def _lower(case: Case) -> object:
    return services.lower_quantity(SYSTEM, order_id=case.order.pk, line=1, to=0)


@act("edit", "any", f"{SERVICES}.changing:take")
def _edit(case: Case) -> object:
    ship_to = dataclasses.replace(TAKA, address1="港区六本木9-9-9")
    return services.change_ship_to(SYSTEM, order_id=case.order.pk, ship_to=ship_to, seen_version=case.order.version)


@act("order more", "any", f"{SERVICES}.changing:take")
def _order_more(case: Case) -> object:
    """More of one article and another on top: two balances of stock in one edit."""
    changes = Changes(quantities={1: 3}, added=(AddedLine(case.other.pk),))
    word = ConsentDraft("phone", house_clock.today(), "客")
    return services.edit_order(SYSTEM, order_id=case.order.pk, changes=changes, consent=word)


@act("hold", "any", f"{SERVICES}.holding:take")
def _hold(case: Case) -> object:
    return services.hold(SYSTEM, order_id=case.order.pk, kind="manual")


@act("hold and free", "any", f"{SERVICES}.holding:take")
def _free(case: Case) -> object:
    return services.hold(SYSTEM, order_id=case.order.pk, kind="customer_wait", free_stock=True)


@act("instruct", "ready", "akinai.backoffice.fulfillment.services.instructing:take_together")
def _instruct(case: Case) -> object:
    batch = open_batch(SYSTEM)
    return shipping.instruct_one(SYSTEM, order_id=case.order.pk, batch_id=batch.pk)


@act("ship", "packed", "akinai.backoffice.fulfillment.services.locking:take_all")
def _ship(case: Case) -> object:
    return shipping.dispatch_one(SYSTEM, shipment_id=case.parcel())


@act("pull back", "packed", "akinai.backoffice.fulfillment.services.pulling:take")
def _pull_back(case: Case) -> object:
    return shipping.pull_back(SYSTEM, order_id=case.order.pk, reason="やり直し")


@act("pull back and cancel", "packed", "akinai.backoffice.fulfillment.services.pulling:take")
def _pull_and_cancel(case: Case) -> object:
    return shipping.cancel_and_pull_back(SYSTEM, order_id=case.order.pk)


@act("scan", "printed", "akinai.backoffice.fulfillment.services.locking:take_all")
def _scan(case: Case) -> object:
    found = shipping.scan(SYSTEM, shipment_id=case.parcel(), code=case.sku.code)
    if not found.is_good:
        raise Refused(" ".join([found.title, found.detail]))
    return found


@act("pay", "any", "akinai.backoffice.payments.services.ledger:take")
def _pay(case: Case) -> object:
    return payments.mark_deposit(SYSTEM, order_id=case.order.pk, money=Money(500, house_clock.today()))


@act("import again", "any", f"{SERVICES}.placing:lock")
def _import(case: Case) -> object:
    again = draft_of(case, is_cancelled=True, remark="やめます", paid=4400)
    return place_all([again])


@act("count to nothing", "any", f"{SERVICES}.stocking:lock")
def _count(case: Case) -> object:
    return services.correct_stock(SYSTEM, sku_id=case.sku.pk, counted=0, reason="count")


@act("receive", "any", f"{SERVICES}.stocking:lock")
def _receive(case: Case) -> object:
    return services.receive_stock(SYSTEM, sku_id=case.sku.pk, quantity=1)


@act("serve", "any", f"{SERVICES}.stocking:lock")
def _serve(case: Case) -> object:
    return services.allocate_waiting(SYSTEM, [case.sku.pk, case.other.pk])


@act("buy the same", "any", f"{STOCK}.services.promise:lock_skus")
def _buy(case: Case) -> object:
    rival = draft(f"{case.order.store_number}-rival-{next(_numbers)}", store=case.store, lines=[line(case.sku.code)])
    return place_all([rival])


@act("tick", "due", f"{SERVICES}.refreshing:refresh")
def _tick(_case: Case) -> object:
    return services.tick(on=house_clock.today() + DAY)


#: Of these two, whichever comes first, exactly one may be done.
EXCLUSIVE = {
    frozenset(pair)
    for pair in [
        ("accept",), ("cancel",), ("reject",), ("ask to cancel",), ("lower",), ("hold",), ("hold and free",), ("ship",),
        ("edit",), ("instruct",), ("pull back",), ("cancel", "reject"), ("cancel", "instruct"), ("reject", "instruct"),
        ("pull back", "ship"), ("pull back and cancel", "ship"), ("hold", "ship"), ("ask to cancel", "ship"),
    ]
}  # fmt: skip
PRINTED = {"printed", "packed"}
#: A parcel that is packed has its papers out: these wait until it is pulled back (ORD-12, ORD-40).
SHUT_OUT = {"cancel", "reject", "lower", "edit", "hold and free", "count to nothing", "instruct", "accept"}


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def draft_of(case: Case, **more: Any) -> Any:
    lines = [line(case.sku.code), line(case.other.code)]
    buyer = dataclasses.replace(TAKA, name=f"客 {case.sku.code}", mail=f"{case.sku.code.lower()}@example.jp")
    return draft(
        case.order.store_number, store=case.store, lines=lines, buyer=buyer, ordered_at=case.order.ordered_at, **more
    )  # fmt: skip


def make_case(*needs: str) -> Case:
    """A fresh order with goods of its own, in a state in which as many of the needs as possible are met."""
    n = next(_numbers)
    sku, other = make_sku(f"L-{n}"), make_sku(f"O-{n}")
    stock_up(sku, 1)
    stock_up(other, 5)
    store = (
        make_store("auto", auto_accept=True, name="自動")
        if "checked" not in needs or PRINTED & {*needs}
        else make_store("own")
    )
    case = Case(Order(store_number=f"P-{n}", ordered_at=house_clock.now()), sku, other, store)
    [placed] = place_all([draft_of(case)])
    case.order = Order.objects.get(pk=placed.order.pk)  # type: ignore[union-attr]
    if "packed" in needs:
        parcel = packed(case.order)
        shipping.set_tracking(SYSTEM, shipment_id=parcel.pk, numbers=[tracking(parcel.pk)])
    elif "printed" in needs:
        printed(case.order)
    if "due" in needs:
        services.hold(SYSTEM, order_id=case.order.pk, kind="until_date", until=house_clock.today() + DAY)
    case.order.refresh_from_db()
    place_all([draft(f"P-{n}-waits", store=store, lines=[line(sku.code, short_told=True)])])
    return case


def race(first: str, second: str, when: str) -> tuple[object, object, Case]:
    """`first` acts, `second` steps in before or after it wins the order; what each of them is told."""
    needs, step, do = ACTS[first]
    other_needs, _step, other = ACTS[second]
    case = make_case(needs, other_needs)
    rival = Rival(lambda: other(case))
    with rival.steps_in(when, step):
        mine = told(lambda: do(case))
    return mine, rival.finish(), case


def judge(first: str, second: str, when: str) -> None:
    mine, theirs, case = race(first, second, when)
    said = f"{first} / {second} {when}: {mine!r} / {theirs!r}"
    assert isinstance(mine, str) and isinstance(theirs, str), said
    assert mine and theirs and theirs != "never came", said
    done = {name for name, answer in ((first, mine), (second, theirs)) if answer == "done"}
    papers = ACTS[first][0] in PRINTED or ACTS[second][0] in PRINTED
    if not papers:
        assert done, said
    if frozenset({first, second}) in EXCLUSIVE:
        assert (mine, theirs).count("done") == 1, said
    if papers and not {"pull back", "pull back and cancel", "ship"} & done:
        assert not SHUT_OUT & done, said
    row = Stock.objects.get(sku=case.sku, place__is_default=True)
    assert 0 <= row.reserved <= row.on_hand, said


NAMED = [
    ("buy the same", "buy the same"), ("buy the same", "cancel"), ("buy the same", "count to nothing"),
    ("buy the same", "import again"), ("cancel", "cancel"), ("accept", "accept"), ("accept", "cancel"),
    ("edit", "instruct"), ("edit", "cancel"), ("cancel", "instruct"), ("pay", "cancel"), ("serve", "cancel"),
    ("pull back and cancel", "ship"), ("pull back and cancel", "scan"), ("ask to cancel", "ship"), ("ship", "ship"),
    ("receive", "receive"), ("hold", "accept"), ("count to nothing", "ship"), ("receive", "cancel"),
    ("count to nothing", "cancel"), ("import again", "cancel"), ("import again", "import again"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), NAMED, ids=lambda name: name.replace(" ", "-"))
def test_rel_4_one_wins_and_the_other_hears_why(first: str, second: str) -> None:
    for one, two in ((first, second), (second, first)):
        for when in WHENS:
            judge(one, two, when)


@pytest.mark.slow
@pytest.mark.parametrize("first", ACTS, ids=lambda name: name.replace(" ", "-"))
def test_rel_4_whatever_steps_into_whatever(first: str) -> None:
    for second in ACTS:
        for when in WHENS:
            judge(first, second, when)
