"""The order of wings and apps, read from the same contracts that import-linter enforces."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "akinai"


def ranks() -> dict[str, tuple[int, int]]:
    """`shop.catalog` → (rank of its wing, rank inside it); a lower number stands higher in the house."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    by_container = {c["containers"][0]: c["layers"] for c in contracts if c["type"] == "layers"}
    wings: list[str] = by_container["akinai"]
    found = {wing: (i, 0) for i, wing in enumerate(wings)}
    for i, wing in enumerate(wings):
        for j, row in enumerate(by_container.get(f"akinai.{wing}", [])):
            for app in row.split("|"):
                found[f"{wing}.{app.strip()}"] = (i, j)
    return found


def source_files(suffix: str) -> list[Path]:
    """Every file of the program with a suffix, migrations left out."""
    return sorted(p for p in PACKAGE.rglob(f"*{suffix}") if "migrations" not in p.parts and "vendor" not in p.parts)
