"""Products from and to files."""

from __future__ import annotations

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular import Unencodable, write_csv
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog import columns, permissions, services
from akinai.shop.catalog.forms import FileForm
from akinai.shop.catalog.models import Sku

#: a file beyond this is refused by `tabular` with a sentence; no more of it is read
MOST_BYTES = 20_000_001


@requires(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def import_file(request: AkinaiRequest) -> HttpResponse:
    """Read a file: only look at it first (`check`), or take it in. All of it or nothing."""
    form = FileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "columns": columns.COLUMNS}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = cast("UploadedFile[Any]", form.cleaned_data["file"])
            dry_run = "check" in request.POST
            data = sent.read(MOST_BYTES)
            result = services.import_products(request.actor, data=data, filename=sent.name or "", dry_run=dry_run)
            if result.done:
                told = {"added": result.created, "changed": result.changed, "same": result.unchanged}
                toast(request, _("%(added)s SKUs added, %(changed)s changed, %(same)s as they were.") % told)
                return redirect("catalog:product_list")
            context["result"] = result
            status = 422 if result.refused else 200
    return render(request, "catalog/import.html", context, status=status)


@requires(permissions.VIEW)
@require_GET
def export(request: AkinaiRequest) -> HttpResponse:
    """All SKUs as a file that can be read in again; characters the encoding lacks are shown before."""
    encoding = "utf-8-sig" if request.GET.get("encoding") == "utf-8" else "cp932"
    skus = Sku.objects.select_related("product").order_by("product__code", "code")
    try:
        data = write_csv(columns.lines(skus), columns.headings(), encoding=encoding)
    except Unencodable as problem:
        return render(request, "catalog/unencodable.html", {"problem": problem}, status=422)
    response = HttpResponse(data, content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="products.csv"'
    return response
