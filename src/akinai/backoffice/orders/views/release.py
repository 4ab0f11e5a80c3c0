"""発売日の変更: which orders wait for a release, and moving them all in one action (ORD-60)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from akinai.backoffice.orders import forms, permissions, selectors, services
from akinai.foundation.core.errors import AkinaiError, BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.catalog.models import Sku


@require_http_methods(["GET", "HEAD", "POST"])
@requires(permissions.WORK)
def release(request: AkinaiRequest, sku_id: int) -> HttpResponse:
    """The orders that wait for these goods; with a new day and the reason they all follow."""
    sku = get_object_or_404(Sku.objects.select_related("product"), pk=sku_id)
    form = forms.ReleaseDateForm(request.POST or None, initial={"to": sku.release_on, "tell": True})
    if request.method != "POST" or not form.is_valid():
        return _page(request, sku, form, status=422 if request.method == "POST" else 200)
    try:
        moved = services.move_release_date(request.actor, sku_id=sku_id, **form.cleaned_data)
    except AkinaiError as error:
        name = error.field if isinstance(error, BadInput) and error.field in form.fields else None
        form.add_error(name, str(error))
        return _page(request, sku, form, status=error.status)
    sku.refresh_from_db()
    said = ngettext("%(n)d order follows.", "%(n)d orders follow.", len(moved)) % {"n": len(moved)}
    return render(request, "orders/release.html", {"sku": sku, "orders": moved, "said": said})


def _page(request: AkinaiRequest, sku: Sku, form: forms.ReleaseDateForm, status: int) -> HttpResponse:
    waiting = selectors.awaiting_release(sku.pk)
    context = {"sku": sku, "form": form, "orders": waiting[:500], "number": waiting.count()}
    return render(request, "orders/release.html", context, status=status)
