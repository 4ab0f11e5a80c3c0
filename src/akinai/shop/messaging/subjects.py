"""What messages are about, by name: the apps above say how `order:12` is called and where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as people know it."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a mail seems to be about. `by_number`: its subject says so; else only its sender's address does."""

    key: str
    by_number: bool


Finder = Callable[[list[int]], Mapping[int, Subject]]
Searcher = Callable[[str], Iterable[int]]
Guesser = Callable[[str, str], "Guess | None"]
_guessers: list[Guesser] = []
_finders: dict[str, Finder] = {}
_searchers: dict[str, Searcher] = {}


def register(word: str, find: Finder, search: Searcher) -> None:
    """Name things whose keys begin with `word:`: `find(ids)` in one query, `search(text)` the ids that text means."""
    _finders[word], _searchers[word] = find, search


def named(keys: Iterable[str]) -> dict[str, Subject]:
    """The things of these keys; one query for each sort of thing."""
    ids: dict[str, set[int]] = {}
    for key in keys:
        word, _colon, number = key.partition(":")
        if word in _finders and number.isdigit():
            ids.setdefault(word, set()).add(int(number))
    found = {}
    for word, wanted in ids.items():
        for pk, subject in _finders[word](sorted(wanted)).items():
            found[f"{word}:{pk}"] = subject
    return found


def keys_for(text: str) -> list[str]:
    """The keys of things that a search text means, such as an order number."""
    return [f"{word}:{pk}" for word, search in _searchers.items() for pk in search(text)]


def register_guesser(guess: Guesser) -> None:
    """Say how a mail that answers nothing of ours finds what it is about: `guess(subject, address)`."""
    _guessers.append(guess)


def guess(subject: str, address: str) -> Guess | None:
    """What a mail with this subject from this address is about; None where nobody knows."""
    return next((found for ask in _guessers if (found := ask(subject, address)) is not None), None)
