"""手間の記録: what work orders cost."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.overview.desk import effort, permissions


@require_GET
@requires(permissions.MEASURE)
def effort_page(request: AkinaiRequest) -> HttpResponse:
    """Clicks, screens and time by kind of order, over the last 7, 30 or 90 days."""
    asked = request.GET.get("days", "")
    days = next((span for span in effort.SPANS if str(span) == asked), effort.SPANS[1])
    return render(request, "desk/effort.html", {"effort": effort.load(days), "spans": effort.SPANS})
