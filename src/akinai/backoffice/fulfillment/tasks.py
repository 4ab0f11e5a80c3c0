"""Background work of shipping: making batches and their papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from akinai.backoffice.orders.states import Stage
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import PermanentError, current_job, schedule, task

from .models import Batch, Shipment
from .services import arriving, asking, dispatching, instructing, papers


@task(name=instructing.INSTRUCT_TASK, transactional=False)
def instruct_batch(batch_id: int, order_ids: list[int], by: str, label: str = "") -> dict[str, Any]:
    """Instruct many orders into a batch, each in its own transaction, then make the papers. May be run again."""
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise PermanentError(f"batch {batch_id} does not exist")
    job, actor = current_job(), Actor(by, label)
    results = instructing.instruct_orders(actor, batch=batch, order_ids=order_ids, progress=job.progress)
    instructing.close_empty(batch)
    made = papers.print_batch(actor, batch_id=batch_id, printed_by=label, progress=job.progress)
    return {"done": sum(r.done for r in results), "refused": sum(not r.done for r in results), "papers": len(made)}


@task(name=instructing.PRINT_TASK, transactional=False)
def print_batch(batch_id: int) -> dict[str, Any]:
    """Make the papers of a batch."""
    job = current_job()
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise PermanentError(f"batch {batch_id} does not exist")
    made = papers.print_batch(job.actor, batch_id=batch_id, printed_by=batch.created_by_label, progress=job.progress)
    return {"papers": len(made)}


@schedule("fulfillment.tell_of_held", every=dt.timedelta(hours=1))
@task(name="fulfillment.tell_of_held", transactional=False)
def tell_of_held() -> int:
    """Parcels that have waited at the depot for some days: their buyers get a mail (ORD-76)."""
    return arriving.tell_of_held(current_job().actor)


@task(name=dispatching.DISPATCH_TASK, transactional=False)
def dispatch(shipment_ids: list[int], by: str, label: str = "") -> dict[str, Any]:
    """Hand many boxes over, each in its own transaction; what had left already is passed over when run again."""
    here = Shipment.objects.filter(pk__in=shipment_ids).exclude(stage=Stage.SHIPPED).values_list("pk", flat=True)
    wanted = [pk for pk in shipment_ids if pk in set(here)]
    results = dispatching.dispatch(Actor(by, label), shipment_ids=wanted, progress=current_job().progress)
    refused = [{"id": r.shipment_id, "sentences": [str(s) for s in r.sentences]} for r in results if not r.done]
    return {"done": sum(r.done for r in results), "refused": refused}


@schedule("fulfillment.lapse", every=dt.timedelta(minutes=5))
@task(name="fulfillment.lapse", transactional=False)
def lapse() -> int:
    """Orders whose buyer did not answer in time go their own ways (N-16)."""
    return asking.lapse(current_job().actor)
