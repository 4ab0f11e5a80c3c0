"""返品受入: scan what came back, say how it is (T25)."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from akinai.backoffice.returns import permissions, selectors, services
from akinai.backoffice.returns.forms import ReceiveForm, ScanForm, WordsForm
from akinai.backoffice.returns.models import CaseLine
from akinai.backoffice.returns.states import EXPECTING, Result
from akinai.backoffice.returns.types import Found
from akinai.foundation.core.errors import AkinaiError, BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.core.text import nfkc
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out

from .cases import deed


@requires(permissions.RECEIVE)
def start(request: AkinaiRequest) -> HttpResponse:
    """Scan the parcel, the slip or the order: one case that waits opens at once."""
    code = request.GET.get("code", "").strip()[:100]
    found = selectors.by_code(code) if code else selectors.Scanned()
    if len(found.cases) == 1:
        return redirect("returns:receive", found.cases[0].pk)
    context = {"code": code, "found": found, "may_open": request.actor.may(permissions.WORK)}
    return render(request, "returns/receive_start.html", context)


@requires(permissions.RECEIVE)
def receive(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """How many of each line are A, B, C or D."""
    case = selectors.case(case_id)
    if case.state not in EXPECTING:
        return redirect("returns:case", case_id)
    data = request.POST if request.method == "POST" else None
    form = ReceiveForm(data, case, selectors.lines_of(case_id), secrets.token_hex(12))
    if data is not None and carried_out(form, lambda: services.receive(
        request.actor, case_id=case_id, found=form.found(), key=form.cleaned_data["key"],
        seen_version=form.cleaned_data["version"],
    )):  # fmt: skip
        return _on(request, case_id)
    return _page(request, case_id, form=form, status=200 if data is None else 422)


def _on(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """On to the next item, or back to the case when all is there."""
    if selectors.case(case_id).state in EXPECTING:
        toast(request, _("Kept. More is awaited."))
        return redirect("returns:receive", case_id)
    toast(request, _("All is back and inspected."))
    return redirect("returns:case", case_id)


def _page(
    request: AkinaiRequest, case_id: int, *, form: ReceiveForm | None = None, scan: ScanForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    case, lines = selectors.case(case_id), selectors.lines_of(case_id)
    result = request.GET.get("result", "")
    if scan is None:
        chosen = {"result": result if result in Result.values else "", "key": secrets.token_hex(12)}
        scan = ScanForm(initial={**chosen, "sku": request.GET.get("sku", "")})
    context = {
        "case": case, "lines": lines, "form": form or ReceiveForm(None, case, lines, secrets.token_hex(12)),
        "scan": scan, "words": WordsForm(), "some_back": any(x.received for x in lines),
    }  # fmt: skip
    return render(request, "returns/receive.html", context, status=status)


@require_POST
@requires(permissions.RECEIVE)
def scan(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """One item by scanner; the result stays chosen for the next."""
    case = selectors.case(case_id)
    form = ScanForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            line = _line_of(case_id, data["code"])
            one = Found(line.pk, data["result"], 1, data["sku"])
            services.receive(request.actor, case_id=case_id, found=[one], key=data["key"])
        except AkinaiError as error:
            form.say(error)
        else:
            answer = _on(request, case_id)
            if selectors.case(case_id).state in EXPECTING:
                answer["Location"] += f"?result={data['result']}"
            return answer
    return _page(request, case.pk, scan=form, status=422)


def _line_of(case_id: int, code: str) -> CaseLine:
    """The line a scanned JAN or SKU code belongs to; one that still awaits pieces first."""
    text = nfkc(code).strip()
    lines = [x for x in selectors.lines_of(case_id) if x.order_line.sku and text in _codes(x)]
    if not lines:
        raise BadInput(_("“%(code)s” is not in this case.") % {"code": text}, field="code")
    return next((x for x in lines if x.missing), lines[0])


def _codes(line: CaseLine) -> set[str]:
    sku = line.order_line.sku
    return {code for code in (sku.code, sku.jan) if code} if sku is not None else set()


@require_POST
@requires(permissions.RECEIVE)
def finish(request: AkinaiRequest, case_id: int) -> HttpResponse:
    """No more will come."""
    form = WordsForm(request.POST)

    def do() -> None:
        services.finish_receiving(request.actor, case_id=case_id, reason=form.cleaned_data["text"])

    return deed(request, case_id, form, "finish", do, _("The rest is not awaited any more."))
