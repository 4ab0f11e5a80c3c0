"""Routes of stores, included at the root."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "stores"
urlpatterns = [
    path("settings/shop/", views.shop, name="shop"),
    path("settings/shop/save/", views.shop_save, name="shop_save"),
    path("settings/stores/", views.store_list, name="store_list"),
    path("settings/stores/add/", views.store_edit, name="store_add"),
    path("settings/stores/<int:store_id>/", views.store_edit, name="store_edit"),
    path("settings/calendar/", views.calendar, name="calendar"),
    path("settings/calendar/week/", views.calendar_week, name="calendar_week"),
    path("settings/calendar/closing/", views.calendar_closing, name="calendar_closing"),
    path("settings/calendar/day/", views.calendar_day, name="calendar_day"),
    path("settings/numbers/", views.number_list, name="number_list"),
    path("settings/numbers/<int:setting_id>/remove/", views.number_remove, name="number_remove"),
    path("settings/numbers/<str:key>/", views.number_edit, name="number_edit"),
    path("settings/tax/", views.tax, name="tax"),
    path("settings/tax/add/", views.tax_add, name="tax_add"),
    path("settings/tax/<int:rate_id>/remove/", views.tax_remove, name="tax_remove"),
]
