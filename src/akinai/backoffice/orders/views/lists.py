"""The list of orders, the preview beside it, and what is done to many at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.orders import forms, page, permissions, selectors, tables
from akinai.backoffice.orders.services.bulk import one_by_one
from akinai.backoffice.orders.tasks import VERBS
from akinai.backoffice.orders.tasks import bulk as bulk_task
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import ResultRow

#: More orders than these are worked through in the background.
AT_ONCE = 50


@require_GET
@requires(permissions.VIEW)
def order_list(request: AkinaiRequest) -> HttpResponse:
    """One tab of the list; htmx from inside it gets the table alone."""
    table = tables.OrderTable.for_request(request, selectors.order_rows())
    assert isinstance(table, tables.OrderTable)
    context = {"tabs": tables.tabs(table.tab), "tab": table.tab, "export_query": table.query()}
    return table.respond(request, "orders/list.html", context)


@require_GET
@requires(permissions.VIEW)
def tabs(request: AkinaiRequest) -> HttpResponse:
    """The tabs with fresh counts; the page asks whenever an order has changed."""
    tab = tables.tab_of(request.GET)
    return render(request, "orders/parts/tabs.html", {"tabs": tables.tabs(tab), "tab": tab})


@require_GET
@requires(permissions.VIEW)
def preview(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What stands beside the list while the cursor is on an order; asked directly it leads to the order."""
    if not request.htmx:
        return redirect("orders:order", order_id)
    came_from = request.htmx.current_url_abs_path or reverse("orders:list")
    context = page.preview(request.actor, order_id)
    return render(request, "orders/preview.html", {**context, "next": came_from})


@require_POST
@requires(permissions.WORK)
def bulk_accept(request: AkinaiRequest) -> HttpResponse:
    """Accept the selected orders, each for itself (ORD-33)."""
    return _bulk(request, "accept", {})


@require_POST
@requires(permissions.WORK)
def bulk_hold(request: AkinaiRequest) -> HttpResponse:
    """Put the selected orders on hold, each for itself (ORD-33): first the form, then the work."""
    ids = tables.selected_ids(request, request.actor)
    asked = "kind" in request.POST
    form = forms.BulkHoldForm(request.POST if asked else None)
    if not asked or not form.is_valid():
        context = {"form": form, "ids": ids, "next": _back(request)}
        return render(request, "orders/bulk_hold.html", context, status=422 if asked else 200)
    return _bulk(request, "hold", {"kind": form.cleaned_data["kind"], "reason": form.cleaned_data["reason"]})


@require_POST
@requires(permissions.WORK)
def bulk_release(request: AkinaiRequest) -> HttpResponse:
    """Let the selected orders go, each for itself (ORD-33)."""
    return _bulk(request, "release", {})


@require_POST
@requires(permissions.WORK)
def bulk_checked(request: AkinaiRequest) -> HttpResponse:
    """The selected orders have been looked at (R25), each for itself."""
    return _bulk(request, "checked", {})


@require_POST
@requires(permissions.CANCEL)
def bulk_reject(request: AkinaiRequest) -> HttpResponse:
    """Turn the selected orders down (T05), each for itself: first the reason, then the work."""
    ids = tables.selected_ids(request, request.actor)
    asked = "reason" in request.POST
    form = forms.BulkRejectForm(request.POST if asked else None)
    if not asked or not form.is_valid():
        context = {"form": form, "ids": ids, "next": _back(request)}
        return render(request, "orders/bulk_reject.html", context, status=422 if asked else 200)
    return _bulk(request, "reject", {"reason": form.cleaned_data["reason"], "note": form.cleaned_data["note"]})


def _back(request: AkinaiRequest) -> str:
    return safe_next(request, reverse("orders:list"))


def _bulk(request: AkinaiRequest, verb: str, more: dict[str, str]) -> HttpResponse:
    ids = tables.selected_ids(request, request.actor)
    if not ids:
        toast(request, _("Select orders first."), tone="warn")
        return redirect(_back(request))
    if len(ids) > AT_ONCE:
        job = bulk_task.using(actor=request.actor).enqueue(
            verb=verb, order_ids=ids, more=more, by=request.actor.key, label=request.actor.label
        )
        return redirect("jobs:progress", job.pk)
    results = run_bulk(request, verb, ids, more)
    return bulk_answer(request, results, _back(request))


def run_bulk(request: AkinaiRequest, verb: str, ids: Sequence[int], more: dict[str, str]) -> list[BulkResult]:
    """Do it here and now."""
    do = VERBS[verb]
    return one_by_one(ids, lambda pk: do(request.actor, order_id=pk, **more))


def bulk_answer(request: AkinaiRequest, results: Sequence[BulkResult], back: str) -> HttpResponse:
    """All went well: say so on the list. Otherwise a page with each order and its sentences."""
    good = sum(r.done for r in results)
    if good == len(results):
        toast(request, ngettext("%(n)d order done.", "%(n)d orders done.", good) % {"n": good})
        return redirect(back)
    rows = [as_row(r) for r in sorted(results, key=lambda r: r.done)]
    context = {"rows": rows, "good": good, "bad": len(results) - good, "back": back}
    return render(request, "orders/bulk.html", context)


def as_row(result: BulkResult) -> ResultRow:
    """A result as the kit draws it, with the way to the order."""
    url = reverse("orders:order", args=[result.order_id])
    said = " ".join(str(s) for s in result.sentences)
    if result.done:
        return ResultRow("good", result.number, _("Done"), url)
    return ResultRow("bad", result.number, said, url, _("Open"), url)
