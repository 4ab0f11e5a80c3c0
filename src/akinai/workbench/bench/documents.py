"""How long 500 delivery notes take, and how much memory (`akinai bench documents`): at most 6 s of CPU and 250 MB."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from pathlib import Path
from typing import Any

from akinai.backoffice.fulfillment.printing import print_delivery_notes
from akinai.backoffice.fulfillment.types import (
    AmountRow,
    DeliveryNotePage,
    NoteLine,
    PersonOnPaper,
    RateTotal,
    ShopOnPaper,
)

MOST_CPU_SECONDS = 6.0
MOST_MEGABYTES = 250
STATUS = Path("/proc/self/status")

_SHOP = ShopOnPaper(
    name="茶と器 あきない堂",
    company="株式会社あきない",
    postcode="6040001",
    address=("京都府京都市中京区道場町1-2", "茶屋ビル 1階"),
    tel="075-123-4567",
    mail="info@shop.example",
    url="https://shop.example",
    registration_number="T7123456789012",
)
_GOODS = ("宇治煎茶 翠 100g", "湯呑み 藍", "手描き染付 急須 木箱入り", "ほうじ茶 ティーバッグ 20包", "小皿 とくさ")


def note(number: int, *, lines: int = 5) -> DeliveryNotePage:
    """An invented delivery note with everything on it: invoice, bar code, QR code, words of thanks."""
    goods = tuple(
        NoteLine(
            name=f"{_GOODS[i % len(_GOODS)]} {number % 97 + i}",
            code=f"SKU-{number % 97:03d}-{i}",
            quantity=i % 3 + 1,
            unit_price=1080,
            amount=1080 * (i % 3 + 1),
            is_reduced=i % 2 == 0,
        )
        for i in range(lines)
    )
    total = sum(line.amount for line in goods) + 660
    reduced = sum(line.amount for line in goods if line.is_reduced)
    return DeliveryNotePage(
        number=f"S{number:08d}",
        order_number=f"AK-{100000 + number}",
        ordered_on=dt.date(2026, 11, 23),
        shipped_on=dt.date(2026, 11, 24),
        shop=_SHOP,
        ship_to=PersonOnPaper(f"渡邉 髙子{number}", "1060032", ("東京都港区六本木1-2-3", f"あきないビル {number}号室")),
        lines=goods,
        charges=(AmountRow("送料", 660),),
        total=total,
        rates=(
            RateTotal(8, reduced, reduced * 8 // 108, is_reduced=True),
            RateTotal(10, total - reduced, (total - reduced) * 10 // 110),
        ),
        payment="クレジットカード",
        delivery="宅急便 11月26日 午前中",
        is_invoice=True,
        greeting="このたびは茶と器 あきない堂をご利用いただき、誠にありがとうございます。",
        message="お品に不都合がございましたら、到着後7日以内にお電話またはメールでお知らせください。",
        scan_code=f"S{number:08d}",
        qr_text=f"https://shop.example/o/AK-{100000 + number}?k={number * 7919:012x}",
        qr_caption="ご注文の確認はこちらから",
    )


def run(notes: int = 500) -> dict[str, Any]:
    """Print `notes` delivery notes with 5 lines each and say what it cost.

    `cpu_seconds` counts this process and its presses. `peak_mb` is the most that is held at a time: this process up to
    the last bundle beside the largest press, of which one is at work, or this process when it joins the bundles, the
    presses having ended. `reached` says whether 500 notes keep the limits.
    """
    pages = [note(i) for i in range(notes)]
    steps: list[float] = []
    cpu, started = _cpu(), time.perf_counter()
    rendered = print_delivery_notes(pages, progress=lambda _done, _total: steps.append(_own_peak_mb()))
    seconds, wall = _cpu() - cpu, time.perf_counter() - started
    peak = max(steps[-1] + _peak_mb(resource.RUSAGE_CHILDREN), _own_peak_mb())
    return {
        "notes": notes,
        "cpu_seconds": round(seconds, 2),
        "wall_seconds": round(wall, 2),
        "peak_mb": round(peak),
        "pdf_mb": round(len(rendered.pdf) / 1e6, 1),
        "progress_steps": len(steps),
        "limits": {"cpu_seconds": MOST_CPU_SECONDS, "peak_mb": MOST_MEGABYTES},
        "reached": seconds <= MOST_CPU_SECONDS and peak <= MOST_MEGABYTES,
    }


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _own_peak_mb() -> float:
    """This process's peak. Linux hands `ru_maxrss` down from who started us, so the other figure is read."""
    if not STATUS.exists():
        return _peak_mb(resource.RUSAGE_SELF)
    lines = dict(line.split(":", 1) for line in STATUS.read_text(encoding="ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def _peak_mb(who: int) -> float:
    """Peak resident memory in MB; the system counts it in kB, on macOS in bytes."""
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)
