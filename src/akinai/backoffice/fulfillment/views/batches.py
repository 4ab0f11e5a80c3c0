"""バッチ: papers, labels out, numbers in, and how far its shipments are."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.fulfillment import carriers, permissions, selectors, services
from akinai.backoffice.fulfillment.forms import IssuedForm
from akinai.backoffice.fulfillment.models import BatchPaper, CarrierFile
from akinai.backoffice.fulfillment.services.issued import RowResult
from akinai.backoffice.fulfillment.services.labels import look_at_labels
from akinai.backoffice.fulfillment.services.papers import file_of
from akinai.backoffice.fulfillment.states import Direction, Paper
from akinai.backoffice.fulfillment.tables import order_url
from akinai.backoffice.orders.states import IN_WORK, Stage
from akinai.foundation import jobs
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.jobs.states import JobState
from akinai.foundation.ui.responses import page_or_partial
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import JobProgress, ResultRow

from .frame import steps

SHOWN_BATCHES = 100
_STATES = {
    JobState.READY: "waiting", JobState.RUNNING: "running", JobState.DONE: "done", JobState.DEAD: "failed",
    JobState.CANCELLED: "cancelled",
}  # fmt: skip


@require_GET
@requires(permissions.VIEW)
def batch_list(request: AkinaiRequest) -> HttpResponse:
    """Batches, those in work first."""
    rows = selectors.batches().order_by("-state", "-id")[:SHOWN_BATCHES]
    return page_or_partial(request, "fulfillment/batch_list.html", {"batches": rows, **steps(request, "batches")})


@require_GET
@requires(permissions.VIEW)
def batch(request: AkinaiRequest, batch_id: int) -> HttpResponse:
    """One batch."""
    context = {**batch_context(batch_id), **steps(request, "batches"), "form": IssuedForm()}
    context["may_set"] = request.actor.may(permissions.SETTINGS)
    return page_or_partial(request, "fulfillment/batch.html", context, partial="state")


def batch_context(batch_id: int) -> dict[str, Any]:
    """Papers, labels and shipments of a batch, and the one thing to do next."""
    page = selectors.batch_page(batch_id)
    labels = [_labels(adapter, page) for adapter in carriers.ADAPTERS.values()]
    labels = [x for x in labels if x["count"]]
    progress = job_progress(page.batch.job_id, reverse("fulfillment:batch_job", args=[batch_id]), _("Making papers"))
    return {
        "page": page,
        "batch": page.batch,
        "papers": [(kind, kind.label, page.papers.get(kind)) for kind in Paper],
        "labels": labels,
        "job": progress if progress and (progress.open or progress.state == "failed") else None,
        "refused": [
            ResultRow("bad", r["number"], " ".join(r["sentences"]), url=order_url(r["order_id"]))
            for r in page.batch.refused
        ],
        "next": _next(page, labels),
    }


def _labels(adapter: carriers.Adapter, page: selectors.BatchPage) -> dict[str, Any]:
    """What a carrier's file of this batch would hold, and what stands in the way."""
    mine = [s for s in page.at(*IN_WORK) if s.service.carrier.code == adapter.carrier]
    fresh = [s for s in mine if s.label_at is None]
    out = look_at_labels(fresh, adapter=adapter.code) if fresh else None
    numbers = {s.number: s for s in fresh}
    problems = [(problem, numbers.get(problem.key)) for problem in (out.problems if out else ())]
    return {
        "adapter": adapter, "count": len(mine), "fresh": len(fresh), "writable": len(out.written) if out else 0,
        "problems": problems, "stopped": sum(problem.stops for problem, _s in problems),
        "files": page.batch.carrier_files.filter(direction=Direction.OUT, adapter=adapter.code),
    }  # fmt: skip


def _next(page: selectors.BatchPage, labels: list[dict[str, Any]]) -> str:
    """The one highlighted action: labels, numbers, inspection, dispatch; "" when nothing is left."""
    if any(label["writable"] for label in labels):
        return "labels"
    if page.numberless and labels and not any(label["fresh"] for label in labels):
        return "issued"
    if page.at(Stage.INSTRUCTED, Stage.PICKING, Stage.INSPECTED):
        return "inspect"
    return "dispatch" if page.at(Stage.PACKED) else ""


def job_progress(job_id: int | None, poll_url: str, title: str) -> JobProgress | None:
    """A job as people see it; None once it is pruned."""
    job = jobs.selectors.job(job_id) if job_id else None
    if job is None:
        return None
    state = _STATES[JobState(job.state)]
    return JobProgress(title, state, poll_url, job.progress_done, job.progress_total)


@require_GET
@requires(permissions.VIEW)
def batch_job(request: AkinaiRequest, batch_id: int) -> HttpResponse:
    """How far the job of a batch is: the fragment that asks again; at the end the browser loads the page anew."""
    page = selectors.batch_page(batch_id)
    url = reverse("fulfillment:batch_job", args=[batch_id])
    job = job_progress(page.batch.job_id, url, _("Making papers"))
    if not request.htmx or job is None:
        return redirect("fulfillment:batch", batch_id)
    response = render(request, "ui/parts/job.html", {"job": job})
    if not job.open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@requires(permissions.WORK)
def batch_print(request: AkinaiRequest, batch_id: int) -> HttpResponse:
    """Make the papers again, without what was pulled back since."""
    selectors.batch_page(batch_id)
    services.print_again(request.actor, batch_id=batch_id)
    toast(request, _("The papers are being made."))
    return redirect("fulfillment:batch", batch_id)


@require_POST
@requires(permissions.WORK)
def batch_picking(request: AkinaiRequest, batch_id: int) -> HttpResponse:
    """Say that somebody has gone to fetch the goods."""
    selectors.batch_page(batch_id)
    moved = services.start_picking(request.actor, batch_id=batch_id)
    said = ngettext("%(n)d shipment is being picked.", "%(n)d shipments are being picked.", moved) % {"n": moved}
    toast(request, said)
    return redirect("fulfillment:batch", batch_id)


@require_GET
@requires(permissions.VIEW)
def batch_paper(request: AkinaiRequest, batch_id: int, kind: str) -> HttpResponse:
    """One of the printed documents."""
    paper = BatchPaper.objects.filter(batch_id=batch_id, kind=kind).select_related("batch").first()
    path = file_of(paper.path) if paper else None
    if paper is None or path is None or not path.is_file():
        raise Http404
    name = f"{paper.batch.number}-{paper.get_kind_display()}.pdf"
    response = HttpResponse(path.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(permissions.WORK)
def batch_labels(request: AkinaiRequest, batch_id: int, adapter: str) -> HttpResponse:
    """Write the labels into the carrier's file and give it to the browser."""
    selectors.batch_page(batch_id)
    try:
        out = services.carrier_file_out(
            request.actor, adapter=adapter, batch_id=batch_id, again=request.POST.get("again") == "1"
        )
    except NotFound:
        raise
    except AkinaiError as refused:
        toast(request, refused.sentence, tone="warn")
        return redirect("fulfillment:batch", batch_id)
    if out.file is None:
        toast(request, _("No label can be written. See what is missing below."), tone="stop")
        return redirect("fulfillment:batch", batch_id)
    return _file(out.file)


@require_GET
@requires(permissions.WORK)
def carrier_file(request: AkinaiRequest, file_id: int) -> HttpResponse:
    """A carrier's file again, byte for byte."""
    kept = CarrierFile.objects.filter(pk=file_id).first()
    if kept is None:
        raise NotFound(_("There is no such file."))
    return _file(kept)


def _file(kept: CarrierFile) -> HttpResponse:
    response = HttpResponse(bytes(kept.content), content_type="text/csv")
    response["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(permissions.WORK)
def issued_in(request: AkinaiRequest) -> HttpResponse:
    """A file of numbers: read it, then show what each row would do."""
    form = IssuedForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        adapter = form.cleaned_data["adapter"]
        try:
            kept = services.carrier_file_in(request.actor, data=upload.read(), name=upload.name, adapter=adapter)
        except BadInput as error:
            form.say(error)
        else:
            return redirect("fulfillment:issued", kept.pk)
    return render(request, "fulfillment/issued_in.html", {"form": form, **steps(request, "batches")}, status=422)


@require_GET
@requires(permissions.WORK)
def issued_start(request: AkinaiRequest) -> HttpResponse:
    """Where a file of numbers is dropped, whatever batch it is of."""
    return render(request, "fulfillment/issued_in.html", {"form": IssuedForm(), **steps(request, "batches")})


@requires(permissions.WORK)
def issued(request: AkinaiRequest, file_id: int) -> HttpResponse:
    """What each row of a file would do; with POST it is done, row by row."""
    kept = CarrierFile.objects.filter(pk=file_id, direction=Direction.IN).first()
    if kept is None:
        raise NotFound(_("There is no such file."))
    if request.method == "POST":
        try:
            results = services.apply_carrier_file(request.actor, file_id=file_id)
        except AkinaiError as refused:
            toast(request, refused.sentence, tone="warn")
        else:
            taken = sum(_is_taken(r) for r in results)
            toast(request, ngettext("%(n)d shipment has its number.", "%(n)d shipments have their numbers.", taken)
                  % {"n": taken})  # fmt: skip
        return redirect("fulfillment:issued", file_id)
    results = [RowResult(**{**r, "numbers": tuple(r["numbers"])}) for r in kept.results]
    context = {
        "kept": kept, "rows": results, "good": sum(_is_taken(r) for r in results),
        "bad": sum(r.outcome == "bad" for r in results), **steps(request, "batches"),
    }  # fmt: skip
    return render(request, "fulfillment/issued.html", context)


def _is_taken(result: RowResult) -> bool:
    return result.outcome in ("good", "warn") and bool(result.numbers)
