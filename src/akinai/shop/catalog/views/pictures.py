"""Pictures of goods: shown to staff only, stored under random names."""

from __future__ import annotations

import re
from typing import Any, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog import permissions, selectors, services
from akinai.shop.catalog.forms import PictureForm
from akinai.shop.catalog.pictures import MOST_BYTES, TYPES
from akinai.shop.catalog.services.picturing import FOLDER

from .products import show

NAME = re.compile(r"[0-9a-f]{32}(?:_\w{7})?\.(\w{3,4})")


@requires(permissions.VIEW)
@require_GET
def picture(request: AkinaiRequest, name: str) -> HttpResponseBase:
    """The file. Nothing in it may run or load anything, whatever it is."""
    found = NAME.fullmatch(name)
    if found is None or found[1] not in TYPES or not default_storage.exists(f"{FOLDER}/{name}"):
        raise Http404
    with default_storage.open(f"{FOLDER}/{name}") as file:  # 5 MB at most, and a list shows fifty of them
        response = HttpResponse(file.read(), content_type=TYPES[found[1]])
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@requires(permissions.EDIT)
@require_POST
def picture_set(request: AkinaiRequest, product_id: int) -> HttpResponse:
    """Another picture for a product."""
    product = selectors.product(product_id)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        sent = cast("UploadedFile[Any]", form.cleaned_data["image"])
        try:
            services.set_picture(request.actor, product=product, data=sent.read(MOST_BYTES + 1))
        except BadInput as error:
            form.say(error)
        else:
            toast(request, _("Kept."))
            return redirect("catalog:product", product.pk)
    return show(request, product, picture=form, status=422)


@requires(permissions.EDIT)
@require_POST
def picture_remove(request: AkinaiRequest, product_id: int) -> HttpResponse:
    """No picture any more."""
    services.remove_picture(request.actor, product=selectors.product(product_id))
    toast(request, _("Removed."))
    return redirect("catalog:product", product_id)
