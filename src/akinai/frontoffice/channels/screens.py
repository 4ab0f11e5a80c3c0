"""What the pages of imports show, made from what was found; no queries beyond those of the selectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from akinai.foundation.tabular.problems import letter
from akinai.foundation.ui.registry import Label
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.windows import CANONICAL

from . import selectors
from .models import ImportRun
from .services.answering import NO_WINDOW
from .states import LEFT, LOOKS, Outcome, Word
from .uploads import Fault

#: Rows with faults shown at once.
ROWS = 30
#: Faults that are answered by saying what a word means, not by retyping the cell.
WORD_CODES = frozenset({"unknown_payment", "unknown_delivery", "unknown_window"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a faulty row; `extra` has no heading above it."""

    index: int
    heading: str
    value: str
    wrong: bool = False
    extra: bool = False

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass(slots=True)
class FaultyRow:
    """One row with everything that is wrong with it."""

    file: int
    row: int
    number: str
    faults: list[Fault] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def wrong_cells(self) -> list[Cell]:
        """The cells that can be corrected beside the sentence."""
        return [cell for cell in self.cells if cell.wrong]

    @property
    def is_error(self) -> bool:
        return any(fault.is_error for fault in self.faults)

    @property
    def asks_for_word(self) -> bool:
        """True if saying what a word means helps."""
        return any(fault.problem.code in WORD_CODES for fault in self.faults)


def whole_file(faults: Sequence[Fault]) -> list[Fault]:
    """What is wrong with the file itself."""
    return [fault for fault in faults if not fault.problem.row]


def faulty_rows(run: ImportRun, faults: Sequence[Fault]) -> list[FaultyRow]:
    """Rows with faults, those that keep an order out first."""
    rows: dict[tuple[int, int], FaultyRow] = {}
    for fault in faults:
        if fault.problem.row:
            key = (fault.file, fault.problem.row)
            rows.setdefault(key, FaultyRow(*key, fault.number)).faults.append(fault)
    found = sorted(rows.values(), key=lambda row: (not row.is_error, row.file, row.row))
    for row in found[:ROWS]:
        row.cells = _cells(run.report, row)
    return found


def _cells(report: Mapping[str, Any], row: FaultyRow) -> list[Cell]:
    values: list[str] = report.get("cells", {}).get(f"{row.file}:{row.row}", [])
    headings: list[str] = report["headings"][row.file] if row.file < len(report.get("headings", [])) else []
    wrong = {f.problem.index for f in row.faults if f.problem.column and f.problem.code not in WORD_CODES}
    count = max(len(values), len(headings)) if values else 0
    return [
        Cell(
            index,
            headings[index] if index < len(headings) else "",
            values[index] if index < len(values) else "",
            index in wrong,
            extra=index >= len(headings),
        )
        for index in range(count)
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many orders become what."""

    outcome: str
    label: Label
    tone: str
    icon: str
    number: int


def tallies(outcomes: Mapping[str, int]) -> list[Tally]:
    """Every outcome that occurs, in the order of the vocabulary."""
    return [Tally(o.value, o.label, *LOOKS[o], outcomes[o.value]) for o in Outcome if outcomes.get(o.value)]


def to_take(run: ImportRun) -> int:
    """How many orders would come in now: all that can, less those that this import has placed before."""
    outcomes = run.report.get("outcomes", {})
    sound: int = sum(number for outcome, number in outcomes.items() if outcome not in LEFT)
    return max(sound - run.results.exclude(outcome__in=LEFT).count(), 0)


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """A word nobody understands, with what it may mean."""

    name: str
    raw: str
    number: int
    choices: list[tuple[str, str | Promise]]


def word_questions(run: ImportRun) -> list[tuple[str | Promise, list[WordQuestion]]]:
    """Unknown words by field, each with its choices; empty where everything is understood."""
    found: list[tuple[str | Promise, list[WordQuestion]]] = []
    for word in Word:
        raws: dict[str, int] = run.report.get("words", {}).get(word.value, {})
        if raws:
            choices = word_choices(word)
            questions = [
                WordQuestion(f"word-{word.value}-{position}", raw, number, choices)
                for position, (raw, number) in enumerate(raws.items())
            ]
            found.append((word.label, questions))
    return found


def word_choices(word: Word) -> list[tuple[str, str | Promise]]:
    """What a word of this field may mean."""
    if word is Word.PAYMENT:
        return [(m.code, m.name) for m in terms.snapshot().methods.values() if m.is_active]
    if word is Word.DELIVERY:
        return [(s.code, s.name) for s in terms.snapshot().services.values() if s.is_active]
    spoken = [(window, window.replace("-", "〜") + _(" h")) for window in CANONICAL if window]
    return [*spoken, (NO_WINDOW, _("No wish"))]


def meaning(field: str, code: str) -> str:
    """A stored meaning as people read it."""
    return str(dict(word_choices(Word(field))).get(code, code))


@dataclass(frozen=True, slots=True)
class VouchQuestion:
    """A payment method for which the store may vouch."""

    code: str
    name: str
    number: int


def vouch_questions(run: ImportRun) -> list[VouchQuestion]:
    """Methods of this file of which nobody has said whether the store vouches for them."""
    methods = terms.snapshot().methods
    return [
        VouchQuestion(code, methods[code].name, number)
        for code, number in selectors.asks_to_vouch(run).items()
        if code in methods
    ]
