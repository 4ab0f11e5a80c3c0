"""What happened after shipping and what the shop has set up: parcels that come back, cases, rules that watch."""

from __future__ import annotations

from django.utils.translation import override

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.orders.models import OrderLine
from akinai.backoffice.orders.rules import services as rules
from akinai.backoffice.orders.rules.recipes import RECIPES
from akinai.backoffice.orders.rules.states import RuleState
from akinai.backoffice.orders.states import Stage
from akinai.backoffice.returns import services as returns
from akinai.backoffice.returns.states import Kind, Reason
from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs.services import run_pending

from .working import Days

#: Watching, so that the owner sees what they would do before they may.
WATCHING = ("large", "noshi")


def happen(days: Days) -> None:
    """Of the parcels of the last days: one kept at the depot, one coming back, broken goods, wrong goods."""
    clerk = days.people.clerk
    left = list(Shipment.objects.filter(stage=Stage.SHIPPED, bundle=None).order_by("shipped_at", "pk")[:8])
    if len(left) < 4:
        return
    fulfillment.note_tracking(clerk, shipment_id=left[0].pk, state=Tracking.HELD)
    fulfillment.note_tracking(clerk, shipment_id=left[1].pk, state=Tracking.RETURNING, note="長期不在")
    _case(clerk, left[2], Kind.RETURN, Reason.DAMAGE, "箱の角がつぶれ、中の器が欠けて届いたとのお電話")
    _case(clerk, left[3], Kind.EXCHANGE, Reason.WRONG, "色ちがいが届いたとのメール。写真あり")
    run_pending(limit=10_000)


def _case(actor: Actor, shipment: Shipment, kind: Kind, reason: Reason, text: str) -> None:
    line = OrderLine.objects.filter(order=shipment.order_id, shipped__gt=0).order_by("number").first()
    if line is not None:
        returns.open_case(
            actor, order_id=shipment.order_id, kind=kind, reason=reason, quantities={line.pk: 1}, text=text
        )


def watch() -> None:
    """Two rules of the shop, tried on the last thirty days and now watching."""
    owner = Staff.objects.get(login="owner").actor
    with override("ja"):
        for key in WATCHING:
            recipe = RECIPES[key]
            rule = rules.create_rule(owner, name=str(recipe.name), spec=recipe.spec)
            rules.try_rule(owner, rule_id=rule.pk)
            run_pending(limit=10_000)
            rule.refresh_from_db()
            rules.switch_rule(owner, rule_id=rule.pk, to=RuleState.SHADOW, seen_edition=rule.edition)
