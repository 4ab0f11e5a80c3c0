"""A shop at random: programs of every deed there is, with jobs and nights in between, one after another in one shop.

Each program goes on where the last one ended, so that the orders grow old. A program that breaks something is taken
back whole and tried again with fewer steps from the same shop, until hypothesis prints the shortest that breaks it.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.rules import again
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.declared import APPROVAL_FROM, AUTO_CANCEL, AUTOMATIC
from akinai.backoffice.returns import services as returns
from akinai.config.invariants import violations
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import run_pending
from akinai.frontoffice.notifications.services import ask_and_follow, remind
from akinai.overview.desk.services.promises import review_open
from akinai.shop.catalog.models import Sku, StoreItemCode
from akinai.shop.stores import services as stores
from akinai.shop.stores.declared import PUBLIC_URL
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import make_writing_shop
from tests.builders.orders import make_store
from tests.concurrency import deeds_of_orders, deeds_of_parcels, deeds_of_people
from tests.concurrency.deeds import DEEDS, Scene

DEEDS_OF = (deeds_of_orders, deeds_of_parcels, deeds_of_people)
#: New orders come before each program, not by these at any time.
PLACING = ("place", "place_with_remark")
#: What a shop does every morning, so that orders get on whatever else happens to them.
WORK = (
    "send_all", "hear_of_it", "receive", "receive", "confirm", "confirm", "confirm", "pay", "print_many", "open_case",
    "receive_back", "ask_for_refund", "approve",
)  # fmt: skip
PROGRAMS, STEPS = 20, 30
ROLLS = st.integers(0, 0xFFFFFF)


class Broken(AssertionError):
    """The walk met a wall: what was done last, and what was found."""


@dataclass
class Told:
    """What a walk did: deeds done and refused, and what was said; taken back with the program."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)


class House:
    """The shop that all programs of a walk happen in; `transitions` deeds over `orders` orders are wanted."""

    def __init__(self, frozen: FrozenClock, transitions: int, orders: int) -> None:
        self.clock, self.transitions, self.orders = frozen, transitions, orders
        self.scene = open_shop()
        self.told = Told()
        #: Once a program has broken something, the shop stays as it was before it, for the shorter ones.
        self.stands_still = False

    # --- a program begins and ends

    def enter(self) -> None:
        self.fell = False
        self.before = (self.clock.now(), copy(self.scene), self.told)
        self.told = Told(self.told.done.copy(), self.told.refused.copy())
        self.block = transaction.atomic(durable=True)
        self.block.__enter__()

    def leave(self) -> None:
        """Every invariant of the house is asked; then what was done stands, unless something fell."""
        try:
            if not self.fell:
                self.look()
        finally:
            if self.stands_still:
                transaction.set_rollback(True)
                at, self.scene, self.told = self.before
                self.clock.move_to(at)
            self.block.__exit__(None, None, None)

    # --- its steps

    def begin(self, roll: int) -> None:
        """As many orders come as the length of the walk asks for by now; then the day's work."""
        dice = random.Random(roll)
        while Order.objects.count() <= 10 + self.told.done.total() * self.orders // self.transitions:
            self.one(dice.choice(PLACING), dice.randrange(0xFFFFFF))
        for name in WORK:
            self.one(name, dice.randrange(0xFFFFFF))

    def one(self, name: str, roll: int) -> None:
        self.scene.dice = random.Random(roll)
        try:
            with transaction.atomic():
                answer = DEEDS[name](self.scene)
        except AkinaiError as refusal:
            if not str(refusal).strip():
                raise self.broken(f"{name}: refused without a word") from refusal
            self.told.refused[name] += 1
            self.say(f"{name}: {refusal}")
        except Exception as error:
            raise self.broken(f"{name}: {error!r}") from error
        else:
            if answer is not None and answer != []:
                self.told.done[name] += 1
                self.say(f"{name}: {answer}")
        self.pass_time(self.scene.dice)

    def pass_time(self, dice: random.Random) -> None:
        """Some minutes; jobs run now and then; at eight in the evening a night goes by, sometimes two."""
        self.clock.advance(dt.timedelta(minutes=dice.randint(1, 12)))
        if dice.random() < 0.3:
            self.work_off()
        if self.clock.now().hour >= 20:
            self.sleep(dice.choice([1, 1, 1, 2]))

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
            remind(SYSTEM)
            payments.lapse_orders(SYSTEM)
            review_open()
        except Exception as error:
            raise self.broken(f"the night to {morning}: {error!r}") from error
        self.say(f"night to {morning}")

    # --- what is asked and told

    def look(self) -> None:
        found = [f"{area}: {said}" for area, said in violations()]
        if found:
            raise self.broken("\n".join(found[:10]))

    def say(self, line: str) -> None:
        self.told.log.append(f"{clock.now():%m-%d %H:%M} {line}"[:160])

    def broken(self, said: str) -> Broken:
        self.fell = self.stands_still = True
        found = f"after {self.told.done.total()} transitions: {said}\n--- this program:"
        return Broken("\n".join([found, *self.told.log, *lives(said)]))


def lives(said: str) -> list[str]:
    """What was ever done to the orders that are named."""
    numbers = sorted(set(re.findall(r"UW-\d+(?:-[B-Z](?![A-Z0-9]))?", said)))[:3]
    found = []
    for order in Order.objects.filter(number__in=numbers):
        found.append(f"--- {order.number}, {order.total} yen:")
        rows = AuditEntry.objects.filter(subject=order.subject).order_by("id")
        found += [f"{clock.aware(row.at):%m-%d %H:%M} {row.action} {row.detail}"[:200] for row in rows]
    return found


def open_shop() -> Scene:
    """Six articles of all kinds, a set of three under a code of its own, a store that takes plain orders itself."""
    make_writing_shop()
    stores.set_setting(SYSTEM, key=PUBLIC_URL, value="https://utsuwaya.example")
    stores.set_setting(SYSTEM, key=APPROVAL_FROM, value=8000)
    stores.set_setting(SYSTEM, key=AUTO_CANCEL, value=AUTOMATIC)
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
    return Scene(store, skus, random.Random(), prefix="W", reach=25)


class Program(RuleBasedStateMachine):
    """A day begins as any other, then any deeds in any order; `roll` is what the deed's dice begin with."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.house.enter()

    @initialize(roll=ROLLS)
    def begin(self, roll: int) -> None:
        self.house.begin(roll)

    def teardown(self) -> None:
        self.house.leave()


def _as_rule(name: str) -> object:
    def act(self: Program, roll: int) -> None:
        self.house.one(name, roll)

    act.__name__ = name
    return rule(roll=ROLLS)(act)


def programs_in(house: House) -> type[Program]:
    rules = {name: _as_rule(name) for name in DEEDS if name not in PLACING}
    return type("ProgramHere", (Program,), {"house": house, **rules})


def walk(house: House, number: int) -> None:
    """Programs until the house has seen the transitions it wants; the same `number` is the same walk."""
    rounds, program = random.Random(number), programs_in(house)
    some = settings(
        max_examples=PROGRAMS,
        stateful_step_count=STEPS,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    while house.told.done.total() < house.transitions:
        run_state_machine_as_test(seed(rounds.randrange(0xFFFFFF))(program), settings=some)
