"""Settings of carrier files."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import carriers, permissions, services
from akinai.backoffice.fulfillment.forms import ContractForm
from akinai.backoffice.fulfillment.parcels import shop_sender
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out


@requires(permissions.SETTINGS)
def contract(request: AkinaiRequest) -> HttpResponse:
    """B2クラウド: billing codes, what labels say, another sender than the shop."""
    adapter = carriers.ADAPTERS["yamato_b2"]
    kept = carriers.config_of(adapter)
    form = ContractForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and carried_out(
        form, lambda: services.set_contract(request.actor, adapter=adapter.code, config=form.cleaned_data)
    ):
        toast(request, _("Kept."))
        return redirect("fulfillment:contract")
    problems = carriers.connect(adapter, kept).encode([]).problems
    context = {"form": form, "adapter": adapter, "problems": problems, "sender": shop_sender(kept)}
    return render(request, "fulfillment/contract.html", context, status=422 if request.method == "POST" else 200)
