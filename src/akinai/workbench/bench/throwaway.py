"""Fresh databases that live for one measurement, on whichever engine is configured."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse, urlunparse

import psycopg
from psycopg import sql


@contextmanager
def fresh_database(name: str) -> Iterator[str]:
    """The DATABASE_URL of an empty database beside the configured one; it is gone afterwards.

    With PostgreSQL it is made in the same server, which the configured user must be allowed to do.
    """
    url = os.environ.get("DATABASE_URL", "")
    if url and not url.startswith("sqlite"):
        with _on_server(url, f"akinai_{name}_{secrets.token_hex(4)}") as fresh:
            yield fresh
        return
    with tempfile.TemporaryDirectory(prefix=f"akinai-{name}-") as folder:
        yield f"sqlite://{Path(folder) / 'throwaway.sqlite3'}"


@contextmanager
def _on_server(url: str, database: str) -> Iterator[str]:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        try:
            yield urlunparse(urlparse(url)._replace(path=f"/{database}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
