"""The page of one order and the fragments it asks for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.inventory import selectors as inventory
from akinai.backoffice.orders import cells, customers, forms, page, permissions, selectors, services
from akinai.backoffice.orders.page import Said
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.catalog.selectors import search_skus
from akinai.shop.customers.selectors import ids_of

MOST_SKUS = 8


@require_GET
@requires(permissions.VIEW)
def order(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The order."""
    return answer(request, order_id)


def answer(
    request: AkinaiRequest,
    order_id: int,
    *,
    bound: dict[str, forms.OrderForm] | None = None,
    said: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    """The order page, after a refusal with the form as it was typed."""
    context = page.full(request.actor, order_id, bound=bound, said=said)
    code = request.GET.get("same", "")[:100]
    if code and context["may_work"]:
        context["same_code"], context["same_count"] = code, page.same_code(context["order"], code)
    return render(request, "orders/order.html", context, status=status)


@require_GET
@requires(permissions.VIEW)
def promise(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The countdown in the head of the page, which asks for itself every minute (N-2)."""
    return HttpResponse(cells.promise(selectors.order_row(order_id), long=True))


@require_POST
@requires(permissions.VIEW)
def seen(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Remember who looked at the order first; the page asks for it by itself (R19)."""
    selectors.version_of(order_id)
    services.mark_seen(request.actor, order_id=order_id)
    return HttpResponse(status=204)


@require_GET
@requires(permissions.VIEW)
def of_customer(request: AkinaiRequest, customer_id: int) -> HttpResponse:
    """A customer's orders in numbers and the latest of them, with those of whoever was merged into them (AN-10)."""
    ids = ids_of(customer_id)
    context = {"orders": customers.latest(ids), "figures": customers.figures(ids), "customer_id": customer_id}
    return render(request, "orders/of_customer.html", context)


@require_GET
@requires(permissions.WORK)
def find_sku(request: AkinaiRequest) -> HttpResponse:
    """SKUs for the words typed so far, to choose one for an unknown item."""
    words = request.GET.get("q", "").strip()[:120].replace("\x00", "")
    skus = list(search_skus(words, active_only=True)[:MOST_SKUS]) if words else []
    free = inventory.free({s.pk for s in skus}) if skus else {}
    rows = [(sku, free[sku.pk]) for sku in skus]
    return render(request, "orders/parts/skus.html", {"rows": rows, "words": words})
