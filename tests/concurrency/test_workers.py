"""3,000 jobs, four workers, one of them killed in the middle: nothing lost, nothing done twice."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.jobs import JobSpec, claiming, registry
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import enqueue_many
from tests.concurrency import working

ROOT = Path(__file__).resolve().parents[2]
JOBS = 3000


@pytest.fixture
def workers(transactional_db: None) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Four worker processes on the test's own database; whatever is left of them is killed at the end."""
    processes = [start() for _n in range(4)]
    yield processes
    for process in processes:
        process.kill()
        process.wait()


def start() -> subprocess.Popen[bytes]:
    """A worker process with a lease of three seconds, for the database of this test run."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "AKINAI_TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.concurrency.working"], env=environment, cwd=ROOT)


def until(what: object, seconds: float) -> None:
    """Wait for it."""
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@pytest.mark.slow
def test_rel_7_a_killed_worker_loses_nothing_and_doubles_nothing(workers: list[subprocess.Popen[bytes]]) -> None:
    """REL-7 in its form for jobs: each job leaves one audit entry, in its own transaction."""
    assert registry.find(working.STEP)
    slow = [JobSpec(working.STEP, {"number": n, "rest": 1.0 if n == 400 else 0.0}) for n in range(JOBS)]
    enqueue_many(slow)
    steps = Job.objects.filter(name=working.STEP)  # workers also run what is due by schedule
    until(lambda: steps.filter(state="done").count() >= 200, 120)
    victims = [process for process in workers if process.poll() is None]
    victims[0].send_signal(signal.SIGKILL)
    until(lambda: not steps.exclude(state="done").exists(), 240)
    done = list(AuditEntry.objects.filter(action="test.step").values_list("subject", flat=True))
    assert len(done) == JOBS
    assert len(set(done)) == JOBS
    assert victims[0].wait() == -signal.SIGKILL


@pytest.mark.slow
def test_a_job_killed_in_its_middle_is_rolled_back_and_done_again(transactional_db: None) -> None:
    """The worker dies after the write and before the commit; the next one finds nothing of it."""
    enqueue_many([JobSpec(working.STEP, {"number": 1, "rest": 30.0})])
    first = start()
    until(lambda: Job.objects.filter(state="running").exists(), 30)
    time.sleep(1)
    first.kill()
    first.wait()
    step = Job.objects.filter(name=working.STEP)  # a worker also runs what is due by schedule
    step.update(args={"number": 1, "rest": 0.0})
    second = start()
    until(lambda: step.filter(state="done").exists(), 60)
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
    assert AuditEntry.objects.filter(action="test.step").count() == 1
    assert (step.get().losses, step.get().attempts) == (1, 2)


@pytest.mark.slow
def test_a_stopped_worker_ends_its_job_and_hands_the_others_back(transactional_db: None) -> None:
    """SIGTERM: what runs is finished, what waits behind it is ready again at once, not after its lease."""
    enqueue_many([JobSpec(working.STEP, {"number": n, "rest": 0.6}) for n in range(8)])
    worker = start()
    until(lambda: Job.objects.filter(state="running").exists(), 30)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    states = list(Job.objects.values_list("state", flat=True))
    assert "running" not in states
    assert states.count("done") >= 1 and states.count("ready") >= 1
    assert AuditEntry.objects.filter(action="test.step").count() == states.count("done")


def test_a_job_asked_for_again_does_not_begin_before_the_asker_commits(transactional_db: None) -> None:
    """Else it would not see what the asker wrote, and nobody would look again. SQLite's one writer gives this."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a claim waits for the asker's transaction")
    lease = dt.timedelta(seconds=60)
    spec = JobSpec(working.STEP, {"number": 1, "rest": 0.0}, unique_key="stock:5")
    (waiting,) = enqueue_many([spec])
    claimed_meanwhile: list[Job] = []

    def claim_elsewhere() -> None:
        claimed_meanwhile.extend(claiming.claim(5, lease=lease))
        connections.close_all()

    with transaction.atomic():
        assert enqueue_many([spec])[0].pk == waiting.pk
        other = threading.Thread(target=claim_elsewhere)
        other.start()
        other.join(20)
        assert claimed_meanwhile == []
    assert [job.pk for job in claiming.claim(5, lease=lease)] == [waiting.pk]
