"""What a rule can do: each action with its particulars and how it reads. Data only; who does it is elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akinai.backoffice.orders.states import HoldKind
from akinai.foundation.core.errors import Sentence
from akinai.foundation.ui import html
from akinai.shop.messaging.kinds import kinds
from akinai.shop.terms import selectors as terms

from .spec import Action

MOST_DAYS = 365
#: The holds a rule may open; dates have an action of their own, the others belong to what opens them.
HOLDS = (HoldKind.MANUAL, HoldKind.CUSTOMER_WAIT, HoldKind.FRAUD, HoldKind.ADDRESS)


@dataclass(frozen=True, slots=True)
class Param:
    """One particular of an action: `kind` is text, number, choice, date or sku; numbers are from 1 to `most`."""

    name: str
    label: Sentence
    kind: str = "text"
    required: bool = True
    most: int = 200
    choices: Callable[[], Sequence[tuple[str, Sentence]]] | None = None


@dataclass(frozen=True, slots=True)
class ActionKind:
    """One thing rules can do. `says(params)` reads as the end of the rule's sentence."""

    key: str
    label: Sentence
    icon: str
    says: Callable[[Mapping[str, Any]], str]
    params: tuple[Param, ...] = ()


def _holds() -> Sequence[tuple[str, Sentence]]:
    return [(kind.value, kind.label) for kind in HOLDS]


def _services() -> Sequence[tuple[str, Sentence]]:
    return [(code, service.name) for code, service in terms.snapshot().services.items() if service.is_active]


def _mails() -> Sequence[tuple[str, Sentence]]:
    return [(kind.key, kind.label) for kind in kinds if not kind.to_shop]


def _meanings() -> Sequence[tuple[str, Sentence]]:
    return [("ship", gettext_lazy("leaves on or after")), ("arrive", gettext_lazy("arrives on or after"))]


def _label(choices: Callable[[], Sequence[tuple[str, Sentence]]], value: Any) -> str:
    return next((str(label) for key, label in choices() if key == value), str(value))


def _says_hold(params: Mapping[str, Any]) -> str:
    parts = {"kind": _label(_holds, params.get("kind")), "days": params.get("days")}
    if params.get("days"):
        return _("put on hold: %(kind)s (look again %(days)s days after the order)") % parts
    return _("put on hold: %(kind)s") % parts


def _says_day(params: Mapping[str, Any]) -> str:
    meaning = _label(_meanings, params.get("meaning"))
    if params.get("on"):
        return _("%(meaning)s %(day)s") % {"meaning": meaning, "day": html.iso_day(str(params["on"]))}
    return _("%(meaning)s the day %(days)s days after the order") % {"meaning": meaning, "days": params.get("days")}


def _says_line(params: Mapping[str, Any]) -> str:
    return _("add %(sku)s × %(quantity)s at no charge") % {
        "sku": params.get("sku"), "quantity": params.get("quantity", 1)
    }  # fmt: skip


def _with(template: Sentence, name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda params: str(template) % {"what": params.get(name, "")}


def _says_service(params: Mapping[str, Any]) -> str:
    return _("send by %(what)s") % {"what": _label(_services, params.get("service"))}


def _says_mail(params: Mapping[str, Any]) -> str:
    return _("draft a mail: %(what)s") % {"what": _label(_mails, params.get("mail"))}


_KINDS = (
    ActionKind("check", gettext_lazy("Ask a person to check"), "eye",
               _with(gettext_lazy("ask to check: %(what)s"), "say"),
               (Param("say", gettext_lazy("What to look at"), most=120),)),
    ActionKind("hold", gettext_lazy("Put on hold"), "player-pause", _says_hold, (
        Param("kind", gettext_lazy("Kind of hold"), "choice", choices=_holds),
        Param("days", gettext_lazy("Look again after days"), "number", required=False, most=MOST_DAYS),
        Param("reason", gettext_lazy("Reason of the hold"), required=False),
    )),
    ActionKind("tag", gettext_lazy("Put a tag on it"), "tag", _with(gettext_lazy("tag: %(what)s"), "name"),
               (Param("name", gettext_lazy("Tag"), most=30),)),
    ActionKind("note", gettext_lazy("Note for the warehouse"), "building-warehouse",
               _with(gettext_lazy("note for the warehouse: %(what)s"), "text"),
               (Param("text", gettext_lazy("What the warehouse shall read")),)),
    ActionKind("service", gettext_lazy("Choose the delivery service"), "truck", _says_service,
               (Param("service", gettext_lazy("Delivery service"), "choice", choices=_services),)),
    ActionKind("day", gettext_lazy("Wait for a day"), "calendar-event", _says_day, (
        Param("meaning", gettext_lazy("The order"), "choice", choices=_meanings),
        Param("on", gettext_lazy("this day"), "date", required=False),
        Param("days", gettext_lazy("or so many days after the order"), "number", required=False, most=MOST_DAYS),
    )),
    ActionKind("line", gettext_lazy("Add a free item"), "gift", _says_line, (
        Param("sku", gettext_lazy("SKU"), "sku", most=64),
        Param("quantity", gettext_lazy("Quantity"), "number", most=99),
    )),
    ActionKind("mail", gettext_lazy("Draft a mail"), "mail", _says_mail, (
        Param("mail", gettext_lazy("Kind of mail"), "choice", choices=_mails),
        Param("note", gettext_lazy("What it shall say besides"), required=False, most=1000),
    )),
    ActionKind("accept", gettext_lazy("Accept the order"), "circle-check", lambda _params: _("accept the order")),
)  # fmt: skip

#: Every action by key, in the order in which they are offered.
ACTIONS: dict[str, ActionKind] = {kind.key: kind for kind in _KINDS}


def says(action: Action) -> str:
    """The action as the end of a sentence; one this program does not know stands for itself."""
    known = ACTIONS.get(action.kind)
    return known.says(action.params) if known else action.kind


def key_of(action: Action) -> str:
    """By what an action is known again on an order: its kind and particulars."""
    text = json.dumps(dict(action.params), ensure_ascii=False, sort_keys=True, default=str)
    return f"{action.kind}:{hashlib.blake2s(text.encode(), digest_size=8).hexdigest()}"


def day_of(params: Mapping[str, Any], ordered_on: dt.date) -> dt.date | None:
    """The day a `day` or `hold` action means for an order of that day (JST)."""
    if params.get("on"):
        return dt.date.fromisoformat(str(params["on"]))
    return ordered_on + dt.timedelta(days=int(params["days"])) if params.get("days") else None
