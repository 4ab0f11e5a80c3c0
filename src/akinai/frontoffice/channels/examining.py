"""What the orders of a file would become, and everything that is wrong with them, before anything is stored. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.placing import is_history
from akinai.backoffice.orders.services.refusing import refusals
from akinai.backoffice.orders.services.repeating import foresee
from akinai.backoffice.orders.types import OrderDraft
from akinai.foundation.tabular import Problem
from akinai.foundation.tabular.problems import params
from akinai.shop.terms.states import MethodKind, Timing

from . import errors as errors
from .drafting import StoreRules, draft_of
from .states import LEFT, Outcome, Word
from .types import Paid, StoreOrder
from .uploads import Fault, Reading

#: Payments for which a store may vouch before money moves: the cart has authorised them.
VOUCHABLE = frozenset({MethodKind.CARD, MethodKind.WALLET, MethodKind.CARRIER_BILLING})
#: What a report keeps of each; the rest is counted.
MOST_FAULTS, MOST_ROWS, PREVIEW = 1000, 200, 5


@dataclass(frozen=True, slots=True)
class Judged:
    """An order that could be read: its draft, what becomes of it, and why not where nothing does."""

    order: StoreOrder
    draft: OrderDraft
    outcome: str
    faults: tuple[Fault, ...] = ()


def judge(reading: Reading, rules: StoreRules, by: Judge, known: Mapping[str, Order]) -> list[Judged]:
    """Every readable order of the files. `known` are the store's orders with these numbers (ORD-32)."""
    return [_judged(reading, order, rules, by, known) for order in reading.result.orders]


def _judged(reading: Reading, order: StoreOrder, rules: StoreRules, by: Judge, known: Mapping[str, Order]) -> Judged:
    draft = draft_of(order, rules)
    unknown = tuple(_unknown_words(reading, order, rules))
    if unknown:
        return Judged(order, draft, Outcome.WORD, unknown)
    wrong = tuple(said(order, str(sentence)) for sentence in refusals(draft, by))
    if wrong:
        return Judged(order, draft, Outcome.REFUSED, wrong)
    if draft.store_number in known:
        return Judged(order, draft, foresee(draft, known[draft.store_number]))
    return Judged(order, draft, Outcome.HISTORY if is_history(draft, rules.store) else Outcome.CREATED)


def _unknown_words(reading: Reading, order: StoreOrder, rules: StoreRules) -> Iterator[Fault]:
    if rules.terms.method(order.payment_word) is None:
        yield _fault(reading, order, "unknown_payment", order.payment_word)
    if order.delivery_word and rules.terms.service(order.delivery_word) is None:
        yield _fault(reading, order, "unknown_delivery", order.delivery_word)


def said(order: StoreOrder, sentence: str, code: str = "not_an_order") -> Fault:
    """A sentence of the house about an order, at its first row."""
    row = order.rows[0] if order.rows else 0
    return Fault(Problem(code, row, row, params=params(sentence=sentence)), 0, order.store_number)


def _fault(reading: Reading, order: StoreOrder, code: str, value: str, **more: object) -> Fault:
    """A fault at the cell that holds `value`, as far as it can be found in the order's first row."""
    row = order.rows[0] if order.rows else 0
    file, index = _find(reading, row, value)
    headings = reading.tables[file].headings if reading.tables else ()
    heading = headings[index] if index is not None and index < len(headings) else ""
    line = next((r.line for r in reading.tables[file].rows if r.number == row), row) if reading.tables else row
    return Fault(Problem(code, row, line, heading, index, params(value=value, **more)), file, order.store_number)


def _find(reading: Reading, row: int, value: str) -> tuple[int, int | None]:
    for file in range(len(reading.tables)):
        for index, cell in enumerate(reading.cells(file, row) or ()):
            if value and cell.strip() == value:
                return file, index
    return 0, None


def report_of(reading: Reading, judged: Sequence[Judged], rules: StoreRules) -> dict[str, Any]:
    """What is kept of an examination: counts, faults, the cells of faulty rows, unknown words, the first orders."""
    faults = sorted(
        [*reading.faults, *(f for j in judged for f in j.faults)],
        key=lambda f: (f.file, f.problem.row, not f.is_error),
    )
    outcomes = Counter(str(j.outcome) for j in judged)
    outcomes[str(Outcome.REFUSED)] += len(reading.result.refused)
    return {
        "rows": reading.result.rows,
        "orders": len(judged) + len(reading.result.refused),
        "outcomes": dict(outcomes),
        "errors": sum(f.is_error for f in faults),
        "warnings": sum(not f.is_error for f in faults),
        "faults": [f.as_json() for f in faults[:MOST_FAULTS]],
        "headings": [list(t.headings) for t in reading.tables],
        "encodings": [t.encoding for t in reading.tables],
        "cells": _faulty_rows(reading, faults),
        "words": _words(judged, rules),
        "vouch": _vouch(judged, rules),
        "preview": [_preview(j) for j in judged[:PREVIEW]],
    }


def _faulty_rows(reading: Reading, faults: Sequence[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = [{row.number: row.cells for row in table.rows} for table in reading.tables]
    for fault in faults:
        key = f"{fault.file}:{fault.problem.row}"
        if len(found) >= MOST_ROWS:
            break
        if key not in found and fault.file < len(rows) and fault.problem.row in rows[fault.file]:
            found[key] = rows[fault.file][fault.problem.row]
    return found


def _words(judged: Sequence[Judged], rules: StoreRules) -> dict[str, dict[str, int]]:
    """Words nobody understands, with how many orders use them; at most a screenful of each."""
    found: dict[str, Counter[str]] = {word.value: Counter() for word in Word}
    for one in judged:
        order = one.order
        if rules.terms.method(order.payment_word) is None:
            found[Word.PAYMENT][order.payment_word] += 1
        if order.delivery_word and rules.terms.service(order.delivery_word) is None:
            found[Word.DELIVERY][order.delivery_word] += 1
        if order.wish_window is None:
            found[Word.WINDOW][order.wish_window_word] += 1
    return {field: dict(counter.most_common(30)) for field, counter in found.items() if counter}


def _vouch(judged: Sequence[Judged], rules: StoreRules) -> dict[str, int]:
    """Prepaid methods of orders of which the file does not say whether they are paid, with how many orders."""
    found: Counter[str] = Counter()
    for one in judged:
        method = rules.terms.method(one.order.payment_word)
        if method is None or one.order.paid is not Paid.UNKNOWN or one.outcome in (*LEFT, Outcome.HISTORY):
            continue
        if method.timing == Timing.PREPAID and method.kind in VOUCHABLE:
            found[method.code] += 1
    return dict(found)


def _preview(one: Judged) -> dict[str, Any]:
    draft, order = one.draft, one.order
    return {
        "number": draft.store_number,
        "ordered_at": draft.ordered_at.isoformat(),
        "buyer": draft.buyer.name or draft.buyer.company,
        "address": draft.ship_to.prefecture + draft.ship_to.address1,
        "ship_to": draft.ship_to.name,
        "lines": [[line.name or line.code, line.quantity] for line in draft.lines[:4]],
        "more_lines": max(len(draft.lines) - 4, 0),
        "total": order.total,
        "payment": order.payment_word,
        "outcome": str(one.outcome),
    }
