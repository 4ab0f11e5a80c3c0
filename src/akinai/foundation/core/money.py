"""Integer yen (GEN-2): rounding, sharing out, showing. No float ever holds money."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Rounding(StrEnum):
    """How a fraction of a yen is dropped. `ROUND` is 四捨五入, half away from zero (TAX-10)."""

    FLOOR = "floor"
    ROUND = "round"
    CEIL = "ceil"


def ratio(amount: int, numerator: int, denominator: int, mode: Rounding = Rounding.FLOOR) -> int:
    """`amount * numerator / denominator` as whole yen; the sign is taken off first, so -x mirrors x."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    top = amount * numerator
    sign = -1 if top < 0 else 1
    whole, rest = divmod(abs(top), denominator)
    if (mode is Rounding.CEIL and rest) or (mode is Rounding.ROUND and rest * 2 >= denominator):
        whole += 1
    return sign * whole


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` yen in proportion to `weights` so that the parts sum exactly (largest remainder, TAX-20).

    Ties go to the earlier weight, so callers list the higher tax rate first. Weights must be >= 0;
    if all are 0 the first takes everything.
    """
    if any(w < 0 for w in weights):
        raise ValueError("weights must not be negative")
    if not weights:
        if total:
            raise ValueError("nothing to divide over")
        return []
    if not total:
        return [0] * len(weights)
    sign, rest = (-1, -total) if total < 0 else (1, total)
    whole = sum(weights)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1)
    parts = [rest * w // whole for w in weights]
    missing = rest - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(rest * weights[i] % whole), i))
    for i in order[:missing]:
        parts[i] += 1
    return [sign * p for p in parts]


def yen(amount: int) -> str:
    """`1234` as `1,234`, with a real minus sign; the unit is the template's business."""
    return f"{amount:,}".replace("-", "−")
