"""What people do with rules: write, change, try, watch, switch on and off; and the tags of orders."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.foundation import audit, events, jobs
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, Conflict, NotFound, Refused, Sentence

from . import trial
from .judging import Ready
from .matching import is_known
from .models import OrderTag, Rule, RuleTrial
from .spec import Spec, pack, unpack
from .states import RuleState

MOST_RULES = 200
MOST_TAGS = 20


def rule_by_id(rule_id: int) -> Rule:
    """A rule; raises NotFound."""
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    return rule


@transaction.atomic
def create_rule(actor: Actor, *, name: str, spec: Spec) -> Rule:
    """Write a new rule as a draft, behind the others. Raises BadInput for a blank name, Refused for one too many."""
    _named(name)
    if Rule.objects.count() >= MOST_RULES:
        raise Refused(_("There are %(most)d rules already. Change one of them instead.") % {"most": MOST_RULES})
    last = Rule.objects.aggregate(last=Max("position"))["last"] or 0
    rule = Rule.objects.create(name=name.strip(), position=last + 1, spec=pack(spec), **_by(actor))
    audit.record(actor, "rules.create", rule.subject, detail={"spec": rule.spec})
    return rule


def _by(actor: Actor) -> dict[str, object]:
    return {"changed_at": clock.now(), "changed_by": actor.key, "changed_by_label": actor.label}


def _named(name: str) -> None:
    if not name.strip():
        raise BadInput(_("Give the rule a name."), field="name")


@transaction.atomic
def change_rule(actor: Actor, *, rule_id: int, name: str, spec: Spec, seen_edition: int) -> Rule:
    """Change a rule. Other conditions or actions make a new edition, which begins again as a draft and is tried anew.

    What the older edition did to orders stands until the rule is on again and looks at them. Raises Conflict if
    somebody else changed it meanwhile.
    """
    _named(name)
    rule, stored = rule_by_id(rule_id), pack(spec)
    is_new = stored != rule.spec
    changes: dict[str, object] = {"name": name.strip(), **_by(actor)}
    if is_new:
        changes |= {"spec": stored, "edition": F("edition") + 1, "state": RuleState.DRAFT}
    if not guarded_update(Rule.objects.filter(pk=rule_id, edition=seen_edition), **changes):
        raise Conflict(_("Somebody else has changed this rule. Look at it again."), changes=[])
    rule = rule_by_id(rule_id)
    rule.save(update_fields=["name"])  # tells every process that the rules have changed
    audit.record(actor, "rules.change", rule.subject, detail={"edition": rule.edition, "spec": stored})
    return rule


@transaction.atomic
def try_rule(actor: Actor, *, rule_id: int) -> RuleTrial:
    """Find out in the background what the rule would have done to the orders of the last 30 days."""
    rule = rule_by_id(rule_id)
    refusals = _unfinished(rule)
    if refusals:
        raise Refused(refusals)
    made = RuleTrial.objects.create(
        rule=rule, edition=rule.edition, since=clock.today() - dt.timedelta(days=trial.DAYS), asked_at=clock.now(),
        asked_by=actor.key,
    )  # fmt: skip
    job = jobs.enqueue("orders.try_rule", args={"trial_id": made.pk}, actor=actor)
    made.job_id = job.pk
    made.save(update_fields=["job_id"])
    audit.record(actor, "rules.try", rule.subject, detail={"edition": rule.edition})
    return made


def run_trial(trial_id: int, *, progress: trial.Progress | None = None) -> RuleTrial:
    """Do what `try_rule` asked for and keep the result; orders are only read."""
    made = RuleTrial.objects.select_related("rule").get(pk=trial_id)
    ready = Ready.of(made.rule)
    seen, found = trial.run([ready], made.since, progress=progress)
    result = found[ready.id]
    made.seen, made.hits, made.counts, made.rows = seen, result.hits, dict(result.counts), result.rows
    made.done_at = clock.now()
    made.save(update_fields=["seen", "hits", "counts", "rows", "done_at"])
    return made


@transaction.atomic
def switch_rule(actor: Actor, *, rule_id: int, to: str, seen_edition: int) -> Rule:
    """Let a rule watch, act or rest. Raises Refused unless this edition was tried, and acts only after it has watched.

    What it did stays when it is put away. A rule that is switched on acts on the next orders, and on those here when
    a fact it reads changes.
    """
    rule = rule_by_id(rule_id)
    refusals = _obstacles(rule, to)
    if refusals:
        raise Refused(refusals)
    guard = Rule.objects.filter(pk=rule_id, edition=seen_edition, state=rule.state)
    if not guarded_update(guard, state=to, **_by(actor)):
        raise Conflict(_("Somebody else has changed this rule. Look at it again."), changes=[])
    rule = rule_by_id(rule_id)
    rule.save(update_fields=["state"])  # tells every process that the rules have changed
    audit.record(actor, f"rules.{to}", rule.subject, detail={"edition": rule.edition})
    return rule


def _obstacles(rule: Rule, to: str) -> list[Sentence]:
    if to == RuleState.OFF:
        return [] if rule.state in (RuleState.ON, RuleState.SHADOW) else [_("This rule is not at work.")]
    if to not in (RuleState.SHADOW, RuleState.ON):
        return [_("Choose what the rule shall do.")]
    found = _unfinished(rule)
    if rule.state == to:
        found.append(_("The rule does that already."))
    if not rule.trials.filter(edition=rule.edition, done_at__isnull=False).exists():
        found.append(_("Try it on the orders of the last 30 days first."))
    if to == RuleState.ON and rule.state == RuleState.DRAFT:
        found.append(_("Let it watch first; it acts when you switch it on after that."))
    return found


def _unfinished(rule: Rule) -> list[Sentence]:
    spec, found = unpack(rule.spec), list[Sentence]()
    if not any(group.conditions for group in spec.groups):
        found.append(_("The rule has no condition yet."))
    if not spec.actions:
        found.append(_("The rule does nothing yet."))
    if not is_known(spec):
        found.append(_("The rule asks for something this program does not know. Change it."))
    return found


@transaction.atomic
def move_rule(actor: Actor, *, rule_id: int, up: bool) -> None:
    """Let a rule act before or after its neighbour; at the end of the list nothing happens."""
    rows = list(Rule.objects.select_for_update().order_by("position", "pk"))
    here = next((i for i, row in enumerate(rows) if row.pk == rule_id), None)
    if here is None:
        raise NotFound(_("There is no such rule."))
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    audit.record(actor, "rules.move", f"rule:{rule_id}", detail={"position": there + 1})


@transaction.atomic
def delete_rule(actor: Actor, *, rule_id: int) -> None:
    """Throw a rule away that has never looked at an order outside a trial; Refused for one that has: switch it off."""
    rule = rule_by_id(rule_id)
    if rule.state in (RuleState.ON, RuleState.SHADOW) or rule.log.exists() or rule.deeds.exists():
        raise Refused(_("This rule has looked at orders already. Switch it off instead; its log stays."))
    audit.record(actor, "rules.delete", rule.subject, detail={"name": rule.name, "spec": rule.spec})
    rule.delete()


@transaction.atomic
def add_tag(actor: Actor, *, order_id: int, name: str) -> OrderTag:
    """Put a tag on an order; one that is there already stays. Raises BadInput for a blank or long one."""
    word = " ".join(name.split())
    if not 1 <= len(word) <= 30:
        raise BadInput(_("A tag has 1 to 30 characters."), field="name")
    order = _order(order_id)
    if order.tags.count() >= MOST_TAGS:
        raise Refused(_("An order carries at most %(most)d tags.") % {"most": MOST_TAGS})
    values = {"at": clock.now(), "by": actor.key, "by_label": actor.label}
    tag, made = OrderTag.objects.get_or_create(order=order, name=word, defaults=values)
    if made:
        audit.record(actor, "orders.tag", order.subject, detail={"tag": word})
        events.emit(OrderChanged(order.pk, order.number, order.edition, what="tag"), actor=actor)
    return tag


@transaction.atomic
def remove_tag(actor: Actor, *, order_id: int, name: str) -> bool:
    """Take a tag off; a rule that put it there does not do so again on this order (N-11). Says whether it was there."""
    order = _order(order_id)
    gone, _each = order.tags.filter(name=name).delete()
    if gone:
        audit.record(actor, "orders.untag", order.subject, detail={"tag": name})
        events.emit(OrderChanged(order.pk, order.number, order.edition, what="tag"), actor=actor)
    return bool(gone)


def order_by_id(order_id: int) -> Order:
    """The order of a panel; raises NotFound."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order


def _order(order_id: int) -> Order:
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order
