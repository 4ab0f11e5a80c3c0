"""Rules, what they did to which order and why, and the tags of orders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .states import DeedState, LogKind, RuleState


class Rule(models.Model):
    """One rule. `spec` is what `spec.pack` makes; a changed one is a new `edition` and begins again as a draft."""

    name = models.CharField(_("rule name"), max_length=80)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=RuleState.choices, default=RuleState.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    spec = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    changed_by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """The text by which the audit names this rule."""
        return f"rule:{self.pk}"


class RuleTrial(models.Model):
    """What one edition would have done to the orders since `since`; nothing was changed by finding out.

    `rows` are the newest orders it would have hit, each with number, why and what; `counts` how often by action.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="trials")
    edition = models.PositiveIntegerField()
    since = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    seen = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.edition}: {self.hits}/{self.seen}"


class RuleLog(models.Model):
    """One look at an order that changed something, or in shadow would have: which rule, when, why, and what was done.

    `why` are the conditions that held with the values they saw; `done` are actions with their outcome.
    """

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="log")
    edition = models.PositiveIntegerField()
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="rule_log")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=LogKind.choices, default=LogKind.HIT)
    is_shadow = models.BooleanField(default=False)
    trigger = models.CharField(max_length=20)
    facts = models.CharField(max_length=24)
    why = models.JSONField(default=list)
    done = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["rule", "-at"], name="rule_log_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule_id} → {self.order_id}"


class RuleDeed(models.Model):
    """What stands of one action of a rule on one order, so that a person's word is kept (N-11).

    `key` names the action with its particulars; `facts` is the fingerprint under which it was done.
    """

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="deeds")
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="rule_deeds")
    key = models.CharField(max_length=60)
    action = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=DeedState.choices, default=DeedState.STANDS)
    facts = models.CharField(max_length=24)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "rule", "key"], name="rule_deed_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.key} {self.state}"


class OrderTag(models.Model):
    """タグ: a word that a rule or a person has put on an order, to find it again."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=30)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "name"], name="order_tag_once"),
            models.CheckConstraint(condition=~Q(name=""), name="order_tag_given"),
        ]
        indexes = [models.Index(fields=["name", "order"], name="order_tag_name")]

    def __str__(self) -> str:
        return self.name
