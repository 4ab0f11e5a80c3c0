"""Where the sentences of a remark begin and end."""

from __future__ import annotations

from bisect import bisect_right

from .phrases import SENTENCE_ENDS
from .types import Span


class Sentences:
    """The sentences of a normalised text as spans without their closing marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = []
        at = 0
        for match in SENTENCE_ENDS.finditer(text):
            self._add(at, match.start())
            at = match.end()
        self._add(at, len(text))
        self._starts = [span[0] for span in self.spans]

    def _add(self, start: int, end: int) -> None:
        if self.text[start:end].strip():
            self.spans.append((start, end))

    def of(self, position: int) -> Span:
        """The sentence in which a position lies."""
        at = bisect_right(self._starts, position) - 1
        return self.spans[at] if at >= 0 else (0, len(self.text))

    def end(self, position: int) -> int:
        """Where the sentence of a position ends."""
        return max(self.of(position)[1], position)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return (self.text[start:end] for start, end in self.spans)
