"""The stores of the demo go on selling: an order every ten to twenty seconds, some odd, five hundred at most."""

from __future__ import annotations

import json
import time
from pathlib import Path
from random import Random

from akinai.foundation.core import clock
from akinai.shop.stores.models import Store
from akinai.shop.terms.fees import FeeBand
from akinai.shop.terms.models import PaymentFeeBand

from .goods import articles
from .history import place
from .trade import Trade
from .working import STORES

MOST = 500
PAUSE = (10.0, 20.0)
ODD = 14
#: The live orders are numbered apart from those of the history.
FROM_NUMBER = 500_000


def sell(folder: Path, *, most: int = MOST, pause: tuple[float, float] = PAUSE) -> int:
    """Place orders until `most` have been placed in all starts together, which is kept in the folder."""
    counter = folder / "live.json"
    done = _sold(counter)
    trade = _trade(done)
    while done < most:
        time.sleep(trade.rng.uniform(*pause))
        place(STORES, [trade.order(clock.now(), odd=trade.rng.randrange(100) < ODD)])
        done += 1
        counter.write_text(json.dumps({"sold": done}), encoding="ascii")
    return done


def _sold(counter: Path) -> int:
    return int(json.loads(counter.read_text(encoding="ascii"))["sold"]) if counter.exists() else 0


def _trade(done: int) -> Trade:
    bands = [FeeBand(b.up_to, b.fee, b.inclusive) for b in PaymentFeeBand.objects.filter(method__code="cod")]
    stores = dict(Store.objects.filter(is_active=True).values_list("code", "pk"))
    start = FROM_NUMBER + done
    return Trade(Random(start), articles(), stores, bands, count=start, first_person=2_000_000)
