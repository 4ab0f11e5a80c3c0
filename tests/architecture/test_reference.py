"""The generated pages say what the program does today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .layers import ROOT


def test_the_reference_is_in_step(tmp_path: Path) -> None:
    """Written in a process of its own, which has seen no task or permission of a test."""
    command = [sys.executable, "-m", "akinai.config.cli", "reference", "--folder", str(tmp_path / "pages")]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "akinai.config.settings"}
    subprocess.run(command, env=env, check=True, capture_output=True)
    kept = ROOT / "docs" / "reference"
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").iterdir()}
    stale = [n for n, text in made.items() if not (kept / n).exists() or (kept / n).read_text("utf-8") != text]
    assert stale == [], "run `make docs`"
