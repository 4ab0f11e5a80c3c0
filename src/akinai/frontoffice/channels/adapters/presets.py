"""All presets by key."""

from __future__ import annotations

from .base import Preset
from .nextengine.mapping import PRESET as NEXTENGINE

PRESETS: dict[str, Preset] = {preset.key: preset for preset in (NEXTENGINE,)}
