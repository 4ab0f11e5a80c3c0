"""Everything that is checked without running the program's tests, as `make check` runs it; one line a check."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.sizes import long_ones

BIN = Path(sys.executable).parent
SETTINGS = "akinai.config.settings"
DJANGO = [sys.executable, "-m", "django"]
CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy"), "--strict", "src"],
    "layers": [str(BIN / "lint-imports"), "--no-cache"],
    "deploy": [*DJANGO, "check", "--deploy", "--fail-level", "WARNING"],
    "migrations": [*DJANGO, "makemigrations", "--check", "--dry-run"],
    "translations": [sys.executable, "-m", "akinai.config.translations"],
}


def main(names: list[str]) -> int:
    """Run the named checks (all without a name); 1 if any failed, with what it said."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="akinai-check-") as folder:
        production = {
            "AKINAI_DATA_DIR": folder,
            "AKINAI_HTTPS": "1",
            "DJANGO_SETTINGS_MODULE": "akinai.config.settings",
        }
        for name in names or list(CHECKS):
            start = time.monotonic()
            done = subprocess.run(
                CHECKS[name], env={**os.environ, **production}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, check=False,
            )  # fmt: skip
            good = done.returncode == 0
            sys.stdout.write(f"{name:13} {'ok' if good else 'FAILED'}  {time.monotonic() - start:.1f} s\n")
            if not good:
                sys.stdout.write(done.stdout)
                failed.append(name)
            sys.stdout.flush()
    if not names:
        sys.stdout.write("".join(f"long: {line}\n" for line in long_ones()))
    sys.stdout.write(f"make check: failed: {', '.join(failed)}\n" if failed else "make check: all well\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
