"""What becomes of parcels: typed by hand, read from a carrier's history, and a dispatch taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from akinai.backoffice.fulfillment import permissions, selectors, services
from akinai.backoffice.fulfillment.forms import HistoryForm, ParcelStateForm, ReasonForm
from akinai.backoffice.fulfillment.models import CarrierFile
from akinai.backoffice.fulfillment.services.history import ADAPTER, Arrival
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast

from .frame import steps
from .shipments import refused_form


@require_POST
@requires(permissions.WORK)
def state(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Say where the carrier has a parcel (T17, T18)."""
    selectors.shipment(shipment_id)
    form = ParcelStateForm(request.POST)
    if not form.is_valid():
        return refused_form(request, shipment_id, form, "state_form")
    data = form.cleaned_data
    try:
        services.note_tracking(
            request.actor, shipment_id=shipment_id, state=data["state"], on=data["on"], note=data["note"]
        )
    except AkinaiError as error:
        return refused_form(request, shipment_id, form, "state_form", error)
    toast(request, _("Kept."))
    return redirect("fulfillment:shipment", shipment_id)


@require_POST
@requires(permissions.UNDO)
def undo(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Undo a dispatch of today (T16)."""
    selectors.shipment(shipment_id)
    form = ReasonForm(request.POST, prefix="undo")
    if not form.is_valid():
        return refused_form(request, shipment_id, form, "undo_form")
    try:
        _shipment, warnings = services.undo_dispatch(
            request.actor, shipment_id=shipment_id, reason=form.cleaned_data["reason"]
        )
    except AkinaiError as error:
        return refused_form(request, shipment_id, form, "undo_form", error)
    toast(request, _("The dispatch is undone. The box is among the packed ones again."))
    for warning in warnings:
        toast(request, warning, tone="warn")
    return redirect("fulfillment:shipment", shipment_id)


@requires(permissions.WORK)
def history(request: AkinaiRequest) -> HttpResponse:
    """Where a carrier's history file is dropped; with POST it is read, and each row shown before anything is kept."""
    form = HistoryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept = services.history_in(request.actor, data=upload.read(), name=upload.name)
        except BadInput as error:
            form.say(error)
        else:
            return redirect("fulfillment:history_file", kept.pk)
    context = {"form": form, **steps(request, "all")}
    return render(request, "fulfillment/history.html", context, status=422 if request.method == "POST" else 200)


@requires(permissions.WORK)
def history_file(request: AkinaiRequest, file_id: int) -> HttpResponse:
    """What each row of a history file would do; with POST it is done, row by row."""
    kept = CarrierFile.objects.filter(pk=file_id, adapter=ADAPTER).first()
    if kept is None:
        raise NotFound(_("There is no such file."))
    if request.method == "POST":
        try:
            taken = sum(r.outcome == "good" for r in services.apply_history(request.actor, file_id=file_id))
        except AkinaiError as refused:
            toast(request, refused.sentence, tone="warn")
        else:
            said = ngettext("%(n)d parcel brought up to date.", "%(n)d parcels brought up to date.", taken)
            toast(request, said % {"n": taken})
        return redirect("fulfillment:history_file", file_id)
    rows = [Arrival(**row) for row in kept.results]
    counts = {outcome: sum(r.outcome == outcome for r in rows) for outcome in ("good", "bad")}
    context = {"kept": kept, "rows": rows, **counts, **steps(request, "all")}
    return render(request, "fulfillment/history_file.html", context)
