"""Running one claimed job: the transaction, the fence, what follows from an error."""

from __future__ import annotations

import datetime as dt
import logging
import random
import traceback
from typing import Any

from django.db import transaction

from akinai.foundation.core import clock
from akinai.foundation.core.text import mask_cards

from . import claiming, registry
from .context import JobCancelled, JobContext, running
from .errors import LeaseLost, PermanentError
from .models import Job, Schedule
from .states import JobState

log = logging.getLogger(__name__)

#: In-process runs need no heartbeat; nobody waits for this lease unless the process dies.
IN_PROCESS_LEASE = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(hours=1)
ERROR_LENGTH = 4000


def run_pending(*, limit: int = 1000) -> int:
    """Run up to `limit` due jobs here and now, and those they make; returns how many. For tests and the demo."""
    count = 0
    while count < limit and (claimed := claiming.claim(1, lease=IN_PROCESS_LEASE)):
        run(claimed[0])
        count += 1
    return count


def context_of(job: Job) -> JobContext:
    """What the task may ask and say while it runs."""
    return JobContext(job.pk, job.name, job.attempts, job.created_by)


def run(job: Job, context: JobContext | None = None) -> None:
    """Run a claimed job to its end, its next try, or its grave. Raises only what stops the process."""
    context = context or context_of(job)
    try:
        with running(context):
            _attempt(job, context)
    except LeaseLost:
        log.warning("job %s was given to another worker; its effects here were rolled back", job)
    except JobCancelled:
        claiming.end(job, JobState.CANCELLED, **context.fields())
    except PermanentError as error:
        claiming.end(job, JobState.DEAD, failures=job.failures + 1, last_error=_told(error), **context.fields())
    except Exception as error:  # noqa: BLE001 - whatever a task raises is its job's fate, not the worker's
        _failed(job, context, error)


def wait_before(failures: int) -> dt.timedelta:
    """How long a job rests after its n-th failure: 5 s, 15 s, 45 s … at most an hour, give or take a fifth."""
    seconds = min(5.0 * 3 ** min(failures - 1, 10), LONGEST_WAIT.total_seconds())
    return dt.timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, hides nothing


def _attempt(job: Job, context: JobContext) -> None:
    task = registry.find(job.name)
    if task.transactional:
        with transaction.atomic():
            _finish(job, context, task(**job.args))
    else:
        result = task(**job.args)
        with transaction.atomic():
            _finish(job, context, result)


def _finish(job: Job, context: JobContext, result: Any) -> None:
    """The fence: only the worker that holds the job may end it, and with it commit what it did."""
    if not claiming.end(job, JobState.DONE, result=result, last_error="", **context.fields()):
        raise LeaseLost(str(job))
    if job.schedule:
        Schedule.objects.filter(name=job.schedule).update(last_ok=clock.now())


def _failed(job: Job, context: JobContext, error: Exception) -> None:
    failures = job.failures + 1
    changes: dict[str, Any] = {"failures": failures, "last_error": _told(error), **context.fields()}
    if failures >= _max_attempts(job):
        claiming.end(job, JobState.DEAD, **changes)
        log.error("job %s failed %s times and is dead: %s", job, failures, error)
        return
    claiming.put_back(job, run_at=clock.now() + wait_before(failures), **changes)
    log.warning("job %s failed, try %s: %s", job, failures, error)


def _max_attempts(job: Job) -> int:
    known = registry.all_tasks().get(job.name)
    return known.max_attempts if known else 5


def _told(error: Exception) -> str:
    """The sentence first, then where it happened."""
    where = "".join(traceback.format_exception(error))
    return mask_cards(f"{type(error).__name__}: {error}\n{where[-ERROR_LENGTH:]}")
