"""A job's life: made, run, tried again, given up, brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from akinai.foundation import jobs
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import NotFound, Refused
from akinai.foundation.jobs import claiming, registry, running
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.states import JobState
from akinai.foundation.jobs.tasks import prune

LEASE = dt.timedelta(seconds=60)
said: list[Any] = []


@jobs.task(name="test.say")
def say(word: str) -> str:
    said.append(word)
    return word


@jobs.task(name="test.break", max_attempts=3)
def break_down(card: str = "") -> None:
    # A deed in the database that must not survive the error
    Job.objects.create(name="test.trace")
    raise ValueError(f"broken {card}")


@jobs.task(name="test.never")
def never() -> None:
    raise jobs.PermanentError("no such shop")


@jobs.task(name="test.walk", transactional=False)
def walk(steps: int) -> None:
    for step in range(steps):
        said.append(step)
        jobs.current_job().progress(step + 1, steps, f"{step + 1} 件目")


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    said.clear()
    yield


def test_a_task_is_still_a_function() -> None:
    assert say("はい") == "はい"


def test_arguments_go_by_keyword() -> None:
    with pytest.raises(TypeError):
        say.enqueue("はい")


@pytest.mark.django_db
class TestRunning:
    def test_a_job_runs_once_and_keeps_its_result(self, clock: FrozenClock, actor: Actor) -> None:
        job = say.using(actor=actor).enqueue(word="受注")
        assert (job.state, job.created_by, job.run_at) == (JobState.READY, "staff:1", clock.now())
        assert jobs.services.run_pending() == 1
        job.refresh_from_db()
        assert (job.state, job.result, job.finished_at, job.attempts) == ("done", "受注", clock.now(), 1)
        assert job.is_over
        assert jobs.services.run_pending() == 0
        assert said == ["受注"]

    def test_not_before_its_time(self, clock: FrozenClock) -> None:
        say.using(run_at=clock.now() + dt.timedelta(minutes=2)).enqueue(word="later")
        assert jobs.services.run_pending() == 0
        clock.advance(dt.timedelta(minutes=2))
        assert jobs.services.run_pending() == 1

    def test_higher_priority_first_then_the_older(self, clock: FrozenClock) -> None:
        jobs.enqueue("test.say", args={"word": "mass"}, priority=-10)
        jobs.enqueue("test.say", args={"word": "one"})
        jobs.enqueue("test.say", args={"word": "two"})
        jobs.enqueue("test.say", args={"word": "urgent"}, priority=10)
        jobs.services.run_pending()
        assert said == ["urgent", "one", "two", "mass"]

    def test_many_are_one_insert(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            made = jobs.enqueue_many([say.spec(word=str(n)) for n in range(40)])
        assert len({job.pk for job in made}) == 40

    def test_an_unknown_name_is_refused(self) -> None:
        with pytest.raises(jobs.UnknownTask):
            jobs.enqueue("test.nobody", args={})

    def test_arguments_must_be_plain(self) -> None:
        with pytest.raises(TypeError), transaction.atomic():
            jobs.enqueue("test.say", args={"word": object()})

    def test_progress_is_kept(self) -> None:
        job = walk.enqueue(steps=3)
        jobs.services.run_pending()
        job.refresh_from_db()
        assert (job.progress_done, job.progress_total, job.progress_message) == (3, 3, "3 件目")

    def test_a_job_made_by_a_job_says_so(self) -> None:
        job = say.enqueue(word="x")
        context = running.context_of(job)
        with running.running(context):
            assert say.enqueue(word="y").created_by == "job:test.say"

    def test_a_job_that_was_stopped_ends_at_its_next_progress(self) -> None:
        job = walk.enqueue(steps=3)
        claimed = claiming.claim(1, lease=LEASE)[0]
        context = running.context_of(claimed)
        context.cancelled = True
        running.run(claimed, context)
        job.refresh_from_db()
        assert (job.state, said, job.progress_done) == ("cancelled", [0], 1)


@pytest.mark.django_db
class TestFailing:
    def test_it_is_tried_again_later_and_later_and_then_is_dead(self, clock: FrozenClock) -> None:
        job = break_down.enqueue(card="4111111111111111")
        for failures in (1, 2):
            assert jobs.services.run_pending() == 1
            job.refresh_from_db()
            assert (job.state, job.failures) == ("ready", failures)
            rest = (job.run_at - clock.now()).total_seconds()
            assert 0.8 * 5 * 3 ** (failures - 1) <= rest <= 1.2 * 5 * 3 ** (failures - 1)
            clock.advance(dt.timedelta(seconds=60))
        jobs.services.run_pending()
        job.refresh_from_db()
        assert (job.state, job.failures) == ("dead", 3)
        assert job.last_error.startswith("ValueError: broken 411111******1111")
        assert jobs.selectors.dead_count() == 1

    def test_what_it_did_is_rolled_back(self) -> None:
        break_down.enqueue()
        jobs.services.run_pending()
        assert not Job.objects.filter(name="test.trace").exists()

    def test_a_permanent_error_is_not_tried_again(self) -> None:
        job = never.enqueue()
        jobs.services.run_pending()
        job.refresh_from_db()
        assert (job.state, job.failures) == ("dead", 1)

    def test_the_wait_ends_at_an_hour(self) -> None:
        assert running.wait_before(50) <= dt.timedelta(hours=1.2)

    def test_a_dead_job_is_replayed_by_a_person(self, actor: Actor) -> None:
        job = never.enqueue()
        jobs.services.run_pending()
        again = jobs.replay(actor, job_id=job.pk)
        assert (again.state, again.failures, again.decided_by) == ("ready", 0, "staff:1")
        assert jobs.services.run_pending() == 1

    def test_a_done_job_is_not_replayed(self, actor: Actor) -> None:
        job = say.enqueue(word="x")
        jobs.services.run_pending()
        with pytest.raises(Refused):
            jobs.replay(actor, job_id=job.pk)
        with pytest.raises(Refused):
            jobs.cancel(actor, job_id=job.pk)
        with pytest.raises(NotFound):
            jobs.cancel(actor, job_id=0)

    def test_a_waiting_job_is_cancelled_at_once_a_running_one_is_asked(self, actor: Actor) -> None:
        waiting = say.enqueue(word="x")
        assert jobs.cancel(actor, job_id=waiting.pk).state == "cancelled"
        busy = say.enqueue(word="y")
        claiming.claim(1, lease=LEASE)
        busy = jobs.cancel(actor, job_id=busy.pk)
        assert (busy.state, busy.cancel_asked) == ("running", True)
        assert jobs.services.run_pending() == 0


@pytest.mark.django_db
class TestCoalescing:
    def test_asking_again_while_it_waits_is_the_same_job(self, actor: Actor) -> None:
        first = say.using(unique_key="stock:5").enqueue(word="5")
        assert say.using(unique_key="stock:5").enqueue(word="5").pk == first.pk
        made = jobs.enqueue_many([jobs.JobSpec("test.say", {"word": "5"}, "stock:5"), say.spec(word="6")])
        assert made[0].pk == first.pk
        jobs.services.run_pending()
        assert sorted(said) == ["5", "6"]

    def test_asking_while_it_runs_is_another_job(self) -> None:
        first = say.using(unique_key="stock:5").enqueue(word="5")
        claiming.claim(1, lease=LEASE)
        assert say.using(unique_key="stock:5").enqueue(word="5").pk != first.pk

    def test_the_earliest_wish_counts(self, clock: FrozenClock) -> None:
        later = clock.now() + dt.timedelta(hours=1)
        first = say.using(unique_key="k", run_at=later).enqueue(word="5")
        assert say.using(unique_key="k").enqueue(word="5").run_at == clock.now()
        assert say.using(unique_key="k", run_at=later).enqueue(word="5").run_at == clock.now()
        assert jobs.services.run_pending() == 1
        assert Job.objects.get().pk == first.pk

    def test_a_failed_job_gives_way_to_the_later_one(self, clock: FrozenClock) -> None:
        first = break_down.using(unique_key="k").enqueue()
        claimed = claiming.claim(1, lease=LEASE)[0]
        second = break_down.using(unique_key="k").enqueue()
        running.run(claimed)
        states = dict(Job.objects.values_list("pk", "state"))
        assert states == {first.pk: "cancelled", second.pk: "ready"}

    def test_a_dead_job_is_not_replayed_beside_its_twin(self, actor: Actor) -> None:
        first = never.using(unique_key="k").enqueue()
        jobs.services.run_pending()
        never.using(unique_key="k").enqueue()
        with pytest.raises(Refused):
            jobs.replay(actor, job_id=first.pk)


@pytest.mark.django_db
class TestLeases:
    def test_a_job_whose_worker_died_is_taken_again(self, clock: FrozenClock) -> None:
        say.enqueue(word="x")
        assert len(claiming.claim(5, lease=LEASE)) == 1
        assert claiming.claim(5, lease=LEASE) == []
        clock.advance(dt.timedelta(seconds=61))
        again = claiming.claim(5, lease=LEASE)
        assert [job.attempts for job in again] == [2]
        assert Job.objects.get().losses == 1

    def test_a_worker_taken_for_dead_cannot_finish_and_its_deeds_are_rolled_back(self, clock: FrozenClock) -> None:
        break_free = registry.task(name="test.zombie")(lambda: Job.objects.create(name="test.trace") and None)
        try:
            break_free.enqueue()
            zombie = claiming.claim(1, lease=LEASE)[0]
            clock.advance(dt.timedelta(seconds=61))
            heir = claiming.claim(1, lease=LEASE)[0]
            running.run(zombie)
            assert not Job.objects.filter(name="test.trace").exists()
            running.run(heir)
            assert Job.objects.filter(name="test.trace").count() == 1
            assert Job.objects.get(name="test.zombie").state == "done"
        finally:
            registry._tasks.pop("test.zombie")

    def test_a_kept_lease_does_not_run_out(self, clock: FrozenClock) -> None:
        say.enqueue(word="x")
        held = claiming.claim(1, lease=LEASE)
        clock.advance(dt.timedelta(seconds=50))
        claiming.extend(held, lease=LEASE)
        clock.advance(dt.timedelta(seconds=50))
        assert claiming.claim(1, lease=LEASE) == []

    def test_a_job_that_kills_its_workers_is_dead(self, clock: FrozenClock) -> None:
        job = say.enqueue(word="x")
        for _n in range(claiming.LOSSES_ALLOWED):
            assert claiming.claim(1, lease=LEASE)
            clock.advance(dt.timedelta(seconds=61))
        assert claiming.claim(1, lease=LEASE) == []
        job.refresh_from_db()
        assert job.state == "dead" and "worker died" in job.last_error

    def test_what_was_handed_back_is_ready_again(self, clock: FrozenClock) -> None:
        job = say.using(unique_key="k").enqueue(word="x")
        claiming.put_back(claiming.claim(1, lease=LEASE)[0])
        job.refresh_from_db()
        assert (job.state, job.ready_key, job.lease_until) == ("ready", "k", None)
        assert jobs.services.run_pending() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_job_along() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        say.enqueue(word="x")
        raise ZeroDivisionError
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_old_finished_jobs_are_pruned_dead_ones_stay(clock: FrozenClock) -> None:
    say.enqueue(word="old")
    never.enqueue()
    jobs.services.run_pending()
    clock.advance(dt.timedelta(days=15))
    say.enqueue(word="young")
    jobs.services.run_pending()
    assert prune() == 1
    assert jobs.selectors.counts() == {"ready": 0, "running": 0, "done": 1, "dead": 1, "cancelled": 0}
    assert jobs.selectors.oldest_waiting() == dt.timedelta(0)
