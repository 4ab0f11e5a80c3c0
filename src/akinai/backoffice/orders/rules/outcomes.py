"""Why an action of a rule was not done, as codes for the log and as words for people."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.states import CHECK_HOLDS
from akinai.foundation.core.errors import Sentence
from akinai.shop.terms.states import MethodKind
from akinai.shop.terms.types import Service

DONE = ""
WOULD, BACK, BEFORE = "would", "back", "before"
HELD, PAST, THERE, SHORT, NO_SKU, COD, COD_LIMIT = "held", "past", "there", "short", "no_sku", "cod", "cod_limit"
SERVICE, SAME, REASONS, PAPERS, LEFT, OVER = "service", "same", "reasons", "papers", "left", "over"
#: Nothing to tell: what the rule wants is so already.
NO_NEWS = frozenset({SAME, THERE, OVER})

WORDS: dict[str, Sentence] = {
    WOULD: _("would have been done"),
    BACK: _("taken back"),
    HELD: _("not done: a hold of this kind is open already"),
    PAST: _("not done: that day has passed"),
    THERE: _("not done: it is there already"),
    SHORT: _("not done: not enough in stock"),
    NO_SKU: _("not done: there is no such SKU"),
    COD: _("not done: this delivery service takes no cash on delivery"),
    COD_LIMIT: _("not done: the amount is above what this delivery service collects"),
    SERVICE: _("not done: this delivery service is not in use"),
    SAME: _("not done: it is sent that way already"),
    REASONS: _("not done: a person has to look first"),
    PAPERS: _("not done: the papers are printed"),
    LEFT: _("left alone: a person has changed it since"),
    OVER: _("not done: the order was accepted already"),
}


def service_refusal(service: Service | None, before: str, method_kind: str, total: int) -> str:
    """Why an order cannot go by this service; "" if it can. Total in yen including tax."""
    if service is None or not service.is_active:
        return SERVICE
    if service.code == before:
        return SAME
    if method_kind == MethodKind.COD:
        if not service.cod_ok:
            return COD
        if service.cod_limit is not None and total > service.cod_limit:
            return COD_LIMIT
    return ""


def keeps_open(holds: Iterable[object]) -> bool:
    """Whether a hold asks a person to look, so that nothing may be accepted by itself."""
    return any(getattr(hold, "kind", "") in CHECK_HOLDS for hold in holds)
