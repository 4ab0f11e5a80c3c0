"""`akinai remarks evaluate`: the score on the last line, and a sentence for a line that is no example."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from akinai.config.commands import remarks
from akinai.foundation.core.errors import BadInput

GOOD = {"id": "x1", "ordered_at": "2026-11-21T10:00:00+09:00", "remark": "特になし", "expected": {"kind": "harmless"}}
DATED = {
    "id": "x2",
    "ordered_at": "2026-11-21",
    "remark": "27日以降に届けて",
    "expected": {"kind": "hold_delivery", "hold_until": "2026-11-27", "text": None},
}
MISSED = {"id": "x3", "ordered_at": "2026-11-21", "remark": "よろしくお願いします", "expected": {"kind": "question"}}


def _evaluate(file: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    remarks.add_arguments(parser)
    return remarks.run(parser.parse_args(["evaluate", str(file), *more]))


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "examples.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return path


def test_the_last_line_holds_the_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _evaluate(_file(tmp_path, GOOD, "", DATED)) == 0

    score = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {key: score[key] for key in ("kind", "dates", "windows", "text", "false_harmless")} == {
        "kind": 1.0,
        "dates": 1.0,
        "windows": 1.0,
        "text": 1.0,
        "false_harmless": 0,
    }


def test_verbose_tells_the_misses_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """REM-2: a request taken for courtesy is counted on its own."""
    _evaluate(_file(tmp_path, MISSED, GOOD), "--verbose")

    lines = capsys.readouterr().out.splitlines()
    assert "x3 [kind]" in lines[0]
    score = json.loads(lines[-1])
    assert (score["kind"], score["false_harmless"]) == (0.5, 1)


@pytest.mark.parametrize(
    "bad",
    [
        "{not json",
        "[1]",
        json.dumps({**GOOD, "expected": {"kind": "nonsense"}}),
        json.dumps({**GOOD, "expected": {"kind": ["harmless"]}}),
        json.dumps({**GOOD, "expected": {"kind": "hold_ship", "hold_until": 3}}),
        json.dumps({**GOOD, "ordered_at": "21 Nov"}),
        json.dumps({**GOOD, "ordered_at": 5}),
        json.dumps({**GOOD, "remark": None}),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: str) -> None:
    with pytest.raises(BadInput) as refused:
        _evaluate(_file(tmp_path, GOOD, bad))

    assert "2" in str(refused.value)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        _evaluate(tmp_path / "none.jsonl")
