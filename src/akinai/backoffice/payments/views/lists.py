"""The lists of the Money page. A search that finds one order opens it beside the list, ready for Enter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from akinai.backoffice.payments import coverage, expiring, lapses, permissions, selectors, tables
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.filters import Rows
from akinai.foundation.ui.tables import Table

from .orders import box_of


@requires(permissions.VIEW)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """入金待ち, the earliest due date first."""
    return _page(request, tables.WaitingTable, selectors.waiting())


@requires(permissions.VIEW)
@require_GET
def part_paid(request: HttpRequest) -> HttpResponse:
    """一部入金."""
    return _page(request, tables.PartPaidTable, selectors.part_paid())


@requires(permissions.VIEW)
@require_GET
def to_return(request: HttpRequest) -> HttpResponse:
    """返金待ち."""
    return _page(request, tables.ReturnTable, selectors.money_to_return())


@requires(permissions.VIEW)
@require_GET
def lapsed(request: HttpRequest) -> HttpResponse:
    """期限切れ: proposed for cancellation (T08)."""
    return _page(request, tables.LapsedTable, lapses.lapsed())


@requires(permissions.VIEW)
@require_GET
def settlement(request: HttpRequest) -> HttpResponse:
    """後払い入金待ち, to look at."""
    return _page(request, tables.SettlementTable, selectors.awaiting_settlement())


@requires(permissions.VIEW)
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """履歴: every entry of the ledger."""
    return _page(request, tables.LedgerTable, selectors.ledger())


@requires(permissions.VIEW)
@require_GET
def authorisations(request: HttpRequest) -> HttpResponse:
    """与信の期限: what will not last until the goods leave (ORD-63)."""
    context = {"rows": expiring.tight_authorisations(), "tabs": _tabs(request.path)}
    return render(request, "payments/authorisations.html", context)


def _page(request: HttpRequest, kind: type[Table], rows: Rows) -> HttpResponse:
    table = kind.for_request(request, rows)
    context: dict[str, Any] = {"has_drawer": kind is not tables.LedgerTable, "search": request.GET.get("q", "")}
    if request.GET.get("format") != "csv" and not getattr(request, "htmx", None):
        context |= {
            "bank": _bank(kind),
            "tabs": _tabs(request.path),
            "focus": request.GET.get("find") == "1",
            **_only(request, table),
        }
    return table.respond(request, "payments/list.html", context)


def _bank(kind: type[Table]) -> coverage.Coverage | None:
    """How far the account was looked at, beside the lists that are about what has not come."""
    return coverage.coverage() if kind in (tables.WaitingTable, tables.LapsedTable) else None


def _only(request: HttpRequest, table: Table) -> dict[str, Any]:
    """The money of the one order a search has found; when it is done the box is empty and waits for the next name."""
    if not request.GET.get("q", "").strip() or len(table.rows) != 1 or isinstance(table, tables.LedgerTable):
        return {}
    return box_of(request, table.rows[0].pk) | {"only": True, "back": f"{request.path}?find=1"}


def _tabs(path: str) -> list[dict[str, Any]]:
    n = selectors.figures()
    late = _("%(n)s overdue") % {"n": n.overdue} if n.overdue else ""
    rows = (
        ("waiting", _("Awaiting payment"), n.waiting, late),
        ("part_paid", _("Partly paid"), n.part_paid, ""),
        ("lapsed", _("Past the last day"), n.lapsed, ""),
        ("to_return", _("To give back"), n.to_return, ""),
        ("settlement", _("Awaiting settlement"), n.settlement, ""),
        ("authorisations", _("Authorisations to renew"), None, ""),
        ("history", pgettext("money", "History"), None, ""),
    )
    found = []
    for name, label, number, title in rows:
        url = reverse(f"payments:{name}")
        found.append({"url": url, "label": label, "number": number, "late": title, "current": url == path})
    return found
