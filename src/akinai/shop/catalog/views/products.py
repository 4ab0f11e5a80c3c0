"""Products: list, add, change."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog import permissions, selectors, services
from akinai.shop.catalog.forms import PictureForm, ProductForm
from akinai.shop.catalog.models import Product
from akinai.shop.catalog.states import TaxClass
from akinai.shop.catalog.tables import ProductTable

FIELDS = (
    "name",
    "code",
    "tax_class",
    "temperature",
    "is_fragile",
    "is_alcohol",
    "never_resell",
    "packing_note",
    "note",
)


@requires(permissions.VIEW)
@require_GET
def product_list(request: AkinaiRequest) -> HttpResponse:
    """All products."""
    table = ProductTable.for_request(request, selectors.listed_products())
    may_edit = request.actor.may(permissions.EDIT)
    return table.respond(request, "catalog/product_list.html", {"may_edit": may_edit})


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def product_new(request: AkinaiRequest) -> HttpResponse:
    """A new product; its first SKU is asked for next."""
    form = ProductForm(request.POST or None, initial={"tax_class": TaxClass.STANDARD})
    if request.method == "POST" and form.is_valid():
        try:
            product = services.save_product(request.actor, facts=form.facts())
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Kept. Now its first SKU."))
            return redirect("catalog:sku_new", product.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/product_new.html", {"form": form}, status=status)


@requires(permissions.VIEW)
@require_http_methods(["GET", "POST"])
def product_page(request: AkinaiRequest, product_id: int) -> HttpResponse:
    """A product with its SKUs and its picture."""
    product = selectors.product(product_id)
    form = ProductForm(request.POST or None, initial={name: getattr(product, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid() and _may_save(request, form):
        try:
            services.save_product(request.actor, product=product, facts=form.facts())
        except (BadInput, Refused) as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("catalog:product", product.pk)
    return show(request, product, form=form, status=422 if request.method == "POST" else 200)


def show(
    request: AkinaiRequest,
    product: Product,
    *,
    form: ProductForm | None = None,
    picture: PictureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a product, with forms as they were sent."""
    shown = form or ProductForm(initial={name: getattr(product, name) for name in FIELDS})
    context = {
        "product": product,
        "skus": list(product.skus.all()),
        "form": shown,
        "picture_form": picture or PictureForm(),
        "may_edit": request.actor.may(permissions.EDIT),
    }
    return render(request, "catalog/product.html", context, status=status)


def _may_save(request: AkinaiRequest, form: ProductForm) -> bool:
    """Who may look may not change: the page is one, the right is another."""
    if request.actor.may(permissions.EDIT):
        return True
    form.say(Refused(_("You may look at products, not change them.")))
    return False
