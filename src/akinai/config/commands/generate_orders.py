"""An order file of invented buyers for the goods of this shop."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from akinai.config.data_folder import ensure_data_folder
from akinai.config.output import print_result, say
from akinai.foundation.core.clock import today
from akinai.shop.catalog.selectors import search_skus
from akinai.shop.stores.selectors import tax_rates
from akinai.workbench.generate import SAMPLE_GOODS, Goods, generate_orders

_MOST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many orders, how many of them irregular, and where the file goes."""
    parser.add_argument("--preset", choices=["nextengine"], default="nextengine")
    parser.add_argument("--count", type=int, default=300, help="orders (default: 300)")
    parser.add_argument("--irregular", type=float, default=0.15, help="share that needs a person (default: 0.15)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same file")
    parser.add_argument("--out", type=Path, help="file to write (default: standard output)")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object; needs --out")


def run(args: argparse.Namespace) -> int:
    """Write the file. Goods are those of the catalogue, or samples while it is empty."""
    ensure_data_folder()
    data = generate_orders(
        preset=args.preset, count=args.count, irregular=args.irregular, seed=args.seed, skus=goods_on_sale()
    )
    if args.out is None:
        sys.stdout.buffer.write(data)
        return 0
    args.out.write_bytes(data)
    say(_("%(count)s orders are in %(path)s.") % {"count": args.count, "path": args.out})
    if args.json:
        print_result({"orders": args.count, "path": str(args.out), "bytes": len(data)})
    return 0


def goods_on_sale() -> tuple[Goods, ...]:
    """Up to 200 active goods of the catalogue with their tax rates of today; samples where there are none."""
    rates = tax_rates(today())
    found = tuple(
        Goods(sku.code, sku.product.name, sku.price, rates.get(sku.product.tax_class, 10))
        for sku in search_skus("", active_only=True)[:_MOST]
    )
    return found or SAMPLE_GOODS
