"""The line of writers on SQLite: nobody waits for ever, nobody is starved, a crash lets go."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from akinai.foundation.core.sqlite.base import DatabaseWrapper
from akinai.foundation.core.sqlite.line import Place

SRC = str(Path(__file__).resolve().parents[3] / "src")


def connect(path: Path, timeout: float = 10) -> DatabaseWrapper:
    """A connection of its own to a database file, with production's pragmas."""
    from akinai.config.settings import database

    settings: dict[str, Any] = {
        **database("", path.parent),
        "NAME": str(path),
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
    }
    settings["OPTIONS"] = {**settings["OPTIONS"], "timeout": timeout}
    wrapper = DatabaseWrapper(settings, alias="line")
    wrapper.inc_thread_sharing()
    return wrapper


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    path = tmp_path / "line.sqlite3"
    with django_db_blocker.unblock():
        first = connect(path)
        run(first, "CREATE TABLE counter (n INTEGER NOT NULL)")
        run(first, "INSERT INTO counter VALUES (0)")
        first.close()
        yield path


def run(connection: DatabaseWrapper, sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if sql.startswith("SELECT") else None


def begin(connection: DatabaseWrapper) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def finish(connection: DatabaseWrapper, *, well: bool = True) -> None:
    (connection.commit if well else connection.rollback)()
    connection.set_autocommit(True)


def is_free(path: Path) -> bool:
    place = Place(str(path))
    if not place.take(0.05):
        return False
    place.leave()
    return True


class TestHolding:
    def test_the_place_is_held_from_begin_to_commit_or_rollback(self, file: Path) -> None:
        writer = connect(file)
        for well in (True, False):
            begin(writer)
            assert not is_free(file)
            run(writer, "UPDATE counter SET n = n + 1")
            finish(writer, well=well)
            assert is_free(file)
        assert run(writer, "SELECT n FROM counter") == [(1,)]
        writer.close()

    def test_a_savepoint_keeps_the_place(self, file: Path) -> None:
        writer = connect(file)
        begin(writer)
        writer.in_atomic_block = True
        saved = writer.savepoint()
        run(writer, "UPDATE counter SET n = 5")
        writer.savepoint_rollback(saved)
        assert not is_free(file)
        writer.in_atomic_block = False
        finish(writer)
        assert is_free(file)
        writer.close()

    def test_a_lone_statement_stands_in_line_and_leaves_it(self, file: Path) -> None:
        holder, clerk = connect(file), connect(file, timeout=0.2)
        run(clerk, "UPDATE counter SET n = 1")
        assert is_free(file)
        begin(holder)
        with pytest.raises(OperationalError, match="locked"):
            run(clerk, "UPDATE counter SET n = 2")
        with pytest.raises(OperationalError, match="locked"), clerk.cursor() as cursor:
            cursor.executemany("INSERT INTO counter VALUES (%s)", [(1,), (2,)])
        assert run(clerk, "SELECT n FROM counter") == [(1,)]
        finish(holder)
        run(clerk, "UPDATE counter SET n = 2")
        with pytest.raises(Exception, match="no such table"):
            run(clerk, "INSERT INTO nowhere VALUES (1)")
        assert is_free(file)
        holder.close()
        clerk.close()

    def test_who_waits_too_long_is_told_and_can_try_again(self, file: Path) -> None:
        holder, clerk = connect(file), connect(file, timeout=0.2)
        begin(holder)
        started = time.monotonic()
        with pytest.raises(OperationalError, match="locked"):
            begin(clerk)
        assert time.monotonic() - started < 5
        finish(holder)
        begin(clerk)
        finish(clerk)
        assert is_free(file)
        holder.close()
        clerk.close()

    def test_an_error_at_begin_gives_the_place_back(self, file: Path) -> None:
        writer, stranger = connect(file, timeout=0.2), sqlite3.connect(file, isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            begin(writer)
        assert is_free(file)
        stranger.execute("ROLLBACK")
        stranger.close()
        begin(writer)
        finish(writer)
        writer.close()

    def test_closing_in_mid_transaction_gives_the_place_back(self, file: Path) -> None:
        writer = connect(file)
        begin(writer)
        run(writer, "UPDATE counter SET n = 9")
        writer.connection.close()
        writer.close()
        assert is_free(file)

    def test_a_killed_writer_lets_go_and_what_it_did_is_gone(self, file: Path) -> None:
        script = f"""
        import sqlite3, sys, time
        from akinai.foundation.core.sqlite.line import Place
        Place({str(file)!r}).take(5)
        connection = sqlite3.connect({str(file)!r}, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE counter SET n = 99")
        print("holding", flush=True)
        time.sleep(60)
        """
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script)],
            env={**os.environ, "PYTHONPATH": SRC},
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()
        assert not is_free(file)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        writer = connect(file)
        run(writer, "UPDATE counter SET n = n + 1")
        assert run(writer, "SELECT n FROM counter") == [(1,)]
        writer.close()

    def test_a_forked_child_does_not_keep_the_place(self, file: Path) -> None:
        place = Place(str(file))
        assert place.take(1)
        reader, writer = os.pipe()
        # A child as `fork` makes it: it has inherited the open files
        child = os.fork()
        if child == 0:
            os.read(reader, 1)
            os._exit(0)
        place.leave()
        assert is_free(file)
        os.write(writer, b"x")
        os.waitpid(child, 0)
        os.close(reader)
        os.close(writer)


def test_threads_do_not_lose_an_update(file: Path) -> None:
    """Each thread reads and writes in one transaction; with the line none of them fails and none is lost."""

    def count() -> None:
        connection = connect(file, timeout=60)
        for _n in range(25):
            begin(connection)
            ((value,),) = run(connection, "SELECT n FROM counter")
            run(connection, f"UPDATE counter SET n = {value + 1}")
            finish(connection)
            run(connection, "UPDATE counter SET n = n + 1")
        connection.close()

    threads = [threading.Thread(target=count) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check = connect(file)
    assert run(check, "SELECT n FROM counter") == [(300,)]
    check.close()


def test_atomic_blocks_nest_on_a_real_connection(transactional_db: None) -> None:
    """Inner blocks, failed ones too, neither leave the line nor take a second place in it."""
    wrapper = connections["default"]
    if not isinstance(wrapper, DatabaseWrapper):
        pytest.skip("only SQLite has a line")
    file = Path(str(wrapper.settings_dict["NAME"]))
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        with transaction.atomic(savepoint=False):
            pass
        assert not is_free(file)
    assert is_free(file)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert is_free(file)


#: The control waits no longer than this, in seconds
GIVE_UP = 2.0

BUSY = """
import fcntl, os, sqlite3, sys
from akinai.foundation.core.sqlite.line import Place
path, fair = sys.argv[1], sys.argv[2] == "fair"
connection = sqlite3.connect(path, timeout=30, isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL"); connection.execute("PRAGMA synchronous=FULL")
print("busy", flush=True)
while True:
    place = Place(path) if fair else None
    if place:
        place.take(30)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        continue
    for _n in range(2000):
        connection.execute("UPDATE counter SET n = n + 1")
    connection.execute("COMMIT")
    if place:
        place.leave()
"""


def clerks_waits(path: Path, *, fair: bool, times: int) -> list[float]:
    """How long a clerk's small write takes, in seconds and sorted, while two processes write without a pause."""
    mode = "fair" if fair else "polling"
    env = {**os.environ, "PYTHONPATH": SRC}
    busy = [
        subprocess.Popen([sys.executable, "-c", BUSY, str(path), mode], env=env, stdout=subprocess.PIPE)
        for _n in range(2)
    ]
    try:
        for process in busy:
            assert process.stdout is not None
            process.stdout.readline()
        connection = sqlite3.connect(path, timeout=GIVE_UP, isolation_level=None)
        waits = [_timed(connection, path, fair=fair) for _n in range(times)]
        connection.close()
    finally:
        for process in busy:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
    return sorted(waits)


def _timed(connection: sqlite3.Connection, path: Path, *, fair: bool) -> float:
    time.sleep(0.02)
    started = time.perf_counter()
    place = Place(str(path)) if fair else None
    if place:
        assert place.take(30)
    with suppress(sqlite3.OperationalError):  # "database is locked" after GIVE_UP seconds of polling
        connection.execute("UPDATE counter SET n = n + 1")
    if place:
        place.leave()
    return time.perf_counter() - started


@pytest.mark.slow
def test_a_busy_writer_does_not_starve_a_clerk(file: Path) -> None:
    """Beside two processes that never pause a small write is done at once; without the line it waits by polling."""
    fair, control = clerks_waits(file, fair=True, times=40), clerks_waits(file, fair=False, times=8)
    p95, worst = fair[int(len(fair) * 0.95)], control[-1]
    assert p95 < 0.25, f"p95 {p95:.3f} s"
    assert p95 < worst / 3, f"p95 {p95:.3f} s, without the line {worst:.3f} s"
