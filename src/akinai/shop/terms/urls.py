"""Routes of terms, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import charges, delivery, methods, notices, place, places

app_name = "terms"
urlpatterns = [
    path("places/", place.place, name="place"),
    path("settings/payment-methods/", methods.method_list, name="method_list"),
    path("settings/payment-methods/add/", methods.method_edit, name="method_add"),
    path("settings/payment-methods/<int:method_id>/", methods.method_edit, name="method_edit"),
    path("settings/payment-methods/<int:method_id>/fees/", methods.method_fees, name="method_fees"),
    path("settings/delivery/", delivery.service_list, name="service_list"),
    path("settings/delivery/services/add/", delivery.service_edit, name="service_add"),
    path("settings/delivery/services/<int:service_id>/", delivery.service_edit, name="service_edit"),
    path("settings/delivery/carriers/<int:carrier_id>/", delivery.carrier_edit, name="carrier_edit"),
    path("settings/delivery/carriers/<int:carrier_id>/windows/", delivery.carrier_windows, name="carrier_windows"),
    path("settings/shipping-fees/", charges.shipping_fees, name="shipping_fees"),
    path("settings/shipping-fees/<int:table_id>/drop/", charges.drop, name="shipping_fees_drop"),
    path("settings/lead-days/", places.lead_days, name="lead_days"),
    path("settings/lead-days/save/", places.lead_days_save, name="lead_days_save"),
    path("settings/delays/", notices.notice_list, name="notice_list"),
    path("settings/delays/<int:notice_id>/drop/", notices.notice_drop, name="notice_drop"),
    path("settings/islands/", places.island_list, name="island_list"),
    path("settings/islands/load/", places.island_load, name="island_load"),
    path("settings/islands/islands.csv", places.island_download, name="island_download"),
]
