"""Which browser the browser tests drive, and how a machine without one gets it.

On Debian as root, Chromium and a Japanese font come from apt; elsewhere the one that is installed is used.
`AKINAI_BROWSER` names another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_FONT = "fonts-morisawa-bizud-gothic"


def find_browser() -> str | None:
    """The path of a Chromium-like browser, or None."""
    named = os.environ.get("AKINAI_BROWSER")
    if named:
        return named
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _MAC if Path(path).exists()), None)


def ensure_browser() -> str | None:
    """Install what is missing where that is allowed; the path of the browser, or None after a loud line."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        missing = [] if find_browser() else ["chromium"]
        if not _has_package(_FONT):
            missing.append(_FONT)
        if missing:
            _apt_install(missing)
    browser = find_browser()
    if browser is None:
        sys.stderr.write("\n*** NO BROWSER FOUND: the browser tests are left out. Install Chromium. ***\n\n")
    return browser


def _has_package(name: str) -> bool:
    done = subprocess.run(["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False)
    return "install ok installed" in done.stdout


def _apt_install(packages: list[str]) -> None:
    sys.stderr.write(f"akinai: installing {', '.join(packages)} for the browser tests\n")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", *packages]):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
