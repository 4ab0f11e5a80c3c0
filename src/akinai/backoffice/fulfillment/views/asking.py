"""The page a buyer answers on: no account, nothing but the signed link, works on a telephone (N-16)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from akinai.backoffice.fulfillment import bundles, services
from akinai.backoffice.fulfillment.answers import bundle_id_of
from akinai.backoffice.fulfillment.models import Bundle
from akinai.backoffice.fulfillment.services.asking import is_open
from akinai.backoffice.fulfillment.states import BundleState
from akinai.foundation.core.errors import AkinaiError, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public
from akinai.shop.stores import selectors as stores

#: What was answered, as the page says it afterwards.
AGREED = (BundleState.OPEN, BundleState.SENT)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def answer(request: AkinaiRequest, token: str) -> HttpResponse:
    """Shows what is asked; decides only by a button, so that nothing that looks at links answers for the buyer."""
    bundle_id = bundle_id_of(token)
    if bundle_id is None:
        return _page(
            request, None, said=_("This link is not valid. Please copy the whole address from the mail."), status=404
        )
    try:
        made = bundles.bundle_by_id(bundle_id)
        wish = request.POST.get("wish", "")
        if request.method == "POST" and wish in ("yes", "no"):
            made = services.answer(bundle_id=bundle_id, agreed=wish == "yes")
    except NotFound as error:
        return _page(request, None, said=str(error.sentence), status=404)
    except AkinaiError as error:
        return _page(request, bundles.bundle_by_id(bundle_id), said=str(error.sentence), status=409)
    return _page(request, made)


def _page(request: AkinaiRequest, made: Bundle | None, *, said: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"said": said, "shop": stores.snapshot().shop}
    if made is not None:
        found = bundles.in_bundle(made)
        context |= {
            "bundle": made,
            "orders": [(order.store_number, order.ordered_at, bundles.goods_in(order)) for order in found],
            "saved": bundles.saved_by(found),
            "delay": bundles.delay_days(found),
            "open": is_open(made) and not said,
            "agreed": made.answered_at is not None and made.state in AGREED,
            "declined": made.state == BundleState.REFUSED,
            "over": made.answered_at is None and not is_open(made),
        }
    response = render(request, "fulfillment/answer.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
