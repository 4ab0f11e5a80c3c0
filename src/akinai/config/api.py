"""/api/v1: the routers of all apps under one roof."""

from __future__ import annotations

from akinai.foundation.accounts.api import AkinaiApi
from akinai.foundation.accounts.api import router as accounts

api = AkinaiApi(title="akinai", version="1", urls_namespace="api")
api.add_router("", accounts)
