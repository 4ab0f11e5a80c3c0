"""Carriers and their services."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out
from akinai.shop.terms import permissions, selectors, services
from akinai.shop.terms.forms import CarrierForm, ServiceForm, WindowsForm
from akinai.shop.terms.models import DeliveryService


@requires(permissions.VIEW)
@require_GET
def service_list(request: AkinaiRequest) -> HttpResponse:
    """Every carrier with its services."""
    context = {"carriers": selectors.carriers_with_services(), "may_edit": request.actor.may(permissions.EDIT)}
    return render(request, "terms/service_list.html", context)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def service_edit(request: AkinaiRequest, service_id: int | None = None) -> HttpResponse:
    """Add a delivery service or change one."""
    service = DeliveryService() if service_id is None else selectors.service_by_id(service_id)
    form = ServiceForm(request.POST or None, instance=service)
    save = partial(services.save_service, request.actor, service_id=service_id)
    if request.method == "POST" and carried_out(form, lambda: save(changes=form.changes())):
        toast(request, _("Saved."))
        return redirect("terms:service_list")
    sizes = list(service.sizes.all()) if service.pk else []
    context = {"form": form, "service": service, "sizes": sizes}
    return render(request, "terms/service_edit.html", context, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def carrier_edit(request: AkinaiRequest, carrier_id: int) -> HttpResponse:
    """Pickups, tracking page and label of a carrier."""
    form = CarrierForm(request.POST or None, instance=selectors.carrier_by_id(carrier_id))
    save = partial(services.save_carrier, request.actor, carrier_id=carrier_id)
    if request.method == "POST" and carried_out(form, lambda: save(changes=form.changes())):
        toast(request, _("Saved."))
        return redirect("terms:service_list")
    return _carrier_page(request, carrier_id, form=form, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_POST
def carrier_windows(request: AkinaiRequest, carrier_id: int) -> HttpResponse:
    """Which time windows a carrier has."""
    form = WindowsForm(request.POST, kept={})
    save = partial(services.set_windows, request.actor, carrier_id=carrier_id)
    if carried_out(form, lambda: save(codes=form.codes())):
        toast(request, _("Saved."))
        return redirect("terms:carrier_edit", carrier_id)
    return _carrier_page(request, carrier_id, windows=form, status=422)


def _carrier_page(
    request: AkinaiRequest,
    carrier_id: int,
    *,
    form: CarrierForm | None = None,
    windows: WindowsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    carrier = selectors.carrier_by_id(carrier_id)
    kept = selectors.snapshot().windows.get(carrier.code, {})
    context = {
        "carrier": carrier,
        "form": form or CarrierForm(instance=carrier),
        "windows": windows or WindowsForm(kept=dict(kept)),
    }
    return render(request, "terms/carrier_edit.html", context, status=status)
