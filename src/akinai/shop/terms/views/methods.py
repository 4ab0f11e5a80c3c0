"""Payment methods and their fees."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out
from akinai.shop.terms import permissions, selectors, services
from akinai.shop.terms.forms import FeeBandsForm, MethodForm
from akinai.shop.terms.models import PaymentMethod


@requires(permissions.VIEW)
@require_GET
def method_list(request: AkinaiRequest) -> HttpResponse:
    """Every payment method, those in use first, with the fees that hold today."""
    snapshot = selectors.snapshot()
    rows = [(row, snapshot.bands(row.code, clock.today())) for row in selectors.all_methods()]
    context = {"rows": rows, "may_edit": request.actor.may(permissions.EDIT)}
    return render(request, "terms/method_list.html", context)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def method_edit(request: AkinaiRequest, method_id: int | None = None) -> HttpResponse:
    """Add a payment method or change one."""
    method = PaymentMethod() if method_id is None else selectors.method_by_id(method_id)
    form = MethodForm(request.POST or None, instance=method)
    save = partial(services.save_method, request.actor, method_id=method_id)
    if request.method == "POST" and carried_out(form, lambda: save(changes=form.changes())):
        toast(request, _("Saved."))
        return redirect("terms:method_list")
    context = {"form": form, "method": method}
    return render(request, "terms/method_edit.html", context, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def method_fees(request: AkinaiRequest, method_id: int) -> HttpResponse:
    """A new table of fees from a day on."""
    method = selectors.method_by_id(method_id)
    kept = selectors.snapshot().bands(method.code, clock.today())
    form = FeeBandsForm(request.POST or None, kept=kept, initial={"effective_from": clock.today()})
    save = partial(services.set_fee_bands, request.actor, method_id=method_id)
    if request.method == "POST" and carried_out(
        form, lambda: save(bands=form.bands(), effective_from=form.cleaned_data["effective_from"])
    ):
        toast(request, _("Saved."))
        return redirect("terms:method_list")
    context = {"form": form, "method": method, "tables": selectors.fee_tables(method)}
    return render(request, "terms/method_fees.html", context, status=422 if request.method == "POST" else 200)
