"""One sum for several orders: who gets what, and what a difference may mean (PAY-24). Pure, integer yen."""

from __future__ import annotations

import re
from collections.abc import Sequence


def share_out(amount: int, owed: Sequence[int]) -> list[int]:
    """Yen for each order, in their order: what it owes while the money lasts; what is over goes to the last."""
    found, left = [], amount
    for one in owed:
        found.append(min(one, left))
        left -= found[-1]
    if left > 0 and found:
        found[-1] += left
    return found


def fees_of(text: str) -> frozenset[int]:
    """The usual transfer fees as the setting names them; what is no number is passed over."""
    return frozenset(int(word) for word in re.findall(r"\d+", text) if len(word) <= 6)


def is_fee(missing: int, fees: frozenset[int]) -> bool:
    """PAY-24 "short by fee": what is missing is what banks usually take."""
    return missing in fees
