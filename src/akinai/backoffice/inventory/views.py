"""Stock pages: the list, why a number is what it is, and setting pieces aside.

Receiving and correcting change orders too; their forms stand here and are sent to `orders`, whose views show them
again with `show` when something was wrong.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import AkinaiError, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular import stream_csv
from akinai.foundation.ui.html import exact
from akinai.foundation.ui.responses import go_to, page_or_partial
from akinai.foundation.ui.toasts import toast

from . import permissions, selectors, services
from .forms import BlockForm, CorrectForm, ReceiveForm
from .models import Movement
from .states import Reason
from .tables import StockTable


@requires(permissions.VIEW)
@require_GET
def stock_list(request: AkinaiRequest) -> HttpResponse:
    """One row a SKU."""
    show_tab = request.GET.get("show", "")
    table = StockTable.for_request(request, selectors.listed(show_tab))
    counts = selectors.tab_counts()
    labels = {"": _("All"), "low": _("Few left"), "none": _("None left"), "blocked": _("Blocked pieces")}
    tabs = [(name, label, name == "none", counts[name]) for name, label in labels.items()]
    context = {"tabs": tabs, "tab": show_tab, "total": counts[""], "places": selectors.place_names()}
    return table.respond(request, "inventory/stock_list.html", context)


@requires(permissions.VIEW)
@require_GET
def sku(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Why the numbers of a SKU are what they are; `?before=` leafs back in the ledger."""
    return show(request, sku_id)


def show(request: AkinaiRequest, sku_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page (for htmx the pane) of a SKU, with forms as they were sent: `receive`, `correct` or `blocking`."""
    before = request.GET.get("before", "")
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    told = selectors.explain(sku_id, before=older)
    context = {
        "told": told,
        "sku": told.sku,
        "receive": forms.get("receive") or ReceiveForm(),
        "correct": forms.get("correct") or CorrectForm(initial={"counted": told.numbers.on_hand}),
        "blocking": forms.get("blocking") or BlockForm(),
        "open": next(iter(forms), ""),
        "may_edit": request.actor.may(permissions.EDIT),
        "older": told.ledger[-1].pk if told.more else None,
    }
    return page_or_partial(request, "inventory/sku.html", context, partial="pane", status=status)


@requires(permissions.EDIT)
@require_POST
def block(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Set free pieces aside, or with `back` take them back."""
    form = BlockForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        work = services.unblock if "back" in request.POST else services.block
        try:
            selectors.explain(sku_id, rows=1)
            work(
                request.actor,
                sku_id=sku_id,
                quantity=told["quantity"],
                reason=Reason(told["reason"]),
                note=told["note"],
            )
        except NotFound:
            raise
        except AkinaiError as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return go_to(request, request.path.removesuffix("block/"))
    return show(request, sku_id, blocking=form, status=422)


@requires(permissions.VIEW)
@require_GET
def ledger_csv(request: AkinaiRequest, sku_id: int) -> StreamingHttpResponse:
    """The whole ledger of a SKU, the oldest line first."""
    headings = [_("When"), _("What"), _("Place"), _("On hand"), _("Blocked pieces"), _("Reserved pieces")]
    headings += [_("Free"), _("Reference"), _("Reason"), _("Note"), _("Who")]
    rows = selectors.ledger(sku_id).iterator(chunk_size=1000)
    response = StreamingHttpResponse(
        stream_csv(map(_line, rows), headings, encoding="utf-8-sig"), content_type="text/csv"
    )
    response["Content-Disposition"] = f'attachment; filename="ledger-{sku_id}.csv"'
    return response


def _line(move: Movement) -> list[str | int | None]:
    return [
        exact(move.at),
        move.get_kind_display(),
        move.place.name,
        move.on_hand,
        move.blocked,
        move.reserved,
        move.free_after,
        move.reference,
        move.get_reason_display(),
        move.note,
        move.actor_label or move.actor,
    ]
