"""One thing done to many orders: each stands for itself, and what became of each is said (ORD-33)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from akinai.backoffice.orders import permissions as orders_permissions
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import BulkResult
from akinai.backoffice.payments import lapses, permissions, selectors, services, tables, tasks
from akinai.backoffice.payments.forms import ManyForm
from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.filters import Rows
from akinai.foundation.ui.responses import go_to, safe_next
from akinai.foundation.ui.tables import Table
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import ResultRow

#: More than this becomes background work with a bar.
AT_ONCE = 50


@requires(permissions.RECORD)
@require_POST
def mark_paid(request: AkinaiRequest) -> HttpResponse:
    """Confirm the whole open amount of the chosen orders as of `on` (default: today). Used by every list of orders."""
    form = ManyForm(request.POST)
    if not form.is_valid():
        toast(request, _("Enter a date such as 2026-11-24."), tone="warn")
        return go_to(request, safe_next(request, reverse("payments:waiting")))
    on = form.cleaned_data["on"] or clock.today()
    if request.POST.get("all") == "1" and _list_of(request.POST) is None:
        toast(request, _("Tick the orders one by one here, or take all that match on the page of money."), tone="warn")
        return go_to(request, safe_next(request, reverse("payments:waiting")))
    ids = chosen(request)
    if len(ids) > AT_ONCE:
        job = tasks.start_marking(request.actor, order_ids=ids, on=on)
        return redirect("jobs:progress", job)
    results = services.mark_deposits(request.actor, order_ids=ids, on=on, key=f"many:{secrets.token_hex(8)}")
    return _answer(request, results, on)


@requires(orders_permissions.CANCEL)
@require_POST
def cancel_unpaid(request: AkinaiRequest) -> HttpResponse:
    """Cancel the chosen orders as unpaid, each for itself (T08, ORD-33)."""
    rows = lapses.lapsed() if request.POST.get("all") == "1" else lapses.transfers()
    table = tables.LapsedTable(request.actor, rows, QueryDict(), request.path)
    ids = list(table.selected(request.POST).values_list("pk", flat=True))
    results = services.cancel_unpaid_many(request.actor, order_ids=ids)
    where = safe_next(request, reverse("payments:lapsed"))
    done = sum(result.done for result in results)
    if results and done == len(results):
        toast(request, _("Cancelled as unpaid: %(n)s") % {"n": done})
        return go_to(request, where)
    if not results:
        toast(request, _("No order was chosen."), tone="warn")
        return go_to(request, where)
    found = result_rows(results, _("Cancelled as unpaid."))
    context = {"rows": found, "done": done, "failed": len(results) - done, "on": clock.today(), "back": where}
    return render(request, "payments/cancelled.html", context, status=200 if done else 422)


def chosen(request: AkinaiRequest) -> list[int]:
    """The orders meant: ticked ids, or with `all=1` all that pass the filters of their list."""
    found = _list_of(request.POST) if request.POST.get("all") == "1" else None
    kind, rows = found or (tables.WaitingTable, Order.objects.all())
    selected = kind(request.actor, rows, QueryDict(), request.path).selected(request.POST)
    return list(selected.values_list("pk", flat=True))


def _list_of(posted: QueryDict) -> tuple[type[Table], Rows] | None:
    """Our list on which the form stood, by the path it wants to go back to; None for lists of other apps."""
    path = posted.get("next", "").partition("?")[0]
    if path == reverse("payments:waiting"):
        return tables.WaitingTable, selectors.waiting()
    return (tables.PartPaidTable, selectors.part_paid()) if path == reverse("payments:part_paid") else None


def _answer(request: AkinaiRequest, results: list[BulkResult], on: dt.date) -> HttpResponse:
    """One success is said in passing; everything else order by order."""
    where = safe_next(request, reverse("payments:waiting"))
    if len(results) == 1 and results[0].done:
        toast(request, _("%(number)s: payment recorded.") % {"number": results[0].number})
        return go_to(request, where)
    if not results:
        toast(request, _("No order was chosen."), tone="warn")
        return go_to(request, where)
    done = sum(result.done for result in results)
    context = {"rows": result_rows(results), "done": done, "failed": len(results) - done, "on": on, "back": where}
    return render(request, "payments/results.html", context, status=200 if done else 422)


def result_rows(results: Iterable[BulkResult], good: str = "") -> list[ResultRow]:
    """As the kit draws them, each failure with the way to its order."""
    found = []
    for result in results:
        url = reverse("payments:order", args=[result.order_id])
        if result.done:
            found.append(ResultRow("good", result.number, good or _("Payment recorded."), url))
        else:
            said = " ".join(str(sentence) for sentence in result.sentences)
            found.append(ResultRow("bad", result.number, said, url, _("See the order"), url))
    return found
