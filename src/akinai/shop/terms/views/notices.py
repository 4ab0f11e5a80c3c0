"""What carriers say of their roads: parcels that take longer for a while (SHP-42)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.toasts import toast
from akinai.shop.stores.fields import carried_out
from akinai.shop.terms import permissions, selectors, services
from akinai.shop.terms.forms import NoticeForm


@requires(permissions.VIEW)
@require_http_methods(["GET", "POST"])
def notice_list(request: AkinaiRequest) -> HttpResponse:
    """The notices, and the form for another one."""
    posted, may_edit = request.method == "POST", request.actor.may(permissions.EDIT)
    form = NoticeForm(request.POST if posted else None, initial={"begins": clock.today(), "ends": clock.today()})
    if posted and may_edit and carried_out(form, lambda: services.add_notice(request.actor, changes=form.cleaned_data)):
        toast(request, _("Saved. Open orders are counted anew."))
        return redirect("terms:notice_list")
    context = {"form": form, "may_edit": may_edit, "notices": selectors.notices(), "today": clock.today()}
    return render(request, "terms/notice_list.html", context, status=422 if posted else 200)


@requires(permissions.EDIT)
@require_POST
def notice_drop(request: AkinaiRequest, notice_id: int) -> HttpResponse:
    """It is over, or was a mistake."""
    services.drop_notice(request.actor, notice_id=notice_id)
    toast(request, _("Taken back."))
    return redirect("terms:notice_list")
