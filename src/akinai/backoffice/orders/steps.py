"""What to do about what blocks an order: a button for each reason, and the one next step (N-4, key `e`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import registry
from akinai.shop.customers import permissions as customers

from . import permissions, wording
from .models import Order
from .queue import Blocker
from .selectors import OrderPage
from .states import DATE_HOLDS, ONLY_LOOK, Check, HoldKind, Queue

#: The mail that says that goods are missing or late, written by the app that writes mails.
TELL_OF_DELAY = "notifications.tell_of_delay"
#: Edit forms of the order page that an action opens, by the part of the page where they stand.
_FORMS = {"orders.change_ship_to": "ship-to", "orders.change_wish": "wish"}

#: What only the buyer can decide (R33).
_ASKED = frozenset({f"check.{Check.STOCKOUT}", f"check.{Check.DATE_IMPOSSIBLE}"})
#: Holds whose day comes without anybody (ORD-6): letting such an order go early is never the next thing to do.
_OPEN_BY_THEMSELVES = frozenset(f"hold.{kind}" for kind in DATE_HOLDS)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to press. With `post` it is a button in a form with these fields, else a link."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    post: bool = True
    icon: str = ""
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that blocks the order, as the page shows it."""

    code: str
    badge: wording.Badge
    sentence: str
    step: Step | None
    second: Step | None = None
    third: Step | None = None


def obstacles(actor: Actor, page: OrderPage) -> list[Obstacle]:
    """Everything that blocks an order, each with the button that clears it for who may press it."""
    return [_obstacle(actor, page, blocker) for blocker in page.blockers]


def _obstacle(actor: Actor, page: OrderPage, blocker: Blocker) -> Obstacle:
    stored = f"{blocker.code}:{blocker.quantity}" if blocker.quantity else blocker.code
    step, second = _steps(actor, page, blocker)
    sentence = wording.sentence(blocker, page.check_details.get(blocker.code))
    third = other_app(actor, "notifications.ask_buyer", page.order) if blocker.code in _ASKED else None
    return Obstacle(blocker.code, wording.badge(stored), sentence, step, second, third)


def _steps(actor: Actor, page: OrderPage, blocker: Blocker) -> tuple[Step | None, Step | None]:
    order, code = page.order, blocker.code
    action = wording.LOOKS[code].action if code in wording.LOOKS else ""
    family, _dot, kind = code.partition(".")
    if not action.startswith("orders."):
        return other_app(actor, action, order), None
    if code == "cancel_requested":
        return _cancel_steps(actor, order)
    if not actor.may(permissions.WORK):
        return None, None
    if family == "hold":
        if kind == HoldKind.BLACKLIST and not actor.may(customers.ATTENTION):
            return None, None
        if kind == HoldKind.CONSENT:
            return _edit(order, "consent", _("Write down the consent")), None
        return _post(order, "release_hold", _("Release the hold"), kind=kind), _edit(order, "rehold", _("Change"))
    if family == "check":
        return _check_steps(actor, page, kind, action)
    if action in _FORMS:
        return _edit(order, _FORMS[action], _("Change the wish")), None
    if action == "orders.allocate":
        return _goods_step(actor, page), None
    return _post(order, "accept", _("Accept the order")), None


def _cancel_steps(actor: Actor, order: Order) -> tuple[Step | None, Step | None]:
    """Grant or refuse; papers that are out are pulled back by the one door for that."""
    if not actor.may(permissions.CANCEL):
        return None, None
    refuse = _edit(order, "refuse", _("Do not cancel; go on"))
    if order.in_work:
        return other_app(actor, "fulfillment.cancel_and_pull_back", order), refuse
    return _edit(order, "cancel", _("Cancel the order")), refuse


def _goods_step(actor: Actor, page: OrderPage) -> Step | None:
    """Allocate what is there. Where nothing is free, no press helps: the buyer has to hear of the wait."""
    if any(line.short > 0 and page.free.get(line.sku_id or 0, 0) > 0 for line in page.lines):
        return _post(page.order, "allocate", _("Allocate"))
    return other_app(actor, TELL_OF_DELAY, page.order)


def _check_steps(actor: Actor, page: OrderPage, code: str, action: str) -> tuple[Step | None, Step | None]:
    order, anyway = page.order, _edit(page.order, "answer", _("Leave it so"))
    if code == Check.AUTH_EXPIRED:  # a new authorisation closes the reason; a look at it changes nothing
        return other_app(actor, wording.LOOKS["guarantee_failed"].action, order), anyway
    if action == "orders.allocate":
        return _goods_step(actor, page), anyway
    if action == "orders.edit":
        return Step(_("Change the order"), reverse("orders:edit", args=[order.pk]), post=False), anyway
    if action == "orders.set_line_sku":
        return _edit(order, "sku", _("Name the SKU")), None
    if action in _FORMS:
        words = {Check.ADDRESS: _("Correct the address"), Check.PHONE: _("Correct the phone number")}
        return _edit(order, _FORMS[action], words.get(Check(code), _("Change the wish"))), anyway
    may_end = code == Check.DUPLICATE and actor.may(permissions.CANCEL) and is_editable(order)
    second = _edit(order, "cancel", _("Cancel the order")) if may_end else None
    return _post(order, "clear_check", _("Checked"), code=code), second


def _post(order: Order, name: str, label: str, **fields: str) -> Step:
    own = (("version", str(order.version)), *fields.items())
    return Step(label, reverse(f"orders:{name}", args=[order.pk]), own)


def _edit(order: Order, part: str, label: str) -> Step:
    return Step(label, f"{reverse('orders:order', args=[order.pk])}#edit-{part}", post=False)


def is_open(order: Order) -> bool:
    """Whether anything is left to do about an order."""
    return order.queue not in (Queue.CANCELLED, Queue.DONE) and not order.is_history


def is_editable(order: Order) -> bool:
    """ORD-40: until it is over, papers are out, or something has left."""
    return is_open(order) and order.shipped_at is None and not order.in_work


def head(actor: Actor, order: Order) -> list[Step]:
    """Buttons of other apps in the head of the page; those that pull papers back only while some are out."""
    names = ["notifications.write"]
    if order.in_work:
        names += ["fulfillment.pull_back", "fulfillment.cancel_and_pull_back"]
    return [step for step in (other_app(actor, name, order) for name in names) if step is not None]


def other_app(actor: Actor, name: str, order: Order) -> Step | None:
    """The button of another app's action for this order; None if nobody registered it or the person may not."""
    if name not in registry.actions:
        return None
    action = registry.actions.get(name)
    if not action.url_name or (action.permission and not actor.may(action.permission)):
        return None
    try:
        url, fields = reverse(action.url_name, args=[order.pk]), (("version", str(order.version)),)
    except NoReverseMatch:
        url, fields = reverse(action.url_name), (("id", str(order.pk)),)
    return Step(str(action.label), url, (*fields, *action.fields), icon=action.icon, confirm=str(action.confirm))


def take_remark(order: Order) -> Step:
    """Do what the remark was read as, with the prepared reply (N-1)."""
    return _post(order, "accept_remark", _("Take the remark as read"))


def next_step(actor: Actor, page: OrderPage, found: Sequence[Obstacle]) -> Step | None:
    """The one highlighted thing to do: answer and accept in one press where only a look was asked for."""
    order = page.order
    if found and actor.may(permissions.WORK) and order.queue in (Queue.NEW, Queue.CHECK):
        codes = [o.code.removeprefix("check.") for o in found if o.code.startswith("check.")]
        gating = [o for o in found if o.code == "cancel_requested" or o.code.startswith("hold.")]
        if codes and not gating and all(c in ONLY_LOOK for c in codes):
            label = _("Checked: accept the order")
            return Step(
                label, reverse("orders:confirm", args=[order.pk]),
                (("version", str(order.version)), *(("codes", c) for c in codes)), icon="check",
            )  # fmt: skip
    if found:
        return next((o.step for o in found if o.step is not None and o.code not in _OPEN_BY_THEMSELVES), None)
    if order.queue == Queue.READY:
        return other_app(actor, "fulfillment.instruct", order)
    return None
