"""Every route of the program, app by app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from akinai.config.api import api
from akinai.overview.desk.views import first_run

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("akinai.foundation.ui.urls")),
    path("", include("akinai.foundation.jobs.urls")),
    path("", include("akinai.foundation.accounts.urls")),
    path("", include("akinai.foundation.events.urls")),
    path("", include("akinai.shop.stores.urls")),
    path("", include("akinai.shop.terms.urls")),
    path("", include("akinai.shop.catalog.urls")),
    path("", include("akinai.shop.customers.urls")),
    path("", include("akinai.backoffice.inventory.urls")),
    path("", include("akinai.overview.desk.urls")),
    path("setup/", first_run.setup, name="setup"),
    path("", include("akinai.backoffice.orders.urls")),
    path("", include("akinai.backoffice.fulfillment.urls")),
    path("", include("akinai.backoffice.payments.urls")),
    path("", include("akinai.backoffice.returns.urls")),
    path("", include("akinai.frontoffice.channels.urls")),
    path("", include("akinai.frontoffice.notifications.urls")),
    path("", include("akinai.shop.messaging.urls")),
    path("api/v1/", api.urls),
]

handler400 = "akinai.foundation.accounts.answers.bad_request"
handler403 = "akinai.foundation.accounts.answers.permission_denied"
handler404 = "akinai.foundation.accounts.answers.not_found"
handler500 = "akinai.foundation.accounts.answers.server_error"
