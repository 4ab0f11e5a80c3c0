"""Errors that speak to people: a stable code for programs, a sentence for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from django.utils.functional import Promise

#: A sentence for people: plain or lazily translated.
Sentence: TypeAlias = str | Promise


class AkinaiError(Exception):
    """Something a person or program asked for cannot be done; nothing was changed.

    `code` is stable and ASCII; `sentence` says what, where and what to do. `status` is the HTTP status it becomes.
    """

    code = "error"
    status = 422

    def __init__(self, sentence: Sentence, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(AkinaiError):
    """No such thing, or not for this person."""

    code = "not_found"
    status = 404


class Refused(AkinaiError):
    """A guard failed (ORD-30). `reasons` holds one sentence for each failed guard, in the reader's language."""

    code = "refused"
    status = 409

    def __init__(self, reasons: Sequence[Sentence] | Sentence, *, code: str | None = None) -> None:
        many = [reasons] if isinstance(reasons, str | Promise) else list(reasons)
        super().__init__(many[0], code=code)
        self.reasons: list[Sentence] = many

    def __str__(self) -> str:
        return " ".join(str(r) for r in self.reasons)


class Conflict(AkinaiError):
    """Somebody else changed the same thing first (ORD-31). `changes` holds what differs, as sentences."""

    code = "conflict"
    status = 409

    def __init__(self, sentence: Sentence, *, changes: Sequence[Sentence] = (), code: str | None = None) -> None:
        super().__init__(sentence, code=code)
        self.changes: list[Sentence] = list(changes)


class BadInput(AkinaiError):
    """A field holds something that cannot be used. `field` names it as the form or API does."""

    code = "bad_input"
    status = 422

    def __init__(self, sentence: Sentence, *, field: str = "", code: str | None = None) -> None:
        super().__init__(sentence, code=code)
        self.field = field
