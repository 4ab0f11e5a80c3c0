"""How long the CSV of 20,000 orders takes, a row a line item, and how much memory (`akinai bench export`)."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import connection

from akinai.backoffice.orders import export
from akinai.backoffice.orders.models import Order
from akinai.foundation.tabular.writing import stream_csv

from . import racing, volume

MOST_SECONDS = 3.0
MOST_MEGABYTES = 50
STATUS = Path("/proc/self/status")


def run(*, orders: int = 20_000, lines: int = 3) -> dict[str, Any]:
    """Write the file of `orders` orders with so many lines each; on a fresh database."""
    return racing.run_apart(__name__, orders=orders, lines=lines)


def compete(params: dict[str, Any]) -> dict[str, Any]:
    """The measurement itself, in its own program; the first of two runs fills caches."""
    volume.fill(params["orders"], lines=params["lines"])
    _write()
    before = _resident_mb()
    wall, cpu = time.perf_counter(), time.process_time()
    rows, size, peak = _write()
    seconds, used = time.perf_counter() - wall, time.process_time() - cpu
    growth = max(0.0, peak - before)
    return {
        "engine": connection.vendor,
        "rows": rows,
        "megabytes": round(size / 1e6, 1),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used, 2),
        "growth_mb": round(growth, 1),
        "limits": {"seconds": MOST_SECONDS, "growth_mb": MOST_MEGABYTES},
        "reached": seconds <= MOST_SECONDS and growth <= MOST_MEGABYTES,
    }


def _write() -> tuple[int, int, float]:
    """Rows, bytes and the highest resident memory seen on the way."""
    peak, lines = 0.0, 0
    orders = Order.objects.order_by("-ordered_at", "-pk")
    with tempfile.TemporaryFile() as file:
        for piece in stream_csv(export.rows(orders), export.headings(), encoding="utf-8-sig"):
            lines += piece.count(b"\r\n")
            file.write(piece)
            peak = max(peak, _resident_mb())
        return lines - 1, file.tell(), peak


def _resident_mb() -> float:
    if not STATUS.exists():  # only Linux tells
        return 0.0
    rows = dict(line.split(":", 1) for line in STATUS.read_text(encoding="ascii").splitlines())
    return int(rows["VmRSS"].split()[0]) / 1024
