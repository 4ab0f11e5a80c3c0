"""Running a race: a program of its own on a fresh database, which lets many processes go at the same moment."""

from __future__ import annotations

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
    """Run `module` as a program on a fresh database and return the JSON object of its last line.

    A program of its own, since connections of this process must not be inherited by racing processes.
    """
    with fresh_database(module.rpartition(".")[2]) as url:
        command = [sys.executable, "-m", module, json.dumps(params)]
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-4000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def start() -> dict[str, Any]:
    """In the program of a race: set up the house on the fresh database, return the parameters."""
    django.setup()
    call_command("migrate", verbosity=0)
    params: dict[str, Any] = json.loads(sys.argv[1])
    return params


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
