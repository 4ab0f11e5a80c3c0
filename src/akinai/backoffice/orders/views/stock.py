"""Stock work by hand that orders must hear of: goods in and counting, with which orders got or lost pieces.

What a press did is shown on a page of its own address, so that loading it again does nothing again.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.inventory import views as stock_pages
from akinai.backoffice.inventory.forms import CorrectForm, ReceiveForm
from akinai.backoffice.inventory.models import Movement
from akinai.backoffice.inventory.selectors import explain
from akinai.backoffice.orders import permissions, services
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog.models import Sku


@require_POST
@requires(permissions.STOCK)
def receive_stock(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Goods came in: `quantity`, `reason`, `note`. Waiting orders are served first."""
    sku, form = _sku(sku_id), ReceiveForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            movement, served = services.receive_stock(request.actor, sku_id=sku.pk, **form.cleaned_data)
        except AkinaiError as error:
            form.say(error)
            status = error.status
        else:
            return _done(request, sku, movement, served, "got")
    return stock_pages.show(request, sku.pk, receive=form, status=status)


@require_POST
@requires(permissions.STOCK)
def correct_stock(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Stock was counted: `counted`, `reason`, `note`. Orders that were promised what is not there lose it."""
    sku, form = _sku(sku_id), CorrectForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            movement, losers = services.correct_stock(request.actor, sku_id=sku.pk, **form.cleaned_data)
        except AkinaiError as error:
            form.say(error)
            status = error.status
        else:
            return _done(request, sku, movement, losers, "lost")
    return stock_pages.show(request, sku.pk, correct=form, status=status)


def _sku(sku_id: int) -> Sku:
    return get_object_or_404(Sku.objects.select_related("product"), pk=sku_id)


def _done(request: AkinaiRequest, sku: Sku, movement: Movement | None, touched: list[Order], how: str) -> HttpResponse:
    """Back to where the person was, or first the orders that were touched."""
    back = reverse("inventory:sku", args=[sku.pk])
    if movement is None:
        toast(request, _("The number was right already. Nothing changed."))
        return redirect(back)
    toast(request, _("Kept: %(sku)s has %(n)d on hand.") % {"sku": sku.code, "n": movement.on_hand_after})
    if not touched:
        return redirect(back)
    return redirect(reverse("orders:stock_touched", args=[sku.pk], query={how: [order.pk for order in touched]}))


@require_GET
@requires(permissions.VIEW)
def stock_touched(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """The orders that goods in or a count gave pieces to (`got`) or took them from (`lost`), as they stand now."""
    told = explain(sku_id, rows=1)
    how = "lost" if "lost" in request.GET else "got"
    ids = {int(i) for i in request.GET.getlist(how) if i.isascii() and i.isdigit() and len(i) < 19}
    orders = Order.objects.filter(pk__in=ids).order_by("ordered_at", "store_number", "pk")
    return render(request, "orders/stock_done.html", {"told": told, "sku": told.sku, "orders": orders, "how": how})
