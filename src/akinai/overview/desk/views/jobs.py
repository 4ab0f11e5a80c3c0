"""バックグラウンド処理: what runs, what waits, what failed for good, and what runs by itself."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.jobs import permissions, services
from akinai.foundation.ui.responses import page_or_partial
from akinai.foundation.ui.toasts import toast
from akinai.overview.desk import work


@requires(permissions.VIEW)
@require_GET
def job_list(request: AkinaiRequest) -> HttpResponse:
    """All of it on one page; htmx fetches it again every few seconds."""
    context = {"work": work.load(request.actor), "may_manage": request.actor.may(permissions.MANAGE)}
    return page_or_partial(request, "desk/jobs.html", context, partial="live")


@requires(permissions.MANAGE)
@require_POST
def replay(request: AkinaiRequest, job_id: int) -> HttpResponseRedirect:
    """Run a job that failed for good once more."""
    try:
        services.replay(request.actor, job_id=job_id)
    except Refused as refusal:
        toast(request, str(refusal), tone="stop")
    else:
        toast(request, _("It runs again."))
    return redirect("desk:jobs")


@requires(permissions.MANAGE)
@require_POST
def drop(request: AkinaiRequest, job_id: int) -> HttpResponseRedirect:
    """Give a waiting, running or failed job up."""
    try:
        services.cancel(request.actor, job_id=job_id)
    except Refused as refusal:
        toast(request, str(refusal), tone="stop")
    else:
        toast(request, _("It is given up."))
    return redirect("desk:jobs")


@requires(permissions.MANAGE)
@require_POST
def switch(request: AkinaiRequest, schedule_id: int) -> HttpResponseRedirect:
    """Switch something that runs by itself on or off."""
    wanted = request.POST.get("on") == "1"
    services.switch_schedule(request.actor, schedule_id=schedule_id, is_on=wanted)
    toast(request, _("It runs by itself again.") if wanted else _("It does not run by itself any more."))
    return redirect("desk:jobs")
