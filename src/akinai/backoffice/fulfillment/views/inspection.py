"""検品: the full-screen page for scanner and gloves. Plain forms; a small script adds sound and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from akinai.backoffice.fulfillment import permissions, selectors, services
from akinai.backoffice.fulfillment.forms import CountForm, ParcelsForm, ReasonForm
from akinai.backoffice.fulfillment.models import Shipment, ShipmentLine
from akinai.backoffice.fulfillment.pages import packing_note, without_prices
from akinai.backoffice.fulfillment.scanning import differing, expected_line
from akinai.backoffice.fulfillment.states import SCANNABLE
from akinai.backoffice.fulfillment.types.inspection import TAKEN, ScanResult
from akinai.backoffice.orders.states import Stage
from akinai.foundation.core.errors import AkinaiError, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.money import yen
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog.models import Sku


@dataclass(frozen=True, slots=True)
class PackingNote:
    """A line of 包み方: what a packer must mind."""

    icon: str
    head: str
    text: str = ""


def _code_of(request: AkinaiRequest) -> str:
    """What the scanner sent; one that stumbles sends what no database can hold."""
    return request.POST.get("code", "").replace("\x00", "")


@requires(permissions.WORK)
def inspect(request: AkinaiRequest) -> HttpResponse:
    """Where inspection begins: scan a slip, or take the next box."""
    code = _code_of(request)
    if request.method == "POST":
        found = selectors.by_number(code)
        if found is not None:
            return redirect("fulfillment:inspect_box", found.pk)
    waiting = selectors.next_to_inspect()
    if request.method == "POST" and not code.strip() and waiting:  # Enter alone takes the box on top
        return redirect("fulfillment:inspect_box", waiting[0].pk)
    context = {"waiting": waiting, "pace": selectors.pace(), "code": code, "unknown": request.method == "POST"}
    return render(request, "fulfillment/inspect_start.html", context, status=422 if context["unknown"] else 200)


@requires(permissions.WORK)
def inspect_box(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """One box on the table; a POST is one scan: of goods, or of the next slip."""
    if request.method != "POST":
        return _page(request, shipment_id)
    code = _code_of(request).strip()
    other = selectors.by_number(code)
    if other is not None:
        return _other_slip(request, shipment_id, other)
    if not code:
        return _page(request, shipment_id)
    take_over = request.POST.get("take_over") == "1"
    return _page(request, shipment_id, services.scan(
        request.actor, shipment_id=shipment_id, code=code, take_over=take_over
    ))  # fmt: skip


def _other_slip(request: AkinaiRequest, shipment_id: int, other: Shipment) -> HttpResponse:
    """A slip instead of goods: the next box, unless this one has been begun and is not complete."""
    here = selectors.shipment(shipment_id)
    begun = here.stage == Stage.PICKING and here.scanned_pieces and here.scanned_pieces < here.pieces  # type: ignore[attr-defined]
    if other.pk == shipment_id or not begun or request.POST.get("leave") == "1":
        return _go(request, reverse("fulfillment:inspect_box", args=[other.pk]))
    title = _("This box is not complete yet")
    detail = _("Finish it first, or leave it with Esc. The slip you scanned is %(number)s.") % {"number": other.number}
    return _page(request, shipment_id, ScanResult("wrong_item", other.number, title, detail))


def _go(request: AkinaiRequest, url: str) -> HttpResponse:
    """To another box; the script follows the header, a browser without it the redirect."""
    if request.headers.get("X-Inspection"):
        response = HttpResponse(status=204)
        response["X-Go"] = url
        return response
    return redirect(url)


@require_POST
@requires(permissions.WORK)
def inspect_undo(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """Backspace: the last piece out again."""
    try:
        return _page(request, shipment_id, services.undo_scan(request.actor, shipment_id=shipment_id))
    except Refused as refused:
        return _page(request, shipment_id, _refusal(refused))


@require_POST
@requires(permissions.COUNT)
def inspect_count(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """F2: how many of the item in hand are in the box."""
    form = CountForm(request.POST)
    if not form.is_valid():
        first = str(next(iter(form.errors.values()))[0])
        return _page(request, shipment_id, ScanResult("unknown", "", _("This count cannot be read"), first))
    try:
        result = services.enter_count(
            request.actor, shipment_id=shipment_id, line_id=form.cleaned_data["line"],
            counted=form.cleaned_data["counted"],
        )  # fmt: skip
    except AkinaiError as error:
        result = _refusal(error)
    return _page(request, shipment_id, result)


@require_POST
@requires(permissions.OVERRIDE)
def inspect_pass(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """A manager lets the box through, with a reason (R69)."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, shipment_id, ScanResult("unknown", "", _("Write why this box may pass without a scan.")))
    try:
        services.pass_inspection(request.actor, shipment_id=shipment_id, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return _page(request, shipment_id, _refusal(refused))
    return _page(request, shipment_id, ScanResult("passed", "", _("Passed"), is_complete=True))


@require_POST
@requires(permissions.WORK)
def inspect_pack(request: AkinaiRequest, shipment_id: int) -> HttpResponse:
    """The box is closed, as so many parcels."""
    form = ParcelsForm(request.POST)
    if not form.is_valid():
        return _page(request, shipment_id, ScanResult("unknown", "", _("The number of pieces must be 1 to 99.")))
    try:
        box = services.pack(request.actor, shipment_id=shipment_id, parcels=form.cleaned_data["parcels"])
    except AkinaiError as error:
        return _page(request, shipment_id, _refusal(error))
    toast(request, _("%(number)s is packed.") % {"number": box.number})
    return redirect("fulfillment:inspect")


def _refusal(error: AkinaiError) -> ScanResult:
    reasons = getattr(error, "reasons", [error.sentence])
    return ScanResult("stopped", "", _("This was not done"), " ".join(str(r) for r in reasons))


def _page(request: AkinaiRequest, shipment_id: int, result: ScanResult | None = None) -> HttpResponse:
    """The box with the answer to the last scan; for the script only what changes."""
    context = box_context(request, shipment_id, result)
    part = "fulfillment/inspect_box.html#box" if request.headers.get("X-Inspection") else "fulfillment/inspect_box.html"
    status = 200 if result is None or result.is_good else 422
    response = render(request, part, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def box_context(request: AkinaiRequest, shipment_id: int, result: ScanResult | None = None) -> dict[str, Any]:
    """Everything the screen of a box shows."""
    box = selectors.shipment(shipment_id)
    lines = selectors.lines_of(shipment_id)
    now = _now(lines, result)
    wrong = _scanned(result)
    return {
        "box": box,
        "lines": lines,
        "now": now,
        "wanted": expected_line(lines, now.pk if now else None),
        "result": result,
        "band": _band(box, lines, result),
        "taken": result is not None and result.outcome == TAKEN,
        "wrong": wrong if result and result.outcome == "wrong_item" and wrong else None,
        "runs": _runs(wrong, now),
        "notes": packing_notes(box, lines),
        "kinds": len(lines),
        "pieces": sum(line.pieces for line in lines),
        "is_complete": box.stage in (Stage.INSPECTED, Stage.PACKED) and not box.order.stopped,
        "can_scan": box.stage in SCANNABLE,
        "may_count": request.actor.may(permissions.COUNT),
        "may_pass": request.actor.may(permissions.OVERRIDE),
        "pace": selectors.pace(),
    }


def _now(lines: list[ShipmentLine], result: ScanResult | None) -> ShipmentLine | None:
    """The item in the middle of the screen: what was counted just now, else what is expected."""
    if result is not None and result.line_id is not None and result.outcome in ("ok", "undone", "too_many"):
        return next((line for line in lines if line.pk == result.line_id), None)
    return expected_line(lines, result.line_id if result else None) or (lines[-1] if lines else None)


def _scanned(result: ScanResult | None) -> Sku | None:
    if result is None or result.sku_id is None:
        return None
    return Sku.objects.select_related("product").filter(pk=result.sku_id).first()


def _runs(wrong: Sku | None, now: ShipmentLine | None) -> dict[str, list[tuple[str, bool]]]:
    """Both codes in runs, so that the differing digits can be underlined; JANs if both have one."""
    if wrong is None or now is None:
        return {}
    mine, theirs = (wrong.jan, now.sku.jan) if wrong.jan and now.sku.jan else (wrong.code, now.sku.code)
    return {"wrong": differing(mine, theirs), "right": differing(theirs, mine)}


def _band(box: Shipment, lines: list[ShipmentLine], result: ScanResult | None) -> dict[str, str]:
    """The band across the screen: colour, icon, words, a word for the far end, and the sound."""
    if result is not None:
        if not result.is_good:
            icon = "hand-stop" if result.outcome == "stopped" else "alert-octagon"
            return _words("bad", icon, result.title, result.detail, "NG", "bad")
        done = result.is_complete
        return _words("good", "circle-check", result.title, result.detail, _("Done") if done else "OK",
                      "done" if done else "good")  # fmt: skip
    if box.order.stopped:
        return _words("bad", "hand-stop", _("Stop. Do not ship"), _("Look at the order before going on."), "NG", "")
    if box.stage == Stage.VOID:
        return _words("bad", "hand-stop", _("Stop. Do not ship"), box.void_reason, "NG", "")
    if box.stage in (Stage.INSPECTED, Stage.PACKED):
        return _words(
            "good", "circle-check", _("Everything is in"), _("Close the box and scan the next slip."), "OK", ""
        )
    if box.stage not in SCANNABLE:
        return _words("idle", "truck", str(box.get_stage_display()), "", "", "")
    left = sum(line.left for line in lines)
    return _words("idle", "scan", _("Scan the first item"), _("%(count)d pieces to scan") % {"count": left}, "", "")


def _words(look: str, icon: str, title: object, detail: object, far: str, sound: str) -> dict[str, str]:
    return {"look": look, "icon": icon, "title": str(title), "detail": str(detail), "far": far, "sound": sound}


def _names(lines: list[ShipmentLine]) -> str:
    return "、".join(line.sku.title for line in lines)


def packing_notes(box: Shipment, lines: list[ShipmentLine]) -> list[PackingNote]:
    """包み方 (R70): fragile goods, gifts, papers that must not be in the box, notes of goods and order."""
    order, found = box.order, []
    fragile = [line for line in lines if line.sku.product.is_fragile]
    if fragile:
        found.append(PackingNote("alert-triangle", pgettext("picking", "Fragile"), _names(fragile)))
    for line in lines:
        if note := packing_note(line):
            found.append(PackingNote("package", line.sku.title, note))
    if order.is_gift:
        found.append(PackingNote("gift", pgettext("picking", "Gift"), order.gift_note))
    if without_prices(order):
        found.append(PackingNote("receipt", _("No prices in the box"), _("Only the note without prices")))
    if box.cod_amount:
        found.append(PackingNote("cash", _("Cash on delivery"), _("%(amount)s yen") % {"amount": yen(box.cod_amount)}))
    if order.warehouse_note:
        found.append(PackingNote("note", _("Note"), order.warehouse_note))
    return found
