"""発送確定 and 締め: hand the boxes over, and see that the day is closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.fulfillment import closing, permissions, selectors, services
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.services.dispatching import DISPATCH_TASK, Dispatched
from akinai.backoffice.fulfillment.tables import DispatchTable
from akinai.foundation import jobs
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.tables import MOST_SELECTED
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import JobProgress, ResultRow

from .batches import job_progress
from .frame import steps

#: More boxes than these are handed over by a job with progress.
AT_ONCE = 30


@require_GET
@requires(permissions.VIEW)
def dispatch(request: AkinaiRequest) -> HttpResponse:
    """Packed boxes, and one button for all that have what they need."""
    table = DispatchTable.for_request(request, selectors.to_dispatch())
    packed = list(selectors.to_dispatch()[:MOST_SELECTED])
    ready = [s for s in packed if selectors.is_ready_to_leave(s)]
    context = {
        "ready": ready,
        "numberless": sum(not s.tracking.all() and not selectors.is_ready_to_leave(s) for s in packed),
        "stopped": [s for s in packed if s.order.stopped],
        **steps(request, "dispatch"),
    }
    return table.respond(request, "fulfillment/dispatch.html", context)


@require_POST
@requires(permissions.WORK)
def dispatch_now(request: AkinaiRequest) -> HttpResponse:
    """Hand the chosen boxes to the carrier, each for itself; `ready=1` means all that have what they need."""
    ids = _chosen(request)
    if not ids:
        toast(request, _("No box is ready to leave."), tone="warn")
        return redirect("fulfillment:dispatch")
    if len(ids) > AT_ONCE:
        actor = request.actor
        args = {"shipment_ids": ids, "by": actor.key, "label": actor.label}
        job = jobs.enqueue(DISPATCH_TASK, args=args, actor=actor)
        return redirect("fulfillment:dispatch_job", job.pk)
    results = services.dispatch(request.actor, shipment_ids=ids)
    done = sum(r.done for r in results)
    if done == len(results):
        toast(request, ngettext("%(n)d shipment has left.", "%(n)d shipments have left.", done) % {"n": done})
        return redirect("fulfillment:dispatch")
    context = {"rows": result_rows(results), "done": done, "refused": len(results) - done, **steps(request, "dispatch")}
    return render(request, "fulfillment/dispatched.html", context, status=200 if done else 409)


def _chosen(request: AkinaiRequest) -> list[int]:
    if request.POST.get("ready") == "1":
        return [s.pk for s in selectors.to_dispatch()[:MOST_SELECTED] if selectors.is_ready_to_leave(s)]
    table = DispatchTable.for_request(request, selectors.to_dispatch())
    if request.POST.get("all") == "1":
        return list(table.selected(request.POST).values_list("pk", flat=True))
    posted: QueryDict = request.POST
    ids = [int(i) for i in posted.getlist("id") if i.isascii() and i.isdigit() and len(i) < 19]
    return ids[:MOST_SELECTED]


def result_rows(results: list[Dispatched]) -> list[ResultRow]:
    """What became of each box, the refused ones first."""
    rows = [
        ResultRow(
            "good" if r.done else "bad", r.number,
            pgettext("shipping", "Left") if r.done else " ".join(str(s) for s in r.sentences),
            url=reverse("fulfillment:shipment", args=[r.shipment_id]),
        )
        for r in results
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.outcome != "bad")


@require_GET
@requires(permissions.VIEW)
def dispatch_job(request: AkinaiRequest, job_id: int) -> HttpResponse:
    """How far a large dispatch is, and at the end what became of each box."""
    row = jobs.selectors.job(job_id)
    if row is None or row.name != DISPATCH_TASK:
        raise NotFound(_("There is no such job."))
    url = reverse("fulfillment:dispatch_job", args=[job_id])
    progress = job_progress(job_id, url, _("Shipments are handed over"))
    assert progress is not None
    progress = _with_results(progress, row.result or {})
    if request.htmx:
        return render(request, "ui/parts/job.html", {"job": progress})
    return render(request, "fulfillment/dispatch_job.html", {"job": progress, **steps(request, "dispatch")})


def _with_results(progress: JobProgress, result: dict[str, Any]) -> JobProgress:
    refused = result.get("refused", [])
    numbers = dict(Shipment.objects.filter(pk__in=[r["id"] for r in refused]).values_list("pk", "number"))
    rows = tuple(
        ResultRow("bad", numbers.get(r["id"], str(r["id"])), " ".join(r["sentences"]),
                  url=reverse("fulfillment:shipment", args=[r["id"]]))
        for r in refused
    )  # fmt: skip
    return JobProgress(
        progress.title, progress.state, progress.poll_url, progress.done, progress.total, failed=len(rows), rows=rows,
        result_url=reverse("fulfillment:dispatch"), result_label=_("Back to dispatch"),
    )  # fmt: skip


@require_GET
@requires(permissions.VIEW)
def close(request: AkinaiRequest) -> HttpResponse:
    """SHP-73: what is packed and still here, and what left without its mail; both must be empty at the day's end."""
    context = {
        "here_still": list(selectors.not_handed_over()[:MOST_SELECTED]),
        "unmailed": closing.without_mail(clock.today()),
        "shipped": list(selectors.shipped_on(clock.today()).order_by("-shipped_at")[:MOST_SELECTED]),
        "today": clock.today(),
        **steps(request, "close"),
    }
    return render(request, "fulfillment/close.html", context)
