"""Filling a template: variables, loops and blocks. Values are text and are never looked into (MAIL-2).

    {{shop_name}}                      the value
    {{#lines}}・{{name}} {{/lines}}     once for each row; rows bring variables of their own
    {{?remark}}備考 {{remark}}{{/remark}}   only where there is a value ("" and "0" are none)
    {{^remark}}備考なし{{/remark}}          only where there is none

A block tag that stands alone on its line leaves no empty line behind. An unknown name is a fault of the template and
found when it is saved; a known one without a value (None) is *missing*: the mail must not go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Value: TypeAlias = "str | Sequence[Mapping[str, str | None]] | None"
Values: TypeAlias = Mapping[str, Value]

_TAG = re.compile(r"\{\{([#?^/]?)[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}")
_ALONE = re.compile(r"^[ \t]*(\{\{[#?^/][^{}\n]*\}\})[ \t]*(?:\n|\Z)", re.MULTILINE)
_LEFT_OVER = re.compile(r"\{\{.{0,30}|.{0,30}\}\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """A name a template may use. `rows` are the names inside a loop over it; without them it is plain text."""

    name: str
    label: str | Promise
    example: str = ""
    rows: tuple[Variable, ...] = ()


Vocabulary: TypeAlias = Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """`#` a loop, `?` only with, `^` only without a value."""

    sign: str
    name: str
    parts: list[Node] = field(default_factory=list)


Node: TypeAlias = "Text | Name | Block"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the finished mail: plain words, a filled-in value, or the name of a variable without one."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The finished text in parts, and the variables that had no value where the template wanted one."""

    parts: tuple[Part, ...]
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it; a missing value is left as {{name}} for a person to see."""
        return "".join(f"{{{{{p.text}}}}}" if p.kind == "missing" else p.text for p in self.parts)


def parse(source: str) -> tuple[list[Node], list[str]]:
    """The template as a tree, and a sentence for each thing that is wrong with its tags."""
    root = Block("", "")
    open_blocks = [root]
    problems: list[str] = []
    source = _ALONE.sub(r"\1", source.replace("\r\n", "\n"))
    at = 0
    for tag in _TAG.finditer(source):
        _words(source[at : tag.start()], open_blocks[-1], problems)
        at = tag.end()
        sign, name = tag.groups()
        if sign == "/":
            if len(open_blocks) > 1 and open_blocks[-1].name == name:
                open_blocks.pop()
            else:
                problems.append(_("{{/%(name)s}} closes nothing that is open.") % {"name": name})
        elif sign:
            block = Block(sign, name)
            open_blocks[-1].parts.append(block)
            open_blocks.append(block)
        else:
            open_blocks[-1].parts.append(Name(name))
    _words(source[at:], open_blocks[-1], problems)
    problems += [
        _("{{%(sign)s%(name)s}} is never closed by {{/%(name)s}}.") % {"sign": b.sign, "name": b.name}
        for b in open_blocks[1:]
    ]
    return root.parts, problems


def _words(text: str, block: Block, problems: list[str]) -> None:
    if not text:
        return
    if stray := _LEFT_OVER.search(text):
        problems.append(_("“%(text)s” is not a variable. Write {{name}}.") % {"text": stray.group().strip()})
    block.parts.append(Text(text))


def problems_of(source: str, vocabulary: Vocabulary) -> list[str]:
    """Everything for which a template cannot be saved, as sentences; empty when it is sound (R23)."""
    parts, problems = parse(source)
    return problems + list(dict.fromkeys(_check(parts, vocabulary)))


def _check(parts: Sequence[Node], known: Vocabulary) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Text):
            continue
        variable = known.get(part.name)
        if variable is None:
            yield _("There is no variable {{%(name)s}} in this mail.") % {"name": part.name}
        elif isinstance(part, Name):
            if variable.rows:
                yield _("{{%(name)s}} is a list. Write {{#%(name)s}} … {{/%(name)s}}.") % {"name": part.name}
        elif part.sign == "#":
            if not variable.rows:
                yield _("{{%(name)s}} is not a list.") % {"name": part.name}
            yield from _check(part.parts, {**known, **{row.name: row for row in variable.rows}})
        else:
            yield from _check(part.parts, known)


def render(source: str, values: Values) -> Rendered:
    """Fill a template. What is wrong with its tags stays visible as text; save-time checks keep such out."""
    parts, _problems = parse(source)
    made = list(_fill(parts, values))
    return Rendered(tuple(made), tuple(dict.fromkeys(p.text for p in made if p.kind == "missing")))


def _fill(parts: Sequence[Node], values: Values) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Text):
            yield Part(part.text)
            continue
        value = values.get(part.name)
        if isinstance(part, Name):
            yield Part(part.name, "missing") if not isinstance(value, str) else Part(value, "value")
        elif part.sign == "#":
            for row in () if value is None or isinstance(value, str) else value:
                yield from _fill(part.parts, {**values, **row})
        elif (bool(value) and value != "0") == (part.sign == "?"):
            yield from _fill(part.parts, values)


def one_line(text: str) -> str:
    """Text fit for a header: control characters and line breaks become blanks, runs of them one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def leftovers(text: str) -> list[str]:
    """Names of variables that stand unfilled in a text a person is about to send (MAIL-2)."""
    return list(dict.fromkeys(found[2] for found in _TAG.finditer(text)))
