"""The worker while it works: progress that can be seen, jobs that can be stopped, neighbours that need not wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections

from akinai.foundation import jobs
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import claiming, registry, worker
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.worker import run_worker

pytestmark = pytest.mark.django_db(transaction=True)
go_on = threading.Event()


@jobs.task(name="test.count_up", transactional=False)
def count_up(steps: int) -> int:
    for step in range(steps):
        jobs.current_job().progress(step + 1, steps, "数えています")
        go_on.wait(0.05)
    return steps


@jobs.task(name="test.quick")
def quick() -> None:
    pass


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No schedules but the test's, and a pulse that a test can wait for."""
    monkeypatch.setattr(registry, "_schedules", {})
    monkeypatch.setattr(worker, "PULSE", 0.05)
    go_on.clear()
    yield


@pytest.fixture
def running() -> Iterator[Callable[..., None]]:
    """Starts a worker in a thread; stops it at the end."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(**options: Any) -> None:
        def work() -> None:
            try:
                run_worker(stop=stop, poll=0.05, **options)
            finally:
                connections.close_all()

        threads.append(threading.Thread(target=work))
        threads[-1].start()

    yield start
    stop.set()
    go_on.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def test_it_works_until_nothing_is_left() -> None:
    jobs.enqueue_many([quick.spec() for _n in range(25)])
    assert run_worker(until_idle=True, poll=0.01) == 25
    assert jobs.selectors.counts()["done"] == 25


def test_several_threads_share_the_work() -> None:
    jobs.enqueue_many([quick.spec() for _n in range(40)])
    assert run_worker(until_idle=True, poll=0.01, concurrency=3) == 40
    assert jobs.selectors.counts()["done"] == 40


def test_progress_is_seen_while_the_work_goes_on(running: Callable[..., None]) -> None:
    job = count_up.enqueue(steps=400)
    running()
    until(lambda: Job.objects.get(pk=job.pk).progress_done > 1)
    seen = Job.objects.get(pk=job.pk)
    assert (seen.state, seen.progress_total, seen.progress_message) == ("running", 400, "数えています")
    go_on.set()
    until(lambda: Job.objects.get(pk=job.pk).state == "done")
    assert Job.objects.get(pk=job.pk).progress_done == 400


def test_a_running_job_is_stopped_by_a_person(running: Callable[..., None], actor: Actor) -> None:
    job = count_up.enqueue(steps=100_000)
    running()
    until(lambda: Job.objects.get(pk=job.pk).state == "running")
    jobs.cancel(actor, job_id=job.pk)
    until(lambda: Job.objects.get(pk=job.pk).state == "cancelled")


def test_a_slow_job_keeps_none_waiting_behind_it(running: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SLOW", 0.2)
    slow = count_up.using(priority=10).enqueue(steps=100_000)
    jobs.enqueue_many([quick.spec() for _n in range(5)])
    running()
    until(lambda: Job.objects.get(pk=slow.pk).state == "running")
    running()
    until(lambda: Job.objects.filter(name="test.quick", state="done").count() == 5)
    assert Job.objects.get(pk=slow.pk).state == "running"
    jobs.cancel(Actor("staff:1"), job_id=slow.pk)
    until(lambda: Job.objects.get(pk=slow.pk).state == "cancelled")


def test_a_long_job_keeps_its_lease(running: Callable[..., None], actor: Actor) -> None:
    job = count_up.enqueue(steps=100_000)
    running(lease=1)
    until(lambda: Job.objects.get(pk=job.pk).state == "running")
    time.sleep(2.5)
    assert claiming.claim(1, lease=worker.dt.timedelta(seconds=1)) == []
    assert Job.objects.get(pk=job.pk).attempts == 1
    jobs.cancel(actor, job_id=job.pk)
    until(lambda: Job.objects.get(pk=job.pk).state == "cancelled")


def test_a_database_that_goes_away_for_a_moment_does_not_end_the_worker(
    running: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = claiming.claim, []

    def shaky(*args: Any, **kwargs: Any) -> list[Job]:
        if len(failures) < 3:
            failures.append(1)
            raise DatabaseError("server closed the connection")
        return real(*args, **kwargs)

    monkeypatch.setattr(claiming, "claim", shaky)
    quick.enqueue()
    running()
    until(lambda: Job.objects.get().state == "done")
    assert len(failures) == 3
