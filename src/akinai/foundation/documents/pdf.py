"""PDF from a typst template and data. Long documents are made in bundles, each by a press of its own, and joined."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from pypdf import PdfWriter

import akinai
from akinai.foundation.core import clock

from .errors import PaperFault
from .glyphs import FONTS, MissingGlyph, prepare

ROOT = Path(akinai.__file__).resolve().parent
PRESS = Path(__file__).resolve().parent / "press.py"
#: Pages of data for one press: memory grows with it, the cost of starting a press shrinks.
BUNDLE = 25
#: Seconds after which a press is taken for stuck. A bundle needs well under one.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document and the characters its font lacks (printed as 〓); show these to whoever asked for it."""

    pdf: bytes
    missing: tuple[MissingGlyph, ...] = ()


def render_pdf(
    template: str,
    pages: Sequence[Mapping[str, Any]],
    *,
    shared: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The document alone; see `render`."""
    return render(template, pages, shared=shared, progress=progress).pdf


def render(
    template: str,
    pages: Sequence[Mapping[str, Any]],
    *,
    shared: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Rendered:
    """Set `pages`, one mapping a paper and JSON values only, with the template `<app label>/<name>`, in `papers/`.

    The template reads `json(bytes(sys.inputs.data))`: `pages`, and `shared` for what is the same on all of them.
    `progress(done, total)` is called after each bundle, in papers. Do not call inside a transaction: it takes seconds.
    Raises `ValueError` without pages, `LookupError` for a template that is not there, `PaperFault` if typst refuses.
    """
    if not pages:
        raise ValueError("a document needs at least one page")
    path = template_path(template)
    report: list[MissingGlyph] = []
    common = prepare(dict(shared or {}), 0, report)
    bundles: list[bytes] = []
    for start in range(0, len(pages), BUNDLE):
        ready = [prepare(dict(page), start + i, report) for i, page in enumerate(pages[start : start + BUNDLE])]
        bundles.append(_press(path, {"shared": common, "pages": ready}))
        if progress is not None:
            progress(start + len(ready), len(pages))
    return Rendered(_join(bundles), tuple(report))


@cache
def template_path(template: str) -> str:
    """Where a template lies, below the package, as typst wants it."""
    label, _slash, name = template.partition("/")
    path = Path(apps.get_app_config(label).path) / "papers" / f"{name}.typ"
    if not path.is_file():
        raise LookupError(f"no paper {template}")
    return path.resolve().relative_to(ROOT).as_posix()


def _press(path: str, data: Mapping[str, Any]) -> bytes:
    """One bundle through a press of its own, whose memory goes when it ends."""
    request = {
        "root": str(ROOT),
        "fonts": str(FONTS),
        "template": path,
        "data": data,
        "made_at": int(clock.now().timestamp()),
    }
    try:
        done = subprocess.run(  # noqa: S603  our own program, by its full path, no shell
            [sys.executable, "-I", str(PRESS)],
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as stuck:
        raise PaperFault(path, "the press did not finish") from stuck
    if done.returncode:
        raise PaperFault(path, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _join(bundles: Sequence[bytes]) -> bytes:
    """One document from several."""
    if len(bundles) == 1:
        return bundles[0]
    writer = PdfWriter()
    for bundle in bundles:
        writer.append(BytesIO(bundle), import_outline=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
