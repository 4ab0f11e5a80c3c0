"""約束: how they were kept, day by day, and the list behind every figure."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from akinai.backoffice.orders.permissions import VIEW
from akinai.foundation.core import clock
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.overview.desk import record
from akinai.overview.desk.models import Promise
from akinai.overview.desk.tables import PromiseTable


@require_GET
@requires(VIEW)
def promises(request: AkinaiRequest) -> HttpResponse:
    """The day's and the month's record as a chart (`?month=2026-11&day=2026-11-24`)."""
    day = _day(request.GET.get("day", "")) or clock.today()
    month = _day(request.GET.get("month", "") + "-01") or day
    return render(request, "desk/promises.html", {"record": record.load(month, day), "today": clock.today()})


def _day(text: str) -> dt.date | None:
    """A day typed into the address, within reason; None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if dt.date(2000, 1, 1) < day < dt.date(2100, 1, 1) else None


@require_GET
@requires(VIEW)
def promise_list(request: AkinaiRequest) -> HttpResponse:
    """Every promise, narrowed by kind, day and how it stands."""
    table = PromiseTable.for_request(request, Promise.objects.select_related("order"))
    return table.respond(request, "desk/promise_list.html")
