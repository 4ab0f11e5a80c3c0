"""Opening a case from an order (T24), and a closed order again (T29)."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue
from akinai.backoffice.returns import permissions, services
from akinai.backoffice.returns.forms import OpenForm, WordsForm
from akinai.backoffice.returns.models import Case
from akinai.backoffice.returns.states import Kind
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out


def _order(order_id: int) -> Order:
    order = Order.objects.select_related("store", "customer").filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order


@requires(permissions.WORK)
def open_case(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What comes back, how much, and why."""
    order, may_except = _order(order_id), request.actor.may(permissions.EXCEPT)
    data = request.POST if request.method == "POST" else None
    kind = request.GET.get("kind", "")
    form = OpenForm(
        data, order, left=services.returnable(order), may_except=may_except,
        kind=kind if kind in Kind.values else "",
    )  # fmt: skip
    made: list[Case] = []
    if data is not None and carried_out(form, lambda: made.append(_open(request, order, form))):
        toast(request, _("The case is opened."))
        return redirect("returns:case", made[0].pk)
    context = {"form": form, "order": order, "arrived": _arrived(order),
               "order_url": reverse("orders:order", args=[order.pk])}  # fmt: skip
    return render(request, "returns/open.html", context, status=200 if data is None else 422)


def _arrived(order: Order) -> dt.date | None:
    """The day the goods arrived, once it has come."""
    day = services.arrived_on(order)
    return day if day is not None and day <= clock.today() else None


def _open(request: AkinaiRequest, order: Order, form: OpenForm) -> Case:
    found = form.cleaned_data
    return services.open_case(
        request.actor, order_id=order.pk, kind=found["kind"], reason=found["reason"], quantities=form.quantities(),
        cause=found["cause"], shipment_id=form.shipment_id(), text=found["text"],
        exception=found.get("exception", ""), seen_version=found["version"],
    )  # fmt: skip


@requires(permissions.EXCEPT)
def reopen(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Open a closed order again (T29); asks why."""
    order = _order(order_id)
    data = request.POST if request.method == "POST" else None
    form = WordsForm(data)
    made: list[Case] = []
    if data is not None and carried_out(
        form, lambda: made.append(services.reopen(request.actor, order_id=order_id, text=form.cleaned_data["text"]))
    ):
        toast(request, _("The order is open again."))
        return redirect("returns:case", made[0].pk)
    context = {"form": form, "order": order, "is_closed": order.queue == Queue.DONE,
               "order_url": reverse("orders:order", args=[order.pk])}  # fmt: skip
    return render(request, "returns/reopen.html", context, status=200 if data is None else 422)
