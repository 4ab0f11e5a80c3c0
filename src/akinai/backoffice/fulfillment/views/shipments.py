"""All shipments, the page of one, its papers, and taking printed ones back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.fulfillment import permissions, selectors, services
from akinai.backoffice.fulfillment.forms import (
    CancelForm,
    ParcelsForm,
    ParcelStateForm,
    ReasonForm,
    SpokenForm,
    TrackingForm,
)
from akinai.backoffice.fulfillment.services.papers import print_note, print_picking
from akinai.backoffice.fulfillment.services.tracking import NUMBERED
from akinai.backoffice.fulfillment.states import SCANNABLE, TRACKING_LOOK, UNDER_WAY
from akinai.backoffice.fulfillment.tables import ShipmentTable, order_url
from akinai.backoffice.orders import permissions as order_permissions
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import IN_WORK, Stage
from akinai.foundation.core import clock
from akinai.foundation.core.errors import AkinaiError, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.documents.pdf import Rendered
from akinai.foundation.ui.toasts import toast
from akinai.shop.terms import selectors as terms

from .frame import steps

LATEST_SCANS = 50


@require_GET
@requires(permissions.VIEW)
def shipment_list(request: AkinaiRequest) -> HttpResponse:
    """Every shipment, to be filtered and found."""
    table = ShipmentTable.for_request(request, selectors.shipment_rows())
    return table.respond(request, "fulfillment/shipment_list.html", steps(request, "all"))


@require_GET
@requires(permissions.VIEW)
def shipment(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """One shipment: goods, numbers, papers, scans."""
    return render(request, "fulfillment/shipment.html", shipment_context(request, shipment_id))


def shipment_context(request: AkinaiRequest, shipment_id: int, **forms: Any) -> dict[str, Any]:
    """What the page of a shipment shows; `tracking`, `parcels`, `again` are forms that were refused."""
    box = selectors.shipment(shipment_id)
    carrier = terms.snapshot().services[box.service.code].carrier
    numbers = [t.number for t in box.tracking.all()]
    may = request.actor.may(permissions.WORK)
    return {
        "box": box,
        "lines": selectors.lines_of(shipment_id),
        "tracking": [(n, carrier.tracking_page(n)) for n in numbers],
        "scans": box.scans.select_related("sku").order_by("-id")[:LATEST_SCANS],
        "order_url": order_url(box.order_id),
        "tracking_form": TrackingForm(initial={"numbers": "\n".join(numbers)}),
        "parcels_form": ParcelsForm(initial={"parcels": box.parcels}),
        "again_form": ReasonForm(prefix="again"),
        "state_form": ParcelStateForm(initial={"state": box.tracking_state, "on": clock.today()}),
        "undo_form": ReasonForm(prefix="undo"),
        "can_track": may and box.stage in UNDER_WAY,
        "can_undo": request.actor.may(permissions.UNDO) and not services.obstacles_to_undo(box),
        "tracking_look": TRACKING_LOOK.get(box.tracking_state),
        "can_number": may and box.stage in NUMBERED,
        "can_pack": may and box.stage in (Stage.INSPECTED, Stage.PACKED),
        "can_scan": may and box.stage in SCANNABLE,
        "may_pull_back": box.stage in IN_WORK and request.actor.may(permissions.PULL_BACK),
        "may_cancel": box.stage in IN_WORK and request.actor.may(order_permissions.CANCEL),
        "is_void": box.stage == Stage.VOID,
        **steps(request, "all"),
        **forms,
    }


def refused_form(
    request: AkinaiRequest, shipment_id: int, form: SpokenForm, name: str, error: AkinaiError | None = None
) -> HttpResponse:
    """The page again with what was typed and why not."""
    if error is not None:
        form.say(error)
    status = error.status if error is not None else 422
    context = shipment_context(request, shipment_id, **{name: form})
    return render(request, "fulfillment/shipment.html", context, status=status)


@require_POST
@requires(permissions.WORK)
def tracking(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Type the numbers by hand (R72); an empty field takes them off."""
    had = bool(selectors.shipment(shipment_id).tracking.all())
    form = TrackingForm(request.POST)
    if form.is_valid() and not form.cleaned_numbers() and not had:
        form.add_error("numbers", _("The tracking number is empty."))
    if not form.is_valid():
        return refused_form(request, shipment_id, form, "tracking_form")
    numbers = form.cleaned_numbers()
    try:
        warnings = services.set_tracking(request.actor, shipment_id=shipment_id, numbers=numbers)
    except AkinaiError as error:
        return refused_form(request, shipment_id, form, "tracking_form", error)
    for warning in warnings:
        toast(request, warning, tone="warn")
    if not warnings:
        toast(request, _("The tracking number is kept.") if numbers else _("The tracking number is taken off."))
    return redirect("fulfillment:shipment", shipment_id)


@require_POST
@requires(permissions.WORK)
def pack(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Packed, or the number of parcels corrected."""
    was_packed = selectors.shipment(shipment_id).stage == Stage.PACKED
    form = ParcelsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, shipment_id, form, "parcels_form")
    try:
        services.pack(request.actor, shipment_id=shipment_id, parcels=form.cleaned_data["parcels"])
    except AkinaiError as error:
        return refused_form(request, shipment_id, form, "parcels_form", error)
    toast(request, _("The number of pieces is corrected.") if was_packed else _("The box is packed."))
    return redirect("fulfillment:shipment", shipment_id)


@require_POST
@requires(permissions.WORK)
def inspect_again(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Empty the box and inspect it anew."""
    selectors.shipment(shipment_id)
    form = ReasonForm(request.POST, prefix="again")
    if not form.is_valid():
        return refused_form(request, shipment_id, form, "again_form")
    try:
        services.undo_inspection(request.actor, shipment_id=shipment_id, reason=form.cleaned_data["reason"])
    except AkinaiError as error:
        return refused_form(request, shipment_id, form, "again_form", error)
    return redirect("fulfillment:inspect_box", shipment_id)


@require_GET
@requires(permissions.VIEW)
def note_pdf(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """The delivery note of one shipment, made now."""
    return _pdf(print_note(shipment_id), f"{selectors.shipment(shipment_id).number}-note.pdf")


@require_GET
@requires(permissions.VIEW)
def picking_pdf(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """The picking list of one shipment, made now."""
    return _pdf(print_picking(shipment_id), f"{selectors.shipment(shipment_id).number}-picking.pdf")


def _pdf(rendered: Rendered, name: str) -> HttpResponse:
    response = HttpResponse(rendered.pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


@requires(permissions.PULL_BACK)
def pull_back(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Void the papers of an order so that it can be edited (ORD-40); asks why first."""
    order = _order(order_id)
    sent = "reason" in request.POST
    form = ReasonForm(request.POST if sent else None, initial={"version": request.POST.get("version") or order.version})
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            services.pull_back(request.actor, order_id=order_id, reason=data["reason"], seen_version=data["version"])
        except AkinaiError as error:
            return _ask(request, order, form, "pull_back", error)
        toast(request, _("The shipment is pulled back. Put the goods back on the shelf."))
        return redirect(order_url(order_id) or "fulfillment:waiting")
    return _ask(request, order, form, "pull_back", status=422 if sent else 200)


@requires(order_permissions.CANCEL)
def cancel_and_pull_back(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Cancel an order whose papers are printed (ORD-12); asks why first."""
    order = _order(order_id)
    sent = "reason" in request.POST
    form = CancelForm(request.POST if sent else None, initial={"version": request.POST.get("version") or order.version})
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            services.cancel_and_pull_back(
                request.actor, order_id=order_id, reason=data["reason"], note=data["note"],
                seen_version=data["version"],
            )  # fmt: skip
        except AkinaiError as error:
            return _ask(request, order, form, "cancel", error)
        toast(request, _("The order is cancelled. Take the box from the table and put the goods back."))
        return redirect(order_url(order_id) or "fulfillment:waiting")
    return _ask(request, order, form, "cancel", status=422 if sent else 200)


def _order(order_id: int) -> Order:
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order


def _ask(
    request: AkinaiRequest, order: Order, form: SpokenForm, what: str, error: AkinaiError | None = None, *,
    status: int = 422,
) -> HttpResponse:  # fmt: skip
    """The page that asks for a reason, with what stands against it."""
    if error is not None:
        form.say(error)
        status = error.status
        form.data = {**form.data.dict(), "version": str(_order(order.pk).version)}  # type: ignore[attr-defined]
    context = {
        "order": order, "form": form, "what": what, "shipments": selectors.of_order(order.pk),
        "back": order_url(order.pk) or reverse("fulfillment:waiting"), **steps(request, "waiting"),
    }  # fmt: skip
    return render(request, "fulfillment/ask.html", context, status=status)


@require_GET
@requires(permissions.VIEW)
def panel(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """The shipments of an order, for its page."""
    order = _order(order_id)
    found = selectors.of_order(order_id)
    pages = terms.snapshot()
    rows = [
        (s, [(t.number, pages.services[s.service.code].carrier.tracking_page(t.number)) for t in s.tracking.all()])
        for s in found
    ]
    in_work = any(s.stage in IN_WORK for s in found)
    may = in_work and request.actor.may(permissions.PULL_BACK)
    context = {"order": order, "rows": rows, "may_pull_back": may}
    return render(request, "fulfillment/panel.html", context)
