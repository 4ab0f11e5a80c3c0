"""System checks of the program as a whole: is what the build makes there?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

_PACKAGE = Path(__file__).resolve().parent.parent
BUILT = (
    _PACKAGE / "foundation" / "ui" / "static" / "vendor" / "tabler.min.css",
    _PACKAGE / "foundation" / "documents" / "fonts" / "BIZUDPGothic-Regular.ttf",
    _PACKAGE / "shop" / "terms" / "postcodes.bin",
    _PACKAGE / "locale" / "ja" / "LC_MESSAGES" / "django.mo",
)


@checks.register()
def built_files(*, app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say how to build what is missing; a developer's server does not start without it."""
    missing = [path.relative_to(_PACKAGE).as_posix() for path in BUILT if not path.exists()]
    if not missing:
        return []
    level = checks.Error if settings.DEBUG else checks.Warning
    hint = "Run `make` or `pip install -e .`; python hatch_build.py does the same in a set-up tree."
    return [level(f"The build step was skipped: {', '.join(missing)} is missing.", hint=hint, id="akinai.E001")]
