"""Stock work by hand that orders must hear of: goods in and counting, with which orders got or lost pieces."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from akinai.backoffice.inventory import views as stock_pages
from akinai.backoffice.inventory.forms import CorrectForm, ReceiveForm
from akinai.backoffice.inventory.models import Movement
from akinai.backoffice.orders import permissions, services
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.errors import AkinaiError, Sentence
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
            said = ngettext("%(n)d order got goods.", "%(n)d orders got goods.", len(served)) % {"n": len(served)}
            return _done(request, sku, movement, served, said)
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
            said = ngettext("%(n)d order lost goods.", "%(n)d orders lost goods.", len(losers)) % {"n": len(losers)}
            return _done(request, sku, movement, losers, said)
    return stock_pages.show(request, sku.pk, correct=form, status=status)


def _sku(sku_id: int) -> Sku:
    return get_object_or_404(Sku.objects.select_related("product"), pk=sku_id)


def _done(
    request: AkinaiRequest, sku: Sku, movement: Movement | None, touched: list[Order], said: Sentence
) -> HttpResponse:
    """Back to where the person was, or first the orders that were touched."""
    back = reverse("inventory:sku", args=[sku.pk])
    if movement is None:
        toast(request, _("The number was right already. Nothing changed."))
        return redirect(back)
    if not touched:
        toast(request, _("Kept: %(sku)s has %(n)d on hand.") % {"sku": sku.code, "n": movement.on_hand_after})
        return redirect(back)
    context = {"sku": sku, "movement": movement, "orders": touched, "said": said, "back": back}
    return render(request, "orders/stock_done.html", context)
