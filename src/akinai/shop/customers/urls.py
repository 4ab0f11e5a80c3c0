"""Routes of customers."""

from __future__ import annotations

from django.urls import path

from . import attention_views, views

app_name = "customers"
urlpatterns = [
    path("customers/", views.customer_list, name="customer_list"),
    path("customers/new/", views.customer_new, name="customer_new"),
    path("customers/<int:customer_id>/", views.customer_page, name="customer"),
    path("customers/<int:customer_id>/merge/", views.customer_merge, name="customer_merge"),
    path("customers/<int:customer_id>/unmerge/", views.customer_unmerge, name="customer_unmerge"),
    path("customers/<int:customer_id>/attention/", attention_views.attention_add, name="attention_add"),
    path("customers/attention/", attention_views.attention_list, name="attention_list"),
    path("customers/attention/<int:entry_id>/approve/", attention_views.attention_approve, name="attention_approve"),
    path("customers/attention/<int:entry_id>/end/", attention_views.attention_end, name="attention_end"),
]
