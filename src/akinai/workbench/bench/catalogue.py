"""Which measurements there are, what each must reach, and one shape for their results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import clerk, documents, export, hot_sku, intake, lists, rules, search


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside what it must reach; `limit` is empty where it is only reported."""

    name: str
    measured: str
    limit: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A measurement: its name on the command line, what it does, and the figures in its result.

    `sized` ones take `orders=`; those of so `long` that nobody wants them by the way must be named.
    """

    name: str
    summary: str
    run: Callable[..., dict[str, Any]]
    figures: Callable[[dict[str, Any]], list[Figure]]
    sized: bool = False
    long: bool = False


def _hot_sku() -> dict[str, Any]:
    return {"guarded": hot_sku.run(guarded=True), "unguarded": hot_sku.run(guarded=False)}


def _hot_sku_figures(result: dict[str, Any]) -> list[Figure]:
    guarded, control = result["guarded"], result["unguarded"]
    held = guarded["sold"] == 200 and guarded["oversold"] == 0 and guarded["errors"] == 0
    return [
        Figure("guarded: sold / oversold / errors", _three(guarded), "200 / 0 / 0", held),
        Figure(
            "control without guard: sold / oversold / errors", _three(control), "oversold > 0", control["oversold"] > 0
        ),
    ]


def _three(outcome: dict[str, int]) -> str:
    return f"{outcome['sold']} / {outcome['oversold']} / {outcome['errors']}"


def _intake_figures(result: dict[str, Any]) -> list[Figure]:
    cpu, single = result["cpu_ms_per_order"], result["cpu_ms_single"]
    if result["engine"] == "postgresql":
        speed = Figure("orders/s as a ratio of bare SQL", f"{result['ratio']}", "≥ 1.0", result["ratio"] >= 1.0)
    else:
        rate = result["orders_per_second"]
        speed = Figure("orders/s", f"{rate}", f"≥ {intake.LEAST_SQLITE_RATE}", rate >= intake.LEAST_SQLITE_RATE)
    slow = result["with_flush"]
    return [
        speed,
        Figure("orders/s, ours and bare", f"{result['orders_per_second']} and {result['bare_per_second']}"),
        Figure("a durable commit of one row", f"{result['commit_ms']} ms"),
        *([Figure(f"the ratio where a flush takes {slow['flush_ms']} ms", f"{slow['ratio']}")] if slow else []),
        Figure(
            "client CPU an order, in batches", f"{cpu} ms", f"≤ {intake.MOST_BATCH_MS} ms", cpu <= intake.MOST_BATCH_MS
        ),
        Figure(
            "client CPU an order, alone",
            f"{single} ms",
            f"≤ {intake.MOST_SINGLE_MS} ms",
            single <= intake.MOST_SINGLE_MS,
        ),
    ]


def _document_figures(result: dict[str, Any]) -> list[Figure]:
    cpu, peak = result["cpu_seconds"], result["peak_mb"]
    return [
        Figure(
            "500 delivery notes, CPU",
            f"{cpu} s",
            f"≤ {documents.MOST_CPU_SECONDS} s",
            cpu <= documents.MOST_CPU_SECONDS,
        ),
        Figure(
            "500 delivery notes, memory",
            f"{peak} MB",
            f"≤ {documents.MOST_MEGABYTES} MB",
            peak <= documents.MOST_MEGABYTES,
        ),
    ]


def _list_figures(result: dict[str, Any]) -> list[Figure]:
    limit = lists.MOST_MS
    return [
        Figure(
            f"{name}, p95", f"{page['p95_ms']} ms, {page['queries']} queries", f"≤ {limit} ms", page["p95_ms"] <= limit
        )
        for name, page in result["pages"].items()
    ]


def _search_figures(result: dict[str, Any]) -> list[Figure]:
    worst = max(result["queries"].items(), key=lambda asked: asked[1]["worst_ms"])
    return [
        Figure(
            f"search over {result['orders']:,} orders, 3 characters and more, p95",
            f"{result['p95_ms']} ms", f"≤ {search.MOST_MS} ms", result["p95_ms"] <= search.MOST_MS,
        ),
        Figure("one or two characters, p95", f"{result['p95_short_ms']} ms"),
        Figure(f"the slowest: {worst[0]}", f"{worst[1]['worst_ms']} ms"),
    ]  # fmt: skip


def _export_figures(result: dict[str, Any]) -> list[Figure]:
    seconds, growth = result["seconds"], result["growth_mb"]
    most, memory = export.MOST_SECONDS, export.MOST_MEGABYTES
    return [
        Figure(f"CSV of {result['rows']:,} line items", f"{seconds} s", f"≤ {most} s", seconds <= most),
        Figure("memory growth meanwhile", f"{growth} MB", f"≤ {memory} MB", growth <= memory),
    ]


def _clerk_figures(result: dict[str, Any]) -> list[Figure]:
    p95 = result["accept_p95_ms"]
    return [
        Figure("a clerk's accept beside an import, p95", f"{p95} ms", f"≤ {clerk.MOST_MS} ms", p95 <= clerk.MOST_MS)
    ]


def _rule_figures(result: dict[str, Any]) -> list[Figure]:
    seconds, most = result["seconds"], rules.MOST_SECONDS
    without, with_rules = result["intake_ms_without"], result["intake_ms_with"]
    what = f"{result['rules']} rules tried on {result['orders']:,} orders"
    return [
        Figure(what, f"{seconds} s", f"≤ {most} s", seconds <= most),
        Figure(
            f"client CPU an order taken in, without and with {result['rules']} rules", f"{without} and {with_rules} ms"
        ),
    ]


BENCHES = (
    Bench("intake", "file rows to placed orders, beside bare SQL", intake.run, _intake_figures),
    Bench("hot-sku", "8 processes, 400 tries, 200 pieces, and the control", _hot_sku, _hot_sku_figures),
    Bench("clerk", "a clerk accepts while 3,000 orders are imported", clerk.run, _clerk_figures),
    Bench("lists", "the order list and searches over 200,000 orders", lists.run, _list_figures, sized=True),
    Bench(
        "search",
        "the search over everything, over 1,000,000 orders",
        search.run,
        _search_figures,
        sized=True,
        long=True,
    ),
    Bench("export", "CSV of 20,000 orders, a row a line item", export.run, _export_figures),
    Bench("rules", "50 rules tried on 10,000 orders", rules.run, _rule_figures),
    Bench("documents", "500 delivery notes", documents.run, _document_figures),
)
