"""The ASGI application on the database of a running test, for a server in a process of its own."""

from __future__ import annotations

import os

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["AKINAI_TEST_DATABASE"]

from akinai.config.asgi import application  # noqa: E402  # the database is chosen first
from tests.e2e.bells import BellRung  # noqa: E402  # the server must know the kind of event the test emits

__all__ = ["BellRung", "application"]
