"""The data folder: database, files and secrets of one shop. Every command makes it when it is empty."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import AkinaiError


class DatabaseOutOfDateError(AkinaiError):
    """The database was made by an earlier version and this command does not change it unasked."""

    code = "database_out_of_date"


def ensure_data_folder(*, upgrade: bool = False) -> int:
    """Make the folder and migrate an empty database; returns how many migrations ran.

    A database of an earlier version is brought up to date only with `upgrade`; else `DatabaseOutOfDateError`.
    Of two commands that start at once, one waits for the other.
    """
    folder = Path(settings.DATA_DIR)
    for path in (folder, Path(settings.MEDIA_ROOT)):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _one_at_a_time(folder / ".setup.lock"):
        pending, is_new = _pending()
        if pending and not (is_new or upgrade):
            raise DatabaseOutOfDateError(_("The database is of an earlier version. Run “akinai migrate” first."))
        if pending:
            call_command("migrate", verbosity=0, interactive=False)
    return pending


def _pending() -> tuple[int, bool]:
    """(number of migrations not applied, whether none at all is)."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(plan), not executor.loader.applied_migrations


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
