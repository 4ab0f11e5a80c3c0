"""Running a race: a program of its own on a fresh database, which lets many processes go at the same moment."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

import django
from django.core.management import call_command
from django.db import connections

from .throwaway import fresh_database


def run_apart(module: str, **params: Any) -> dict[str, Any]:
    """Let `module.compete(params)` run in a program of its own on a fresh database; returns what it returned.

    Of its own, since connections of this process must not be inherited by racing processes.
    """
    with fresh_database(module.rpartition(".")[2]) as url:
        command = [sys.executable, "-m", __name__, module, json.dumps(params)]
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-4000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _main(module: str, params: str) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    # by name, since a race imports models, which cannot be imported before the set-up above
    result = importlib.import_module(module).compete(json.loads(params))
    sys.stdout.write(json.dumps(result) + "\n")


def in_processes(work: Callable[[int], Any], processes: int) -> list[Any]:
    """`work(number)` in so many processes, all let go at once; their results in any order.

    An exception in one of them comes back as the text of the exception.
    """
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    results: Queue[Any] = fork.Queue()
    gate = fork.Barrier(processes)
    racers = [fork.Process(target=_race, args=(work, number, gate, results)) for number in range(processes)]
    for racer in racers:
        racer.start()
    answers = [results.get(timeout=300) for _ in racers]
    for racer in racers:
        racer.join()
    return answers


def _race(work: Callable[[int], Any], number: int, gate: Barrier, results: Queue[Any]) -> None:
    answer: Any
    try:
        gate.wait(timeout=60)
        answer = work(number)
    except Exception as problem:  # noqa: BLE001 - the race reports whatever happened
        answer = f"{type(problem).__name__}: {problem}"
    finally:
        connections.close_all()
    results.put(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:])
