"""Stock work by hand that orders must hear of: goods in and counting, with which orders got or lost pieces."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from akinai.backoffice.inventory.models import Movement
from akinai.backoffice.inventory.states import ADJUST_REASONS, RECEIVE_REASONS
from akinai.backoffice.orders import forms, permissions, services
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.errors import AkinaiError, BadInput, Sentence
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog.models import Sku


@require_POST
@requires(permissions.STOCK)
def receive_stock(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Goods came in: `quantity`, `reason`, `note`. Waiting orders are served first."""
    sku, form = _sku(sku_id), forms.ReceiveForm(request.POST)
    form.fields["reason"].choices = [(r.value, r.label) for r in RECEIVE_REASONS]  # type: ignore[attr-defined]
    if not form.is_valid():
        return _again(request, sku, form, _("Receive goods"))
    try:
        movement, served = services.receive_stock(request.actor, sku_id=sku.pk, **form.cleaned_data)
    except AkinaiError as error:
        return _refused(request, sku, form, _("Receive goods"), error)
    said = ngettext("%(n)d order got goods.", "%(n)d orders got goods.", len(served)) % {"n": len(served)}
    return _done(request, sku, movement, served, said)


@require_POST
@requires(permissions.STOCK)
def correct_stock(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """Stock was counted: `counted`, `reason`, `note`. Orders that were promised what is not there lose it."""
    sku, form = _sku(sku_id), forms.CorrectForm(request.POST)
    form.fields["reason"].choices = [(r.value, r.label) for r in ADJUST_REASONS]  # type: ignore[attr-defined]
    if not form.is_valid():
        return _again(request, sku, form, _("Correct the stock"))
    try:
        movement, losers = services.correct_stock(request.actor, sku_id=sku.pk, **form.cleaned_data)
    except AkinaiError as error:
        return _refused(request, sku, form, _("Correct the stock"), error)
    said = ngettext("%(n)d order lost goods.", "%(n)d orders lost goods.", len(losers)) % {"n": len(losers)}
    return _done(request, sku, movement, losers, said)


def _sku(sku_id: int) -> Sku:
    return get_object_or_404(Sku.objects.select_related("product"), pk=sku_id)


def _back(request: AkinaiRequest, sku: Sku) -> str:
    return safe_next(request, reverse("inventory:sku", args=[sku.pk]))


def _done(
    request: AkinaiRequest, sku: Sku, movement: Movement | None, touched: list[Order], said: Sentence
) -> HttpResponse:
    """Back to where the person was, or first the orders that were touched."""
    back = _back(request, sku)
    if movement is None:
        toast(request, _("The number was right already. Nothing changed."))
        return redirect(back)
    if not touched:
        toast(request, _("Kept: %(sku)s has %(n)d on hand.") % {"sku": sku.code, "n": movement.on_hand_after})
        return redirect(back)
    context = {"sku": sku, "movement": movement, "orders": touched, "said": said, "back": back}
    return render(request, "orders/stock_done.html", context)


def _refused(
    request: AkinaiRequest, sku: Sku, form: forms.ReceiveForm | forms.CorrectForm, title: str, error: AkinaiError
) -> HttpResponse:
    name = error.field if isinstance(error, BadInput) and error.field in form.fields else None
    form.add_error(name, str(error))
    return _again(request, sku, form, title, error.status)


def _again(
    request: AkinaiRequest, sku: Sku, form: forms.ReceiveForm | forms.CorrectForm, title: str, status: int = 422
) -> HttpResponse:
    """The form as typed, with what is wrong."""
    context = {"sku": sku, "form": form, "title": title, "next": _back(request, sku)}
    return render(request, "orders/stock_form.html", context, status=status)
