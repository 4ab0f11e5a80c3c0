"""Routes of inventory."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "inventory"
urlpatterns = [
    path("stock/", views.stock_list, name="stock_list"),
    path("stock/<int:sku_id>/", views.sku, name="sku"),
    path("stock/<int:sku_id>/block/", views.block, name="block"),
    path("stock/<int:sku_id>/ledger.csv", views.ledger_csv, name="ledger_csv"),
]
