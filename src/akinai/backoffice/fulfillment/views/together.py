"""分割・分納・同梱 of one order, from its page; and the list of what waits for each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.backoffice.fulfillment import bundles, declared, permissions, services
from akinai.backoffice.fulfillment.forms import DivideForm, PartsForm
from akinai.backoffice.fulfillment.models import PartPlan
from akinai.backoffice.fulfillment.services.together import bundle_of
from akinai.backoffice.orders import permissions as order_permissions
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order, OrderPart
from akinai.backoffice.orders.states import Cancel, ShipPolicy
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores import settings

from .frame import steps


def _order(order_id: int) -> Order:
    found = Order.objects.select_related("store", "payment_method").filter(pk=order_id).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


@require_GET
@requires(permissions.VIEW)
def panel(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What the order was divided into, ships with, or could ship with; for its page."""
    return render(request, "fulfillment/together.html", panel_context(request, _order(order_id)))


def panel_context(request: AkinaiRequest, order: Order) -> dict[str, Any]:
    """The context of the panel: parts, bundle, candidates, and what may be done now."""
    lines = list(order.lines.all())
    made = bundle_of(order.pk)
    open_now = order.cancel == Cancel.NONE and not order.is_history and order.shipped_at is None
    editable = open_now and not order.in_work
    may = request.actor.may(order_permissions.WORK)
    part_of = OrderPart.objects.select_related("order").filter(part=order, undone_at__isnull=True).first()
    can_part = editable and any(line.short for line in lines) and any(line.allocated for line in lines)
    return {
        "order": order,
        "parts": OrderPart.objects.select_related("part").filter(order=order, undone_at__isnull=True),
        "part_of": part_of,
        "bundle": made,
        "members": bundles.in_bundle(made) if made else [],
        "candidates": bundles.candidates(order) if editable and made is None else [],
        "plan": PartPlan.objects.filter(order=order).first(),
        "is_partial": order.ship_policy == ShipPolicy.PARTIAL,
        "can_divide": may and editable and part_of is None and sum(line.remaining for line in lines) > 1,
        "can_part": may and can_part and made is None,
        "may": may,
        "editable": editable,
        "parts_form": PartsForm(initial={"version": order.version, "rule": settings.value(declared.PART_FEES)}),
    }


@requires(order_permissions.WORK)
def divide(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Choose what moves to an order of its own (ORD-52)."""
    order = _order(order_id)
    lines = [line for line in order.lines.all() if line.remaining > 0]
    sent = request.method == "POST" and "reason" in request.POST
    form = DivideForm(request.POST if sent else None, lines=lines, version=order.version)
    if sent and form.is_valid():
        try:
            part = orders.split_order(
                request.actor, order_id=order_id, quantities=form.quantities(), reason=form.cleaned_data["reason"],
                seen_version=form.cleaned_data["version"],
            )  # fmt: skip
        except NotFound:
            raise
        except AkinaiError as error:
            form.say(error)
            return _divide_page(request, order, form, error.status)
        toast(request, _("%(number)s was split off.") % {"number": part.number})
        return redirect("orders:order", order_id)
    return _divide_page(request, order, form, 422 if sent else 200)


def _divide_page(request: AkinaiRequest, order: Order, form: DivideForm, status: int) -> HttpResponse:
    form.again(_order(order.pk).version)
    context = {"order": order, "form": form, "rows": form.rows(), **steps(request, "all")}
    return render(request, "fulfillment/divide.html", context, status=status)


def _done(request: AkinaiRequest, order_id: int, use_case: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to the order; what was refused is said there."""
    try:
        use_case()
    except NotFound:
        raise
    except AkinaiError as error:
        reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
        for reason in reasons:
            toast(request, str(reason), tone="stop")
        context = panel_context(request, _order(order_id)) | {"said": [str(r) for r in reasons]}
        return render(request, "fulfillment/together_page.html", context | steps(request, "all"), status=error.status)
    toast(request, said)
    return redirect("orders:order", order_id)


@require_POST
@requires(order_permissions.WORK)
def join(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Put this part back into the order it came from (ORD-52)."""
    row = OrderPart.objects.filter(part=_order(order_id), undone_at__isnull=True).first()
    home = row.order_id if row is not None else order_id
    return _done(
        request, home, lambda: orders.unsplit_order(request.actor, part_id=order_id), _("The orders are one again.")
    )


@require_POST
@requires(order_permissions.WORK)
def parts(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Ship what is there first (ORD-50), or with `together` everything at once after all."""
    _order(order_id)
    form = PartsForm(request.POST)
    if not form.is_valid():
        return _done(request, order_id, _bad, "")
    data = form.cleaned_data
    if data["together"]:
        return _done(
            request, order_id,
            lambda: services.ship_together(request.actor, order_id=order_id, seen_version=data["version"]),
            _("The order ships when everything is there."),
        )  # fmt: skip
    return _done(
        request, order_id,
        lambda: services.ship_in_parts(
            request.actor, order_id=order_id, rule=data["rule"], agreed=data["agreed"], seen_version=data["version"]
        ),
        _("What is there ships first."),
    )  # fmt: skip


def _bad() -> None:
    raise BadInput(_("Choose who bears the fees."), field="rule")


@require_POST
@requires(order_permissions.WORK)
def combine(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Send this order with others (ORD-53), or with `ask` let the buyer say whether (N-16)."""
    _order(order_id)
    chosen = (pk for pk in request.POST.getlist("with") if pk.isascii() and pk.isdigit() and len(pk) < 19)
    ids = [order_id, *map(int, chosen)]
    if "ask" in request.POST:
        said = _("The buyer is asked. The orders wait for the answer.")
        return _done(request, order_id, lambda: services.ask(request.actor, order_ids=ids), said)
    said = _("The orders ship together.")
    return _done(request, order_id, lambda: services.bundle(request.actor, order_ids=ids), said)


@require_POST
@requires(order_permissions.WORK)
def apart(request: AkinaiRequest, bundle_id: int) -> HttpResponse:
    """Take orders apart again (ORD-54)."""
    made = bundles.bundle_by_id(bundle_id)
    lead = made.members.get(is_lead=True).order_id
    reason = request.POST.get("reason", "")[:500].replace("\x00", "")
    return _done(
        request, lead, lambda: services.unbundle(request.actor, bundle_id=bundle_id, reason=reason),
        _("Each order ships alone again."),
    )  # fmt: skip


@require_GET
@requires(permissions.VIEW)
def bundle_list(request: AkinaiRequest) -> HttpResponse:
    """What waits for another order or for its buyer's answer; what is overdue first (ORD-55)."""
    late = set(bundles.overdue_bundles().values_list("pk", flat=True))
    rows = [
        {"bundle": made, "members": [m.order for m in made.members.all()], "late": made.pk in late}
        for made in bundles.open_bundles()[:200]
    ]
    context = {"rows": rows, "proposals": bundles.proposals(), **steps(request, "together")}
    context["may_edit"] = request.actor.may(order_permissions.WORK)
    return render(request, "fulfillment/bundle_list.html", context)
