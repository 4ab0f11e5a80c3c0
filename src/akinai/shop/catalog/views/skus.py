"""SKUs: add, change, and what stores call them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog import permissions, selectors, services
from akinai.shop.catalog.forms import CodeForm, SkuForm
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.states import Supply


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def sku_new(request: AkinaiRequest, product_id: int) -> HttpResponse:
    """A new SKU of a product."""
    product = selectors.product(product_id)
    first = {"is_active": True, "safety": 0, "supply": Supply.STOCK}
    if not product.skus.all():
        first["code"] = product.code
    form = SkuForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_sku(request.actor, product=product, facts=form.facts())
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("catalog:product", product.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/sku_new.html", {"form": form, "product": product}, status=status)


@requires(permissions.VIEW)
@require_http_methods(["GET", "POST"])
def sku_page(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """A SKU."""
    sku = selectors.sku(sku_id)
    form = _form(sku, request)
    if request.method == "POST" and form.is_valid():
        try:
            if not request.actor.may(permissions.EDIT):
                raise Refused(_("You may look at products, not change them."))
            services.save_sku(request.actor, product=sku.product, sku=sku, facts=form.facts())
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("catalog:sku", sku.pk)
    return _show(request, sku, form=form, status=422 if request.method == "POST" else 200)


@requires(permissions.EDIT)
@require_POST
def code_add(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """A store's code means this SKU from now on (INV-91)."""
    sku = selectors.sku(sku_id)
    form = CodeForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.map_store_code(
                request.actor, store_id=told["store"].pk, code=told["code"], sku_id=sku.pk, quantity=told["quantity"]
            )
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("catalog:sku", sku.pk)
    return _show(request, sku, codes=form, status=422)


@requires(permissions.EDIT)
@require_POST
def code_remove(request: AkinaiRequest, code_id: int) -> HttpResponse:
    """A store's code means nothing any more."""
    sku = services.unmap_store_code(request.actor, code_id=code_id)
    toast(request, _("Removed."))
    return redirect("catalog:sku", sku.pk)


def _form(sku: Sku, request: AkinaiRequest | None = None) -> SkuForm:
    data = request.POST if request is not None and request.method == "POST" else None
    return SkuForm(data, initial={name: getattr(sku, name) for name in SkuForm.base_fields})


def _show(
    request: AkinaiRequest, sku: Sku, *, form: SkuForm | None = None, codes: CodeForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "sku": sku,
        "form": form or _form(sku),
        "code_form": codes or CodeForm(),
        "store_codes": selectors.store_codes(sku.pk),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    return render(request, "catalog/sku.html", context, status=status)
