"""A shop at random: every deed there is, with jobs and nights in between, from dice that can be thrown again."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.rules import again
from akinai.backoffice.payments import services as payments
from akinai.backoffice.returns import services as returns
from akinai.config.invariants import violations
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import run_pending
from akinai.frontoffice.notifications.services import ask_and_follow
from akinai.overview.desk.services.promises import review_open
from akinai.shop.catalog.models import Sku, StoreItemCode
from akinai.shop.stores import services as stores
from akinai.shop.stores.declared import PUBLIC_URL
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import make_writing_shop
from tests.builders.orders import make_store
from tests.concurrency import deeds_of_orders, deeds_of_parcels
from tests.concurrency.deeds import DEEDS, Scene

FULL = (deeds_of_orders, deeds_of_parcels)
#: New orders are placed as the walk goes on, not by these at any time.
PLACING = ("place", "place_with_remark")


class Broken(AssertionError):
    """The walk met a wall: what was done last, and what was found."""


@dataclass
class Walk:
    """Done and refused deeds; `look_every` transitions every invariant of the house is asked."""

    clock: FrozenClock
    seed: int
    transitions: int
    orders: int
    look_every: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.scene = open_shop(self.dice)

    def run(self) -> None:
        looked = 0
        while (steps := self.done.total()) < self.transitions:
            self.one(self.choose(steps))
            self.pass_time()
            if self.done.total() >= looked + self.look_every:
                looked = self.done.total()
                self.look()
        self.work_off()
        self.look()

    def choose(self, steps: int) -> str:
        """Orders come evenly; of the rest, each deed is as likely as any other."""
        if Order.objects.count() <= 10 + steps * self.orders // self.transitions:
            return self.dice.choice(PLACING)
        return self.dice.choice([name for name in DEEDS if name not in PLACING])

    def one(self, name: str) -> None:
        try:
            with transaction.atomic():
                answer = DEEDS[name](self.scene)
        except AkinaiError as refusal:
            if not str(refusal).strip():
                raise self.broken(f"{name}: refused without a word") from refusal
            self.refused[name] += 1
            self.log.append(f"{clock.now():%m-%d %H:%M} {name}: {refusal}")
        except Exception as error:
            raise self.broken(f"{name}: {error!r}") from error
        else:
            if answer is not None and answer != []:
                self.done[name] += 1
                self.log.append(f"{clock.now():%m-%d %H:%M} {name}: {answer}")

    def pass_time(self) -> None:
        """Some minutes; jobs run now and then; at eight in the evening a night goes by, sometimes two."""
        self.clock.advance(dt.timedelta(minutes=self.dice.randint(1, 12)))
        if self.dice.random() < 0.3:
            self.work_off()
        if self.clock.now().hour >= 20:
            self.sleep(self.dice.choice([1, 1, 1, 2]))

    def work_off(self) -> None:
        while run_pending():
            pass
        failed = Job.objects.filter(failures__gt=0).values_list("name", "last_error")
        if failed:
            raise self.broken(f"jobs failed: {list(failed)[:3]}")

    def sleep(self, days: int) -> None:
        morning = clock.today() + dt.timedelta(days=days)
        self.clock.move_to(dt.datetime.combine(morning, dt.time(8), tzinfo=JST))
        try:
            services.tick()
            again.reconsider(again.open_orders(), None, trigger="day")
            payments.end_authorisations(SYSTEM)
            shipping.tell_of_held(SYSTEM)
            shipping.lapse(SYSTEM)
            inventory.expire(SYSTEM)
            services.serve_waiting(SYSTEM)
            services.follow_release_dates(SYSTEM)
            returns.bill_unreturned(SYSTEM)
            ask_and_follow(SYSTEM)
            review_open()
        except Exception as error:
            raise self.broken(f"the night to {morning}: {error!r}") from error
        self.log.append(f"night to {morning}")

    def look(self) -> None:
        found = [f"{area}: {said}" for area, said in violations()]
        if found:
            raise self.broken("\n".join(found[:10]))

    def broken(self, said: str) -> Broken:
        last = "\n".join(line[:160] for line in self.log[-20:])
        found = f"seed {self.seed}, after {self.done.total()} transitions: {said}\n--- before:\n{last}"
        return Broken("\n".join([found, *lives(said)]))


def lives(said: str) -> list[str]:
    """What was ever done to the orders that are named."""
    numbers = sorted(set(re.findall(r"UW-\d+(?:-[B-Z](?![A-Z0-9]))?", said)))[:3]
    found = []
    for order in Order.objects.filter(number__in=numbers):
        found.append(f"--- {order.number}, {order.total} yen:")
        rows = AuditEntry.objects.filter(subject=order.subject).order_by("id")
        found += [f"{clock.aware(row.at):%m-%d %H:%M} {row.action} {row.detail}"[:200] for row in rows]
    return found


def open_shop(dice: random.Random) -> Scene:
    """Six articles of all kinds, a set of three under a code of its own, a store that takes plain orders itself."""
    make_writing_shop()
    stores.set_setting(SYSTEM, key=PUBLIC_URL, value="https://utsuwaya.example")
    store = make_store("own", auto_accept=True)
    skus: Sequence[Sku] = [
        *(make_sku(f"W-{n}", price=1000 + 600 * n) for n in range(3)),
        make_sku("W-LATE", supply="backorder"),
        make_sku("W-NEW", supply="preorder", release_on=clock.today() + dt.timedelta(days=9)),
        make_sku("W-OUT", product=make_product("P-OUT", name="訳あり")),
    ]
    for sku in skus[:3]:
        stock_up(sku, 30)
    StoreItemCode.objects.create(store=store, code="SET-3", sku=skus[0], quantity=3)
    return Scene(store, skus, dice, prefix="W", reach=25)
