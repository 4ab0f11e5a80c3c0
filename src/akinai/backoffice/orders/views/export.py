"""The orders of the list as a CSV file: choose the encoding, see what it lacks, save."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from typing import IO, cast
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from akinai.backoffice.orders import export, permissions, selectors, tables
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.tabular.writing import Unencodable, stream_csv

ENCODINGS = ("cp932", "utf-8-sig")
#: A file that fits stays in memory, a larger one goes to the disk.
IN_MEMORY = 2 * 1024 * 1024
PIECE = 256 * 1024


@require_http_methods(["GET", "POST"])
@requires(permissions.VIEW)
def choose(request: AkinaiRequest) -> HttpResponse:
    """How many orders, and in which encoding; a POST comes from the bulk bar with ticked orders."""
    query, ids = request.GET.urlencode(), ""
    if request.method == "POST":
        query = request.POST.get("query", "")
        picked = tables.selected_ids(request, request.actor)
        ids = ",".join(map(str, picked)) if request.POST.get("all") != "1" else ""
    table = tables.OrderTable(request.actor, selectors.order_rows(), QueryDict(query))
    count, more = (len(ids.split(",")), False) if ids else table.count
    context = {"query": query, "ids": ids, "count": count, "more": more}
    return render(request, "orders/export.html", context)


@require_GET
@requires(permissions.VIEW)
def download(request: AkinaiRequest) -> HttpResponseBase:
    """The file. Where the encoding lacks characters, nothing is saved and they are shown instead (SHP-31)."""
    encoding = request.GET.get("encoding", "")
    encoding = encoding if encoding in ENCODINGS else "utf-8-sig"
    query, ids = request.GET.get("query", ""), request.GET.get("ids", "")
    table = tables.OrderTable(request.actor, Order.objects.all(), QueryDict(query))
    wanted = [int(i) for i in ids.split(",") if i.isascii() and i.isdigit() and len(i) < 19][:1000]
    rows = Order.objects.filter(pk__in=wanted).order_by(*table._order_by()) if ids else table.matching
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    try:
        for piece in stream_csv(export.rows(rows), export.headings(), encoding=encoding):
            file.write(piece)
    except Unencodable as found:
        file.close()
        context = {"query": query, "ids": ids, "cells": found.cells[:100], "missing": len(found.cells)}
        return render(request, "orders/export.html", context, status=422)
    size = file.tell()
    file.seek(0)
    return _sent(request, cast(IO[bytes], file), size)


def _sent(request: AkinaiRequest, file: IO[bytes], size: int) -> HttpResponseBase:
    """The file as a download; a large one piece by piece under either kind of server."""
    if size < IN_MEMORY:
        with file:
            answer: HttpResponseBase = HttpResponse(file.read(), content_type="text/csv")
    elif isinstance(request, ASGIRequest):
        answer = StreamingHttpResponse(_pieces(file), content_type="text/csv")
    else:
        answer = FileResponse(file, content_type="text/csv")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(export.file_name())}"
    return answer


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := await sync_to_async(file.read)(PIECE):
            yield piece
    finally:
        file.close()
