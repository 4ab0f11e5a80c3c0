"""The whole suite, as `make test` runs it: on SQLite with the browser, then on PostgreSQL what touches the database.

`python -m tests.run [--fast] [pytest arguments]`. `--fast` leaves out what is marked slow and the browser, and takes to
PostgreSQL only where the two databases differ most. With CI=true a missing browser or PostgreSQL fails the run;
elsewhere a loud line says what was left out. The last line is pytest's summary.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.browser import ensure_browser
from tests.postgres import postgres_url

NOTHING_COLLECTED = 5
#: Locks, guarded updates, COPY, leases and search: what a fast run asks of PostgreSQL.
WHERE_DATABASES_DIFFER = ("foundation/core", "foundation/jobs", "backoffice/inventory", "concurrency")


def main(arguments: list[str]) -> int:
    """Run both rounds; the first failure decides the exit code."""
    fast = "--fast" in arguments
    arguments = [a for a in arguments if a != "--fast"]
    browser = None if fast else ensure_browser()
    if browser is None and not fast and _in_ci():
        return 1
    marks = " and ".join(["not slow"] * fast + ["not e2e"] * (browser is None))
    options = [*(["-m", marks] if marks else []), *arguments]
    code = _round("SQLite", options, {"DATABASE_URL": "", "AKINAI_BROWSER": browser or ""})
    if code not in (0, NOTHING_COLLECTED):
        return code
    with postgres_url() as url:
        if url is None:
            sys.stderr.write("\n*** NO POSTGRESQL: this half of the suite was left out. Set DATABASE_URL. ***\n\n")
            return 1 if _in_ci() else code
        if fast and not arguments:
            options += [f"tests/{part}" for part in WHERE_DATABASES_DIFFER]
        second = _round("PostgreSQL", options, {"DATABASE_URL": url, "AKINAI_TEST_ONLY_DB": "1"})
    return code if second == NOTHING_COLLECTED else second


def _round(name: str, options: list[str], variables: dict[str, str]) -> int:
    """One run of pytest in a process of its own."""
    sys.stdout.write(f"--- {name}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "-v", "-n", os.environ.get("AKINAI_TEST_WORKERS", "2"), *options]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **variables}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
