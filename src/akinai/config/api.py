"""/api/v1: the routers of all apps under one roof."""

from __future__ import annotations

from akinai.backoffice.fulfillment.api import router as fulfillment
from akinai.backoffice.inventory.api import router as inventory
from akinai.backoffice.orders.api import router as orders
from akinai.backoffice.orders.api_changes import router as order_changes
from akinai.backoffice.returns.api import router as returns
from akinai.foundation.accounts.api import AkinaiApi
from akinai.foundation.accounts.api import router as accounts

api = AkinaiApi(title="akinai", version="1", urls_namespace="api")
api.add_router("", accounts)
api.add_router("", orders)
api.add_router("", order_changes)
api.add_router("", inventory)
api.add_router("", fulfillment)
api.add_router("", returns)
