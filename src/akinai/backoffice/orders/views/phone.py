"""電話・FAX受注: one page from the phone number to the button, with everything counted while it is typed (R16)."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.backoffice.orders import permissions, services
from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import CallSheet, OrderCall
from akinai.backoffice.orders.page import Said
from akinai.backoffice.orders.phone.buyers import find_buyers
from akinai.backoffice.orders.phone.form import KEY, LineFields, PhoneForm, fills, fresh_key, with_customer
from akinai.backoffice.orders.phone.quoting import Quote, Row, quote, unfit_methods, unfit_services
from akinai.backoffice.orders.phone.reading import digest_of, six_items
from akinai.backoffice.orders.phone.sheets import MOST_BYTES
from akinai.foundation.core.errors import AkinaiError, Conflict, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.customers.selectors import customer

MOST_KEPT = 20
#: What a browser may do with a sheet: show it, and no more; the viewer of PDFs is a plug-in with styles of its own.
PICTURE_ONLY = "default-src 'none'; sandbox; frame-ancestors 'self'"
PDF_ONLY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_http_methods(["GET", "POST"])
@requires(permissions.PLACE)
def enter(request: AkinaiRequest) -> HttpResponse:
    """The empty form, one that was kept (`?call=`), or what a button of it does; a refused one comes back as typed."""
    if request.method == "GET":
        return _open(request)
    deed = request.POST.get("do", "")
    if request.POST.get("pick"):
        return _pick(request)
    form = PhoneForm(request.POST)
    if said := _sheets(request, form):
        return _page(request, form, said=said, status=422)
    if deed == "attach" or request.POST.get("unsheet"):
        return _page(request, form)
    if deed == "look":
        return _page(request, PhoneForm(_filled(request.POST)))
    if deed == "keep":
        return _keep(request, form)
    return _place(request, form)


def _open(request: AkinaiRequest) -> HttpResponse:
    key = request.GET.get("call", "")
    kept = OrderCall.objects.filter(key=key).select_related("order").first() if KEY.fullmatch(key) else None
    if kept is None:
        return _page(request, PhoneForm(initial={"key": fresh_key()}))
    if kept.order is not None:
        return redirect("orders:order", kept.order.pk)
    data = QueryDict(mutable=True)
    data.update({**kept.typed, "key": kept.key})
    return _page(request, PhoneForm(data))


def _pick(request: AkinaiRequest) -> HttpResponse:
    typed = request.POST["pick"]
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise NotFound(_("This customer does not exist."))
    return _page(request, PhoneForm(with_customer(request.POST, customer(int(typed)))), picked=True)


def _filled(data: QueryDict) -> QueryDict:
    filled = data.copy()
    for name, value in fills(data).items():
        filled[name] = value
    return filled


def _keep(request: AkinaiRequest, form: PhoneForm) -> HttpResponse:
    key, how = request.POST.get("key", ""), request.POST.get("how", "")
    if not KEY.fullmatch(key) or how not in {"phone", "fax"} or any("\x00" in v for v in request.POST.values()):
        form.is_valid()
        return _page(request, form, status=422)
    try:
        services.keep_call(request.actor, key=key, how=how, typed=form.typed())
    except Conflict as error:
        return _page(request, form, said=Said(str(error.sentence), [], "warn"), status=error.status)
    toast(request, _("Kept. You find it at the top of this page."))
    return redirect("orders:phone")


def _sheets(request: AkinaiRequest, form: PhoneForm) -> Said | None:
    """Keep the sheet that came with the form, or take one off, before anything else is done with it (R16)."""
    sent = request.FILES.get("sheet")
    key, unwanted = request.POST.get("key", ""), request.POST.get("unsheet", "")
    try:
        if isinstance(sent, UploadedFile) and KEY.fullmatch(key):
            how = "phone" if request.POST.get("how") == "phone" else "fax"
            typed, name, data = form.typed(), sent.name or "", sent.read(MOST_BYTES + 1)
            services.attach_sheet(request.actor, key=key, how=how, typed=typed, name=name, data=data)
        elif unwanted.isascii() and unwanted.isdigit() and len(unwanted) < 19:
            services.drop_sheet(request.actor, key=key, sheet_id=int(unwanted))
    except AkinaiError as error:
        return Said(str(error.sentence), [])
    return None


@require_GET
@requires(permissions.VIEW)
def sheet(request: AkinaiRequest, sheet_id: int) -> HttpResponse:
    """A FAX sheet, shown by its type as judged when it came; nothing in it may run or load anything."""
    found, data = services.sheet(sheet_id)
    response = HttpResponse(data, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(False, found.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = PICTURE_ONLY if found.is_picture else PDF_ONLY
    return response


def _place(request: AkinaiRequest, form: PhoneForm) -> HttpResponse:
    entry = form.entry() if form.is_valid() and form.require_all() else None
    if entry is None:
        return _page(request, form, status=422)
    try:
        order, is_new = services.take_phone_order(
            request.actor, key=form.cleaned_data["key"], entry=entry, read=form.cleaned_data["read"]
        )
    except AkinaiError as error:
        reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
        return _page(request, form, said=Said(_("This was not done"), [str(r) for r in reasons]), status=error.status)
    text = _("%(number)s is entered.") if is_new else _("%(number)s was entered already; there is still one order.")
    toast(request, text % {"number": order.number})
    return redirect("orders:order", order.pk)


@require_POST
@requires(permissions.PLACE)
def quoted(request: AkinaiRequest) -> HttpResponse:
    """What the form as typed so far comes to, who may be calling, and what each line means; nothing is written."""
    form = PhoneForm(request.POST)
    return render(request, "orders/phone/live.html", {"form": form, "live": True, **_worked_out(form)})


@require_POST
@requires(permissions.PLACE)
def drop(request: AkinaiRequest) -> HttpResponse:
    """Throw a kept form away."""
    services.drop_call(request.actor, key=request.POST.get("call", "")[:12].replace("\x00", ""))
    toast(request, _("Thrown away."))
    return redirect("orders:phone")


def _worked_out(form: PhoneForm) -> dict[str, Any]:
    """The live parts of the page; all empty for a form nobody has typed into."""
    if not form.is_bound:
        return {"lines": [(fields, None) for fields in form.line_rows()]}
    form.is_valid()
    data = form.cleaned_data
    context: dict[str, Any] = {"buyers": find_buyers(data.get("buyer_phone", ""), data.get("buyer_name", ""))}
    entry = form.entry()
    if entry is None:
        return context | {"lines": [(fields, None) for fields in form.line_rows()]}
    judge = Judge.load()
    found = quote(entry, judge)
    items = six_items(found, judge)
    digest = digest_of(items)
    is_read = bool(data.get("read_out")) and data.get("read") == digest
    unfit = {"method": unfit_methods(found, judge), "service": unfit_services(found, judge)}
    return context | {
        "seen": found, "items": items, "digest": digest, "is_read": is_read, "unfit": unfit,
        "lines": _with_rows(form, found),
    }  # fmt: skip


def _with_rows(form: PhoneForm, found: Quote) -> list[tuple[LineFields, Row | None]]:
    """The fields of each line with what they mean."""
    rows = {row.entry.row: row for row in found.rows}
    return [(fields, rows.get(fields.row)) for fields in form.line_rows()]


def _page(
    request: AkinaiRequest, form: PhoneForm, *, said: Said | None = None, picked: bool = False, status: int = 200
) -> HttpResponse:
    key = str(form["key"].value() or "")
    kept = OrderCall.objects.filter(order__isnull=True).exclude(key=key)[:MOST_KEPT]
    context = {
        "form": form, "said": said, "kept": kept, "picked": picked, "may_price": request.actor.may(permissions.PRICE),
        "sheets": CallSheet.objects.filter(call__key=key) if KEY.fullmatch(key) else [], **_worked_out(form),
    }  # fmt: skip
    return render(request, "orders/phone/page.html", context, status=status)
