"""A PostgreSQL for the second round of the suite: that of DATABASE_URL, else one from the dev wheel."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

#: Nothing in a test must survive a power cut
_FAST = "options=-c%20synchronous_commit%3Doff"


@contextmanager
def postgres_url() -> Iterator[str | None]:
    """The URL of a server for as long as the block runs, or None where there is none."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    try:
        import pgserver
    except ImportError:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="akinai-pg-")
    try:
        server = pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001  # whatever it was, the suite says so and goes on
        sys.stderr.write(f"akinai: PostgreSQL did not start: {error}\n")
        yield None
        return
    try:
        yield f"{server.get_uri()}&{_FAST}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
