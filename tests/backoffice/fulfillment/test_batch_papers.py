"""R67, R68: the papers of a batch by a job with progress, also for five hundred orders."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.models import Batch
from akinai.backoffice.fulfillment.services.papers import file_of
from akinai.backoffice.orders.services import place_orders
from akinai.backoffice.orders.types import Placed
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import run_pending
from akinai.foundation.jobs.states import JobState
from tests.builders.catalog import make_skus
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store
from tests.builders.shipments import ready_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_shop()


def sheets(batch: Batch, kind: str) -> int:
    return len(PdfReader(BytesIO(file_of(batch.papers.get(kind=kind).path).read_bytes())).pages)


def test_papers_are_made_again_without_what_was_pulled_back(django_capture_on_commit_callbacks: Any) -> None:
    first, second = ready_order("A-1"), ready_order("A-2")
    batch = services.make_batch(SYSTEM, order_ids=[first.pk, second.pk]).batch
    assert batch is not None
    run_pending()
    assert (sheets(batch, "total"), sheets(batch, "single"), sheets(batch, "note")) == (1, 2, 2)
    before = set(batch.papers.values_list("path", flat=True))
    services.pull_back(SYSTEM, order_id=first.pk, reason="変更")
    services.print_again(SYSTEM, batch_id=batch.pk)
    services.print_again(SYSTEM, batch_id=batch.pk)
    with django_capture_on_commit_callbacks(execute=True):
        run_pending()
    assert (sheets(batch, "single"), sheets(batch, "note")) == (1, 1)
    assert not any(file_of(path).exists() for path in before)


def test_a_job_for_a_batch_that_is_gone_is_dead_and_says_so() -> None:
    batch = services.make_batch(SYSTEM, order_ids=[ready_order().pk]).batch
    assert batch is not None
    Job.objects.filter(name="fulfillment.print_batch").update(args={"batch_id": 999})
    run_pending()
    assert Job.objects.get(name="fulfillment.print_batch").state == JobState.DEAD


@pytest.mark.slow
def test_five_hundred_orders_are_instructed_and_printed_by_one_job() -> None:
    skus = make_skus(20)
    for sku in skus:
        stock_up(sku, 500)
    store = make_store(auto_accept=True)
    drafts = [
        draft(
            f"N-{n}", store=store,
            buyer=replace(TAKA, name=f"客 {n}", mail=f"c{n}@example.jp", phone=f"090-1000-{n:04}"),
            lines=[line(skus[(n + i) % 20].code, 1) for i in range(5)],
        )
        for n in range(500)
    ]  # fmt: skip
    placed = [r.order.pk for r in place_orders(SYSTEM, drafts) if isinstance(r, Placed)]
    Job.objects.all().delete()  # what others do about five hundred new orders
    batch = services.make_batch_later(SYSTEM, order_ids=placed)
    run_pending(limit=1)
    job = Job.objects.get(name="fulfillment.instruct_batch")
    assert (job.state, job.result) == (JobState.DONE, {"done": 500, "refused": 0, "papers": 3})
    assert (job.progress_done, job.progress_total) == (1000, 1000)
    assert batch.shipments.count() == 500
    assert sheets(batch, "note") == 500
