"""Taking a checked file in: orders in small transactions, each with its results, so that a crash doubles nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.states import Cancel
from akinai.backoffice.orders.types import Placed, Rejected
from akinai.backoffice.payments import services as payments
from akinai.foundation import audit, events, jobs
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor, job_actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.db import again_after_deadlock, guarded_update
from akinai.foundation.core.errors import Refused
from akinai.foundation.tabular import Problem
from akinai.foundation.tabular.problems import params
from akinai.frontoffice.channels import selectors
from akinai.frontoffice.channels.events import ImportFinished
from akinai.frontoffice.channels.examining import Judged, said
from akinai.frontoffice.channels.models import ImportResult, ImportRun
from akinai.frontoffice.channels.pacing import Pace
from akinai.frontoffice.channels.states import LEFT, Outcome, RunState
from akinai.frontoffice.channels.storing import number_key, storable
from akinai.frontoffice.channels.types import RefusedOrder
from akinai.frontoffice.channels.uploads import Fault, Reading
from akinai.shop.stores import services as stores

from .checking import judge_run, read_run

TAKE_IN = jobs.named("channels.take_in")
#: Who the orders of files are placed by.
IMPORTER = job_actor("import")
#: SQLite has one writer: a batch shall hold it for less than 50 ms; elsewhere batches are just small.
AIM_SQLITE, AIM_ELSEWHERE = 0.04, 0.5

#: How a store's row names a preset, where it differs.
STORE_WORDS = {selectors.OWN: "custom"}

Progress = Callable[[int, int], None]


def take_in(actor: Actor, run: ImportRun) -> ImportRun:
    """Take the orders of a checked file in, as a job with progress. Raises Refused with every reason why not.

    The sound orders come in; what cannot becomes a visible result with its row. Pressed twice, it happens once.
    """
    with transaction.atomic():
        begin(actor, run)
        job = jobs.enqueue(TAKE_IN, args={"run_id": run.pk}, unique_key=f"{TAKE_IN}:{run.pk}", actor=actor)
        ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk)
    run.job_id = job.pk
    return run


@transaction.atomic
def begin(actor: Actor, run: ImportRun) -> None:
    """Say that the file is being taken in from now on; whoever calls this also sees to `work_off`."""
    why = _why_not(run)
    if why:
        raise Refused(why)
    checked = ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKED)
    if not guarded_update(checked, state=RunState.RUNNING, started_at=clock.now(), dismissed_at=None):
        raise Refused(_("This file is already being taken in."))
    run.state = RunState.RUNNING
    _remember_preset(actor, run)
    run.results.filter(outcome__in=LEFT).delete()
    audit.record(actor, "channels.take_in", run.subject, detail={"preset": run.preset, "store": run.store_id})


def _remember_preset(actor: Actor, run: ImportRun) -> None:
    """The first file that is taken in says of which make the store's files are."""
    if run.store is not None and not run.store.preset:
        stores.save_store(actor, store_id=run.store.pk, changes={"preset": STORE_WORDS.get(run.preset, run.preset)})


def _why_not(run: ImportRun) -> list[str]:
    found = []
    if run.store is None:
        found.append(_("Choose the store these orders come from."))
    elif not run.store.is_active:
        found.append(_("This store is not in use."))
    if run.state == RunState.REFUSED:
        found.append(_("Nothing of this file can be read."))
    if run.state in (RunState.RUNNING, RunState.DONE):
        found.append(_("This file is already being taken in."))
    return found


@transaction.atomic
def carry_on(actor: Actor, run: ImportRun) -> ImportRun:
    """Go on with an import whose work was broken off (a stopped job, a killed command). Nothing comes in twice."""
    if run.state != RunState.RUNNING:
        raise Refused(_("This import is not being taken in."))
    job = jobs.enqueue(TAKE_IN, args={"run_id": run.pk}, unique_key=f"{TAKE_IN}:{run.pk}", actor=actor)
    ImportRun.objects.filter(pk=run.pk).update(job_id=job.pk)
    audit.record(actor, "channels.carry_on", run.subject)
    run.job_id = job.pk
    return run


def work_off(run: ImportRun, progress: Progress = lambda done, total: None) -> ImportRun:
    """Place what is still to be placed of a run that has begun; may be called again after a crash."""
    if run.state != RunState.RUNNING:
        return run
    reading = read_run(run)
    judged = judge_run(run, reading)
    done = set(run.results.values_list("store_number", flat=True))
    waiting = [one for one in judged if number_key(one.draft.store_number) not in done]
    total = len(judged) + len(reading.result.refused)
    pace = Pace(AIM_SQLITE, size=10) if connection.vendor == "sqlite" else Pace(AIM_ELSEWHERE)
    progress(len(judged) - len(waiting), total)
    while waiting:
        batch, waiting = waiting[: pace.size], waiting[pace.size :]
        seconds = _place_batch(run, batch)
        pace.took(seconds, len(batch))
        progress(len(judged) - len(waiting), total)
    _finish(run, reading)
    progress(total, total)
    return run


def _place_batch(run: ImportRun, batch: Sequence[Judged]) -> float:
    """Place a batch; where the database refuses it, its halves, so that one bad order harms no other."""
    try:
        return again_after_deadlock(lambda: _attempt(run, batch))
    except (IntegrityError, DataError, OverflowError):
        # Most likely somebody else placed the same orders at the same moment: seen again they are known.
        try:
            return again_after_deadlock(lambda: _attempt(run, batch))
        except (IntegrityError, DataError, OverflowError):
            if len(batch) > 1:
                middle = len(batch) // 2
                return _place_batch(run, batch[:middle]) + _place_batch(run, batch[middle:])
            return _write_off(run, batch[0])


def _attempt(run: ImportRun, batch: Sequence[Judged]) -> float:
    """One transaction: orders, money, cancel wishes and results stand or fall together. Returns its length in s."""
    with transaction.atomic():
        began = time.perf_counter()
        done = set(run.results.filter(store_number__in=_numbers(batch)).values_list("store_number", flat=True))
        fresh = [one for one in batch if number_key(one.draft.store_number) not in done]
        sound = [one for one in fresh if one.outcome not in LEFT]
        answers = orders.place_orders(IMPORTER, [one.draft for one in sound])
        payments.record_from_store(IMPORTER, [a for a in answers if isinstance(a, Placed)])
        results = [_result(run, one, answer) for one, answer in zip(sound, answers, strict=True)]
        _ask_to_cancel(sound, answers, results)
        results += [_left(run, one, one.outcome, one.faults) for one in fresh if one.outcome in LEFT]
        insert_many(results)
    return time.perf_counter() - began


def _numbers(batch: Sequence[Judged]) -> list[str]:
    return [number_key(one.draft.store_number) for one in batch]


def _result(run: ImportRun, one: Judged, answer: Placed | Rejected) -> ImportResult:
    if isinstance(answer, Rejected):
        faults = [said(one.order, str(reason)) for reason in answer.reasons]
        return _left(run, one, Outcome.REFUSED, faults)
    outcome = Outcome.HISTORY if answer.created and answer.order.is_history else answer.outcome
    return ImportResult(
        run=run, store_number=number_key(one.draft.store_number), rows=list(one.order.rows), outcome=outcome,
        order_id=answer.order.pk,
    )  # fmt: skip


def _left(run: ImportRun, one: Judged, outcome: str, faults: Sequence[Fault]) -> ImportResult:
    return ImportResult(
        run=run, store_number=number_key(one.draft.store_number), rows=list(one.order.rows), outcome=outcome,
        faults=storable([fault.as_json() for fault in faults]),
    )  # fmt: skip


def _ask_to_cancel(
    sound: Sequence[Judged], answers: Sequence[Placed | Rejected], results: Sequence[ImportResult]
) -> None:
    """T20 for orders whose buyer asked the store to cancel; asked once, whatever staff then decided."""
    wishes = [
        (one, answer, result)
        for one, answer, result in zip(sound, answers, results, strict=True)
        if one.order.cancel_requested and isinstance(answer, Placed) and not answer.order.is_history
    ]
    asked = {result.order_id or 0 for _one, _answer, result in wishes}
    before = set(
        ImportResult.objects.filter(order_id__in=asked, cancel_asked=True).values_list("order_id", flat=True)
        if asked
        else ()
    )
    for one, answer, result in wishes:
        result.cancel_asked = True
        if answer.order.pk in before or answer.order.cancel != Cancel.NONE:
            continue
        try:
            orders.request_cancel(IMPORTER, order_id=answer.order.pk, reason="store")
        except Refused as refused:
            result.faults = [said(one.order, str(refused), "cancel_not_asked").as_json()]


def _write_off(run: ImportRun, one: Judged) -> float:
    """An order that the database will not have becomes a visible error; its row is kept with the file."""
    row = one.order.rows[0] if one.order.rows else 0
    fault = Fault(Problem("not_stored", row, row, params=params()), 0, one.order.store_number)
    with transaction.atomic():
        if not run.results.filter(store_number=number_key(one.draft.store_number)).exists():
            insert_many([_left(run, one, Outcome.REFUSED, [fault])])
    return 0.0


@transaction.atomic
def _finish(run: ImportRun, reading: Reading) -> None:
    """Write what could not be read as results too, count, and say that it is done."""
    running = ImportRun.objects.select_for_update().filter(pk=run.pk, state=RunState.RUNNING)
    if not running.exists():
        return
    done = set(run.results.values_list("store_number", flat=True))
    refused = [r for r in reading.result.refused if number_key(r.store_number) not in done]
    by_number: dict[str, list[Fault]] = {}
    for fault in reading.faults:
        by_number.setdefault(fault.number, []).append(fault)
    insert_many(list(_unread(run, refused, by_number)))
    left = run.results.filter(outcome__in=LEFT).count()
    taken = run.results.count() - left
    run.state, run.refused, run.taken, run.finished_at = RunState.DONE, left, taken, clock.now()
    run.save(update_fields=["state", "refused", "taken", "finished_at"])
    audit.record(IMPORTER, "channels.taken_in", run.subject, detail={"taken": taken, "refused": left})
    events.emit(ImportFinished(run.pk, taken, left), actor=IMPORTER)


def _unread(run: ImportRun, refused: Sequence[RefusedOrder], faults: dict[str, list[Fault]]) -> Iterator[ImportResult]:
    for one in refused:
        yield ImportResult(
            run=run, store_number=number_key(one.store_number), rows=list(one.rows), outcome=Outcome.REFUSED,
            faults=storable([fault.as_json() for fault in faults.get(one.store_number, [])]),
        )  # fmt: skip
