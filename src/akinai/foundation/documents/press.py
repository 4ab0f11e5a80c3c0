"""The press: a program of its own that turns one bundle of pages into one PDF and ends.

It runs outside the web and worker processes because typst keeps what it has laid out: a process that ends gives the
memory back, and a fault in it takes nobody along. It imports nothing of the house, so it starts in a blink.

Standard input: one JSON object with `root` (folder the templates may read), `fonts` (folder), `template` (path below
root), `data` (what the template sees as `sys.inputs.data`) and `made_at` (seconds since 1970, printed nowhere but in
the file's properties). Standard output: the PDF. Exit code 1 and a line on standard error when typst refuses.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst


def press(request: dict[str, object]) -> bytes:
    """Compile one request. Data travels as a JSON string, so what customers typed is never typst code."""
    root = Path(str(request["root"]))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(str(request["fonts"]))]
    )
    compiler = typst.Compiler(root / str(request["template"]), root=root, font_paths=fonts)
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(request["data"], ensure_ascii=False)},
        timestamp=int(str(request["made_at"])),
        pdf_tags=False,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no document")
    return pdf


def main() -> int:
    """Read the request, write the document."""
    try:
        pdf = press(json.load(sys.stdin.buffer))
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
