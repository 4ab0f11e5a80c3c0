"""The command line: what it makes, what it refuses, and that everything stops together."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLI = [sys.executable, "-m", "akinai.config.cli"]
ROOT = Path(__file__).resolve().parents[2]


def _env(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "AKINAI_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src"), "AKINAI_LANGUAGE": "en"}


def _akinai(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [*CLI, *arguments]
    return subprocess.run(
        command, env=_env(folder), input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_command_makes_and_migrates_an_empty_folder(tmp_path: Path) -> None:
    first = _akinai(tmp_path / "shop", "migrate", "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout.splitlines()[-1])["applied"] > 0
    assert (tmp_path / "shop" / "akinai.sqlite3").exists()
    again = _akinai(tmp_path / "shop", "migrate", "--json")
    assert json.loads(again.stdout.splitlines()[-1]) == {"applied": 0}


def test_staff_are_made_once_and_refused_with_a_sentence(tmp_path: Path) -> None:
    made = _akinai(tmp_path, "createstaff", "hana", "--json", typed="the tea is served at three\n")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout.splitlines()[-1])["role"] == "owner"
    again = _akinai(tmp_path, "createstaff", "hana", typed="the tea is served at three\n")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr
    assert again.stderr.strip()


def test_an_unknown_command_names_those_that_exist(tmp_path: Path) -> None:
    done = _akinai(tmp_path, "nonsense")
    assert done.returncode == 2
    assert "createstaff" in done.stderr


def test_every_command_listed_can_say_what_it_takes(tmp_path: Path) -> None:
    from akinai.config.cli import COMMANDS

    for command in COMMANDS:
        assert _akinai(tmp_path, command.name, "--help").returncode == 0, command.name


def test_a_taken_port_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _akinai(tmp_path, "up", "--port", str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_up_answers_and_everything_stops_with_it(tmp_path: Path, how: signal.Signals) -> None:
    """Ctrl-C stops all; even a killed parent leaves no child behind."""
    port = _free_port()
    process = subprocess.Popen(
        [*CLI, "up", "--port", str(port)],
        env=_env(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    assert f"http://localhost:{port}/" in line
    children = _children(process.pid)
    assert len(children) >= 2
    process.send_signal(how)
    assert process.wait(30) == (-9 if how is signal.SIGKILL else 0)
    process.stderr.close()
    assert _gone(children, seconds=20)


def _children(pid: int) -> set[int]:
    parent_of = _parents()
    found: set[int] = set()
    while more := {p for p, parent in parent_of.items() if parent in found | {pid}} - found:
        found |= more
    return found


def _parents() -> dict[int, int]:
    """Process → its parent; from /proc, else from ps (a bare Debian has none)."""
    if Path("/proc/self/stat").exists():
        stats = [_read(path) for path in Path("/proc").glob("[0-9]*/stat")]
        return {int(s.split()[0]): int(s.rsplit(")", 1)[1].split()[1]) for s in stats if s}
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _gone(pids: set[int], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.2)
    return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or _read(status).rsplit(")", 1)[-1].split()[:1] != ["Z"]
