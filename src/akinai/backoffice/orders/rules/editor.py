"""The form in which a rule is written: rows of field, operator and value, as typed, with what is wrong about each.

Pages draw it; without scripts every change of its shape (another row, another field) is a round trip, with them htmx
does the same in place.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput, Sentence
from akinai.shop.catalog.models import Sku

from .actions import ACTIONS, ActionKind, Param
from .fields import FIELDS, GROUP_LABELS, Field, choice_labels
from .operators import Kind, Operator, Takes
from .sentences import rule_sentence
from .spec import MOST_ACTIONS, MOST_CONDITIONS, MOST_GROUPS, Action, Condition, Group, Spec

MOST_YEN = 999_999_999
MOST_TEXT = 200
MOST_VALUES = 100
#: Up to so many choices are ticked, more are picked from a list.
FEW = 8
_SPLIT = re.compile(r"[\n\r、,，]+")


@dataclass
class ConditionRow:
    """One condition as typed; `values` are the ticked choices or the one text."""

    field: str = "total"
    op: str = ""
    lines: str = "any"
    values: list[str] = dataclasses.field(default_factory=list)
    other: str = ""
    error: str = ""

    @property
    def of(self) -> Field:
        return FIELDS.get(self.field) or next(iter(FIELDS.values()))

    @property
    def operator(self) -> Operator:
        found = self.of.operators
        return found.get(self.op) or next(iter(found.values()))

    @property
    def operators(self) -> list[tuple[str, Sentence, bool]]:
        """What can be asked, with the one chosen."""
        return [(o.name, o.label, o.name == self.operator.name) for o in self.of.operators.values()]

    @property
    def of_line(self) -> bool:
        return self.of.of_line

    @property
    def input(self) -> str:
        """Which input the value needs: none, ticks, pick, date, number, words or text."""
        takes, kind = self.operator.takes, self.of.kind
        if takes == Takes.NOTHING:
            return "none"
        if self.of.choices is not None:
            return "ticks" if len(choice_labels(self.of)) <= FEW else "pick"
        if takes == Takes.DAYS:
            return "number"
        if takes == Takes.MANY:
            return "words"
        return {Kind.DATE: "date", Kind.NUMBER: "number", Kind.YEN: "number"}.get(kind, "text")

    @property
    def unit(self) -> str:
        """What stands behind the input."""
        if self.operator.takes == Takes.DAYS:
            return _("days")
        return _("yen") if self.of.kind == Kind.YEN else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(value, label, value in self.values) for value, label in choice_labels(self.of).items()]

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def two(self) -> bool:
        return self.operator.takes == Takes.TWO

    def read(self) -> Condition:
        """The condition; BadInput says what is wrong with it."""
        lines = "all" if self.lines == "all" and self.of_line else "any"
        return Condition(self.of.key, self.operator.name, tuple(self._args()), lines)

    def _args(self) -> list[Any]:
        takes = self.operator.takes
        if takes == Takes.NOTHING:
            return []
        if takes == Takes.MANY:
            return self._many()
        if takes == Takes.DAYS:
            return [_number(self.value, most=3650, least=0)]
        if takes == Takes.TWO:
            pair = [self._one(self.value), self._one(self.other)]
            if pair[0] > pair[1]:
                raise BadInput(_("The second value must not be lower than the first."))
            return pair
        return [self._one(self.value)]

    def _many(self) -> list[str]:
        known = choice_labels(self.of)
        if self.of.choices is not None:
            found = [value for value in self.values if value in known]
        else:
            found = [part.strip() for text in self.values for part in _SPLIT.split(text) if part.strip()]
        if not found:
            raise BadInput(_("Choose at least one."))
        if len(found) > MOST_VALUES:
            raise BadInput(_("At most %(most)d values.") % {"most": MOST_VALUES})
        return [_text(value) for value in dict.fromkeys(found)]

    def _one(self, text: str) -> Any:
        if self.of.kind in (Kind.NUMBER, Kind.YEN):
            return _number(text, most=MOST_YEN, least=-MOST_YEN)
        return _date(text) if self.of.kind == Kind.DATE else _text(text)


def _number(text: str, *, most: int, least: int) -> int:
    try:
        number = int(text.replace(",", "").replace("円", "").strip())
    except ValueError:
        raise BadInput(_("Enter a number.")) from None
    if not least <= number <= most:
        raise BadInput(_("Enter a number from %(least)s to %(most)s.") % {"least": f"{least:,}", "most": f"{most:,}"})
    return number


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise BadInput(_("Enter a date.")) from None


def _text(text: str) -> str:
    word = text.strip()
    if not word:
        raise BadInput(_("Enter a value."))
    if len(word) > MOST_TEXT or "\x00" in word:
        raise BadInput(_("At most %(most)d characters.") % {"most": MOST_TEXT})
    return word


@dataclass
class GroupRow:
    """Conditions in one pair of brackets."""

    rows: list[ConditionRow] = dataclasses.field(default_factory=lambda: [ConditionRow()])
    any: bool = False

    @property
    def full(self) -> bool:
        return len(self.rows) >= MOST_CONDITIONS


@dataclass(frozen=True, slots=True)
class Input:
    """One particular of an action as it is drawn."""

    param: Param
    value: str
    choices: list[tuple[str, str, bool]]


@dataclass
class ActionRow:
    """One action as typed."""

    kind: str = "check"
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    error: str = ""

    @property
    def of(self) -> ActionKind:
        return ACTIONS.get(self.kind) or next(iter(ACTIONS.values()))

    @property
    def kinds(self) -> list[tuple[str, Sentence, bool]]:
        return [(kind.key, kind.label, kind.key == self.of.key) for kind in ACTIONS.values()]

    @property
    def inputs(self) -> list[Input]:
        """Its particulars with what was typed."""
        found = []
        for param in self.of.params:
            value = self.values.get(param.name, "")
            options = [(key, str(label), key == value) for key, label in param.choices()] if param.choices else []
            found.append(Input(param, value, options))
        return found

    def read(self) -> Action:
        """The action; BadInput says what is wrong with it."""
        params = {param.name: self._param(param) for param in self.of.params}
        found = {name: value for name, value in params.items() if value not in (None, "")}
        if self.of.key == "day" and ("on" in found) == ("days" in found):
            raise BadInput(_("Enter either a day or a number of days."))
        return Action(self.of.key, found)

    def _param(self, param: Param) -> Any:
        text = self.values.get(param.name, "").strip()
        if not text:
            if param.required:
                raise BadInput(_("%(field)s: this must not be empty.") % {"field": param.label})
            return None
        try:
            return self._typed(param, text)
        except BadInput as error:
            raise BadInput(f"{param.label}: {error.sentence}") from None

    @staticmethod
    def _typed(param: Param, text: str) -> Any:
        if param.kind == "number":
            return _number(text, most=param.most, least=1)
        if param.kind == "date":
            return _date(text)
        if param.kind == "choice" and text not in {key for key, _l in (param.choices() if param.choices else ())}:
            raise BadInput(_("Choose one from the list."))
        if param.kind == "sku" and not Sku.objects.filter(code=text, is_active=True).exists():
            raise BadInput(_("There is no such SKU."))
        if len(text) > param.most or "\x00" in text:
            raise BadInput(_("At most %(most)d characters.") % {"most": param.most})
        return text


@dataclass
class Editor:
    """The whole form."""

    name: str = ""
    groups: list[GroupRow] = dataclasses.field(default_factory=lambda: [GroupRow()])
    actions: list[ActionRow] = dataclasses.field(default_factory=lambda: [ActionRow()])
    any: bool = False
    edition: int = 1
    name_error: str = ""
    errors: list[str] = dataclasses.field(default_factory=list)

    @classmethod
    def of(cls, name: str, spec: Spec, edition: int = 1) -> Editor:
        """The form of a rule as it stands."""
        groups = [GroupRow([_row(c) for c in group.conditions] or [ConditionRow()], group.any) for group in spec.groups]
        actions = [ActionRow(a.kind, {k: str(v) for k, v in a.params.items()}) for a in spec.actions]
        return cls(name, groups or [GroupRow()], actions or [ActionRow()], spec.any, edition)

    @classmethod
    def sent(cls, posted: QueryDict) -> Editor:
        """The form as it was sent; what it does not know is left out."""
        groups = []
        for g in range(MOST_GROUPS):
            rows = [_sent_row(posted, f"g{g}-c{c}") for c in range(MOST_CONDITIONS) if f"g{g}-c{c}-field" in posted]
            if rows:
                groups.append(GroupRow(rows, posted.get(f"g{g}-any") == "1"))
        actions = [
            ActionRow(str(posted[f"a{a}-kind"]), _params(posted, f"a{a}-p-"))
            for a in range(MOST_ACTIONS) if f"a{a}-kind" in posted
        ]  # fmt: skip
        edition = posted.get("edition", "1")
        number = int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 9 else 1
        return cls(posted.get("name", ""), groups or [GroupRow()], actions or [ActionRow()], posted.get("any") == "1",
                   number)  # fmt: skip

    def reshape(self, order: str) -> None:
        """Another row, group or action, or one less: `add:0`, `drop:0:1`, `group`, `action`, `undo:2`."""
        word, _colon, rest = order.partition(":")
        places = [int(part) for part in rest.split(":") if part.isascii() and part.isdigit() and len(part) < 4]
        if word == "group" and len(self.groups) < MOST_GROUPS:
            self.groups.append(GroupRow())
        elif word == "action" and len(self.actions) < MOST_ACTIONS:
            self.actions.append(ActionRow())
        elif word == "add" and places and places[0] < len(self.groups) and not self.groups[places[0]].full:
            self.groups[places[0]].rows.append(ConditionRow())
        elif word == "undo" and places and places[0] < len(self.actions):
            del self.actions[places[0]]
            self.actions = self.actions or [ActionRow()]
        elif word == "drop" and len(places) == 2:
            self._drop(*places)

    def _drop(self, group: int, row: int) -> None:
        if group < len(self.groups) and row < len(self.groups[group].rows):
            del self.groups[group].rows[row]
            self.groups = [g for g in self.groups if g.rows] or [GroupRow()]

    def read(self) -> Spec | None:
        """The rule, or None with what is wrong written at its rows."""
        self.name_error = "" if self.name.strip() else _("Give the rule a name.")
        if len(self.name) > 80:
            self.name_error = _("At most %(most)d characters.") % {"most": 80}
        spec = self._spec(tell=True)
        wrong = [*(row.error for g in self.groups for row in g.rows), *(a.error for a in self.actions), self.name_error]
        return None if any(wrong) else spec

    def _spec(self, *, tell: bool) -> Spec:
        groups = []
        for group in self.groups:
            found = [c for c in (_try(row, tell=tell) for row in group.rows) if isinstance(c, Condition)]
            groups.append(Group(tuple(found), group.any))
        actions = [a for a in (_try(row, tell=tell) for row in self.actions) if isinstance(a, Action)]
        return Spec(tuple(groups), tuple(actions), self.any)

    @property
    def sentence(self) -> str:
        """The rule as far as it is written."""
        return rule_sentence(self._spec(tell=False))

    @property
    def full(self) -> bool:
        return len(self.groups) >= MOST_GROUPS

    @property
    def fields(self) -> list[tuple[str, list[tuple[str, Sentence]]]]:
        """Every field under its heading."""
        return [
            (str(label), [(f.key, f.label) for f in FIELDS.values() if f.group == group])
            for group, label in GROUP_LABELS.items()
        ]


def _try(row: ConditionRow | ActionRow, *, tell: bool) -> Condition | Action | None:
    try:
        return row.read()
    except BadInput as error:
        if tell:
            row.error = str(error.sentence)
        return None


def _row(condition: Condition) -> ConditionRow:
    known = FIELDS.get(condition.field)
    takes = known.operators[condition.op].takes if known and condition.op in known.operators else Takes.ONE
    values = [str(arg) for arg in condition.args]
    if takes == Takes.MANY and known is not None and known.choices is None:
        values = ["\n".join(values)]
    other = values[1] if takes == Takes.TWO and len(values) > 1 else ""
    return ConditionRow(condition.field, condition.op, condition.lines, values, other)


def _sent_row(posted: QueryDict, prefix: str) -> ConditionRow:
    values = [value[:2000] for value in posted.getlist(f"{prefix}-value")][:MOST_VALUES]
    return ConditionRow(
        posted.get(f"{prefix}-field", ""), posted.get(f"{prefix}-op", ""), posted.get(f"{prefix}-lines", "any"), values,
        posted.get(f"{prefix}-other", "")[:2000],
    )  # fmt: skip


def _params(posted: Mapping[str, Any], prefix: str) -> dict[str, str]:
    names: Sequence[str] = [param.name for kind in ACTIONS.values() for param in kind.params]
    return {name: str(posted[f"{prefix}{name}"])[:2000] for name in dict.fromkeys(names) if f"{prefix}{name}" in posted}
