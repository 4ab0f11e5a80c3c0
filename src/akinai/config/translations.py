"""Translations without gettext's tools: extract, merge, check and compile.

Texts are written in English in code and templates; each app keeps its Japanese in a `ja.py` beside its code:

    JA = {"Accept order": "受注を確定", "month\\x04May": "五月"}

A context goes before `\\x04`; a plural stands under its singular. The build merges them into one `django.mo`.
`python -m akinai.config.translations` says what has no Japanese, what nobody uses any more, where two apps disagree
and where a placeholder got lost, and then ends with 1.
"""

from __future__ import annotations

import io
import re
import runpy
import struct
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
_WITH_CONTEXT = {"_p", "_pl", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
_PLAIN = {"_", "_l", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
_KEYWORDS = dict.fromkeys(sorted(_PLAIN | _WITH_CONTEXT))
_CONTEXT = "\x04"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: ja\nPlural-Forms: nplurals=1; plural=0;\n"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)[^{}]*\}|%[sd]")


@dataclass(slots=True)
class Report:
    """What is wrong with the Japanese catalogue; every list holds sentences for a developer."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    disagreeing: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """All findings, each with its kind in front."""
        kinds = {
            "no Japanese": self.missing,
            "used nowhere": self.stale,
            "two translations": self.disagreeing,
            "placeholder lost or invented": self.placeholders,
        }
        return [f"{kind}: {line}" for kind, found in kinds.items() for line in found]


def check(package: Path = PACKAGE) -> Report:
    """Compare the texts of the code with every `ja.py` under `package`."""
    used, report = extract(package), Report()
    entries = _entries(package)
    for key, places in sorted(used.items()):
        if key not in entries:
            report.missing.append(f"{places[0]}: {_shown(key)}")
    for key, translations in sorted(entries.items()):
        files = ", ".join(sorted({file for file, _ in translations}))
        if key not in used:
            report.stale.append(f"{files}: {_shown(key)}")
        if len({text for _, text in translations}) > 1:
            report.disagreeing.append(f"{files}: {_shown(key)}")
        if any(_placeholders(key) != _placeholders(text) for _, text in translations):
            report.placeholders.append(f"{files}: {_shown(key)}")
    return report


def extract(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Every text of code and templates: key (with its context) → where it stands, as `file:line`."""
    used: defaultdict[str, list[str]] = defaultdict(list)
    for path in _sources(package):
        name = path.relative_to(package).as_posix()
        for line, key in _texts(path):
            used[key].append(f"{name}:{line}")
    return dict(used)


def write_catalogue(target: Path, package: Path = PACKAGE) -> int:
    """Merge all `ja.py` into one compiled catalogue; returns how many texts it holds."""
    entries = {key: translations[0][1] for key, translations in _entries(package).items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_compiled(entries))
    return len(entries)


def _compiled(entries: dict[str, str]) -> bytes:
    """The bytes of a .mo file (GNU gettext's format): a header, two tables of (length, offset), the texts.

    Japanese has one form for any number, so each text is written plain and as a plural: either look-up finds it.
    """
    texts = {"": _HEADER}
    for key, japanese in entries.items():
        texts[key] = texts[f"{key}\0{key.rpartition(_CONTEXT)[2]}"] = japanese
    pairs = sorted((key.encode(), japanese.encode()) for key, japanese in texts.items())
    start = 28 + 16 * len(pairs)
    tables, body = b"", b""
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[column]), start + len(body))
            body += pair[column] + b"\0"
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables + body


def _entries(package: Path) -> dict[str, list[tuple[str, str]]]:
    """Every key of every `ja.py` → (file, Japanese), in the order of the files."""
    entries: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(package.rglob("ja.py")):
        for key, japanese in runpy.run_path(str(path))["JA"].items():
            entries[key].append((path.relative_to(package).as_posix(), japanese))
    return dict(entries)


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        is_code = path.suffix == ".py" and path.name != "ja.py" and "migrations" not in path.parts
        if is_code or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """(line, key) for every text of a file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template between brackets is free of indentation, so Python's tokenizer reads it
        source = f"({templatize(source)}\n)"
    found: Iterable[Any] = extract_python(io.BytesIO(source.encode()), _KEYWORDS, (), {})
    for line, function, messages, _ in found:
        wanted = 2 if function in _WITH_CONTEXT else 1
        parts = [str(part or "") for part in (messages if isinstance(messages, tuple) else (messages,))][:wanted]
        if all(parts):  # what is no literal stands elsewhere as one, marked by gettext_noop
            yield line, _CONTEXT.join(parts)


def _placeholders(text: str) -> set[str]:
    """The names and signs that are filled in, without their context."""
    return {match.group() for match in _PLACEHOLDER.finditer(text.rpartition(_CONTEXT)[2])}


def _shown(key: str) -> str:
    context, _, text = key.rpartition(_CONTEXT)
    return f"{text!r} (context {context!r})" if context else repr(text)


def main() -> int:
    """Print the report; 1 if there is anything in it."""
    lines = check().lines()
    sys.stdout.write("".join(f"{line}\n" for line in lines) or "Every text has its Japanese.\n")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
