"""What buyers pay for shipping: one dated table for all stores, and one for each store that differs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core import clock
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import carried_out
from akinai.shop.terms import permissions, selectors, services
from akinai.shop.terms.forms import ShippingFeesForm
from akinai.shop.terms.models import ShippingFeeTable


def _store_of(request: AkinaiRequest) -> int | None:
    """The store whose table is meant, by `?store=`; None for the common one, also for a store that is none."""
    word = request.GET.get("store", "")
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 19 else None
    return number if number in stores.snapshot().stores else None


def _url(store_id: int | None) -> str:
    return reverse("terms:shipping_fees", query={"store": store_id} if store_id else None)


@requires(permissions.VIEW)
@require_http_methods(["GET", "POST"])
def shipping_fees(request: AkinaiRequest) -> HttpResponse:
    """The fees that hold today as a form for a new table, and the tables so far."""
    store_id, posted = _store_of(request), request.method == "POST"
    kept = selectors.snapshot().shipping_table(store_id, clock.today())
    form = ShippingFeesForm(request.POST if posted else None, kept=kept, initial={"effective_from": clock.today()})
    may_edit = request.actor.may(permissions.EDIT)
    if (
        posted
        and may_edit
        and carried_out(form, lambda: services.set_shipping_fees(request.actor, table=form.table(store_id)))
    ):
        toast(request, _("Saved."))
        return redirect(_url(store_id))
    context = {
        "form": form,
        "store_id": store_id,
        "stores": stores.active_stores(),
        "is_common": kept is not None and kept.store_id is None and store_id is not None,
        "tables": [(row, row.effective_from > clock.today()) for row in selectors.shipping_tables(store_id)],
        "may_edit": may_edit,
    }
    return render(request, "terms/shipping_fees.html", context, status=422 if posted else 200)


@requires(permissions.EDIT)
@require_POST
def drop(request: AkinaiRequest, table_id: int) -> HttpResponse:
    """Take back a table that has not begun."""
    row = ShippingFeeTable.objects.filter(pk=table_id).first()
    try:
        services.drop_shipping_fees(request.actor, table_id=table_id)
    except AkinaiError as error:
        toast(request, str(error), tone="warn")
    else:
        toast(request, _("Taken back."))
    return redirect(_url(row.store_id if row else None))
