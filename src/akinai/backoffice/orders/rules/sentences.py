"""A rule as people read it, in their language: 「店舗が「楽天」、かつ合計が30,000円以上なら → …」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.foundation.core import money
from akinai.foundation.ui import html

from . import actions
from .fields import FIELDS, Field, choice_labels
from .operators import Kind, Takes
from .spec import Condition, Group, Spec


def rule_sentence(spec: Spec) -> str:
    """The whole rule in one sentence."""
    if not any(group.conditions for group in spec.groups):
        return _("No condition yet")
    parts = {"conditions": conditions_sentence(spec), "actions": actions_sentence(spec)}
    return _("If %(conditions)s → %(actions)s") % parts


def conditions_sentence(spec: Spec) -> str:
    """The conditions alone; groups of several stand in brackets."""
    groups = [group for group in spec.groups if group.conditions]
    said = [_group(group, brackets=len(groups) > 1) for group in groups]
    return _joined(said, any_of=spec.any)


def actions_sentence(spec: Spec) -> str:
    """The actions alone."""
    if not spec.actions:
        return _("nothing yet")
    return pgettext("between actions", ", ").join(actions.says(action) for action in spec.actions)


def _group(group: Group, *, brackets: bool) -> str:
    said = _joined([condition_sentence(c) for c in group.conditions], any_of=group.any)
    return _("(%(conditions)s)") % {"conditions": said} if brackets and len(group.conditions) > 1 else said


def _joined(parts: Sequence[str], *, any_of: bool) -> str:
    return (pgettext("between conditions", " or ") if any_of else pgettext("between conditions", " and ")).join(parts)


def condition_sentence(condition: Condition) -> str:
    """One condition; a field or operator this program does not know stands for itself."""
    field = FIELDS.get(condition.field)
    operator = field.operators.get(condition.op) if field else None
    if field is None or operator is None:
        return f"{condition.field} {condition.op} {', '.join(map(str, condition.args))}"
    name = str(field.label)
    if field.of_line:
        named = _("of every line, %(field)s") if condition.lines == "all" else _("of any line, %(field)s")
        name = named % {"field": name}
    words = {"field": name, "value": "", "other": ""}
    if operator.takes == Takes.MANY:
        words["value"] = pgettext("between values", ", ").join(shown(field, arg) for arg in condition.args)
    elif operator.takes == Takes.DAYS:
        words["value"] = str(condition.args[0])
    elif condition.args:
        words["value"] = shown(field, condition.args[0])
        words["other"] = shown(field, condition.args[1]) if len(condition.args) > 1 else ""
    return str(operator.says) % words


def shown(field: Field, value: Any) -> str:
    """A value of a field in words."""
    if value is None or value == "":
        return pgettext("value", "empty") if field.choices is None or value is None else _value(field, value)
    if isinstance(value, bool):
        return pgettext("flag", "yes") if value else pgettext("flag", "no")
    return _value(field, value)


def _value(field: Field, value: Any) -> str:
    if field.kind == Kind.YEN:
        return str(_("%(amount)s yen") % {"amount": money.yen(int(value))})
    if field.kind == Kind.NUMBER:
        return f"{value:,}" if isinstance(value, int) else str(value)
    if field.kind == Kind.DATE:
        return html.iso_day(str(value))
    if field.choices is not None:
        return _("“%(value)s”") % {"value": choice_labels(field).get(str(value), str(value))}
    return _("“%(value)s”") % {"value": value}


def why_sentence(stored: Mapping[str, Any]) -> str:
    """A line of the log: the condition that held, and what it saw where that says more."""
    condition = Condition(
        str(stored.get("field")), str(stored.get("op")), tuple(stored.get("args", ())), stored.get("lines", "any")
    )
    said, field = condition_sentence(condition), FIELDS.get(condition.field)
    seen = stored.get("seen")
    if field is None or field.kind == Kind.YESNO or _says_it_all(condition, seen):
        return said
    values = seen if isinstance(seen, list) else [seen]
    words = pgettext("between values", ", ").join(dict.fromkeys(_short(field, value) for value in values))
    return _("%(condition)s (%(seen)s)") % {"condition": said, "seen": words} if words else said


def _short(field: Field, value: Any) -> str:
    text = shown(field, value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _says_it_all(condition: Condition, seen: Any) -> bool:
    """True where the value seen is the value asked for."""
    if condition.op in ("empty", "is", "equals", "on"):
        return True
    return condition.op == "one_of" and len(condition.args) == 1 and not isinstance(seen, list)
