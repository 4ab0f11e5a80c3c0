"""How well the reader does on labelled remarks: shares right and the count that must be 0 (REM-2, REM-20)."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .deciding import interpret
from .types import Interpretation, Kind

#: What these say is for people to read and not scored.
_UNSCORED_TEXT = frozenset({Kind.GIFT_WRAP, Kind.HANDLING_NOTE})


class BadExample(ValueError):
    """A line that is no labelled remark; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Example:
    """A remark with what it should be understood as."""

    id: str
    ordered: dt.date
    remark: str
    expected: dict[str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """An example that was understood otherwise, and in which respects."""

    example: Example
    answer: Interpretation
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Right and asked, per respect; the shares are 1 where nothing was asked."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("kind", "dates", "windows", "text"), 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("kind", "dates", "windows", "text"), 0))
    false_harmless: int = 0
    misses: list[Miss] = field(default_factory=list)

    def as_json(self) -> dict[str, float | int]:
        """`kind`, `dates`, `windows`, `text` from 0 to 1, and the count `false_harmless`."""
        shares = {key: round(self.right[key] / n, 4) if (n := self.asked[key]) else 1.0 for key in self.asked}
        return {**shares, "false_harmless": self.false_harmless, "remarks": self.asked["kind"]}


def read_examples(lines: Iterable[str]) -> Iterator[Example]:
    """The examples of a JSONL file; raises BadExample at the first line that is none. Blank lines are skipped."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _example(number, line)


def _example(number: int, line: str) -> Example:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise BadExample(number, "json") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("expected"), dict):
        raise BadExample(number, "shape")
    expected = raw["expected"]
    if not isinstance(raw.get("remark"), str) or expected.get("kind") not in Kind.__members__.values():
        raise BadExample(number, "kind" if isinstance(raw.get("remark"), str) else "shape")
    if not all(isinstance(value, str) for key, value in expected.items() if key in FIELDS and value is not None):
        raise BadExample(number, "shape")
    try:
        ordered = dt.datetime.fromisoformat(raw["ordered_at"]).date()
    except (KeyError, TypeError, ValueError) as error:
        raise BadExample(number, "date") from error
    wanted = {key: value for key, value in expected.items() if key in FIELDS and value is not None}
    return Example(str(raw.get("id", number)), ordered, raw["remark"], wanted)


FIELDS = ("kind", "hold_until", "deliver_on", "time_window", "text")


def evaluate(examples: Iterable[Example]) -> Score:
    """The score of the reader on these examples."""
    score = Score()
    for example in examples:
        answer = interpret(example.remark, example.ordered)
        verdict = judge(example.expected, answer)
        for key, is_right in verdict.items():
            score.asked[key] += 1
            score.right[key] += is_right
        if answer.kind is Kind.HARMLESS and example.expected["kind"] != Kind.HARMLESS:
            score.false_harmless += 1
        wrong = tuple(key for key, is_right in verdict.items() if not is_right)
        if wrong:
            score.misses.append(Miss(example, answer, wrong))
    return score


def judge(expected: dict[str, str], answer: Interpretation) -> dict[str, bool]:
    """What was asked of an example, each with whether the answer is right."""
    said = answer.as_json()
    verdict = {"kind": said["kind"] == expected["kind"]}
    dates = [key for key in ("hold_until", "deliver_on") if expected.get(key)]
    if dates:
        verdict["dates"] = all(said.get(key) == expected[key] for key in dates)
    if expected.get("time_window"):
        verdict["windows"] = said.get("time_window") == expected["time_window"]
    if expected.get("text") and expected["kind"] not in _UNSCORED_TEXT:
        verdict["text"] = same_text(expected["text"], said.get("text", ""))
    return verdict


def same_text(expected: str, answer: str) -> bool:
    """Equal or one inside the other, part by part between the bars; blank parts of the expected text are ignored."""
    if _bare(expected) == _bare(answer):
        return True
    wanted, given = expected.split("|"), answer.split("|")
    parts = [(w, given[i] if i < len(given) else "") for i, w in enumerate(wanted) if _bare(w)]
    return bool(parts) and all(_alike(_bare(w), _bare(g)) for w, g in parts)


def _alike(wanted: str, given: str) -> bool:
    return bool(given) and (wanted in given or given in wanted)


def _bare(text: str) -> str:
    """NFKC without blanks and punctuation; what tells texts apart (→, !) counts as punctuation too."""
    flat = unicodedata.normalize("NFKC", text)
    return "".join(c for c in flat if unicodedata.category(c)[0] not in "PZSC")
