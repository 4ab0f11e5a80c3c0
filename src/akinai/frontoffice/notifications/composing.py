"""From facts and a template to a finished mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext

from akinai.foundation.core.actor import Actor
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.rendering import Part, Rendered, Values, one_line, render
from akinai.shop.messaging.texts import LANGUAGE, TemplateText, text_of

from .context import values_of
from .facts import OrderFacts

#: Mails that take an order in: what the law wants said of alcohol stands in them (LAW-50).
SAYS_THE_LAW = ("M01", "M03")
_GAP = re.compile(r"\n{4,}")
_TRAILING = re.compile(r"[ \t\u3000]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail about an order. `missing` are variables without a value: it must not go out like that (MAIL-2)."""

    subject: str
    body: str
    missing: tuple[str, ...]
    subject_parts: tuple[Part, ...] = ()
    body_parts: tuple[Part, ...] = ()


def compose(
    kind: str, facts: OrderFacts, actor: Actor | None = None, *, text: TemplateText | None = None, **more: Any
) -> Composed:
    """Fill the template in force for this order's store and buyer; `more` are the values of the occasion (see
    `values_of`), `text` another text. What our own staff read is Japanese.

    What buyers wrote stays text: a `{{…}}` inside a value is never looked into.
    """
    language = LANGUAGE if kinds.get(kind).to_shop else facts.language
    chosen = text or text_of(kind, facts.order.store_id, language)
    with translation.override(chosen.language):
        values = values_of(facts, actor, **more)
        made = fill(chosen, values)
        says_it = kind in SAYS_THE_LAW and _sells_alcohol(facts)
        return _with_the_law(made, str(values.get("signature", ""))) if says_it else made


def _sells_alcohol(facts: OrderFacts) -> bool:
    return any(line.sku is not None and line.sku.product.is_alcohol for line in facts.lines)


def _with_the_law(made: Composed, signature: str) -> Composed:
    """LAW-50: the sentence on alcohol, above the signature, whatever the shop's own text says."""
    law = pgettext(
        "mail", "Drinking under the age of twenty is forbidden by law.\nWe sell no alcohol to anybody under twenty."
    )
    head, sign, tail = made.body.rpartition(signature.strip()) if signature.strip() else (made.body, "", "")
    body = f"{head.rstrip()}\n\n{law}\n\n{sign}{tail}" if sign else f"{made.body.rstrip()}\n\n{law}"
    return replace(made, body=tidy(body))


def fill(text: TemplateText, values: Values) -> Composed:
    """Subject and body of a template with these values."""
    subject = render(text.subject, _flat(values))
    body = render(text.body, values)
    missing = tuple(dict.fromkeys(subject.missing + body.missing))
    return Composed(one_line(subject.text), tidy(body.text), missing, _one_line_parts(subject), body.parts)


def _flat(values: Values) -> Mapping[str, Any]:
    """Values for a header: each in one line."""
    return {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}


def _one_line_parts(rendered: Rendered) -> tuple[Part, ...]:
    return tuple(replace(part, text=part.text.replace("\n", " ")) for part in rendered.parts)


def tidy(body: str) -> str:
    """No blanks at line ends, no gaps of more than two empty lines, one line break at the end."""
    return _GAP.sub("\n\n\n", _TRAILING.sub("", body)).strip("\n") + "\n"
