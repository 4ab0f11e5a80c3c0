"""How fast an order file becomes orders (`akinai bench intake`), beside a loop of bare SQL on the same server.

Ours: an order file is read and placed in batches: totals, reasons, stock, ledger, audit, events, jobs. The bare
loop inserts an order, three lines, three guarded stock updates, three movements and an event, one order a
transaction, one connection. Both take turns in one run, so that a noisy machine troubles them alike.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Sequence
from typing import Any

from django.db import ProgrammingError, connection, transaction

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import place_orders
from akinai.backoffice.orders.types import Placed
from akinai.backoffice.payments.services import record_from_store
from akinai.foundation.core import clock
from akinai.foundation.core.actor import job_actor
from akinai.foundation.tabular import read_table, write_csv
from akinai.frontoffice.channels.adapters.nextengine.mapping import HEADINGS
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.drafting import StoreRules, draft_of
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.stores.models import Shop, Store
from akinai.shop.terms import selectors as terms
from akinai.workbench.people import person

from . import racing

SKUS = 1000
PRICE = 1980
PIECES = 1_000_000
#: What must be reached (issue table): ms of client CPU an order in batches, and for an order placed alone
MOST_BATCH_MS = 3.0
MOST_SINGLE_MS = 15.0
LEAST_SQLITE_RATE = 250.0
#: A disk that answers sooner than its medium can write makes every commit nearly free, and the bare loop, which
#: commits once an order, a race of Python against Python. PostgreSQL can be told to wait before each flush, as long as
#: the disk of a common server takes; that race is run, too, and only reported.
FLUSH_MS = 1.5


def run(*, orders: int = 2000, rounds: int = 5, batch: int = 100) -> dict[str, Any]:
    """Take in `orders` orders in all, in `rounds` turns with the bare loop; on a fresh database."""
    return racing.run_apart(__name__, orders=orders, rounds=rounds, batch=batch)


def compete(params: dict[str, Any]) -> dict[str, Any]:
    """The measurement itself, in its own program."""
    bench = _Bench(seed=7)
    per_round, batch = params["orders"] // params["rounds"], params["batch"]
    bench.place(per_round // 4, batch)  # warm up: statements, caches
    bench.bare(per_round // 4)
    here = bench.take_turns(params["rounds"], per_round, batch)
    single = bench.single(60)
    is_pg = connection.vendor == "postgresql"
    fast_enough = here["ratio"] >= 1.0 if is_pg else here["orders_per_second"] >= LEAST_SQLITE_RATE
    return {
        "engine": connection.vendor,
        **here,
        "cpu_ms_single": round(single, 2),
        "commit_ms": round(bench.commit_ms(), 3),
        "with_flush": bench.with_flush(per_round, batch) if is_pg else None,
        "orders": Order.objects.count(),
        "limits": {"cpu_ms_per_order": MOST_BATCH_MS, "cpu_ms_single": MOST_SINGLE_MS},
        "reached": fast_enough and here["cpu_ms_per_order"] <= MOST_BATCH_MS and single <= MOST_SINGLE_MS,
    }


class _Bench:
    """A shop with a thousand well-stocked SKUs, and two ways of writing orders into it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0
        self.actor = job_actor("bench")
        Shop.objects.update_or_create(pk=1, defaults={"name": "Bench", "prefecture": "東京都"})
        self.store = Store.objects.create(code="bench", name="Bench", kind="mall", auto_accept=True)
        product = Product.objects.create(code="BENCH", name="湯呑")
        Sku.objects.bulk_create([Sku(product=product, code=f"B-{i:04d}", price=PRICE) for i in range(SKUS)])
        self.skus = list(Sku.objects.order_by("pk"))
        with transaction.atomic():
            for sku in self.skus:
                inventory.receive(self.actor, sku_id=sku.pk, quantity=PIECES)
        self._make_bare_tables()

    def file(self, count: int) -> bytes:
        """A ネクストエンジン order file: invented orders of three lines each, by card, plain enough to be accepted."""
        return write_csv([row for _ in range(count) for row in self._rows()], HEADINGS)

    def _rows(self) -> list[list[str]]:
        self.count += 1
        who = person(self.dice, self.count)
        lines = [(sku.code, self.dice.randint(1, 3)) for sku in self.dice.sample(self.skus, 3)]
        goods = sum(quantity for _code, quantity in lines) * PRICE
        at = (clock.now() - dt.timedelta(hours=1)).strftime("%Y/%m/%d %H:%M:%S")
        address, phone = [who.postcode, who.prefecture + who.address1, who.address2, who.name, who.kana], who.phone
        head = [f"N-{self.count:07d}", at, *address, phone, f"{self.count}.{who.mail}", *address, phone]
        money = [
            "クレジットカード",
            "宅急便",
            str(goods),
            "0",
            "660",
            "0",
            "0",
            "0",
            str(goods + 660),
            "0",
            "",
            "",
            "",
            "",
        ]
        tail = ["", "0", "0", "", "", ""]
        return [[*head, *money, "湯呑", code, str(PRICE), str(quantity), *tail] for code, quantity in lines]

    def take_in(self, data: bytes, batch: int) -> None:
        """What an import does with a file: read it, make drafts, place them in batches with their money."""
        result = PRESETS["nextengine"].read([read_table(data, known=PRESETS["nextengine"].headings)], {})
        rules = StoreRules(self.store, terms.snapshot(), guaranteed=frozenset({"card"}))
        drafts = [draft_of(order, rules) for order in result.orders]
        for start in range(0, len(drafts), batch):
            with transaction.atomic():
                placed = place_orders(self.actor, drafts[start : start + batch])
                record_from_store(self.actor, [p for p in placed if isinstance(p, Placed)])

    def place(self, count: int, batch: int) -> tuple[float, float]:
        """Seconds of wall clock and of client CPU for `count` orders of a file, in batches."""
        data = self.file(count)
        wall, cpu = time.perf_counter(), time.process_time()
        self.take_in(data, batch)
        return time.perf_counter() - wall, time.process_time() - cpu

    def single(self, count: int) -> float:
        """Median client CPU in ms of an order placed alone."""
        used = []
        for _ in range(count):
            data = self.file(1)
            start = time.process_time()
            self.take_in(data, 1)
            used.append((time.process_time() - start) * 1000)
        return statistics.median(used)

    def take_turns(self, rounds: int, per_round: int, batch: int) -> dict[str, float]:
        """Ours and the bare loop in turns: medians of orders/s, their ratio, and our client CPU in ms an order."""
        ours, bare, cpu = [], [], []
        for _round in range(rounds):
            seconds, used = self.place(per_round, batch)
            ours.append(per_round / seconds)
            cpu.append(used / per_round * 1000)
            bare.append(per_round / self.bare(per_round))
        return {
            "orders_per_second": round(statistics.median(ours), 1),
            "bare_per_second": round(statistics.median(bare), 1),
            "ratio": round(statistics.median(o / b for o, b in zip(ours, bare, strict=True)), 2),
            "cpu_ms_per_order": round(statistics.median(cpu), 2),
        }

    def commit_ms(self) -> float:
        """Median ms of a transaction that writes one small row: what a durable commit costs on this disk."""
        taken = []
        with connection.cursor() as cursor:
            for _n in range(50):
                start = time.perf_counter()
                cursor.execute("INSERT INTO bare_event (name, subject, payload) VALUES ('commit', '', '')")
                taken.append((time.perf_counter() - start) * 1000)
        return statistics.median(taken)

    def with_flush(self, per_round: int, batch: int) -> dict[str, float] | None:
        """The same race with `FLUSH_MS` before each flush; None where the database user may not set that."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET commit_siblings = 0")
                cursor.execute("SET commit_delay = %s", [int(FLUSH_MS * 1000)])
        except ProgrammingError:
            return None
        return {"flush_ms": FLUSH_MS, **self.take_turns(2, per_round, batch)}

    def _make_bare_tables(self) -> None:
        key = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
        with connection.cursor() as cursor:
            for statement in (
                f"CREATE TABLE bare_order (id {key}, number text UNIQUE, name text, total bigint, at text)",
                f"CREATE TABLE bare_line (id {key}, order_id bigint, sku_id bigint, quantity integer, price bigint)",
                "CREATE TABLE bare_stock (sku_id bigint PRIMARY KEY, on_hand integer, reserved integer)",
                f"CREATE TABLE bare_movement (id {key}, sku_id bigint, quantity integer, reference varchar(60))",
                f"CREATE TABLE bare_event (id {key}, name varchar(60), subject varchar(60), payload text)",
            ):
                cursor.execute(statement)
            cursor.executemany("INSERT INTO bare_stock VALUES (%s, %s, 0)", [(sku.pk, PIECES) for sku in self.skus])

    def bare(self, count: int) -> float:
        """Seconds for `count` orders by bare SQL."""
        orders = [
            (f"R-{self.count + i:07d}", sorted(s.pk for s in self.dice.sample(self.skus, 3))) for i in range(count)
        ]
        self.count += count
        start = time.perf_counter()
        with connection.cursor() as cursor:
            for number, sku_ids in orders:
                self._bare_order(cursor, number, sku_ids)
        return time.perf_counter() - start

    @staticmethod
    def _bare_order(cursor: Any, number: str, sku_ids: Sequence[int]) -> None:
        with transaction.atomic():
            cursor.execute(
                "INSERT INTO bare_order (number, name, total, at) VALUES (%s, %s, %s, %s) RETURNING id",
                [number, "渡邉 髙子", 6600, "2026-11-24"],
            )
            order_id = cursor.fetchone()[0]
            for sku_id in sku_ids:
                cursor.execute(
                    "INSERT INTO bare_line (order_id, sku_id, quantity, price) VALUES (%s, %s, 1, 1980)",
                    [order_id, sku_id],
                )
                cursor.execute(
                    "UPDATE bare_stock SET reserved = reserved + 1 WHERE sku_id = %s AND on_hand - reserved >= 1",
                    [sku_id],
                )
                cursor.execute(
                    "INSERT INTO bare_movement (sku_id, quantity, reference) VALUES (%s, 1, %s)", [sku_id, number]
                )
            cursor.execute(
                "INSERT INTO bare_event (name, subject, payload) VALUES (%s, %s, %s)",
                ["orders.placed", f"order:{order_id}", "{}"],
            )
