"""The form of a mapping: which column of a shop's own file is which field of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import FieldMap, SavedMapping, Source
from akinai.foundation.tabular.problems import letter
from akinai.foundation.tabular.table import heading_key

from .adapters.base import PARTY, REQUIRED, TARGETS
from .adapters.labels import TARGET_LABELS
from .storing import storable

#: How many columns can be put together into one field.
JOINED = 3
#: Fields that say yes or no, in whatever words the store uses.
FLAGS = frozenset({"paid", "gift", "shipped", "cancelled", "cancel_requested", "price_includes_tax"})
_ORDER = ("store_number", "ordered_at", "status_word", "remark", "staff_note")
_DELIVERY = ("delivery_word", "wish_date", "wish_window", "gift", "noshi", "ship_to_id")
_STATE = ("shipped", "ship_date", "tracking", "cancelled", "cancel_requested")
_PAYMENT = ("payment_word", "paid", "paid_on")
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("The order"), _ORDER),
    (_("Buyer"), tuple(f"buyer_{part}" for part in PARTY)),
    (_("Ship to"), tuple(f"ship_{part}" for part in PARTY)),
    (_("Goods, a row each"), tuple(t for t in TARGETS if t.startswith("item_") or t in
                                  ("quantity", "unit_price", "tax_rate", "price_includes_tax", "gift_note"))),
    (_("Amounts"), ("goods_total", "tax", "shipping_fee", "payment_fee", "wrapping_fee", "other_fee", "discount",
                    "mall_discount", "points", "total")),
    (_("Payment"), _PAYMENT),
    (_("Delivery"), _DELIVERY),
    (_("State at the store"), _STATE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A column a person may choose: its key, its heading and what the first rows hold."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field of ours on the mapping screen, with what is chosen for it."""

    target: str
    label: str | Promise
    required: bool
    chosen: tuple[str, ...]
    constant: str
    yes: str
    is_flag: bool

    @property
    def more(self) -> bool:
        """True if more than one plain column is said, so that the details are to be seen."""
        return bool(len([c for c in self.chosen if c]) > 1 or self.constant or self.yes)


def choices(table: Table) -> list[Choice]:
    """Every column with its letter, heading and first value."""
    found = []
    for index, source in enumerate(sources(table)):
        sample = next((row.cells[index].strip() for row in table.rows[:20] if _has(row.cells, index)), "")
        heading = table.headings[index] or "—"
        shown = f"{letter(index)} {heading}" + (f"（{sample[:16]}）" if sample else "")
        found.append(Choice(str(source), shown))
    return found


def _has(cells: Sequence[str], index: int) -> bool:
    return index < len(cells) and bool(cells[index].strip())


def sources(table: Table) -> list[Source]:
    """How each column is named in a mapping: by heading, by heading and occurrence, or by position if it has none."""
    counts: dict[str, int] = {}
    double = {heading_key(heading) for heading in table.duplicates()}
    found: list[Source] = []
    for index, heading in enumerate(table.headings):
        key = heading_key(heading)
        counts[key] = counts.get(key, 0) + 1
        found.append(index + 1 if not heading else f"{heading}#{counts[key]}" if key in double else heading)
    return found


def groups(mapping: SavedMapping, table: Table) -> list[tuple[str | Promise, list[Line]]]:
    """The screen, group by group, filled with what a mapping says."""
    said = {f.target: f for f in mapping.fields}
    here = {_key(source): str(source) for source in sources(table)}
    return [(title, [_line(target, said.get(target), here) for target in targets]) for title, targets in GROUPS]


def _key(source: Source) -> str:
    return heading_key(str(source))


def _line(target: str, field: FieldMap | None, here: Mapping[str, str]) -> Line:
    chosen: list[str] = []
    for alternatives in field.sources if field else ():
        key = next((here[_key(name)] for name in alternatives if _key(name) in here), "")
        chosen.append(key)
    padded = tuple((chosen + [""] * JOINED)[:JOINED])
    yes = ", ".join(word for word, means in field.values if means == "1") if field else ""
    constant = field.constant if field else ""
    return Line(target, TARGET_LABELS[target], target in REQUIRED, padded, constant, yes, target in FLAGS)


def from_form(posted: Mapping[str, str], table: Table, name: str = "") -> SavedMapping:
    """What a person chose on the screen; columns that the file does not have are left out."""
    posted = storable(dict(posted.items()))
    real = {str(source): source for source in sources(table)}
    fields = tuple(_fields(posted, real))
    return SavedMapping(name, fields, tuple(table.duplicates()))


def _fields(posted: Mapping[str, str], real: Mapping[str, Source]) -> Iterator[FieldMap]:
    for target in TARGETS:
        keys = [posted.get(f"{target}-{number}", "") for number in range(JOINED)]
        chosen = tuple((real[key],) for key in keys if key in real)
        constant = posted.get(f"{target}-constant", "").strip()[:255]
        if not chosen and not constant:
            continue
        words = re.split(r"[,、，\n]", posted.get(f"{target}-yes", "")) if target in FLAGS else []
        values = tuple((word.strip(), "1") for word in words if word.strip())
        yield FieldMap(target, chosen, _between(target), constant, values, required=target in REQUIRED and not constant)


def _between(target: str) -> str:
    """What stands between columns that are put together: names are spaced, numbers hyphened, streets run on."""
    if target.endswith(("_phone", "_postcode")):
        return "-"
    return "" if target.endswith(("_address1", "_prefecture")) else " "
