"""Watching work: who sees it, how far it is, what became of each thing, and stopping it."""

from __future__ import annotations

import pytest

from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs import progress
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.states import JobState
from tests.builders.accounts import client_for, make_staff

pytestmark = pytest.mark.django_db


def make_job(by: str = "", *, state: JobState = JobState.READY, **fields: object) -> Job:
    return Job.objects.create(name="test.work", created_by=by, state=state, **fields)


def test_whoever_asked_for_the_work_sees_it() -> None:
    staff = make_staff(Role.VIEWER)
    client = client_for(staff)
    mine, other = make_job(f"staff:{staff.pk}"), make_job("staff:999")
    assert client.get(f"/jobs/{mine.pk}/").status_code == 200
    assert client.get(f"/jobs/{other.pk}/").status_code == 404
    assert client.post(f"/jobs/{other.pk}/cancel/").status_code == 404
    assert client.get("/jobs/987654321/").status_code == 404


def test_those_who_look_after_jobs_see_all() -> None:
    assert client_for(Role.MANAGER).get(f"/jobs/{make_job().pk}/").status_code == 200


def test_the_fragment_asks_again_until_the_work_ends() -> None:
    client = client_for(Role.OWNER)
    job = make_job(progress_done=742, progress_total=1000, progress_message="<b>")
    drawn = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="/jobs/{job.pk}/"' in drawn
    assert "<b>742</b> / 1,000" in drawn
    assert "&lt;b&gt;" in drawn
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert "hx-get" not in client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()


def test_the_end_tells_what_became_of_each_thing() -> None:
    rows = [
        {"outcome": "bad", "name": "UW-1", "said": "番地がありません", "fix_url": "/orders/1/", "fix_label": "直す"},
        {"outcome": "good", "name": "UW-2"},
        {"outcome": "nonsense", "name": "UW-3"},
    ]
    job = make_job(state=JobState.DONE, result={"rows": rows})
    shown = progress.as_progress(job, SYSTEM)
    assert (shown.state, shown.total, shown.failed, shown.good) == ("done", 3, 1, 2)
    assert [r.outcome for r in shown.rows] == ["bad", "good", "good"]
    assert shown.cancel_url == ""


@pytest.mark.parametrize("result", [None, "text", [1], {}, {"rows": ["x"]}])
def test_any_result_can_be_shown(result: object) -> None:
    shown = progress.as_progress(make_job(state=JobState.DONE, result=result), SYSTEM)
    assert shown.rows == ()


def test_work_is_stopped() -> None:
    client, job = client_for(Role.OWNER), make_job()
    assert client.post(f"/jobs/{job.pk}/cancel/")["Location"] == f"/jobs/{job.pk}/"
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 409
