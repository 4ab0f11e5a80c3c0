"""The worker: claims jobs, runs them, keeps its leases, ticks the schedules, and stops cleanly."""

from __future__ import annotations

import datetime as dt
import logging
import signal
import threading
import time
from collections import deque
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections

from akinai.foundation.core import clock

from . import claiming, running, scheduling
from .context import JobContext
from .models import Job
from .states import JobState

log = logging.getLogger(__name__)

BATCH = 10
#: How often progress is written and a slow job's neighbours are handed back
PULSE = 0.5
#: A job that runs longer than this keeps none waiting behind it
SLOW = 1.0


class Hand:
    """One thread's claimed jobs: the one it runs and those that wait behind it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._now: tuple[Job, JobContext] | None = None
        self._since = 0.0

    def fill(self, jobs: list[Job]) -> None:
        """Take freshly claimed jobs in hand."""
        with self._lock:
            self._waiting.extend(jobs)

    def take(self) -> tuple[Job, JobContext] | None:
        """The next one to run, or None."""
        with self._lock:
            job = self._waiting.popleft() if self._waiting else None
            self._now = (job, running.context_of(job)) if job else None
            self._since = time.monotonic()
            return self._now

    def held(self) -> list[Job]:
        """Every job whose lease is ours to keep."""
        with self._lock:
            return [*([self._now[0]] if self._now else []), *self._waiting]

    def running(self) -> tuple[Job, JobContext] | None:
        """What runs now."""
        return self._now

    def drop(self, *, only_if_slow: bool = False) -> list[Job]:
        """Give up what has not begun; with `only_if_slow` just when the running job has taken long."""
        with self._lock:
            if only_if_slow and time.monotonic() - self._since < SLOW:
                return []
            dropped = list(self._waiting)
            self._waiting.clear()
            return dropped


class Worker:
    """One process's worker; `concurrency` threads, each with a connection of its own, and a heartbeat."""

    def __init__(
        self, *, concurrency: int, poll: float, stop: threading.Event, until_idle: bool, lease: dt.timedelta
    ) -> None:
        self.stop, self.poll, self.until_idle, self.lease = stop, poll, until_idle, lease
        self.hands = [Hand() for _ in range(concurrency)]
        self.count = 0
        self._over = threading.Event()
        self._next_tick = 0.0

    def run(self) -> int:
        """Work until stopped (or idle); returns how many jobs were run."""
        _retry(self.stop, scheduling.sync)
        heart = threading.Thread(target=self._beat, name="jobs-heartbeat", daemon=True)
        others = [threading.Thread(target=self._in_thread, args=(hand,), name="jobs") for hand in self.hands[1:]]
        for thread in (heart, *others):
            thread.start()
        try:
            self._work(self.hands[0], ticks=True)
        finally:
            if not self.until_idle:
                self.stop.set()
            for thread in others:
                thread.join()
            self._over.set()
            heart.join(timeout=5)
        return self.count

    def _in_thread(self, hand: Hand) -> None:
        try:
            self._work(hand)
        finally:
            connections.close_all()

    def _work(self, hand: Hand, *, ticks: bool = False) -> None:
        while not self.stop.is_set():
            try:
                if ticks:
                    self._tick()
                if self._round(hand):
                    continue
                if self.until_idle and _is_idle():
                    return
            except (DatabaseError, InterfaceError):
                # The database went away or was busy too long: what we held comes back by its lease
                log.exception("the worker could not reach the database; trying again")
                connection.close()
                hand.drop()
                hand.take()
            self.stop.wait(self.poll)

    def _round(self, hand: Hand) -> bool:
        """Claim and run one batch; False if there was nothing to do."""
        claimed = claiming.claim(BATCH, lease=self.lease)
        hand.fill(claimed)
        while not self.stop.is_set() and (item := hand.take()):
            running.run(*item)
            self.count += 1
        for job in hand.drop():
            claiming.put_back(job)
        hand.take()
        return bool(claimed)

    def _tick(self) -> None:
        if time.monotonic() >= self._next_tick:
            self._next_tick = time.monotonic() + 1
            scheduling.tick()

    def _beat(self) -> None:
        """Until all work is over: write progress, hear of cancellations, keep leases, hand back what waits too long."""
        renewed = time.monotonic()
        while not self._over.wait(PULSE):
            due = time.monotonic() - renewed > self.lease.total_seconds() / 4
            try:
                for hand in self.hands:
                    _report(hand)
                    for job in hand.drop(only_if_slow=True):
                        claiming.put_back(job)
                if due:
                    claiming.extend([job for hand in self.hands for job in hand.held()], lease=self.lease)
                    renewed = time.monotonic()
            except (DatabaseError, InterfaceError):
                # On SQLite a long transactional task holds the only writer's place; nobody can claim meanwhile either
                log.warning("the heartbeat could not write; trying again", exc_info=True)
                connection.close()
        connections.close_all()


def run_worker(
    *,
    concurrency: int = 1,
    poll: float = 0.5,
    stop: threading.Event | None = None,
    until_idle: bool = False,
    lease: float | None = None,
) -> int:
    """Run jobs until `stop` is set or SIGTERM/SIGINT comes; returns how many were run.

    The job in hand is finished first, the others are handed back. `poll` is the rest between looks, in seconds.
    `until_idle` returns once nothing is due and nobody runs anything. `lease` is how many seconds a silent worker keeps
    its jobs (setting JOB_LEASE_SECONDS). Under SQLite one worker with one thread is enough: there is one writer.
    """
    stop = stop or threading.Event()
    seconds = lease if lease is not None else settings.JOB_LEASE_SECONDS
    worker = Worker(
        concurrency=concurrency, poll=poll, stop=stop, until_idle=until_idle, lease=dt.timedelta(seconds=seconds)
    )
    if threading.current_thread() is not threading.main_thread():
        return worker.run()

    def stop_working(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, stop_working) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return worker.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _report(hand: Hand) -> None:
    item = hand.running()
    if item is None:
        return
    job, context = item
    news = context.take_news()
    if news is not None:
        claiming.fenced(job).update(**news)
    if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        context.cancelled = True


def _is_idle() -> bool:
    return not claiming.is_due(clock.now()) and not Job.objects.filter(state=JobState.RUNNING).exists()


def _retry(stop: threading.Event, action: object) -> None:
    """Do it as soon as the database answers."""
    assert callable(action)
    while not stop.is_set():
        try:
            action()
        except (DatabaseError, InterfaceError):
            log.exception("the worker could not reach the database; trying again")
            connection.close()
            stop.wait(1)
        else:
            return
