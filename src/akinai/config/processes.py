"""Several processes that live and die together, as `akinai up` and `akinai demo` run them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput

from .output import say

PARENT_VARIABLE = "AKINAI_PARENT_PID"
_GRACE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process to run: its name for messages and the arguments of its `akinai` subcommand."""

    name: str
    arguments: tuple[str, ...]


def run_together(children: Sequence[Child], *, on_started: Callable[[], None] | None = None) -> int:
    """Run all until Ctrl-C, SIGTERM or the end of one of them; then stop all. 0 if somebody asked for the stop.

    `on_started` is called in a thread of its own once the processes are started; it may wait for them.
    """
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    running = {child.name: _start(child) for child in children}
    try:
        if on_started is not None:
            threading.Thread(target=on_started, name="on-started", daemon=True).start()
        while not asked.wait(0.3):
            ended = [name for name, process in running.items() if process.poll() is not None]
            if ended:
                say(_("“%(name)s” ended unexpectedly; stopping everything.") % {"name": ended[0]})
                return 1
        return 0
    finally:
        _stop(list(running.values()))


def stop_with_parent() -> None:
    """In a child: end with SIGTERM when the process that started us is gone, even if it was killed."""
    parent = int(os.environ.get(PARENT_VARIABLE, "0"))
    if parent:
        threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise `BadInput` if another program listens at the address already."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sentence = _("Port %(port)s is taken. Choose another, such as --port %(other)s.")
            raise BadInput(sentence % {"port": port, "other": port + 1}, field="port") from None


def wait_for_port(host: str, port: int, *, seconds: float = 60) -> bool:
    """Wait until somebody listens at the address; says whether that came about in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _start(child: Child) -> subprocess.Popen[bytes]:
    """Ctrl-C reaches us alone (the child has a group of its own), so that the stop is orderly."""
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "akinai.config.cli", *child.arguments],
        env={**os.environ, PARENT_VARIABLE: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        process_group=0,
    )


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
