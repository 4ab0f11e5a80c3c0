"""Where data lives. Imports no Django, so that the command line can choose a folder before settings are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_DIR_VARIABLE = "AKINAI_DATA_DIR"


def user_data_dir() -> Path:
    """Where the operating system keeps a user's program data."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "akinai"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "akinai"


def data_dir() -> Path:
    """The folder named by AKINAI_DATA_DIR, else the user's."""
    return Path(os.environ.get(DATA_DIR_VARIABLE) or user_data_dir())
