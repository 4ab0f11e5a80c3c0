"""What people do to one order. Every view takes a POST, does one use case, and goes back to where the person was.

What was refused comes back as the order page with the form as it was typed: 422 for something typed, 409 for a guard
that failed (ORD-30) or an order that somebody else has changed (ORD-31).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from akinai.backoffice.orders import forms, permissions, selectors, services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.page import Said
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, BadInput, Conflict, NotFound, Refused, Sentence
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import sku_by_scan

from .page import answer

#: Forms that change the order itself: each that does makes an edition (ORD-41).
EDITS = frozenset({"ship_to", "wish", "quantity"})
Do: TypeAlias = Callable[[Actor, int, dict[str, Any]], object]
View: TypeAlias = Callable[..., HttpResponse]


def _change(
    part: str, form_class: type[forms.OrderForm], do: Do, said: Sentence, permission: str = permissions.WORK
) -> View:
    """A view that reads `form_class`, does `do(actor, order_id, data)` and says `said`.

    `part` names where the form stands on the order page. An edit that returns an order of the same edition has changed
    nothing, and says so.
    """

    @require_POST
    @requires(permission)
    def view(request: AkinaiRequest, order_id: int) -> HttpResponse:
        form = _form(form_class, part, request, order_id)
        if not form.is_valid():
            return answer(request, order_id, bound={part: form}, status=422)
        edition = selectors.edition_of(order_id)
        try:
            done = do(request.actor, order_id, _data(form))
        except NotFound:
            raise
        except AkinaiError as error:
            return refused(request, order_id, part, form, error)
        same = part in EDITS and isinstance(done, Order) and done.edition == edition
        toast(request, _("Nothing was different.") if same else said, tone="act" if same else "ok")
        return redirect(safe_next(request, reverse("orders:order", args=[order_id])))

    return view


def _form(form_class: type[forms.OrderForm], part: str, request: AkinaiRequest, order_id: int) -> forms.OrderForm:
    """The form as sent; the order must exist."""
    selectors.version_of(order_id)
    if form_class is forms.QuantityForm:
        return forms.QuantityForm(request.POST, key=part, lines=selectors.line_choices(order_id))
    return form_class(request.POST, key=part)


def _data(form: forms.OrderForm) -> dict[str, Any]:
    """What the use case takes: the fields, and the version under its name there."""
    data = {k: v for k, v in form.cleaned_data.items() if k != "next"}
    data["seen_version"] = data.pop("version")
    return data


def refused(
    request: AkinaiRequest, order_id: int, part: str, form: forms.OrderForm, error: AkinaiError
) -> HttpResponse:
    """The order page with what was refused, the form still as typed, its version that of the order now (ORD-31)."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(selectors.version_of(order_id))  # type: ignore[index]
    bound = {} if isinstance(form, forms.PlainForm | forms.ConfirmForm | forms.ReleaseForm) else {part: form}
    if isinstance(error, BadInput):
        form.say(error)
        return answer(request, order_id, bound=bound, status=422)
    if isinstance(error, Conflict):
        said = Said(str(error.sentence), [str(c) for c in error.changes], "warn")
    else:
        reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
        said = Said(_("This was not done"), [str(r) for r in reasons])
    return answer(request, order_id, bound=bound, said=said, status=error.status)


def _clear_and_accept(actor: Actor, order_id: int, data: dict[str, Any]) -> object:
    return services.confirm(actor, order_id=order_id, **data)


def _ship_to(actor: Actor, order_id: int, data: dict[str, Any]) -> object:
    kept = {k: data.pop(k) for k in ("reason", "seen_version")}
    return services.change_ship_to(actor, order_id=order_id, ship_to=forms.as_party(data), **kept)


def _consent(actor: Actor, order_id: int, data: dict[str, Any]) -> object:
    draft = forms.as_consent(data)
    assert draft is not None  # every field of this form is required
    return services.record_consent(actor, order_id=order_id, consent=draft, seen_version=data["seen_version"])


def _note(actor: Actor, order_id: int, data: dict[str, Any]) -> object:
    return services.write_note(actor, order_id=order_id, text=data["text"])


def _with(use_case: Callable[..., object]) -> Do:
    return lambda actor, order_id, data: use_case(actor, order_id=order_id, **data)


accept = _change("accept", forms.PlainForm, _with(services.accept), gettext_lazy("The order is accepted."))
confirm = _change("confirm", forms.ConfirmForm, _clear_and_accept, gettext_lazy("Checked and accepted."))
accept_remark = _change(
    "remark", forms.RemarkForm, _with(services.accept_remark), gettext_lazy("The remark is taken as it was read.")
)
clear_check = _change("answer", forms.AnswerForm, _with(services.clear_check), gettext_lazy("Checked."))
allocate = _change("allocate", forms.PlainForm, _with(services.allocate), gettext_lazy("Stock is allocated."))
change_ship_to = _change("ship_to", forms.ShipToForm, _ship_to, gettext_lazy("The delivery address is changed."))
change_wish = _change(
    "wish", forms.WishForm, _with(services.change_wish), gettext_lazy("The wished delivery is changed.")
)
hold = _change("hold", forms.HoldForm, _with(services.hold), gettext_lazy("The order is on hold."))
change_hold = _change("rehold", forms.ChangeHoldForm, _with(services.change_hold), gettext_lazy("The hold is changed."))
release_hold = _change(
    "release", forms.ReleaseForm, _with(services.release_hold), gettext_lazy("The hold is released.")
)
lower_quantity = _change(
    "quantity", forms.QuantityForm, _with(services.lower_quantity), gettext_lazy("The line is changed.")
)
request_cancel = _change(
    "request_cancel",
    forms.RequestCancelForm,
    _with(services.request_cancel),
    gettext_lazy("The wish to cancel is noted."),
)
cancel = _change(
    "cancel", forms.CancelForm, _with(services.cancel), gettext_lazy("The order is cancelled."), permissions.CANCEL
)
refuse_cancel = _change(
    "refuse", forms.RefuseForm, _with(services.refuse_cancel), gettext_lazy("The order goes on."), permissions.CANCEL
)
consent = _change("consent", forms.ConsentForm, _consent, gettext_lazy("The consent is written down."))
override = _change(
    "override",
    forms.OverrideForm,
    _with(services.override_gate),
    gettext_lazy("The order may leave before the money is there."),
    permissions.OVERRIDE,
)
withdraw_override = _change(
    "withdraw_override",
    forms.PlainForm,
    _with(services.withdraw_override),
    gettext_lazy("The permission is taken back."),
    permissions.OVERRIDE,
)
note = _change("note", forms.NoteForm, _note, gettext_lazy("The note is kept."))


@require_POST
@requires(permissions.WORK)
def set_line_sku(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Say what an unknown item is; afterwards the page offers to do the same for other orders with that code."""
    form = forms.SkuForm(request.POST, key="sku")
    selectors.version_of(order_id)
    if not form.is_valid():
        return answer(request, order_id, bound={"sku": form}, status=422)
    data = _data(form)
    sku = _sku(data.pop("sku"), data.pop("q"))
    if sku is None:
        form.add_error("q", _("Choose a SKU from the list, or enter its code or JAN."))
        return answer(request, order_id, bound={"sku": form}, status=422)
    try:
        services.set_line_sku(request.actor, order_id=order_id, sku_id=sku.pk, **data)
    except NotFound:
        raise
    except AkinaiError as error:
        return refused(request, order_id, "sku", form, error)
    toast(request, _("The item is %(sku)s.") % {"sku": sku.code})
    code = selectors.code_of_line(order_id, data["line"]) if data["remember"] else ""
    return redirect(reverse("orders:order", args=[order_id], query={"same": code} if code else None))


def _sku(chosen: int | None, typed: str) -> Sku | None:
    """The one ticked in the list, else the one whose code or JAN was typed."""
    if chosen is not None:
        return Sku.objects.filter(pk=chosen).first()
    return sku_by_scan(typed) if typed.strip() else None


@require_POST
@requires(permissions.WORK)
def apply_code(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Name the SKU of the same item code in the other orders that wait for it."""
    order = selectors.order_page(order_id).order
    results = services.apply_store_code(request.actor, store_id=order.store_id, code=request.POST.get("code", "")[:100])
    good = sum(r.done for r in results)
    toast(request, _("%(good)d of %(all)d orders now know the item.") % {"good": good, "all": len(results)})
    return redirect("orders:order", order_id)
