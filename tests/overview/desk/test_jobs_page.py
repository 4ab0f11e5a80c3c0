"""The jobs page: what failed is seen, repeated or given up; what runs by itself can be stopped."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.foundation import jobs
from akinai.foundation.core import clock as house_clock
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs import PermanentError, progress, registry, scheduling
from akinai.foundation.jobs.models import Job, Schedule
from tests.builders.accounts import client_for

pytestmark = pytest.mark.django_db
FAILS = {"now": True}


@jobs.task(name="tests.fragile")
def fragile(number: int) -> str:
    """Fails for good while told to."""
    if FAILS["now"]:
        raise PermanentError(f"part {number} is missing")
    return "mended"


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    FAILS["now"] = True
    return clock


@pytest.fixture
def manager() -> Client:
    return client_for(Role.MANAGER)


def dead_job(number: int = 1) -> Job:
    job = fragile.enqueue(number=number)
    jobs.services.run_pending()
    job.refresh_from_db()
    assert job.state == "dead"
    return job


def test_every_work_of_the_house_has_a_name_for_people() -> None:
    works = [name for name, task in registry.all_tasks().items() if task.function.__module__.startswith("akinai.")]
    assert len(works) > 30
    assert [name for name in works if name not in progress.titles] == []


def test_a_failed_job_is_seen_and_runs_again(manager: Client) -> None:
    job = dead_job()
    page = manager.get("/jobs/").content.decode()
    assert "part 1 is missing" in page and f"/jobs/{job.pk}/replay/" in page
    assert "バックグラウンド処理 1件が失敗したままです。" in manager.get("/").content.decode()
    FAILS["now"] = False
    assert manager.post(f"/jobs/{job.pk}/replay/").status_code == 302
    jobs.services.run_pending()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", "mended")
    assert "失敗したままの処理はありません" in manager.get("/jobs/").content.decode()


def test_a_failed_job_is_given_up(manager: Client) -> None:
    job = dead_job()
    manager.post(f"/jobs/{job.pk}/drop/")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert manager.post(f"/jobs/{job.pk}/drop/").status_code == 302
    assert manager.post("/jobs/987654321/replay/").status_code == 404


def test_who_may_not_manage_sees_no_buttons() -> None:
    job = dead_job()
    packer = client_for(Role.WAREHOUSE)
    page = packer.get("/jobs/").content.decode()
    assert "part 1 is missing" in page and "/replay/" not in page
    assert packer.post(f"/jobs/{job.pk}/replay/").status_code == 403


def test_ord_23_what_runs_by_itself_shows_when_it_last_ended_well(manager: Client, clock: FrozenClock) -> None:
    """ORD-23 A schedule whose runs do not end well is seen on Today."""
    scheduling.sync()
    row = Schedule.objects.get(name="jobs.prune")
    assert "毎日 3:40" in manager.get("/jobs/").content.decode()
    Schedule.objects.filter(pk=row.pk).update(last_run=house_clock.now() - dt.timedelta(hours=1))
    assert "定期処理 1件がしばらく正常に終わっていません" in manager.get("/").content.decode()
    manager.post(f"/jobs/schedules/{row.pk}/", {"on": "0"})
    row.refresh_from_db()
    assert not row.is_on
    assert "停止中" in manager.get("/jobs/").content.decode()
    manager.post(f"/jobs/schedules/{row.pk}/", {"on": "1"})
    row.refresh_from_db()
    assert row.is_on and row.next_run >= house_clock.now()


def test_the_page_costs_the_same_for_one_job_and_for_many(manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert manager.get("/jobs/").status_code == 200
        return len(seen)

    dead_job(0)
    fragile.using(run_at=house_clock.now() + dt.timedelta(hours=1)).enqueue(number=9)
    queries()
    before = queries()
    for number in range(3):
        dead_job(number)
        fragile.using(run_at=house_clock.now() + dt.timedelta(hours=1)).enqueue(number=number)
    assert queries() == before
