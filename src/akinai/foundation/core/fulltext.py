"""Finding rows by parts of words and beginnings of names, at a million rows, on both databases.

A table keeps one folded text a row (`joined`): its parts stand apart by two blanks, also before the first. From three
characters on a word is looked for anywhere. A shorter one, such as the usual surname, is the beginning of a part: with
the blanks before it, it has the three characters that trigrams need; beside a longer word it may stand anywhere, too.
PostgreSQL answers by a GIN index, SQLite by an FTS5 table that triggers keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.signals import post_migrate

from .text import digits, fold, fold_hyphens

#: Shorter words are taken as the beginning of a part.
SHORTEST = 3
#: Between two parts, and before the first.
GAP = "  "
#: What people write between the digits of a number.
_AMID_DIGITS = str.maketrans("", "", "-()+. ")


def joined(parts: Iterable[str]) -> str:
    """The text of a row to be found by these parts, which are folded already; empty ones are left out."""
    found = dict.fromkeys(part for part in parts if part)
    return "".join(GAP + part for part in found)


def wanted(text: str) -> list[list[str]]:
    """What must be in a row's text: all of these, each in one of its writings. Empty if nothing was asked for."""
    words = [word for word in text.replace("\x00", "").split() if fold(word)]
    alone = all(len(fold(word)) < SHORTEST for word in words)
    return [_writings(word, begins=alone) for word in words]


def _writings(word: str, *, begins: bool) -> list[str]:
    flat = fold(word)
    number = digits(word)
    is_number = len(number) >= SHORTEST and number == fold_hyphens(flat).translate(_AMID_DIGITS)
    if begins:
        return [_padded(flat)]
    if not is_number or number == flat:
        return [flat]
    # nothing but a telephone has ten or eleven digits after a 0, and those are kept without what stands between
    return [number] if number.startswith("0") and len(number) in (10, 11) else [flat, number]


def _padded(flat: str) -> str:
    return flat if len(flat) >= SHORTEST else GAP + flat


def whole(text: str) -> str:
    """Short words as one, since blanks are nothing in a folded name: 佐藤 美咲 is 佐藤美咲. Else ""."""
    words = text.replace("\x00", "").split()
    flat = fold("".join(words))
    return _padded(flat) if len(words) > 1 and all(len(fold(word)) < SHORTEST for word in words) and flat else ""


@dataclass(frozen=True)
class TextIndex:
    """The index over one column of one table. `name` is that of the FTS5 table, and with `_trgm` of the GIN index."""

    table: str
    name: str
    column: str = "search_text"
    key: str = "id"

    def matches(self, text: str, *, newest: int = 1000) -> Q:
        """Rows whose text has every word; nothing asked for is nothing found.

        SQLite looks at no more than the `newest` rows that fit; there is no such limit on PostgreSQL.
        """
        words, one = wanted(text), whole(text)
        if not words:
            return Q(pk__in=[])
        if connection.vendor == "postgresql":
            found = Q()
            for writings in words:
                found &= _any_of(self.column, writings)
            return found | Q(**{f"{self.column}__contains": one}) if one else found
        long = [writings for writings in words if len(writings[0]) >= SHORTEST]
        phrases = " AND ".join("(" + " OR ".join(map(_phrase, writings)) + ")" for writings in long)
        if one:
            phrases = f"({phrases}) OR {_phrase(one)}"
        short = [writings[0] for writings in words if len(writings[0]) < SHORTEST]
        beside = f" AND instr({self.column}, %s) > 0" * len(short)
        rows = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s{beside} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        return Q(pk__in=RawSQL(rows, [phrases, *short, newest]))  # noqa: S611 - the words are parameters

    def ensure(self) -> None:
        """Make what is missing of the index, filled from the table; where nothing is, nothing happens.

        Called after every migration: rebuilding a table on SQLite drops its triggers without a word.
        """
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [f"{self.name}_trgm"])
                if cursor.fetchone():
                    return
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute(f"CREATE INDEX {self.name}_trgm ON {self.table} USING gin ({self.column} gin_trgm_ops)")
                return
            names = {self.name, *(f"{self.name}_{deed}" for deed in ("insert", "update", "delete"))}
            marks = ", ".join(["%s"] * len(names))
            cursor.execute(
                f"SELECT name FROM sqlite_master WHERE name IN ({marks})",  # noqa: S608 - only marks
                sorted(names),
            )
            if {row[0] for row in cursor.fetchall()} >= names:
                return
            for statement in self._sqlite():
                cursor.execute(statement)

    def _sqlite(self) -> list[str]:
        fts, column, key = self.name, self.column, self.key
        put = f"INSERT INTO {fts}(rowid, {column}) VALUES (new.{key}, new.{column});"  # noqa: S608
        take = f"INSERT INTO {fts}({fts}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});"  # noqa: S608
        options = f"content='{self.table}', content_rowid='{key}', tokenize='trigram'"
        changed = f"AFTER UPDATE OF {column} ON {self.table} WHEN old.{column} <> new.{column}"
        return [
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5({column}, {options})",
            *(f"DROP TRIGGER IF EXISTS {fts}_{deed}" for deed in ("insert", "update", "delete")),
            f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {self.table} BEGIN {put} END",
            f"CREATE TRIGGER {fts}_update {changed} BEGIN {take} {put} END",
            f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {self.table} BEGIN {take} END",
            f"INSERT INTO {fts}({fts}) VALUES ('rebuild')",  # noqa: S608
        ]

    def kept_by(self, app: Any) -> None:
        """Call `ensure` whenever migrations of this app (its AppConfig) have run."""

        def after(**_kwargs: Any) -> None:
            self.ensure()

        post_migrate.connect(after, sender=app, weak=False, dispatch_uid=f"fulltext:{self.name}")


def _any_of(column: str, writings: list[str]) -> Q:
    found = Q()
    for each in writings:
        found |= _contains(column, each)
    return found


def _contains(column: str, flat: str) -> Q:
    """A mail address is looked for by what stands before the @, and then compared: its domain is in every other row,
    and PostgreSQL would read the long lists of all those trigrams.
    """
    local, at, domain = flat.partition("@")
    if not domain or len(local) < SHORTEST:
        return Q(**{f"{column}__contains": flat})
    return Q(**{f"{column}__contains": local + at}) & Q(GreaterThan(StrIndex(column, Value(flat)), 0))


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
