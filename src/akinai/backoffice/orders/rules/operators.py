"""What can be asked of a value: kinds of values and the operators of each. Pure; text is compared folded (GEN-3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.core.errors import Sentence
from akinai.foundation.core.text import fold


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    YEN = "yen"
    DATE = "date"
    CHOICE = "choice"
    YESNO = "yesno"
    LIST = "list"


class Takes(StrEnum):
    """What an operator needs besides the field."""

    NOTHING = "nothing"
    ONE = "one"
    TWO = "two"
    MANY = "many"
    DAYS = "days"


#: True or False of a value, on a business date.
Test: TypeAlias = Callable[[Any, dt.date], bool]
Args: TypeAlias = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Operator:
    """One question. `says` reads after the field's name: `%(field)s`, `%(value)s`, `%(other)s`."""

    name: str
    label: Sentence
    says: Sentence
    takes: Takes
    make: Callable[[Args], Test]


_flat = lru_cache(maxsize=65_536)(fold)


def _words(args: Args) -> list[str]:
    return [fold(str(word)) for word in args]


def _text_is(args: Args) -> Test:
    wanted = fold(str(args[0]))
    return lambda value, _today: _flat(value) == wanted


def _text_in(args: Args) -> Test:
    wanted = frozenset(_words(args))
    return lambda value, _today: _flat(value) in wanted


def _contains(args: Args) -> Test:
    wanted = fold(str(args[0]))
    return lambda value, _today: wanted in _flat(value)


def _contains_any(args: Args) -> Test:
    wanted = tuple(_words(args))
    return lambda value, _today: any(word in _flat(value) for word in wanted)


def _starts(args: Args) -> Test:
    wanted = fold(str(args[0]))
    return lambda value, _today: _flat(value).startswith(wanted)


def _ends(args: Args) -> Test:
    wanted = fold(str(args[0]))
    return lambda value, _today: _flat(value).endswith(wanted)


def _empty(_args: Args) -> Test:
    return lambda value, _today: not value


def _not(make: Callable[[Args], Test]) -> Callable[[Args], Test]:
    def turned(args: Args) -> Test:
        test = make(args)
        return lambda value, today: not test(value, today)

    return turned


def _equals(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value == wanted)


def _differs(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value != wanted)


def _more(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value > wanted)


def _at_least(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value >= wanted)


def _less(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value < wanted)


def _at_most(args: Args) -> Test:
    wanted = args[0]
    return lambda value, _today: value is not None and bool(value <= wanted)


def _between(args: Args) -> Test:
    first, last = args
    return lambda value, _today: value is not None and bool(first <= value <= last)


def _within(args: Args) -> Test:
    days = int(args[0])
    return lambda value, today: value is not None and 0 <= (value - today).days <= days


def _beyond(args: Args) -> Test:
    days = int(args[0])
    return lambda value, today: value is not None and (value - today).days > days


def _past(args: Args) -> Test:
    days = int(args[0])
    return lambda value, today: value is not None and (today - value).days >= days


def _yes(_args: Args) -> Test:
    return lambda value, _today: bool(value)


def _one_of(args: Args) -> Test:
    wanted = frozenset(args)
    return lambda value, _today: value in wanted


def _has(args: Args) -> Test:
    wanted = frozenset(args)
    return lambda value, _today: not wanted.isdisjoint(value)


def _has_all(args: Args) -> Test:
    wanted = frozenset(args)
    return lambda value, _today: wanted.issubset(value)


def _op(name: str, label: Sentence, says: Sentence, takes: Takes, make: Callable[[Args], Test]) -> Operator:
    return Operator(name, label, says, takes, make)


_EMPTY = (
    _op("empty", _("is empty"), _("%(field)s is empty"), Takes.NOTHING, _empty),
    _op("not_empty", _("is filled"), _("%(field)s is filled"), Takes.NOTHING, _not(_empty)),
)
_TEXT = (
    _op("contains", _("contains"), _("%(field)s contains %(value)s"), Takes.ONE, _contains),
    _op("not_contains", _("does not contain"), _("%(field)s does not contain %(value)s"), Takes.ONE, _not(_contains)),
    _op("contains_any", _("contains one of"), _("%(field)s contains one of %(value)s"), Takes.MANY, _contains_any),
    _op("is", _("is"), _("%(field)s is %(value)s"), Takes.ONE, _text_is),
    _op("is_not", _("is not"), _("%(field)s is not %(value)s"), Takes.ONE, _not(_text_is)),
    _op("one_of", _("is one of"), _("%(field)s is one of %(value)s"), Takes.MANY, _text_in),
    _op("none_of", _("is none of"), _("%(field)s is none of %(value)s"), Takes.MANY, _not(_text_in)),
    _op("starts", _("starts with"), _("%(field)s starts with %(value)s"), Takes.ONE, _starts),
    _op("ends", _("ends with"), _("%(field)s ends with %(value)s"), Takes.ONE, _ends),
    *_EMPTY,
)
_NUMBER = (
    _op("at_least", _("or more"), _("%(field)s is %(value)s or more"), Takes.ONE, _at_least),
    _op("at_most", _("or less"), _("%(field)s is %(value)s or less"), Takes.ONE, _at_most),
    _op("more", _("more than"), _("%(field)s is more than %(value)s"), Takes.ONE, _more),
    _op("less", pgettext_lazy("rule", "less than"), _("%(field)s is less than %(value)s"), Takes.ONE, _less),
    _op("equals", _("exactly"), _("%(field)s is exactly %(value)s"), Takes.ONE, _equals),
    _op("differs", _("other than"), _("%(field)s is other than %(value)s"), Takes.ONE, _differs),
    _op("between", _("from … to"), _("%(field)s is from %(value)s to %(other)s"), Takes.TWO, _between),
)
_DATE = (
    _op("on", _("on"), _("%(field)s is %(value)s"), Takes.ONE, _equals),
    _op("before", _("before"), _("%(field)s is before %(value)s"), Takes.ONE, _less),
    _op("after", _("after"), _("%(field)s is after %(value)s"), Takes.ONE, _more),
    _op("between", _("from … to"), _("%(field)s is from %(value)s to %(other)s"), Takes.TWO, _between),
    _op("within", _("within the next days"), _("%(field)s is today or within %(value)s days"), Takes.DAYS, _within),
    _op("beyond", _("later than in days"), _("%(field)s is more than %(value)s days ahead"), Takes.DAYS, _beyond),
    _op("past", _("days ago or earlier"), _("%(field)s is %(value)s days ago or earlier"), Takes.DAYS, _past),
    *_EMPTY,
)
_CHOICE = (
    _op("one_of", _("is"), _("%(field)s is %(value)s"), Takes.MANY, _one_of),
    _op("none_of", _("is not"), _("%(field)s is not %(value)s"), Takes.MANY, _not(_one_of)),
)
_YESNO = (
    _op("yes", pgettext_lazy("rule", "yes"), _("%(field)s: yes"), Takes.NOTHING, _yes),
    _op("no", pgettext_lazy("rule", "no"), _("%(field)s: no"), Takes.NOTHING, _not(_yes)),
)
_LIST = (
    _op("has", _("has one of"), _("%(field)s has %(value)s"), Takes.MANY, _has),
    _op("has_all", _("has all of"), _("%(field)s has all of %(value)s"), Takes.MANY, _has_all),
    _op("has_none", _("has none of"), _("%(field)s does not have %(value)s"), Takes.MANY, _not(_has)),
    *_EMPTY,
)

#: The operators of each kind by name, in the order in which they are offered.
OPERATORS: dict[Kind, dict[str, Operator]] = {
    kind: {operator.name: operator for operator in found}
    for kind, found in {
        Kind.TEXT: _TEXT,
        Kind.NUMBER: _NUMBER,
        Kind.YEN: _NUMBER,
        Kind.DATE: _DATE,
        Kind.CHOICE: _CHOICE,
        Kind.YESNO: _YESNO,
        Kind.LIST: _LIST,
    }.items()
}
