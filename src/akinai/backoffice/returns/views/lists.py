"""The boards, the panel of an order, and the report."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue
from akinai.backoffice.returns import permissions, selectors
from akinai.backoffice.returns.forms import PeriodForm
from akinai.backoffice.returns.states import Result
from akinai.backoffice.returns.tables import CaseTable, state_badge
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular import write_csv


@require_GET
@requires(permissions.VIEW)
def case_list(request: AkinaiRequest) -> HttpResponse:
    """One board of cases (ORD-15)."""
    board = request.GET.get("board", "")
    board = board if board in selectors.BOARDS else "open"
    table = CaseTable.for_request(request, selectors.board(board))
    context = {"tabs": tabs(board), "may_receive": request.actor.may(permissions.RECEIVE)}
    return table.respond(request, "returns/list.html", context)


def tabs(current: str) -> list[dict[str, object]]:
    """The boards with how many stand on each."""
    counts = selectors.counts()
    labels = {
        "open": _("Returns and exchanges"), "undelivered": _("Not delivered, coming back"),
        "refund": _("Refunds"), "claims": _("Claims"), "all": pgettext("case", "All"),
    }  # fmt: skip
    url = reverse("returns:list")
    return [
        {"label": label, "url": f"{url}?board={key}", "number": counts.get(key), "current": key == current}
        for key, label in labels.items()
    ]


@require_GET
@requires(permissions.VIEW)
def panel(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The cases of an order, for its page."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    rows = [(c, state_badge(c, plain=True), c.child_id == order_id) for c in selectors.of_order(order_id)]
    may_open = request.actor.may(permissions.WORK) and order.shipped_at is not None and not order.is_history
    is_closed = order.queue == Queue.DONE
    context = {
        "order": order, "rows": rows, "may_open": may_open and (not is_closed or request.actor.may(permissions.EXCEPT)),
        "may_reopen": is_closed and not order.is_history and request.actor.may(permissions.EXCEPT),
        "has_left": order.shipped_at is not None,
    }  # fmt: skip
    return render(request, "returns/panel.html", context)


@require_GET
@requires(permissions.VIEW)
def report(request: AkinaiRequest) -> HttpResponse:
    """R95: what came back and why, by article and reason; `?format=csv` is the file."""
    form = PeriodForm(request.GET if "first" in request.GET else PeriodForm.this_month())
    if not form.is_valid():
        return render(request, "returns/report.html", {"form": form, "rows": []}, status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    rows = selectors.report(first, last)
    if request.GET.get("format") == "csv":
        return _file(rows, f"returns-{first:%Y%m%d}-{last:%Y%m%d}.csv")
    context = {
        "form": form, "rows": rows, "quantity": sum(r.quantity for r in rows), "amount": sum(r.amount for r in rows),
        "query": urlencode({"first": first.isoformat(), "last": last.isoformat(), "format": "csv"}),
        "results": [str(r.value) for r in Result],
    }  # fmt: skip
    return render(request, "returns/report.html", context)


def _file(rows: list[selectors.ReportRow], name: str) -> HttpResponse:
    headings = [
        "SKU", _("Product"), pgettext("case", "Reason"), _("Cases"), _("Quantity"), _("Amount (yen)"),
        _("Share of shipped in percent"), *(str(r.label) for r in Result),
    ]  # fmt: skip
    cells: list[list[str | int | None]] = [
        [r.code, r.name, r.reason_word, r.cases, r.quantity, r.amount, r.share, *r.found] for r in rows
    ]
    answer = HttpResponse(write_csv(cells, headings, encoding="utf-8-sig"), content_type="text/csv")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@require_GET
@requires(permissions.VIEW)
def of_customer(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """The cases of a customer over all of their orders, for their page."""
    rows = [(case, state_badge(case, plain=True)) for case in selectors.of_customer(customer_id)]
    return render(request, "returns/of_customer.html", {"rows": rows})
