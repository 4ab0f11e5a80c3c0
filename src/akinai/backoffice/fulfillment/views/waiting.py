"""出荷待ち and 出荷指示: choose orders, make a batch of them."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.fulfillment import permissions, selectors, services
from akinai.backoffice.fulfillment.tables import WaitingTable, order_url
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.tables import MOST_SELECTED
from akinai.foundation.ui.toasts import toast
from akinai.foundation.ui.types import ResultRow

from .frame import steps

#: More orders than these are instructed by a job with progress.
AT_ONCE = 30


@require_GET
@requires(permissions.VIEW)
def waiting(request: AkinaiRequest) -> HttpResponse:
    """Orders that only wait for their papers."""
    table = WaitingTable.for_request(request, selectors.waiting_orders())
    services_ = selectors.waiting_by_service()
    context = {"services": services_, "chosen": request.GET.get("service", ""), **steps(request, "waiting")}
    return table.respond(request, "fulfillment/waiting.html", context)


@require_POST
@requires(permissions.WORK)
def instruct(request: AkinaiRequest) -> HttpResponse:
    """Make a batch of the chosen orders; many as a job. Refusals are shown order by order (ORD-33)."""
    ids = chosen_orders(request)
    if not ids:
        toast(request, _("Choose orders first."), tone="warn")
        return redirect("fulfillment:waiting")
    if len(ids) > AT_ONCE:
        batch = services.make_batch_later(request.actor, order_ids=ids)
        return redirect("fulfillment:batch", batch.pk)
    made = services.make_batch(request.actor, order_ids=ids)
    if made.batch is None:
        rows = [
            ResultRow("bad", r.number, " ".join(str(s) for s in r.sentences), url=order_url(r.order_id))
            for r in made.results
        ]
        return render(request, "fulfillment/refused.html", {"rows": rows, **steps(request, "waiting")}, status=409)
    said = ngettext("%(n)d order is in the batch.", "%(n)d orders are in the batch.", made.done) % {"n": made.done}
    toast(request, said)
    return redirect("fulfillment:batch", made.batch.pk)


def chosen_orders(request: AkinaiRequest) -> list[int]:
    """The orders a POST means: ticked ids, or with all=1 everything our list shows under its filters."""
    here = reverse("fulfillment:waiting")
    if request.POST.get("all") == "1" and not request.POST.get("next", here).startswith(here):
        posted = QueryDict(mutable=True)
        posted.setlist("id", request.POST.getlist("id"))
    else:
        posted = request.POST
    if posted.get("all") == "1":
        table = WaitingTable.for_request(request, selectors.waiting_orders())
        return list(table.selected(posted).values_list("pk", flat=True)[:MOST_SELECTED])
    ids = [text for text in posted.getlist("id") if text.isascii() and text.isdigit() and len(text) < 19]
    return [int(text) for text in ids[:MOST_SELECTED]]
